// facilities.cpp — joint laboratories, parks, pilot bases, incubators and what they share: entered by whoever runs them.
#include "services/equipment/equipment.h"

namespace greenbank::services {

Record describe(const ById<Facility>*) { return {"facility_key", "Names a facility.", {field<&ById<Facility>::id>("id", "Its id.")}}; }
Record describe(const ById<Equipment>*) { return {"equipment_key", "Names equipment.", {field<&ById<Equipment>::id>("id", "Its id.")}}; }

SlotRule slot_rule(const Equipment& equipment) {
    return {equipment.opens_hour, equipment.closes_hour, equipment.slot_hours, equipment.weekends, equipment.utc_offset_minutes};
}

namespace {

template <class T> Result<T> seen(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    T record = TRY(transaction.get(id));
    if (record.state == State::draft && !acts_or_desk(caller, record.operator_.text)) return not_found(record_of<T>(), id.text);
    return record;
}
template <class T> Result<T> to_change(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    T record = TRY(seen(transaction, caller, id));
    if (!acts_or_desk(caller, record.operator_.text)) return not_your_record();
    return record;
}
template <class T> Result<Page<T>> listed(Transaction& transaction, const Caller& caller, const ListOf<T>& list) {
    std::vector<Value> parameters;
    const std::string where = seen_where(caller, "operator", parameters);
    return list_page<T>(transaction, caller, list, where, std::move(parameters));
}
template <class T> Result<T> got(Transaction& transaction, const Caller& caller, const ById<T>& key) { return seen(transaction, caller, key.id); }
template <class T> Result<T> published(Transaction& transaction, const Caller& caller, const ById<T>& key) {
    return keep_state(transaction, caller, TRY(to_change(transaction, caller, key.id)), State::published);
}
template <class T> Result<T> withdrawn(Transaction& transaction, const Caller& caller, const ById<T>& key) {
    return keep_state(transaction, caller, TRY(to_change(transaction, caller, key.id)), State::withdrawn);
}

Result<Done> check_partners(Transaction& transaction, const Facility& facility) {
    Problems problems;
    for (std::size_t i = 0; i < facility.partners.size(); ++i)
        if (!TRY(transaction.find_one<Organisation>("id = $1", {facility.partners[i].text})))
            problems.push_back({"partners[" + std::to_string(i) + "]", "services.no_organisation", "The bank has no such organisation."});
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Reply<Facility>> facility_create(Transaction& transaction, const Caller& caller, const Facility& draft) {
    Facility facility = draft;
    facility.operator_ = TRY(acting_organisation(caller));
    TRY(check_partners(transaction, facility));
    return keep_new(transaction, caller, std::move(facility));
}
Result<Facility> facility_update(Transaction& transaction, const Caller& caller, const Patch<Facility>& patch) {
    TRY(to_change(transaction, caller, patch.id));
    const Facility facility = TRY(keep_change(transaction, caller, patch));
    TRY(check_partners(transaction, facility));
    return facility;
}
Result<Done> facility_delete(Transaction& transaction, const Caller& caller, const ById<Facility>& key) {
    const Facility facility = TRY(to_change(transaction, caller, key.id));
    for (const char* table : {"equipment", "incubation"})
        if (as_integer(TRY(transaction.query(std::string("SELECT COUNT(*) FROM ") + table + " WHERE facility = $1", {key.id.text})).single()) > 0)
            return Error{Failure::conflict, "facility.in_use", "It has equipment or teams; withdraw it instead of deleting it."};
    return erase_unpublished(transaction, facility);
}

Result<Reply<Equipment>> equipment_create(Transaction& transaction, const Caller& caller, const Equipment& draft) {
    Equipment equipment = draft;
    equipment.operator_ = TRY(to_change(transaction, caller, draft.facility)).operator_;
    return keep_new(transaction, caller, std::move(equipment));
}
/// Slots that are booked must stay slots: hours change only while nothing lies ahead.
Result<Equipment> equipment_update(Transaction& transaction, const Caller& caller, const Patch<Equipment>& patch) {
    const Equipment before = TRY(to_change(transaction, caller, patch.id));
    Equipment after = TRY(keep_change(transaction, caller, patch));
    const auto grid = [](const Equipment& one) { return std::tuple(one.opens_hour, one.closes_hour, one.slot_hours, one.weekends, one.utc_offset_minutes); };
    if (after.facility != before.facility)
        return invalid({{"facility", "equipment.facility", "Equipment stays where it was entered; enter it anew elsewhere."}});
    if (grid(before) != grid(after) && as_integer(TRY(transaction.query("SELECT COUNT(*) FROM equipment_slot WHERE equipment = $1 AND begins_at > $2",
                                                          {before.id.text, caller.now.microseconds}))
                                                      .single()) > 0)
        return Error{Failure::conflict, "equipment.booked", "There are bookings ahead; hours and slots change once these are over or cancelled."};
    return after;
}
Result<Done> equipment_delete(Transaction& transaction, const Caller& caller, const ById<Equipment>& key) {
    const Equipment equipment = TRY(to_change(transaction, caller, key.id));
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM equipment_booking WHERE equipment = $1", {key.id.text})).single()) > 0)
        return Error{Failure::conflict, "equipment.has_bookings", "It was booked; withdraw it instead of deleting it."};
    return erase_unpublished(transaction, equipment);
}

} // namespace

Result<Facility> facility_seen(Transaction& transaction, const Caller& caller, const Id<Facility>& id) { return seen(transaction, caller, id); }
Result<Facility> facility_to_change(Transaction& transaction, const Caller& caller, const Id<Facility>& id) { return to_change(transaction, caller, id); }
Result<Equipment> equipment_seen(Transaction& transaction, const Caller& caller, const Id<Equipment>& id) { return seen(transaction, caller, id); }

std::vector<Endpoint> facility_endpoints() {
    return {
        // clang-format off
        {"facility_list", Method::get, "/facilities", "Joint laboratories, parks, pilot bases and incubators.", Mode::read, open_to_all, call(listed<Facility>)},
        {"facility_get", Method::get, "/facilities/{id}", "One of them.", Mode::read, open_to_all, call(got<Facility>)},
        {"facility_create", Method::post, "/facilities", "Enter a facility as a draft.", Mode::write, write_services, call(facility_create)},
        {"facility_update", Method::patch, "/facilities/{id}", "Change a facility.", Mode::write, write_services, call(facility_update)},
        {"facility_publish", Method::post, "/facilities/{id}/publish", "Let everybody see a facility.", Mode::write, publish_services, call(published<Facility>)},
        {"facility_withdraw", Method::post, "/facilities/{id}/withdraw", "Take a facility out of sight.", Mode::write, publish_services, call(withdrawn<Facility>)},
        {"facility_delete", Method::remove, "/facilities/{id}", "Delete a facility that is not published.", Mode::write, write_services, call(facility_delete)},
        {"equipment_list", Method::get, "/equipment", "Equipment that facilities share.", Mode::read, open_to_all, call(listed<Equipment>)},
        {"equipment_get", Method::get, "/equipment/{id}", "One piece of it.", Mode::read, open_to_all, call(got<Equipment>)},
        {"equipment_create", Method::post, "/equipment", "Enter equipment of one's own facility as a draft.", Mode::write, write_services, call(equipment_create)},
        {"equipment_update", Method::patch, "/equipment/{id}", "Change equipment.", Mode::write, write_services, call(equipment_update)},
        {"equipment_publish", Method::post, "/equipment/{id}/publish", "Let others book equipment.", Mode::write, publish_services, call(published<Equipment>)},
        {"equipment_withdraw", Method::post, "/equipment/{id}/withdraw", "Take equipment out of sight.", Mode::write, publish_services, call(withdrawn<Equipment>)},
        {"equipment_delete", Method::remove, "/equipment/{id}", "Delete equipment that is not published.", Mode::write, write_services, call(equipment_delete)},
        // clang-format on
    };
}

std::vector<SampleSet> equipment_samples() {
    return {sample_set<Facility>("services/facilities"), sample_set<Equipment>("services/equipment"), sample_set<EquipmentBooking>("services/bookings"),
        sample_set<EquipmentSlot>("services/slots"), sample_set<Incubation>("services/incubations")};
}

} // namespace greenbank::services
