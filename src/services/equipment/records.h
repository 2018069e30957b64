// records.h — joint laboratories, parks, pilot bases and incubators; what they share; who has it when; teams that grow there.
#pragma once

#include "library/assessment/experts.h"
#include "services/catalogue/records.h"

namespace greenbank::services {

enum class FacilityKind { joint_laboratory, park, pilot_base, incubator };

struct Facility {
    static constexpr std::string_view id_prefix = "facility";
    Id<Facility> id;
    Id<Organisation> operator_;
    FacilityKind kind = FacilityKind::joint_laboratory;
    Text name, about, rules;
    std::string country;
    Text city;
    std::vector<TechnologyField> fields;
    std::vector<Id<Organisation>> partners; // whose laboratory or park it is beside the operator
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Facility*);

struct Equipment {
    static constexpr std::string_view id_prefix = "equipment";
    Id<Equipment> id;
    Id<Facility> facility;
    Id<Organisation> operator_; // of the facility
    Text name, about, place;
    Text range, accuracy;            // what it measures or handles, and how exactly
    std::optional<std::string> unit; // of what it measures
    std::optional<Date> calibration_due;
    std::optional<Money> cost_per_hour; // absent: free
    Text rules;
    std::int64_t opens_hour = 9, closes_hour = 17, slot_hours = 2;
    bool weekends = false;
    std::int64_t utc_offset_minutes = 480;
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Equipment*);

enum class BookingState { booked, cancelled };
struct EquipmentBooking {
    static constexpr std::string_view id_prefix = "booking";
    Id<EquipmentBooking> id;
    Id<Equipment> equipment;
    Id<Organisation> operator_, organisation; // whose equipment, who has it
    std::string person_name;
    Time begins_at, ends_at;
    Text purpose;
    std::optional<Money> cost;
    BookingState state = BookingState::booked;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const EquipmentBooking*);

/// One slot of a booking. An index keeps two bookings from the same slot, whatever servers they come by.
struct EquipmentSlot {
    static constexpr std::string_view id_prefix = "slot";
    Id<EquipmentSlot> id;
    Id<Equipment> equipment;
    Time begins_at;
    std::string booking;
    bool sample = false;
};
Record describe(const EquipmentSlot*);

enum class IncubationStage { selection, pre_incubation, incubation, acceleration, graduated, left };

struct GraduationCriterion {
    IncubationStage stage = IncubationStage::selection; // that it leads out of
    Text what;
    bool met = false;
    Text evidence;
};
Record describe(const GraduationCriterion*);

struct Incubation {
    static constexpr std::string_view id_prefix = "incubation";
    Id<Incubation> id;
    Id<Facility> facility;
    Id<Organisation> operator_;
    Text title, about; // the team or the result
    std::optional<Id<Organisation>> organisation;
    std::optional<Id<library::Technology>> technology;
    std::optional<Id<library::Expert>> mentor;
    std::vector<GraduationCriterion> criteria;
    std::optional<Date> planned_until;
    IncubationStage stage = IncubationStage::selection;
    Time since;
    Text left_reason;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Incubation*);

} // namespace greenbank::services

namespace greenbank {
template <> struct Choices<services::FacilityKind> {
    static constexpr std::string_view name = "facility_kind";
    static constexpr std::string_view values[] = {"joint_laboratory", "park", "pilot_base", "incubator"};
};
template <> struct Choices<services::BookingState> {
    static constexpr std::string_view name = "booking_state";
    static constexpr std::string_view values[] = {"booked", "cancelled"};
};
template <> struct Choices<services::IncubationStage> {
    static constexpr std::string_view name = "incubation_stage";
    static constexpr std::string_view values[] = {"selection", "pre_incubation", "incubation", "acceleration", "graduated", "left"};
};
} // namespace greenbank
