// requests.h — what the operations on requests share: who sees one, who acts for which part, a step with its trace.
#pragma once

#include "services/operations.h"
#include "services/requests/records.h"

namespace greenbank::services {

/// The request, if the caller takes part in it: asker, provider, the expert's account, the desk. For others it does not exist.
Result<ServiceRequest> request_seen(Transaction& transaction, const Caller& caller, const Id<ServiceRequest>& id);
Result<RequestPerson> person_of(Transaction& transaction, const Caller& caller, const ServiceRequest& request);
/// SQL: requests the caller takes part in.
std::string requests_where(const Caller& caller, std::vector<Value>& parameters);

/// Takes the step if the table allows it to the caller, changes what goes with it, writes both down.
template <class Change> Result<ServiceRequest> request_turn(Transaction& transaction, const Caller& caller, const Id<ServiceRequest>& id, RequestAction action,
    const std::optional<std::string>& comment, Change change) {
    ServiceRequest request = TRY(request_seen(transaction, caller, id));
    TRY(check_expected(caller, request));
    const RequestState before = request.state;
    request.state = TRY(request_step(before, action, TRY(person_of(transaction, caller, request)), comment.has_value()));
    TRY(change(request));
    if (request.state != before) request.since = caller.now;
    request.updated_at = caller.now;
    TRY(transaction.update(request));
    TRY(library::add_step(transaction, caller,
        {id.text, std::string(name_of(action)), std::string(name_of(before)), std::string(name_of(request.state)), comment, {}, request.sample}));
    return request;
}

/// A step that needs no more than a comment.
struct RequestStep {
    Id<ServiceRequest> id;
    std::optional<std::string> comment;
};
Record describe(const RequestStep*);
template <RequestAction action> Result<ServiceRequest> plain_turn(Transaction& transaction, const Caller& caller, const RequestStep& step) {
    return request_turn(transaction, caller, step.id, action, step.comment, [](ServiceRequest&) -> Result<Done> { return Done{}; });
}

/// Several problems at once where the references of a request lead nowhere the caller may look.
Result<Done> check_subjects(Transaction& transaction, const Caller& caller, const ServiceRequest& request);

std::vector<Endpoint> plan_endpoints();
std::vector<Endpoint> work_endpoints();
std::vector<Endpoint> overview_endpoints();

} // namespace greenbank::services
