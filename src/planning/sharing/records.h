// records.h — zones that share energy across borders, kept with what came of them.
#pragma once

#include "planning/engine/sharing/result.h"
#include "planning/studies/records.h"

namespace greenbank::planning {

struct CrossBorderStudy {
    static constexpr std::string_view id_prefix = "crossborder";
    Id<CrossBorderStudy> id;
    Id<Organisation> organisation;
    Text title, about;
    std::string currency = "USD";
    Time starts_at; // of the first hour
    sharing::SharingCase sharing;
    PlanState state = PlanState::queued;
    std::string job;
    std::optional<sharing::SharingResult> result;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CrossBorderStudy*);

/// Whose zone it is in a case: this organisation alone publishes its figures.
struct ZoneMember {
    static constexpr std::string_view id_prefix = "zonemember";
    Id<ZoneMember> id;
    Id<CrossBorderStudy> study;
    std::string zone;
    Id<Organisation> organisation;
    Text organisation_name;
    bool sample = false;
    Time created_at;
};
Record describe(const ZoneMember*);

/// What a zone published of itself, and when: never changed, the newest stands in the case.
struct ZoneRelease {
    static constexpr std::string_view id_prefix = "zonerelease";
    Id<ZoneRelease> id;
    Id<CrossBorderStudy> study;
    std::string zone;
    std::int64_t number = 1; // of the zone, from 1
    Id<Organisation> organisation;
    Text organisation_name;
    sharing::Zone figures;
    std::string made_by_name;
    bool sample = false;
    Time created_at;
};
Record describe(const ZoneRelease*);

/// logged: waits for both sides; accepted: by both; paid: by a transfer of the ledger.
enum class ObligationState { logged, accepted, paid, refused, withdrawn };

/// What the organisation of a zone owes to that of another one for energy given in an emergency.
struct EnergyObligation {
    static constexpr std::string_view id_prefix = "energyobligation";
    Id<EnergyObligation> id;
    Id<CrossBorderStudy> study;
    Text study_title;
    std::int64_t study_version = 1; // of the case that it was computed from
    std::string giver_zone, taker_zone;
    Id<Organisation> giver, taker;
    Text giver_name, taker_name;
    double energy = 0; // MWh
    Money price, amount;
    ObligationState state = ObligationState::logged;
    std::optional<std::string> giver_accepted_by, giver_accepted_name, taker_accepted_by, taker_accepted_name;
    std::optional<Time> giver_accepted_at, taker_accepted_at;
    std::optional<std::string> reason; // of a refusal
    std::optional<std::string> paid_by_name, transfer;
    std::optional<Time> paid_at;
    std::string made_by_name;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const EnergyObligation*);

} // namespace greenbank::planning

namespace greenbank {
template <> struct Choices<planning::ObligationState> {
    static constexpr std::string_view name = "energy_obligation_state";
    static constexpr std::string_view values[] = {"logged", "accepted", "paid", "refused", "withdrawn"};
};
} // namespace greenbank
