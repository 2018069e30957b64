// equipment.h — what operations on facilities, bookings and incubations share.
#pragma once

#include "services/engine/slots.h"
#include "services/equipment/records.h"
#include "services/operations.h"

namespace greenbank::services {

Result<Facility> facility_seen(Transaction& transaction, const Caller& caller, const Id<Facility>& id);
Result<Facility> facility_to_change(Transaction& transaction, const Caller& caller, const Id<Facility>& id);
Result<Equipment> equipment_seen(Transaction& transaction, const Caller& caller, const Id<Equipment>& id);
SlotRule slot_rule(const Equipment& equipment);

} // namespace greenbank::services
