// incubations.cpp — teams and results that grow stage by stage; a stage is left when its criteria are met.
#include <fmt/format.h>

#include "services/equipment/equipment.h"

namespace greenbank::services {

Record describe(const ById<Incubation>*) { return {"incubation_key", "Names an incubation.", {field<&ById<Incubation>::id>("id", "Its id.")}}; }

struct IncubationLeave {
    Id<Incubation> id;
    Text reason;
};
Record describe(const IncubationLeave*) {
    return {"incubation_leave", "Ends an incubation before its time.",
        {field<&IncubationLeave::id>("id", "Its id."), field<&IncubationLeave::reason>("reason", "Why.", {.min = 1, .max = 2000})}};
}

namespace {

bool takes_part(const Caller& caller, const Incubation& one) {
    return acts_or_desk(caller, one.operator_.text) || (one.organisation && acts_or_desk(caller, one.organisation->text));
}

Result<Incubation> incubation_seen(Transaction& transaction, const Caller& caller, const Id<Incubation>& id) {
    Incubation one = TRY(transaction.get(id));
    if (!takes_part(caller, one)) return not_found(record_of<Incubation>(), id.text);
    return one;
}
Result<Incubation> incubation_to_change(Transaction& transaction, const Caller& caller, const Id<Incubation>& id) {
    Incubation one = TRY(incubation_seen(transaction, caller, id));
    if (!acts_or_desk(caller, one.operator_.text)) return not_your_record();
    if (one.stage == IncubationStage::graduated || one.stage == IncubationStage::left)
        return Error{Failure::conflict, "incubation.ended", "This incubation has ended; begin a new one."};
    return one;
}

Result<Page<Incubation>> incubation_list(Transaction& transaction, const Caller& caller, const ListOf<Incubation>& list) {
    if (caller.actor.may(run_desk)) return list_page<Incubation>(transaction, caller, list);
    return list_page<Incubation>(transaction, caller, list, "$1 <> '' AND (operator = $1 OR organisation = $1)", {caller.actor.organisation});
}
Result<Incubation> incubation_get(Transaction& transaction, const Caller& caller, const ById<Incubation>& key) {
    return incubation_seen(transaction, caller, key.id);
}

Result<Reply<Incubation>> incubation_create(Transaction& transaction, const Caller& caller, const Incubation& draft) {
    Incubation one = draft;
    one.operator_ = TRY(facility_to_change(transaction, caller, draft.facility)).operator_;
    one.since = caller.now;
    return keep_new(transaction, caller, std::move(one));
}
Result<Incubation> incubation_update(Transaction& transaction, const Caller& caller, const Patch<Incubation>& patch) {
    const Incubation before = TRY(incubation_to_change(transaction, caller, patch.id));
    Incubation after = TRY(keep_change(transaction, caller, patch));
    if (after.facility != before.facility)
        return invalid({{"facility", "incubation.facility", "A team stays where it was taken in; end this incubation and begin another."}});
    return after;
}

/// All criteria of the stage must be met, each with what shows it; those that are not are named.
Result<Incubation> incubation_advance(Transaction& transaction, const Caller& caller, const ById<Incubation>& key) {
    Incubation one = TRY(incubation_to_change(transaction, caller, key.id));
    Problems problems;
    for (std::size_t i = 0; i < one.criteria.size(); ++i) {
        const GraduationCriterion& criterion = one.criteria[i];
        if (criterion.stage != one.stage) continue;
        if (!criterion.met)
            problems.push_back(
                {fmt::format("criteria[{}].met", i), "incubation.not_met", "Not yet met: {what}", {{"what", criterion.what.best(caller.language)}}});
        else if (criterion.evidence.empty())
            problems.push_back({fmt::format("criteria[{}].evidence", i), "incubation.no_evidence", "Say what shows it: {what}",
                {{"what", criterion.what.best(caller.language)}}});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    one.stage = static_cast<IncubationStage>(static_cast<int>(one.stage) + 1);
    one.since = one.updated_at = caller.now;
    TRY(transaction.update(one));
    return one;
}

Result<Incubation> incubation_leave(Transaction& transaction, const Caller& caller, const IncubationLeave& leave) {
    Incubation one = TRY(incubation_to_change(transaction, caller, leave.id));
    one.stage = IncubationStage::left;
    one.left_reason = leave.reason;
    one.since = one.updated_at = caller.now;
    TRY(transaction.update(one));
    return one;
}

} // namespace

std::vector<Endpoint> incubation_endpoints() {
    return {
        // clang-format off
        {"incubation_list", Method::get, "/incubations", "Teams and results that grow in one's own facilities, or are one's own.", Mode::read, signed_in, call(incubation_list)},
        {"incubation_get", Method::get, "/incubations/{id}", "One of them.", Mode::read, signed_in, call(incubation_get)},
        {"incubation_create", Method::post, "/incubations", "Take a team or a result in.", Mode::write, write_services, call(incubation_create)},
        {"incubation_update", Method::patch, "/incubations/{id}", "Change an incubation, or note what is met.", Mode::write, write_services, call(incubation_update)},
        {"incubation_advance", Method::post, "/incubations/{id}/advance", "Go on to the next stage.", Mode::write, write_services, call(incubation_advance)},
        {"incubation_leave", Method::post, "/incubations/{id}/leave", "End an incubation before its time.", Mode::write, write_services, call(incubation_leave)},
        // clang-format on
    };
}

} // namespace greenbank::services
