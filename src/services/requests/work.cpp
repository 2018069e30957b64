// work.cpp — hours booked on requests: by the provider, the expert or the desk, while they are at work.
#include <fmt/format.h>

#include "services/requests/requests.h"

namespace greenbank::services {

Record describe(const ById<WorkEntry>*) { return {"work_entry_key", "Names an entry of hours.", {field<&ById<WorkEntry>::id>("id", "Its id.")}}; }

namespace {

Result<Page<WorkEntry>> work_entry_list(Transaction& transaction, const Caller& caller, const ListOf<WorkEntry>& list) {
    std::vector<Value> parameters;
    const std::string where = fmt::format("request IN (SELECT id FROM service_request WHERE {})", requests_where(caller, parameters));
    Page<WorkEntry> page = TRY(list_page<WorkEntry>(transaction, caller, list, where, std::move(parameters)));
    for (WorkEntry& one : page.items) // the asker sees how long, not who of the helpers
        if (!caller.actor.may(run_desk) && one.organisation != caller.actor.organisation) one.person.clear(), one.person_name.clear();
    return page;
}

Result<Reply<WorkEntry>> work_entry_book(Transaction& transaction, const Caller& caller, const WorkEntry& draft) {
    const ServiceRequest request = TRY(request_seen(transaction, caller, draft.request));
    const RequestPerson person = TRY(person_of(transaction, caller, request));
    if (!person.provider && !person.desk)
        return Error{Failure::forbidden, "work.not_helper", "Only those who help book hours: the provider, the expert and the desk."};
    if (request.state != RequestState::running && request.state != RequestState::delivered)
        return Error{Failure::conflict, "work.not_running", "Hours are booked from the start of the plan until the request is closed."};
    Problems problems;
    if (draft.day > date_of(caller.now)) problems.push_back({"day", "work.future", "Hours are booked after they were worked."});
    if (request.starts_on && draft.day < *request.starts_on)
        problems.push_back({"day", "work.before", "The plan began on {day}; book from then on.", {{"day", to_text(*request.starts_on)}}});
    if (draft.expert && (!request.expert || *draft.expert != *request.expert))
        problems.push_back({"expert", "work.expert", "This expert does not work on the request."});
    const double that_day = as_real(
        TRY(transaction.query("SELECT COALESCE(SUM(hours), 0.0) FROM work_entry WHERE person = $1 AND day = $2", {caller.actor.person, to_text(draft.day)}))
            .single());
    if (that_day + draft.hours > 24)
        problems.push_back({"hours", "work.day_full", "A day has 24 hours; {hours} of this one are booked.", {{"hours", fmt::format("{}", that_day)}}});
    if (!problems.empty()) return invalid(std::move(problems));
    WorkEntry entry = draft;
    entry.id = caller.new_id<WorkEntry>();
    entry.person = caller.actor.person;
    entry.person_name = as_text(TRY(transaction.query("SELECT name FROM person WHERE id = $1", {entry.person})).single());
    entry.organisation = caller.actor.organisation;
    entry.created_at = caller.now;
    TRY(transaction.insert(entry));
    return Reply<WorkEntry>{.body = std::move(entry), .status = 201};
}

Result<Done> work_entry_delete(Transaction& transaction, const Caller& caller, const ById<WorkEntry>& key) {
    const WorkEntry entry = TRY(transaction.get(key.id));
    if (!request_seen(transaction, caller, entry.request)) return not_found(record_of<WorkEntry>(), key.id.text);
    if (entry.person != caller.actor.person && !caller.actor.may(run_desk))
        return Error{Failure::forbidden, "work.not_yours", "Whoever booked these hours takes them back, or the desk does."};
    return transaction.erase(key.id);
}

} // namespace

std::vector<Endpoint> work_endpoints() {
    return {
        // clang-format off
        {"work_entry_list", Method::get, "/work-entries", "Hours booked on requests one takes part in.", Mode::read, signed_in, call(work_entry_list)},
        {"work_entry_book", Method::post, "/work-entries", "Book hours on a request.", Mode::write, signed_in, call(work_entry_book)},
        {"work_entry_delete", Method::remove, "/work-entries/{id}", "Take booked hours back.", Mode::write, signed_in, call(work_entry_delete)},
        // clang-format on
    };
}

} // namespace greenbank::services
