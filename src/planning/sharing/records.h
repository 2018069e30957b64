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

} // namespace greenbank::planning
