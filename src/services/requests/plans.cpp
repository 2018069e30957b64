// plans.cpp — the response plan: made from a template, assigned by capacity, agreed by the asker, done step by step, delivered.
#include <fmt/format.h>

#include "services/requests/requests.h"

namespace greenbank::services {

using library::Expert;

struct PlanProposal {
    Id<ServiceRequest> id;
    std::optional<Id<Organisation>> provider;
    std::optional<Id<Expert>> expert;
    Date starts_on;
    std::vector<PlanStep> plan; // none: from the template
    std::optional<Money> budget;
    std::optional<std::string> comment;
};
Record describe(const PlanProposal*) {
    using Proposal = PlanProposal;
    return {"plan_proposal", "Proposes a response plan to the asker.",
        {field<&Proposal::id>("id", "The request."), field<&Proposal::provider>("provider", "Which organisation helps; none: the provider of the service."),
            field<&Proposal::expert>("expert", "Which expert of the library helps."), field<&Proposal::starts_on>("starts_on", "When it begins."),
            field<&Proposal::plan>("plan", "The steps, in order; none: those of the template.", {.max = 30, .defaulted = true}),
            field<&Proposal::budget>("budget", "What it costs; none: the template's rate for all hours.", {.min = 0}),
            field<&Proposal::comment>("comment", "What the asker should know.", {.min = 1, .max = 4000})}};
}

/// Who could do it, with what is left of their time: for whoever assigns.
struct Candidate {
    Id<Expert> expert;
    Text name;
    bool same_field = false, speaks = false;
    std::int64_t hours_a_month = 0, hours_planned = 0;
};
Record describe(const Candidate*) {
    using One = Candidate;
    return {"plan_candidate", "An expert who could help.",
        {field<&One::expert>("expert", "Who."), field<&One::name>("name", "The name."), field<&One::same_field>("same_field", "Judges this field."),
            field<&One::speaks>("speaks", "Works in a language of the asker's title."),
            field<&One::hours_a_month>("hours_a_month", "Hours offered a month.", {.unit = "h"}),
            field<&One::hours_planned>("hours_planned", "Hours in open plans.", {.unit = "h"})}};
}

struct PlanDraft {
    std::optional<Id<Organisation>> provider;
    Date starts_on;
    std::vector<PlanStep> plan;
    Money budget, hour_rate;
    std::string edition;
    std::vector<Candidate> candidates;
};
Record describe(const PlanDraft*) {
    using Draft = PlanDraft;
    return {"plan_draft", "A plan as the template makes it.",
        {field<&Draft::provider>("provider", "The provider of the service."), field<&Draft::starts_on>("starts_on", "When it begins."),
            field<&Draft::plan>("plan", "The steps."), field<&Draft::budget>("budget", "What it costs."),
            field<&Draft::hour_rate>("hour_rate", "At so much an hour."), field<&Draft::edition>("edition", "Edition of the rules."),
            field<&Draft::candidates>("candidates", "Experts who could help, those with free hours first.", {.max = 100})}};
}
struct PlanDraftRequest {
    Id<ServiceRequest> id;
    std::optional<Date> starts_on;
};
Record describe(const PlanDraftRequest*) {
    return {"plan_draft_request", "For which request, from when.",
        {field<&PlanDraftRequest::id>("id", "The request."), field<&PlanDraftRequest::starts_on>("starts_on", "When it should begin; left out: today.")}};
}

struct PlanStepDone {
    Id<ServiceRequest> id;
    std::int64_t step = 1;
    bool done = true;
};
Record describe(const PlanStepDone*) {
    return {"plan_step_done", "Marks a step of the plan.",
        {field<&PlanStepDone::id>("id", "The request."), field<&PlanStepDone::step>("step", "Which step, from 1.", {.min = 1, .max = 30}),
            field<&PlanStepDone::done>("done", "It is done; false: not yet after all.", {.defaulted = true})}};
}

struct Delivery {
    Id<ServiceRequest> id;
    Text result;
    std::vector<RequestDocument> documents;
    std::optional<std::string> comment;
};
Record describe(const Delivery*) {
    return {"service_delivery", "Hands over what came out.",
        {field<&Delivery::id>("id", "The request."), field<&Delivery::result>("result", "What came out.", {.min = 1, .max = 6000}),
            field<&Delivery::documents>("documents", "Reports and the like, added to the request's documents.", {.max = 20, .defaulted = true}),
            field<&Delivery::comment>("comment", "What the asker should know.", {.min = 1, .max = 4000})}};
}

namespace {

std::vector<StepEffort> efforts(const std::vector<PlanStepTemplate>& steps) {
    std::vector<StepEffort> made;
    for (const PlanStepTemplate& one : steps) made.push_back({one.hours, one.working_days_min});
    return made;
}

std::vector<PlanStep> plan_of(const ServiceRequest& request, Date starts_on) {
    const PlanTemplate& source = plan_template(service_rules(), request.kind);
    const std::vector<Date> due = due_days(efforts(source.steps), starts_on, service_rules().hours_a_day);
    std::vector<PlanStep> plan;
    for (std::size_t i = 0; i < source.steps.size(); ++i)
        plan.push_back({source.steps[i].title, source.steps[i].responsible, source.steps[i].hours, due[i], {}});
    return plan;
}

Money cost_of_plan(const std::vector<PlanStep>& plan, const Money& rate) {
    std::vector<StepEffort> steps;
    for (const PlanStep& one : plan)
        if (one.responsible != PlanPart::asker) steps.push_back({one.hours, 1});
    return cost_of(steps, rate);
}

std::int64_t hours_of(const std::vector<PlanStep>& plan, PlanPart part) {
    std::int64_t hours = 0;
    for (const PlanStep& one : plan) hours += one.responsible == part && !one.done_on ? one.hours : 0;
    return hours;
}

/// Hours that the expert has in the open plans of other requests.
Result<std::int64_t> hours_planned(Transaction& transaction, const Id<Expert>& expert, const Id<ServiceRequest>& except) {
    std::int64_t hours = 0;
    for (const ServiceRequest& one : TRY(transaction.find<ServiceRequest>("expert = $1 AND id <> $2", {expert.text, except.text})))
        if (takes_capacity(one.state)) hours += hours_of(one.plan, PlanPart::expert);
    return hours;
}

bool has_interest(const Expert& expert, const ServiceRequest& request) {
    if (expert.organisation && *expert.organisation == request.asker) return true;
    return std::any_of(expert.interests.begin(), expert.interests.end(),
        [&](const library::DeclaredInterest& one) { return one.organisation && *one.organisation == request.asker; });
}

Result<Done> check_expert(Transaction& transaction, const ServiceRequest& request, Problems& problems) {
    if (!request.expert) {
        if (hours_of(request.plan, PlanPart::expert) > 0)
            problems.push_back({"expert", "plan.expert_missing", "The plan has steps for an expert; name one of the library."});
        return Done{};
    }
    const auto expert = TRY(transaction.find_one<Expert>("id = $1", {request.expert->text}));
    if (!expert || expert->state != State::published) {
        problems.push_back({"expert", "plan.expert_unknown", "There is no published expert with this id."});
        return Done{};
    }
    if (has_interest(*expert, request))
        problems.push_back({"expert", "plan.expert_interest", "This expert works for the asker or has declared an interest in it; choose another."});
    if (request.plan.empty()) return Done{};
    const Date last = request.plan.back().due;
    if ((expert->available_from && *request.starts_on < *expert->available_from) || (expert->available_until && last > *expert->available_until))
        problems.push_back(
            {"expert", "plan.expert_away", "This expert is not free from {from} to {to}.", {{"from", to_text(*request.starts_on)}, {"to", to_text(last)}}});
    if (expert->hours_a_month) {
        const std::int64_t wanted = hours_of(request.plan, PlanPart::expert);
        const std::int64_t left = hours_left(*expert->hours_a_month, *request.starts_on, last, TRY(hours_planned(transaction, expert->id, request.id)));
        if (wanted > left)
            problems.push_back({"expert", "plan.expert_hours",
                "The plan wants {wanted} h of this expert, who has {left} h left in this time; choose another or plan it longer.",
                {{"wanted", std::to_string(wanted)}, {"left", std::to_string(std::max<std::int64_t>(0, left))}}});
    }
    return Done{};
}

Result<Done> check_provider(Transaction& transaction, const ServiceRequest& request, Problems& problems) {
    if (!request.provider || !TRY(transaction.find_one<Organisation>("id = $1", {request.provider->text}))) {
        problems.push_back({"provider", "plan.provider_missing", "Say which organisation of the bank helps."});
        return Done{};
    }
    if (*request.provider == request.asker)
        problems.push_back({"provider", "plan.provider_asks", "The asker cannot help itself; choose another organisation."});
    if (!request.service) return Done{};
    const Service service = TRY(transaction.get(*request.service));
    if (service.provider != *request.provider) return Done{}; // another centre helps out: its capacity is its own business
    std::int64_t at_work = 0;
    for (const auto& row :
        TRY(transaction.query("SELECT state FROM service_request WHERE service = $1 AND id <> $2", {service.id.text, request.id.text})).rows) {
        const auto state = parse_choice<RequestState>(as_text(row[0]));
        at_work += state && takes_capacity(*state);
    }
    if (at_work >= service.capacity)
        problems.push_back(
            {"provider", "plan.no_capacity", "This service takes {capacity} requests at once, and has {running}; wait, or choose another organisation.",
                {{"capacity", std::to_string(service.capacity)}, {"running", std::to_string(at_work)}}});
    return Done{};
}

Result<Done> check_plan(Transaction& transaction, const ServiceRequest& request, Date today) {
    Problems problems;
    if (*request.starts_on < today) problems.push_back({"starts_on", "plan.past", "A plan begins today or later."});
    Date last = *request.starts_on;
    for (std::size_t i = 0; i < request.plan.size(); ++i) {
        if (request.plan[i].due < last)
            problems.push_back({fmt::format("plan[{}].due", i), "plan.order", "This step would be due before the one it follows, or before the plan begins."});
        last = std::max(last, request.plan[i].due);
    }
    TRY(check_provider(transaction, request, problems));
    TRY(check_expert(transaction, request, problems));
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<ServiceRequest> service_request_propose_plan(Transaction& transaction, const Caller& caller, const PlanProposal& proposal) {
    return request_turn(transaction, caller, proposal.id, RequestAction::propose_plan, proposal.comment, [&](ServiceRequest& request) -> Result<Done> {
        request.provider = proposal.provider;
        if (!request.provider && request.service) request.provider = TRY(transaction.get(*request.service)).provider;
        request.expert = proposal.expert;
        request.starts_on = proposal.starts_on;
        request.plan = proposal.plan.empty() ? plan_of(request, proposal.starts_on) : proposal.plan;
        request.budget = proposal.budget ? *proposal.budget : cost_of_plan(request.plan, plan_template(service_rules(), request.kind).hour_rate);
        return check_plan(transaction, request, date_of(caller.now));
    });
}

Result<PlanDraft> plan_draft_get(Transaction& transaction, const Caller& caller, const PlanDraftRequest& asked) {
    const ServiceRequest request = TRY(request_seen(transaction, caller, asked.id));
    const Money rate = plan_template(service_rules(), request.kind).hour_rate;
    PlanDraft draft{.starts_on = working_day_after(asked.starts_on.value_or(date_of(caller.now)), 1), .hour_rate = rate, .edition = service_rules().edition};
    if (request.service) draft.provider = TRY(transaction.get(*request.service)).provider;
    draft.plan = plan_of(request, draft.starts_on);
    draft.budget = cost_of_plan(draft.plan, rate);
    for (const Expert& one : TRY(transaction.find<Expert>("state = 'published'"))) {
        if (has_interest(one, request)) continue;
        const auto hours = TRY(hours_planned(transaction, one.id, request.id));
        Candidate candidate{.expert = one.id, .name = one.name, .hours_a_month = one.hours_a_month.value_or(0), .hours_planned = hours};
        candidate.same_field = std::find(one.fields.begin(), one.fields.end(), request.field) != one.fields.end();
        candidate.speaks = std::any_of(one.languages.begin(), one.languages.end(), [&](const std::string& code) {
            const auto language = parse_language(code);
            return language && !request.title.in(*language).empty();
        });
        draft.candidates.push_back(std::move(candidate));
    }
    std::sort(draft.candidates.begin(), draft.candidates.end(), [](const Candidate& a, const Candidate& b) {
        const auto key = [](const Candidate& one) { return std::tuple(!one.same_field, !one.speaks, one.hours_planned - one.hours_a_month, one.expert.text); };
        return key(a) < key(b);
    });
    return draft;
}

Result<ServiceRequest> service_request_deliver(Transaction& transaction, const Caller& caller, const Delivery& delivery) {
    return request_turn(transaction, caller, delivery.id, RequestAction::deliver, delivery.comment, [&](ServiceRequest& request) -> Result<Done> {
        request.result = delivery.result;
        request.documents.insert(request.documents.end(), delivery.documents.begin(), delivery.documents.end());
        for (PlanStep& one : request.plan)
            if (!one.done_on) one.done_on = date_of(caller.now);
        return Done{};
    });
}

Result<ServiceRequest> service_request_mark_step(Transaction& transaction, const Caller& caller, const PlanStepDone& mark) {
    ServiceRequest request = TRY(request_seen(transaction, caller, mark.id));
    TRY(check_expected(caller, request));
    const RequestPerson person = TRY(person_of(transaction, caller, request));
    if (request.state != RequestState::running) return Error{Failure::conflict, "plan.not_running", "Steps are marked while the plan is running."};
    if (mark.step > static_cast<std::int64_t>(request.plan.size()))
        return invalid({{"step", "plan.no_step", "The plan has only {count} steps.", {{"count", std::to_string(request.plan.size())}}}});
    PlanStep& step = request.plan[static_cast<std::size_t>(mark.step - 1)];
    const bool allowed = person.desk || (step.responsible == PlanPart::asker ? person.asker : person.provider);
    if (!allowed)
        return Error{
            Failure::forbidden, "service_request.not_yours", "This step is for the asker, the provider or the desk of the bank to take; here it is not yours."};
    step.done_on = mark.done ? std::optional(date_of(caller.now)) : std::nullopt;
    request.updated_at = caller.now;
    TRY(transaction.update(request));
    return request;
}

} // namespace

std::vector<Endpoint> plan_endpoints() {
    using Action = RequestAction;
    return {
        // clang-format off
        {"plan_draft_get", Method::get, "/service-requests/{id}/plan-draft", "A response plan as the template makes it, and who could help.", Mode::read, run_desk, call(plan_draft_get)},
        {"service_request_propose_plan", Method::post, "/service-requests/{id}/propose-plan", "Propose a response plan to the asker.", Mode::write, run_desk, call(service_request_propose_plan)},
        {"service_request_agree_plan", Method::post, "/service-requests/{id}/agree-plan", "Agree to the plan.", Mode::write, publish_services, call(plain_turn<Action::agree_plan>)},
        {"service_request_return_plan", Method::post, "/service-requests/{id}/return-plan", "Send the plan back with a reason.", Mode::write, write_services, call(plain_turn<Action::return_plan>)},
        {"service_request_start", Method::post, "/service-requests/{id}/start", "Begin with the work.", Mode::write, signed_in, call(plain_turn<Action::start>)},
        {"service_request_mark_step", Method::post, "/service-requests/{id}/mark-step", "Mark a step of the plan as done.", Mode::write, signed_in, call(service_request_mark_step)},
        {"service_request_deliver", Method::post, "/service-requests/{id}/deliver", "Hand over what came out.", Mode::write, signed_in, call(service_request_deliver)},
        // clang-format on
    };
}

} // namespace greenbank::services
