// operations.h — the rights of the room, the endpoints of its four folders, and what their operations share.
#pragma once

#include <algorithm>

#include "api/call.h"
#include "library/assessment/steps.h"
#include "library/entries.h"
#include "parties/acting.h"

namespace greenbank::services {

using library::State;
using library::TechnologyField;
using parties::Organisation;

/// Enter services, facilities and equipment of one's own organisation; ask for help; book equipment and hours.
inline constexpr Right write_services{"services.write"};
/// Publish and withdraw them; agree to plans.
inline constexpr Right publish_services{"services.publish"};
/// The desk: triage, plans, cooperations, recognition, facts, working groups.
inline constexpr Right run_desk{"bank.services"};

std::vector<Endpoint> catalogue_endpoints();
std::vector<Endpoint> request_endpoints();
std::vector<Endpoint> desk_endpoints();
std::vector<Endpoint> facility_endpoints();
std::vector<Endpoint> booking_endpoints();
std::vector<Endpoint> incubation_endpoints();
std::vector<Endpoint> cooperation_endpoints();
std::vector<Endpoint> recognition_endpoints();
std::vector<Endpoint> working_group_endpoints();
std::vector<SampleSet> catalogue_samples();
std::vector<SampleSet> request_samples();
std::vector<SampleSet> equipment_samples();
std::vector<SampleSet> cooperation_samples();

using parties::acting_organisation;
/// Does the caller act for `owner`, or for the desk?
inline bool acts_or_desk(const Caller& caller, const std::string& owner) {
    return caller.actor.may(run_desk) || (!owner.empty() && caller.actor.organisation == owner);
}
Error not_your_record();
/// Published ones, one's own, all for the desk; `owner_column` names whose a record is.
std::string seen_where(const Caller& caller, std::string_view owner_column, std::vector<Value>& parameters);
/// Every language is written with its two letters.
void check_languages(const std::vector<std::string>& languages, Problems& problems);
void check_countries(const std::vector<std::string>& countries, const std::string& path, Problems& problems);

/// Names one record.
template <class T> struct ById { Id<T> id; };

/// A new record of the caller's organisation, as a draft.
template <class T> Result<Reply<T>> keep_new(Transaction& transaction, const Caller& caller, T record) {
    record.id = caller.new_id<T>();
    record.created_at = record.updated_at = caller.now;
    TRY(transaction.insert(record));
    return Reply<T>{.body = std::move(record), .status = 201};
}
/// The patch applied, the time of change set.
template <class T> Result<T> keep_change(Transaction& transaction, const Caller& caller, const Patch<T>& patch) {
    T record = TRY(apply_patch(transaction, caller, patch));
    record.updated_at = caller.now;
    TRY(transaction.update(record));
    return record;
}
/// Into a state of publication; what was published is withdrawn, never a draft again.
template <class T> Result<T> keep_state(Transaction& transaction, const Caller& caller, T record, State state) {
    if (record.state == state) return Error{Failure::conflict, "library.same_state", "The entry is already in this state."};
    if (state == State::withdrawn && record.state == State::draft)
        return Error{Failure::conflict, "library.draft", "A draft was never published; delete it instead."};
    record.state = state;
    record.updated_at = caller.now;
    TRY(transaction.update(record));
    return record;
}
template <class T> Result<Done> erase_unpublished(Transaction& transaction, const T& record) {
    if (record.state == State::published)
        return Error{Failure::conflict, "library.published", "A published entry is withdrawn, not deleted, so that links to it still say what it was."};
    return transaction.erase(record.id);
}

} // namespace greenbank::services
