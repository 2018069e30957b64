// records.cpp — descriptions of facilities, equipment, bookings and incubations.
#include "services/equipment/records.h"

#include "library/rules.h"

namespace greenbank::services {

namespace {

void check_facility(const void* value, Problems& problems) { library::check_country(static_cast<const Facility*>(value)->country, "country", problems); }

void check_equipment(const void* value, Problems& problems) {
    const auto& equipment = *static_cast<const Equipment*>(value);
    if (equipment.opens_hour + equipment.slot_hours > equipment.closes_hour)
        problems.push_back({"closes_hour", "equipment.hours", "At least one slot must fit between opening and closing."});
    if (equipment.utc_offset_minutes % 15 != 0)
        problems.push_back({"utc_offset_minutes", "equipment.offset", "Clocks differ from UTC by quarters of an hour: 480 is UTC+8."});
    if (equipment.unit && !parse_unit(*equipment.unit))
        problems.push_back({"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", equipment.unit->substr(0, 40)}}});
}

void check_booking(const void* value, Problems& problems) {
    const auto& booking = *static_cast<const EquipmentBooking*>(value);
    if (booking.ends_at <= booking.begins_at) problems.push_back({"ends_at", "booking.ends", "A booking ends after it begins."});
}

} // namespace

Record describe(const Facility*) {
    return {"facility", "A joint laboratory, park, pilot base or incubator.",
        {
            field<&Facility::id>("id", "Id.", {.read_only = true}),
            field<&Facility::operator_>("operator", "Who runs it.", {.read_only = true, .filter = true}),
            field<&Facility::kind>("kind", "Joint laboratory, park, pilot base or incubator.", {.filter = true, .sort = true}),
            field<&Facility::name>("name", "What it is called.", {.min = 1, .max = 200, .sort = true}),
            field<&Facility::about>("about", "What one finds there.", {.min = 1, .max = 4000}),
            field<&Facility::rules>("rules", "Who may use it, and how.", {.max = 4000}),
            field<&Facility::country>("country", "In which country.", {.min = 2, .max = 2, .filter = true, .sort = true}),
            field<&Facility::city>("city", "In which city.", {.max = 200}),
            field<&Facility::fields>("fields", "Fields it serves; none: all.", {.max = 6, .filter = true}),
            field<&Facility::partners>("partners", "Organisations that run it together with the operator.", {.max = 30, .defaulted = true}),
            field<&Facility::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&Facility::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Facility::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Facility::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Facility::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_facility};
}

Record describe(const Equipment*) {
    return {"equipment", "Something a facility shares with others.",
        {
            field<&Equipment::id>("id", "Id.", {.read_only = true}),
            field<&Equipment::facility>("facility", "Where it belongs.", {.filter = true}),
            field<&Equipment::operator_>("operator", "Who runs that.", {.read_only = true, .filter = true}),
            field<&Equipment::name>("name", "What it is.", {.min = 1, .max = 200, .sort = true}),
            field<&Equipment::about>("about", "What it can do.", {.max = 4000}),
            field<&Equipment::place>("place", "Where exactly it stands.", {.max = 200}),
            field<&Equipment::range>("range", "What it measures or handles, from where to where.", {.max = 300}),
            field<&Equipment::unit>("unit", "The unit of what it measures.", {.min = 1, .max = 40}),
            field<&Equipment::accuracy>("accuracy", "How exactly.", {.max = 300}),
            field<&Equipment::calibration_due>("calibration_due", "When it must be calibrated again.", {.sort = true}),
            field<&Equipment::cost_per_hour>("cost_per_hour", "What an hour costs; absent: nothing.", {.min = 0}),
            field<&Equipment::rules>("rules", "What users must know and bring.", {.max = 4000}),
            field<&Equipment::opens_hour>("opens_hour", "When the first slot begins.", {.unit = "h", .min = 0, .max = 23, .defaulted = true}),
            field<&Equipment::closes_hour>("closes_hour", "When the last slot has ended.", {.unit = "h", .min = 1, .max = 24, .defaulted = true}),
            field<&Equipment::slot_hours>("slot_hours", "How long a slot is.", {.unit = "h", .min = 1, .max = 24, .defaulted = true}),
            field<&Equipment::weekends>("weekends", "Saturdays and Sundays too.", {.defaulted = true}),
            field<&Equipment::utc_offset_minutes>(
                "utc_offset_minutes", "How far the clocks there are ahead of UTC.", {.unit = "min", .min = -720, .max = 840, .defaulted = true}),
            field<&Equipment::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&Equipment::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Equipment::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Equipment::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Equipment::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_equipment};
}

Record describe(const EquipmentBooking*) {
    using Booking = EquipmentBooking;
    return {"equipment_booking", "Shared equipment for some hours.",
        {
            field<&Booking::id>("id", "Id.", {.read_only = true}),
            field<&Booking::equipment>("equipment", "Which equipment.", {.filter = true}),
            field<&Booking::operator_>("operator", "Whose equipment.", {.read_only = true, .filter = true}),
            field<&Booking::organisation>("organisation", "Who has it.", {.read_only = true, .filter = true}),
            field<&Booking::person_name>("person_name", "Who booked it.", {.read_only = true}),
            field<&Booking::begins_at>("begins_at", "From when.", {.sort = true}),
            field<&Booking::ends_at>("ends_at", "Until when.", {.sort = true}),
            field<&Booking::purpose>("purpose", "What for.", {.min = 1, .max = 500}),
            field<&Booking::cost>("cost", "What it costs.", {.read_only = true}),
            field<&Booking::state>("state", "Booked or cancelled.", {.read_only = true, .filter = true}),
            field<&Booking::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Booking::created_at>("created_at", "When it was booked.", {.read_only = true, .sort = true}),
            field<&Booking::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_booking};
}

Record describe(const EquipmentSlot*) {
    return {"equipment_slot", "One slot of a booking.",
        {field<&EquipmentSlot::id>("id", "Id."), field<&EquipmentSlot::equipment>("equipment", "Of which equipment."),
            field<&EquipmentSlot::begins_at>("begins_at", "When it begins."), field<&EquipmentSlot::booking>("booking", "For which booking."),
            field<&EquipmentSlot::sample>("sample", "Part of the sample bank.")}};
}

Record describe(const GraduationCriterion*) {
    using One = GraduationCriterion;
    return {"graduation_criterion", "What must be shown to leave a stage.",
        {field<&One::stage>("stage", "The stage it leads out of."), field<&One::what>("what", "What must be shown.", {.min = 1, .max = 300}),
            field<&One::met>("met", "It is shown.", {.defaulted = true}), field<&One::evidence>("evidence", "By what.", {.max = 500})}};
}

Record describe(const Incubation*) {
    return {"incubation", "A team or a result that grows in an incubator, park or pilot base.",
        {
            field<&Incubation::id>("id", "Id.", {.read_only = true}),
            field<&Incubation::facility>("facility", "Where.", {.filter = true}),
            field<&Incubation::operator_>("operator", "Who runs that.", {.read_only = true, .filter = true}),
            field<&Incubation::title>("title", "What the team or the result is called.", {.min = 1, .max = 200, .sort = true}),
            field<&Incubation::about>("about", "What it is about.", {.min = 1, .max = 4000}),
            field<&Incubation::organisation>("organisation", "The team's own organisation, where it is in the bank.", {.filter = true}),
            field<&Incubation::technology>("technology", "The technology, where it is in the library."),
            field<&Incubation::mentor>("mentor", "The expert who advises it."),
            field<&Incubation::criteria>("criteria", "What must be shown at the end of each stage.", {.min = 1, .max = 40}),
            field<&Incubation::planned_until>("planned_until", "When it should have grown up.", {.sort = true}),
            field<&Incubation::stage>("stage", "How far it has come.", {.read_only = true, .filter = true, .sort = true}),
            field<&Incubation::since>("since", "Since when it is there.", {.read_only = true, .sort = true}),
            field<&Incubation::left_reason>("left_reason", "Why it left.", {.max = 2000, .read_only = true}),
            field<&Incubation::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Incubation::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Incubation::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Incubation::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

} // namespace greenbank::services
