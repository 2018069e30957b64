// overview.cpp — the room in numbers: requests by state and how long they stood there, hours, satisfaction, and what waits for the caller.
#include <fmt/format.h>

#include "services/cooperation/records.h"
#include "services/requests/requests.h"

namespace greenbank::services {

struct StateCount {
    RequestState state = RequestState::submitted;
    std::int64_t count = 0;
    std::optional<double> days; // mean of the stays, those that last included
};
Record describe(const StateCount*) {
    return {"request_state_count", "Requests in one state.",
        {field<&StateCount::state>("state", "The state."), field<&StateCount::count>("count", "How many stand there now."),
            field<&StateCount::days>("days", "How long requests stand there, on average.", {.unit = "d"})}};
}
struct KindCount {
    ServiceKind kind = ServiceKind::consulting;
    std::int64_t services = 0, requests = 0;
    double hours = 0;
};
Record describe(const KindCount*) {
    return {"service_kind_count", "One kind of service.",
        {field<&KindCount::kind>("kind", "The kind."), field<&KindCount::services>("services", "Published services."),
            field<&KindCount::requests>("requests", "Requests."), field<&KindCount::hours>("hours", "Hours worked.", {.unit = "h"})}};
}
struct CountryCount {
    std::string country;
    std::int64_t requests = 0;
    double hours = 0;
};
Record describe(const CountryCount*) {
    return {"service_country_count", "One country.",
        {field<&CountryCount::country>("country", "The country."), field<&CountryCount::requests>("requests", "Requests."),
            field<&CountryCount::hours>("hours", "Hours worked.", {.unit = "h"})}};
}
struct WaitingItem {
    Id<ServiceRequest> id;
    Text title;
    RequestState state = RequestState::submitted;
    RequestPart part = RequestPart::asker;
    Time since;
    bool late = false;
};
Record describe(const WaitingItem*) {
    return {"service_waiting", "A request whose turn it is of the caller's.",
        {field<&WaitingItem::id>("id", "The request."), field<&WaitingItem::title>("title", "What it is about."),
            field<&WaitingItem::state>("state", "Where it stands."), field<&WaitingItem::part>("part", "As whom the caller is waited for."),
            field<&WaitingItem::since>("since", "Since when."), field<&WaitingItem::late>("late", "A step of its plan is overdue.")}};
}
struct TaskReminder {
    Id<GroupTask> id;
    Text title;
    Date due;
    bool late = false;
};
Record describe(const TaskReminder*) {
    return {"task_reminder", "A task of a working group that is due within a week, or late.",
        {field<&TaskReminder::id>("id", "The task."), field<&TaskReminder::title>("title", "What is to be done."),
            field<&TaskReminder::due>("due", "Until when."), field<&TaskReminder::late>("late", "That day has passed.")}};
}
struct ServicesOverview {
    std::int64_t services = 0, requests = 0, open = 0, rated = 0;
    double hours = 0;
    std::optional<double> satisfaction;
    std::vector<std::int64_t> ratings; // how many of 1 to 5
    std::vector<StateCount> states;
    std::vector<KindCount> kinds;
    std::vector<CountryCount> countries;
    std::vector<WaitingItem> waiting;
    std::vector<TaskReminder> tasks;
};
Record describe(const ServicesOverview*) {
    using View = ServicesOverview;
    return {"services_overview", "One-stop services in numbers, of the requests the caller takes part in.",
        {
            field<&View::services>("services", "Published services."),
            field<&View::requests>("requests", "Requests."),
            field<&View::open>("open", "Of these not at their end."),
            field<&View::rated>("rated", "How many askers have said how satisfied they were."),
            field<&View::hours>("hours", "Hours worked.", {.unit = "h"}),
            field<&View::satisfaction>("satisfaction", "Mean of what they said, from 1 to 5; absent where nobody has."),
            field<&View::ratings>("ratings", "How many said 1, 2, 3, 4, 5."),
            field<&View::states>("states", "By state, in the order of a request's life."),
            field<&View::kinds>("kinds", "By kind of service."),
            field<&View::countries>("countries", "By country, the most first."),
            field<&View::waiting>("waiting", "What waits for the caller, the longest first.", {.max = 1000}),
            field<&View::tasks>("tasks", "Tasks of the caller's organisation that are due within a week, or late.", {.max = 1000}),
        }};
}

namespace {

struct Stays {
    double days = 0;
    std::int64_t count = 0;
};

/// How long requests stood in each state, read from the steps that were kept.
Result<std::map<RequestState, Stays>> stays_of(Transaction& transaction, const std::vector<ServiceRequest>& requests, Time now) {
    std::map<std::string, std::vector<library::AssessmentStep>> steps;
    for (library::AssessmentStep& one : TRY(transaction.find<library::AssessmentStep>("subject LIKE 'request_%' ORDER BY at, id")))
        steps[one.subject].push_back(std::move(one));
    std::map<RequestState, Stays> stays;
    for (const ServiceRequest& request : requests) {
        const auto& way = steps[request.id.text];
        for (std::size_t i = 0; i < way.size(); ++i) {
            const auto state = parse_choice<RequestState>(way[i].after);
            if (!state || is_final(*state)) continue;
            const Time until = i + 1 < way.size() ? way[i + 1].at : now;
            stays[*state].days += static_cast<double>((until - way[i].at).microseconds) / 86'400e6;
            ++stays[*state].count;
        }
    }
    return stays;
}

Result<Done> add_waiting(Transaction& transaction, const Caller& caller, const ServiceRequest& request, std::vector<WaitingItem>& waiting) {
    const RequestPerson person = TRY(person_of(transaction, caller, request));
    const auto next = request_next(request.state);
    if (!next) return Done{};
    const bool mine = *next == RequestPart::asker ? person.asker : *next == RequestPart::desk ? person.desk : person.provider;
    if (!mine) return Done{};
    WaitingItem item{request.id, request.title, request.state, *next, request.since};
    for (const PlanStep& one : request.plan) item.late = item.late || (request.state == RequestState::running && !one.done_on && one.due < date_of(caller.now));
    waiting.push_back(std::move(item));
    return Done{};
}

Result<ServicesOverview> services_overview_get(Transaction& transaction, const Caller& caller) {
    ServicesOverview view;
    std::vector<Value> parameters;
    const std::string where = requests_where(caller, parameters);
    const std::vector<ServiceRequest> requests = TRY(transaction.find<ServiceRequest>(where, std::move(parameters)));
    std::map<std::string, double> hours;
    for (const auto& row : TRY(transaction.query("SELECT request, SUM(hours) FROM work_entry GROUP BY request")).rows) hours[as_text(row[0])] = as_real(row[1]);
    std::map<ServiceKind, KindCount> kinds;
    for (const auto& row : TRY(transaction.query("SELECT kind, COUNT(*) FROM service WHERE state = 'published' GROUP BY kind")).rows)
        if (const auto kind = parse_choice<ServiceKind>(as_text(row[0]))) view.services += kinds[*kind].services = as_integer(row[1]);
    std::map<RequestState, std::int64_t> states;
    std::map<std::string, CountryCount> countries;
    view.ratings.assign(5, 0);
    double satisfaction = 0;
    for (const ServiceRequest& one : requests) {
        const double worked = hours[one.id.text];
        ++view.requests;
        view.open += !is_final(one.state);
        view.hours += worked;
        ++states[one.state];
        ++kinds[one.kind].requests;
        kinds[one.kind].hours += worked;
        ++countries[one.country].requests;
        countries[one.country].hours += worked;
        if (one.satisfaction) {
            ++view.rated;
            ++view.ratings[static_cast<std::size_t>(*one.satisfaction - 1)];
            satisfaction += static_cast<double>(*one.satisfaction);
        }
        TRY(add_waiting(transaction, caller, one, view.waiting));
    }
    const Date today = date_of(caller.now);
    if (!caller.actor.organisation.empty())
        for (GroupTask& one : TRY(transaction.find<GroupTask>(
                 "state = 'open' AND organisation = $1 AND due <= $2 ORDER BY due, id", {caller.actor.organisation, to_text(Date{today.days + 7})})))
            view.tasks.push_back({one.id, std::move(one.title), one.due, one.due < today});
    if (view.rated) view.satisfaction = satisfaction / static_cast<double>(view.rated);
    const auto stays = TRY(stays_of(transaction, requests, caller.now));
    for (std::size_t i = 0; i < std::size(Choices<RequestState>::values); ++i) {
        const auto state = static_cast<RequestState>(i);
        StateCount count{state, states[state], {}};
        if (const auto found = stays.find(state); found != stays.end()) count.days = found->second.days / static_cast<double>(found->second.count);
        view.states.push_back(count);
    }
    for (std::size_t i = 0; i < std::size(Choices<ServiceKind>::values); ++i) {
        KindCount count = kinds[static_cast<ServiceKind>(i)];
        count.kind = static_cast<ServiceKind>(i);
        view.kinds.push_back(count);
    }
    for (auto& [country, count] : countries) {
        count.country = country;
        view.countries.push_back(count);
    }
    std::stable_sort(view.countries.begin(), view.countries.end(), [](const CountryCount& a, const CountryCount& b) { return a.requests > b.requests; });
    std::sort(view.waiting.begin(), view.waiting.end(),
        [](const WaitingItem& a, const WaitingItem& b) { return std::tie(a.since, a.id.text) < std::tie(b.since, b.id.text); });
    return view;
}

} // namespace

std::vector<Endpoint> overview_endpoints() {
    return {{"services_overview_get", Method::get, "/services-overview", "One-stop services in numbers, and what waits for the caller.", Mode::read, signed_in,
        call(services_overview_get)}};
}

} // namespace greenbank::services
