// zero_plans.h — plans of islands to zero, step by step, and what was measured on the way.
#pragma once

#include "cities/carbons/carbons.h"
#include "cities/engine/zero_path.h"

namespace greenbank::cities {

struct ZeroStep {
    std::int64_t year = 2027, kg = 0;
    Text measure;
    std::optional<std::string> energy_plan; // of the planning room
};
Record describe(const ZeroStep*);

struct ZeroPlan {
    static constexpr std::string_view id_prefix = "zeroplan";
    Id<ZeroPlan> id;
    Id<Territory> territory;
    std::string owner;
    Text title;
    std::int64_t base_year = 2025, base_kg = 0, zero_year = 2035;
    std::vector<ZeroStep> steps;
    std::string source;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const ZeroPlan*);
Record describe(const ZeroYear*);

/// The path with the balances that the island has finished.
Result<ZeroPath> path_of(Transaction& transaction, const ZeroPlan& plan);

/// A plan among others.
struct ZeroSummary {
    Id<ZeroPlan> id;
    std::int64_t zero_year = 0;
    std::vector<ZeroYear> years;
    std::optional<std::int64_t> measured_year, behind_kg;
};
Record describe(const ZeroSummary*);
/// The newest plan of a territory.
Result<std::optional<ZeroSummary>> zero_summary_of(Transaction& transaction, const Id<Territory>& territory);

std::vector<Endpoint> zero_plan_endpoints();

} // namespace greenbank::cities
