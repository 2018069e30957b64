// services.cpp — the catalogue: found by words and filters, entered by providers, with what of it is free today.
#include <fmt/format.h>

#include "search/folding.h"
#include "services/catalogue/rules.h"
#include "services/engine/request_states.h"
#include "services/operations.h"

namespace greenbank::services {

Record describe(const ById<Service>*) { return {"service_key", "Names a service.", {field<&ById<Service>::id>("id", "Its id.")}}; }

/// How a service stands today.
struct ServiceStanding {
    std::int64_t running = 0, places_free = 0, done = 0;
    std::int64_t ratings = 0;
    std::optional<double> satisfaction; // mean
    bool may_change = false;
};
Record describe(const ServiceStanding*) {
    using View = ServiceStanding;
    return {"service_standing", "How a service stands today.",
        {
            field<&View::running>("running", "Requests at work on it now."),
            field<&View::places_free>("places_free", "How many more it can take."),
            field<&View::done>("done", "Requests that were delivered."),
            field<&View::ratings>("ratings", "How many askers have said how satisfied they were."),
            field<&View::satisfaction>("satisfaction", "Their mean, from 1 to 5."),
            field<&View::may_change>("may_change", "The caller may change it."),
        }};
}

/// A search of the catalogue: words in any language beside the filters.
struct ServiceSearch {
    std::string text;
    std::optional<ServiceKind> kind;
    std::optional<TechnologyField> field;
    std::string country, language;
    std::optional<Id<Organisation>> provider;
    std::optional<State> state;
    std::optional<bool> free;
    std::string sort;
    std::int64_t limit = 50;
    std::string cursor;
};
Record describe(const ServiceSearch*) {
    using Search = ServiceSearch;
    return {"service_search", "A search of the catalogue of services.",
        {
            field<&Search::text>("text", "Words of title or summary, in any language.", {.max = 200, .defaulted = true}),
            field<&Search::kind>("kind", "Which kind of service."),
            field<&Search::field>("field", "A field it serves."),
            field<&Search::country>("country", "A country it is given in.", {.max = 8, .defaulted = true}),
            field<&Search::language>("language", "A language it is given in.", {.max = 2, .defaulted = true}),
            field<&Search::provider>("provider", "Who gives it."),
            field<&Search::state>("state", "In which state."),
            field<&Search::free>("free", "Free of charge."),
            field<&Search::sort>("sort", "Order; a minus in front turns it. One of: title kind duration_days updated_at", {.max = 40, .defaulted = true}),
            field<&Search::limit>("limit", "How many.", {.min = 1, .max = 500, .defaulted = true}),
            field<&Search::cursor>("cursor", "Where the next page begins.", {.max = 400, .defaulted = true}),
        }};
}

namespace {

Result<Service> service_seen(Transaction& transaction, const Caller& caller, const Id<Service>& id) {
    Service service = TRY(transaction.get(id));
    if (service.state == State::draft && !acts_or_desk(caller, service.provider.text)) return not_found(record_of<Service>(), id.text);
    return service;
}
Result<Service> service_to_change(Transaction& transaction, const Caller& caller, const Id<Service>& id) {
    Service service = TRY(service_seen(transaction, caller, id));
    if (!acts_or_desk(caller, service.provider.text)) return not_your_record();
    return service;
}

/// Every word stands somewhere in title or summary, in whatever language.
bool holds_words(const Service& service, std::string_view words) {
    std::string all;
    for (const Text* text : {&service.title, &service.summary}) all += fmt::format("{} {} {} ", text->zh, text->en, text->ru);
    all = search::fold(all);
    for (const std::string_view word : split(words, ' '))
        if (all.find(search::fold(word)) == std::string::npos) return false;
    return true;
}

Result<Page<Service>> service_list(Transaction& transaction, const Caller& caller, const ServiceSearch& search) {
    std::vector<Value> parameters;
    std::string where = seen_where(caller, "provider", parameters);
    const auto bind = [&](std::string value) {
        parameters.emplace_back(std::move(value));
        return parameters.size();
    };
    if (!trim(search.text).empty()) { // the catalogue is small: words are looked for in any writing, not as SQL can
        std::string ids;
        for (const Service& one : TRY(transaction.find<Service>(where, parameters)))
            if (holds_words(one, search.text)) ids += fmt::format("{}${}", ids.empty() ? "" : ", ", bind(one.id.text));
        where += ids.empty() ? " AND 1 = 0" : fmt::format(" AND id IN ({})", ids);
    }
    if (!search.country.empty()) { // a service for all the world is one for that country
        const std::size_t at = bind("%\"" + search.country + "\"%");
        where += fmt::format(" AND (CAST(countries AS TEXT) LIKE ${} OR CAST(countries AS TEXT) LIKE '%\"WORLD\"%')", at);
    }
    if (search.field)
        where += fmt::format(" AND (CAST(fields AS TEXT) LIKE ${} OR CAST(fields AS TEXT) = '[]')", bind(fmt::format("%\"{}\"%", name_of(*search.field))));
    Request request;
    request.query.emplace_back("limit", std::to_string(search.limit));
    if (!search.cursor.empty()) request.query.emplace_back("cursor", search.cursor);
    if (!search.sort.empty()) request.query.emplace_back("sort", search.sort);
    if (search.kind) request.query.emplace_back("kind", name_of(*search.kind));
    if (search.state) request.query.emplace_back("state", name_of(*search.state));
    if (search.provider) request.query.emplace_back("provider", search.provider->text);
    if (search.free) request.query.emplace_back("free", *search.free ? "true" : "false");
    if (!search.language.empty()) request.query.emplace_back("languages", search.language);
    ListRequest list;
    TRY(bind_list(request, record_of<Service>(), list));
    return list_page<Service>(transaction, caller, list, where, std::move(parameters));
}

Result<Service> service_get(Transaction& transaction, const Caller& caller, const ById<Service>& key) { return service_seen(transaction, caller, key.id); }

Result<ServiceStanding> service_standing_get(Transaction& transaction, const Caller& caller, const ById<Service>& key) {
    const Service service = TRY(service_seen(transaction, caller, key.id));
    ServiceStanding view;
    const Rows rows = TRY(transaction.query("SELECT state, satisfaction FROM service_request WHERE service = $1", {key.id.text}));
    double sum = 0;
    for (const auto& row : rows.rows) {
        const auto state = parse_choice<RequestState>(as_text(row[0]));
        if (state && takes_capacity(*state)) ++view.running;
        if (state == RequestState::delivered || state == RequestState::closed) ++view.done;
        if (!is_null(row[1])) ++view.ratings, sum += static_cast<double>(as_integer(row[1]));
    }
    if (view.ratings) view.satisfaction = sum / static_cast<double>(view.ratings);
    view.places_free = std::max<std::int64_t>(0, service.capacity - view.running);
    view.may_change = caller.actor.may(write_services) && acts_or_desk(caller, service.provider.text);
    return view;
}

Result<Reply<Service>> service_create(Transaction& transaction, const Caller& caller, const Service& draft) {
    Service service = draft;
    service.provider = TRY(acting_organisation(caller));
    service.state = State::draft;
    return keep_new(transaction, caller, std::move(service));
}
Result<Service> service_update(Transaction& transaction, const Caller& caller, const Patch<Service>& patch) {
    TRY(service_to_change(transaction, caller, patch.id));
    return keep_change(transaction, caller, patch);
}
Result<Service> service_publish(Transaction& transaction, const Caller& caller, const ById<Service>& key) {
    return keep_state(transaction, caller, TRY(service_to_change(transaction, caller, key.id)), State::published);
}
Result<Service> service_withdraw(Transaction& transaction, const Caller& caller, const ById<Service>& key) {
    return keep_state(transaction, caller, TRY(service_to_change(transaction, caller, key.id)), State::withdrawn);
}
Result<Done> service_delete(Transaction& transaction, const Caller& caller, const ById<Service>& key) {
    const Service service = TRY(service_to_change(transaction, caller, key.id));
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM service_request WHERE service = $1", {key.id.text})).single()) > 0)
        return Error{Failure::conflict, "service.asked_for", "Somebody has asked for this service; withdraw it instead of deleting it."};
    return erase_unpublished(transaction, service);
}

Result<ServiceRules> service_rules_get(Transaction&, const Caller&) { return service_rules(); }

} // namespace

std::vector<Endpoint> catalogue_endpoints() {
    return {
        // clang-format off
        {"service_list", Method::get, "/services", "Services that organisations offer through the bank.", Mode::read, open_to_all, call(service_list)},
        {"service_get", Method::get, "/services/{id}", "One service.", Mode::read, open_to_all, call(service_get)},
        {"service_standing_get", Method::get, "/services/{id}/standing", "How many requests a service has at work, how many more it can take, how satisfied its askers were.", Mode::read, open_to_all, call(service_standing_get)},
        {"service_create", Method::post, "/services", "Enter a service as a draft.", Mode::write, write_services, call(service_create)},
        {"service_update", Method::patch, "/services/{id}", "Change a service.", Mode::write, write_services, call(service_update)},
        {"service_publish", Method::post, "/services/{id}/publish", "Let everybody see a service.", Mode::write, publish_services, call(service_publish)},
        {"service_withdraw", Method::post, "/services/{id}/withdraw", "Take a service out of the catalogue.", Mode::write, publish_services, call(service_withdraw)},
        {"service_delete", Method::remove, "/services/{id}", "Delete a service that is not published.", Mode::write, write_services, call(service_delete)},
        {"service_rules_get", Method::get, "/service-rules", "The rules of the desk: criteria, points, balance, plans.", Mode::read, open_to_all, call(service_rules_get)},
        // clang-format on
    };
}

std::vector<SampleSet> catalogue_samples() { return {sample_set<Service>("services/services")}; }

} // namespace greenbank::services
