// requests.cpp — asking for help, correcting, withdrawing, and reading a request with its way so far.
#include "services/requests/requests.h"

#include <fmt/format.h>

namespace greenbank::services {

Record describe(const ById<ServiceRequest>*) { return {"service_request_key", "Names a request.", {field<&ById<ServiceRequest>::id>("id", "Its id.")}}; }
Record describe(const RequestStep*) {
    return {"service_request_step", "A step of a request.",
        {field<&RequestStep::id>("id", "Its id."),
            field<&RequestStep::comment>("comment", "Why, or what the other side should know.", {.min = 1, .max = 4000})}};
}

struct Satisfaction {
    Id<ServiceRequest> id;
    std::int64_t satisfaction = 5;
    Text text;
};
Record describe(const Satisfaction*) {
    return {"service_request_satisfaction", "How satisfied the asker is.",
        {field<&Satisfaction::id>("id", "Its id."),
            field<&Satisfaction::satisfaction>("satisfaction", "From 1 (not at all) to 5 (fully).", {.min = 1, .max = 5}),
            field<&Satisfaction::text>("text", "In words.", {.max = 2000})}};
}

/// A criterion beside its finding, as people read it.
struct FindingView {
    std::string criterion;
    Text name, question;
    std::optional<bool> met;
    std::optional<Grade> grade, suggested;
    Text reason;
    std::string source;
    FactStatus status = FactStatus::sample;
};
Record describe(const FindingView*) {
    using View = FindingView;
    return {"finding_view", "A criterion and what was found about it.",
        {field<&View::criterion>("criterion", "Its code."), field<&View::name>("name", "Its name."),
            field<&View::question>("question", "What the desk asks itself."), field<&View::met>("met", "It is met; absent: not looked at yet."),
            field<&View::grade>("grade", "How far it is met."), field<&View::suggested>("suggested", "What the rules suggest for this country."),
            field<&View::reason>("reason", "Why."), field<&View::source>("source", "Where the criterion is from."),
            field<&View::status>("status", "Official, unconfirmed or sample.")}};
}

struct ServiceRequestView {
    ServiceRequest service_request;
    Text asker_name, service_title;
    std::vector<FindingView> eligibility, priority;
    std::vector<library::AssessmentStep> steps;
    std::optional<RequestPart> next;
    std::vector<RequestAction> actions;
    bool may_book = false, may_rate = false;
    std::int64_t hours_planned = 0;
    double hours_worked = 0;
    std::int64_t steps_late = 0;
};
Record describe(const ServiceRequestView*) {
    using View = ServiceRequestView;
    return {"service_request_view", "A request, how it came there, and what may follow.",
        {
            field<&View::service_request>("service_request", "The request."),
            field<&View::asker_name>("asker_name", "Who asks."),
            field<&View::service_title>("service_title", "For which service."),
            field<&View::eligibility>("eligibility", "All criteria of eligibility with what was found.", {.max = 40}),
            field<&View::priority>("priority", "All criteria of priority with what was found.", {.max = 40}),
            field<&View::steps>("steps", "What was done, oldest first.", {.max = 1000}),
            field<&View::next>("next", "Whose turn it is; absent: nobody's."),
            field<&View::actions>("actions", "What the caller may do now."),
            field<&View::may_book>("may_book", "The caller may book hours."),
            field<&View::may_rate>("may_rate", "The caller may say how satisfied they are."),
            field<&View::hours_planned>("hours_planned", "Hours of the plan.", {.unit = "h"}),
            field<&View::hours_worked>("hours_worked", "Hours booked.", {.unit = "h"}),
            field<&View::steps_late>("steps_late", "Steps of the plan that are overdue."),
        }};
}

Result<RequestPerson> person_of(Transaction& transaction, const Caller& caller, const ServiceRequest& request) {
    const std::string& organisation = caller.actor.organisation;
    RequestPerson person{.asker = organisation == request.asker.text && !organisation.empty() && caller.actor.may(write_services),
        .provider = request.provider && organisation == request.provider->text && caller.actor.may(write_services),
        .desk = caller.actor.may(run_desk)};
    if (!person.provider && request.expert)
        if (const auto expert = TRY(transaction.find_one<library::Expert>("id = $1", {request.expert->text})))
            person.provider = expert->person && expert->person->text == caller.actor.person;
    return person;
}

std::string requests_where(const Caller& caller, std::vector<Value>& parameters) {
    if (caller.actor.may(run_desk)) return "1 = 1";
    parameters.emplace_back(caller.actor.organisation);
    parameters.emplace_back(caller.actor.person);
    const std::size_t last = parameters.size();
    // Somebody who acts for nobody takes part only as an expert.
    return fmt::format("((${0} <> '' AND (asker = ${0} OR provider = ${0})) OR expert IN (SELECT id FROM expert WHERE person = ${1}))", last - 1, last);
}

Result<ServiceRequest> request_seen(Transaction& transaction, const Caller& caller, const Id<ServiceRequest>& id) {
    std::vector<Value> parameters{id.text};
    const std::string where = "id = $1 AND " + requests_where(caller, parameters);
    auto found = TRY(transaction.find_one<ServiceRequest>(where, std::move(parameters)));
    if (!found) return not_found(record_of<ServiceRequest>(), id.text);
    return std::move(*found);
}

Result<Done> check_subjects(Transaction& transaction, const Caller& caller, const ServiceRequest& request) {
    Problems problems;
    const auto unseen = [&](const char* place) {
        problems.push_back({place, "service_request.unseen", "There is nothing here that you may see under this id."});
    };
    if (request.service) {
        const auto service = TRY(transaction.find_one<Service>("id = $1", {request.service->text}));
        if (!service || service->state != State::published) unseen("service");
        else if (service->kind != request.kind)
            problems.push_back({"kind", "service_request.kind", "This service is of another kind: {kind}.", {{"kind", std::string(name_of(service->kind))}}});
    }
    if (request.technology && !library::entry_seen(transaction, caller, library::Key<library::Technology>{*request.technology})) unseen("technology");
    if (request.need && !library::entry_seen(transaction, caller, library::Key<library::Need>{*request.need})) unseen("need");
    if (request.project && !projects::project_seen(transaction, caller, *request.project)) unseen("project");
    if (request.wanted_by && *request.wanted_by < date_of(caller.now))
        problems.push_back({"wanted_by", "service_request.wanted_by", "This day has passed; name one that lies ahead."});
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

namespace {

Result<Reply<ServiceRequest>> service_request_submit(Transaction& transaction, const Caller& caller, const ServiceRequest& draft) {
    ServiceRequest request = draft;
    request.id = caller.new_id<ServiceRequest>();
    request.asker = TRY(acting_organisation(caller));
    request.state = TRY(request_step({}, RequestAction::submit, {.asker = true}, false));
    TRY(check_subjects(transaction, caller, request));
    request.submitted_at = request.since = request.created_at = request.updated_at = caller.now;
    TRY(transaction.insert(request));
    TRY(library::add_step(transaction, caller, {request.id.text, "submit", "", std::string(name_of(request.state)), {}, {}, false}));
    return Reply<ServiceRequest>{.body = std::move(request), .status = 201};
}

/// Changes what is asked and sends it again; what was found before no longer holds.
Result<ServiceRequest> service_request_correct(Transaction& transaction, const Caller& caller, const Patch<ServiceRequest>& patch) {
    TRY(request_seen(transaction, caller, patch.id));
    ServiceRequest changed = TRY(apply_patch(transaction, caller, patch));
    return request_turn(transaction, caller, patch.id, RequestAction::correct, {}, [&](ServiceRequest& request) -> Result<Done> {
        TRY(check_subjects(transaction, caller, changed));
        changed.state = request.state;
        changed.submitted_at = caller.now;
        changed.eligibility.clear();
        changed.priority.clear();
        changed.score.clear();
        changed.rank.reset();
        changed.score_points.reset();
        request = changed;
        return Done{};
    });
}

Result<ServiceRequest> service_request_rate(Transaction& transaction, const Caller& caller, const Satisfaction& said) {
    ServiceRequest request = TRY(request_seen(transaction, caller, said.id));
    TRY(check_expected(caller, request));
    if (request.asker.text != caller.actor.organisation)
        return Error{Failure::forbidden, "service_request.asker_rates", "Only the organisation that asked says how satisfied it is."};
    if (request.state != RequestState::delivered && request.state != RequestState::closed)
        return Error{Failure::conflict, "service_request.not_delivered", "Say how satisfied you are once something was delivered."};
    if (request.satisfaction) return Error{Failure::conflict, "service_request.rated", "Your organisation has said so already; that stays."};
    request.satisfaction = said.satisfaction;
    request.satisfaction_text = said.text;
    request.updated_at = caller.now;
    TRY(transaction.update(request));
    return request;
}

Result<Page<ServiceRequest>> service_request_list(Transaction& transaction, const Caller& caller, const ListOf<ServiceRequest>& list) {
    std::vector<Value> parameters;
    const std::string where = requests_where(caller, parameters);
    return list_page<ServiceRequest>(transaction, caller, list, where, std::move(parameters));
}

std::vector<FindingView> eligibility_view(const ServiceRequest& request) {
    std::vector<FindingView> views;
    for (const EligibilityCriterion& one : service_rules().eligibility) {
        FindingView view{.criterion = one.code, .name = one.name, .question = one.question, .source = one.source, .status = one.status};
        for (const EligibilityFinding& found : request.eligibility)
            if (found.criterion == one.code) view.met = found.met, view.reason = found.reason;
        views.push_back(std::move(view));
    }
    return views;
}
std::vector<FindingView> priority_view(const ServiceRequest& request) {
    std::vector<FindingView> views;
    for (const PriorityCriterion& one : service_rules().priority) {
        FindingView view{.criterion = one.code, .name = one.name, .question = one.question, .source = one.source, .status = one.status};
        if (one.country_group) view.suggested = in_group(service_rules(), *one.country_group, request.country) ? Grade::fully : Grade::no;
        for (const PriorityFinding& found : request.priority)
            if (found.criterion == one.code) view.grade = found.grade, view.reason = found.reason;
        views.push_back(std::move(view));
    }
    return views;
}

Result<ServiceRequestView> service_request_get(Transaction& transaction, const Caller& caller, const ById<ServiceRequest>& key) {
    ServiceRequestView view{.service_request = TRY(request_seen(transaction, caller, key.id))};
    const ServiceRequest& request = view.service_request;
    if (const auto asker = TRY(transaction.find_one<Organisation>("id = $1", {request.asker.text}))) view.asker_name = asker->name;
    if (request.service)
        if (const auto service = TRY(transaction.find_one<Service>("id = $1", {request.service->text}))) view.service_title = service->title;
    view.eligibility = eligibility_view(request);
    view.priority = priority_view(request);
    view.steps = TRY(library::steps_of(transaction, caller, request.id.text));
    view.next = request_next(request.state);
    const RequestPerson person = TRY(person_of(transaction, caller, request));
    view.actions = request_actions(request.state, person);
    view.may_book = (person.provider || person.desk) && (request.state == RequestState::running || request.state == RequestState::delivered);
    view.may_rate = person.asker && !request.satisfaction && (request.state == RequestState::delivered || request.state == RequestState::closed);
    const Date today = date_of(caller.now);
    for (const PlanStep& step : request.plan) {
        view.hours_planned += step.hours;
        view.steps_late += request.state == RequestState::running && !step.done_on && step.due < today;
    }
    view.hours_worked = as_real(TRY(transaction.query("SELECT COALESCE(SUM(hours), 0.0) FROM work_entry WHERE request = $1", {request.id.text})).single());
    return view;
}

} // namespace

std::vector<Endpoint> request_endpoints() {
    using Action = RequestAction;
    std::vector<Endpoint> endpoints = {
        // clang-format off
        {"service_request_list", Method::get, "/service-requests", "Requests for help one takes part in.", Mode::read, signed_in, call(service_request_list)},
        {"service_request_get", Method::get, "/service-requests/{id}", "One request, how it came there and what may follow.", Mode::read, signed_in, call(service_request_get)},
        {"service_request_submit", Method::post, "/service-requests", "Ask for help.", Mode::write, write_services, call(service_request_submit)},
        {"service_request_correct", Method::patch, "/service-requests/{id}", "Correct a request and send it again.", Mode::write, write_services, call(service_request_correct)},
        {"service_request_withdraw", Method::post, "/service-requests/{id}/withdraw", "Withdraw a request.", Mode::write, write_services, call(plain_turn<Action::withdraw>)},
        {"service_request_refuse", Method::post, "/service-requests/{id}/refuse", "Refuse a request for good.", Mode::write, run_desk, call(plain_turn<Action::refuse>)},
        {"service_request_return_delivery", Method::post, "/service-requests/{id}/return-delivery", "Ask for more work on what was delivered.", Mode::write, write_services, call(plain_turn<Action::return_delivery>)},
        {"service_request_close", Method::post, "/service-requests/{id}/close", "Accept what was delivered.", Mode::write, write_services, call(plain_turn<Action::close>)},
        {"service_request_rate", Method::post, "/service-requests/{id}/rate", "Say how satisfied one is.", Mode::write, write_services, call(service_request_rate)},
        // clang-format on
    };
    for (const auto& more : {desk_endpoints(), plan_endpoints(), work_endpoints(), overview_endpoints()})
        endpoints.insert(endpoints.end(), more.begin(), more.end());
    return endpoints;
}

std::vector<SampleSet> request_samples() { return {sample_set<ServiceRequest>("services/requests"), sample_set<WorkEntry>("services/work")}; }

} // namespace greenbank::services
