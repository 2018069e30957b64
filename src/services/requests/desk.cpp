// desk.cpp — triage: what the desk finds about each criterion, and the queue with its balance.
#include "services/requests/requests.h"
#include "services/requests/triage.h"

namespace greenbank::services {

struct Triage {
    Id<ServiceRequest> id;
    std::vector<EligibilityFinding> eligibility;
    std::vector<PriorityFinding> priority;
    std::optional<std::string> comment;
};
Record describe(const Triage*) {
    return {"service_request_triage", "What the desk finds about a request.",
        {field<&Triage::id>("id", "Its id."),
            field<&Triage::eligibility>("eligibility", "All criteria of eligibility, each with its reason.", {.min = 1, .max = 40}),
            field<&Triage::priority>("priority", "Criteria of priority; those left out are not met.", {.max = 40, .defaulted = true}),
            field<&Triage::comment>("comment", "What the asker should know.", {.min = 1, .max = 4000})}};
}

struct QueueItem {
    Id<ServiceRequest> id;
    Text title, asker_name;
    ServiceKind kind = ServiceKind::consulting;
    TechnologyField field = TechnologyField::energy_carbon;
    std::string country, region;
    RequestState state = RequestState::submitted;
    Time submitted_at;
    std::int64_t rank = 0, score_points = 0;
    std::vector<ScoreLine> score;
    bool in_round = false;
    std::optional<BalanceAxis> held_by;
};
Record describe(const QueueItem*) {
    using Item = QueueItem;
    return {"queue_item", "A request in the queue.",
        {field<&Item::id>("id", "The request."), field<&Item::title>("title", "What it is about."), field<&Item::asker_name>("asker_name", "Who asks."),
            field<&Item::kind>("kind", "What kind of help."), field<&Item::field>("field", "In which field."), field<&Item::country>("country", "Where."),
            field<&Item::region>("region", "Code of the region."), field<&Item::state>("state", "Eligible or ranked."),
            field<&Item::submitted_at>("submitted_at", "When it was submitted."), field<&Item::rank>("rank", "Its place today."),
            field<&Item::score_points>("score_points", "Its points today."), field<&Item::score>("score", "The parts of these."),
            field<&Item::in_round>("in_round", "It is among those the next round takes."),
            field<&Item::held_by>("held_by", "It waits because its region, field or kind has its share of the round.")}};
}

struct BalanceCount {
    BalanceAxis axis = BalanceAxis::region;
    std::string value;
    Text name;
    std::int64_t running = 0, waiting = 0, in_round = 0;
};
Record describe(const BalanceCount*) {
    using Count = BalanceCount;
    return {"balance_count", "How much one region, field or kind has.",
        {field<&Count::axis>("axis", "Region, field or kind."), field<&Count::value>("value", "Its code."),
            field<&Count::name>("name", "Of a region: its name."), field<&Count::running>("running", "Requests at work."),
            field<&Count::waiting>("waiting", "Requests in the queue."), field<&Count::in_round>("in_round", "Of these in the next round.")}};
}

struct ServiceQueue {
    std::string edition;
    std::int64_t places = 0, share_percent_max = 0, to_judge = 0;
    std::vector<QueueItem> items;
    std::vector<BalanceCount> balance;
};
Record describe(const ServiceQueue*) {
    using Queue = ServiceQueue;
    return {"service_queue", "The queue of eligible requests, as the rules rank it now.",
        {field<&Queue::edition>("edition", "Edition of the rules."), field<&Queue::places>("places", "How many one round takes."),
            field<&Queue::share_percent_max>("share_percent_max", "What part one region, field or kind may take.", {.unit = "%"}),
            field<&Queue::to_judge>("to_judge", "Requests that wait for a judgement."), field<&Queue::items>("items", "In order.", {.max = 10'000}),
            field<&Queue::balance>("balance", "How much each region, field and kind has.", {.max = 1000})}};
}

namespace {

BalanceKey key_of(const ServiceRequest& request) { return balance_key(service_rules(), request.country, request.field, request.kind); }

Result<ServiceRequest> service_request_triage(Transaction& transaction, const Caller& caller, const Triage& triage) {
    TRY(request_seen(transaction, caller, triage.id));
    Problems problems;
    check_findings(service_rules(), triage.eligibility, triage.priority, "", problems);
    if (!problems.empty()) return invalid(std::move(problems));
    const bool eligible = eligibility_of(service_rules(), triage.eligibility) == Eligibility::eligible;
    return request_turn(transaction, caller, triage.id, eligible ? RequestAction::find_eligible : RequestAction::find_not_eligible, triage.comment,
        [&](ServiceRequest& request) -> Result<Done> {
            request.rules_edition = service_rules().edition;
            request.eligibility = triage.eligibility;
            request.priority = triage.priority;
            request.rank.reset();
            request.score_points.reset();
            request.score.clear();
            return Done{};
        });
}

struct RankedNow {
    std::vector<ServiceRequest> requests; // waiting ones, in any order
    std::vector<RankedRequest> ranked;
    std::vector<BalanceKey> running;
};

Result<RankedNow> rank_now(Transaction& transaction) {
    RankedNow now;
    for (ServiceRequest& one : TRY(transaction.find<ServiceRequest>("state IN ('eligible', 'ranked', 'plan_proposed', 'plan_agreed', 'running')")))
        if (takes_capacity(one.state)) now.running.push_back(key_of(one));
        else now.requests.push_back(std::move(one));
    std::vector<QueuedRequest> queue;
    for (const ServiceRequest& one : now.requests)
        queue.push_back(
            {one.id.text, one.submitted_at, eligibility_of(service_rules(), one.eligibility), grades_of(service_rules(), one.priority), key_of(one)});
    now.ranked = rank_queue(triage_rules(service_rules()), std::move(queue), now.running);
    return now;
}

const ServiceRequest& request_of(const RankedNow& now, const std::string& id) {
    return *std::find_if(now.requests.begin(), now.requests.end(), [&](const ServiceRequest& one) { return one.id.text == id; });
}

Result<ServiceQueue> service_queue_get(Transaction& transaction, const Caller&) {
    const ServiceRules& rules = service_rules();
    const RankedNow now = TRY(rank_now(transaction));
    ServiceQueue queue{.edition = rules.edition, .places = rules.places, .share_percent_max = rules.share_percent_max};
    queue.to_judge = as_integer(TRY(transaction.query("SELECT COUNT(*) FROM service_request WHERE state = 'submitted'")).single());
    queue.to_judge += static_cast<std::int64_t>(now.requests.size() - now.ranked.size()); // judged by rules that asked for less
    std::map<std::pair<BalanceAxis, std::string>, BalanceCount> counts;
    const auto count = [&](const BalanceKey& key, std::int64_t BalanceCount::*what) {
        for (std::size_t axis = 0; axis < balance_axes; ++axis) {
            BalanceCount& one = counts[{static_cast<BalanceAxis>(axis), key[axis]}];
            one.axis = static_cast<BalanceAxis>(axis);
            one.value = key[axis];
            ++(one.*what);
        }
    };
    for (const BalanceKey& key : now.running) count(key, &BalanceCount::running);
    for (const RankedRequest& ranked : now.ranked) {
        const ServiceRequest& request = request_of(now, ranked.id);
        const BalanceKey key = key_of(request);
        count(key, &BalanceCount::waiting);
        if (ranked.in_round) count(key, &BalanceCount::in_round);
        QueueItem item{request.id, request.title, {}, request.kind, request.field, request.country, key[0], request.state, request.submitted_at, ranked.rank,
            ranked.score_points, score_lines(rules, ranked), ranked.in_round, ranked.held_by};
        if (const auto asker = TRY(transaction.find_one<Organisation>("id = $1", {request.asker.text}))) item.asker_name = asker->name;
        queue.items.push_back(std::move(item));
    }
    for (auto& [key, one] : counts) {
        for (const CountryGroup& region : rules.regions)
            if (one.axis == BalanceAxis::region && region.code == one.value) one.name = region.name;
        queue.balance.push_back(std::move(one));
    }
    return queue;
}

/// All eligible requests take their place; those ranked before are placed anew.
Result<ServiceQueue> service_queue_rank(Transaction& transaction, const Caller& caller) {
    const RankedNow now = TRY(rank_now(transaction));
    if (now.ranked.empty()) return Error{Failure::conflict, "triage.empty", "No eligible request waits; judge those that were submitted first."};
    for (const RankedRequest& ranked : now.ranked) {
        ServiceRequest request = request_of(now, ranked.id);
        const RequestState before = request.state;
        request.rank = ranked.rank;
        request.score_points = ranked.score_points;
        request.score = score_lines(service_rules(), ranked);
        request.updated_at = caller.now;
        if (before == RequestState::eligible) {
            request.state = TRY(request_step(before, RequestAction::rank, {.desk = true}, false));
            request.since = caller.now;
            TRY(library::add_step(
                transaction, caller, {request.id.text, "rank", std::string(name_of(before)), std::string(name_of(request.state)), {}, {}, request.sample}));
        }
        TRY(transaction.update(request));
    }
    return service_queue_get(transaction, caller);
}

} // namespace

std::vector<Endpoint> desk_endpoints() {
    return {
        // clang-format off
        {"service_request_triage", Method::post, "/service-requests/{id}/triage", "Say what was found about a request: eligible or not, and how far it comes first.", Mode::write, run_desk, call(service_request_triage)},
        {"service_queue_get", Method::get, "/service-queue", "The queue of eligible requests, as the rules rank it now.", Mode::read, run_desk, call(service_queue_get)},
        {"service_queue_rank", Method::post, "/service-queue/rank", "Give all eligible requests their place.", Mode::write, run_desk, call(service_queue_rank)},
        // clang-format on
    };
}

} // namespace greenbank::services
