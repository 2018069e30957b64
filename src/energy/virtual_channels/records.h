// records.h — channels that are computed from others, and the factors that turn energy into carbon.
#pragma once

#include "energy/sites/records.h"

namespace greenbank::energy {

/// Which channel a name of the formula means.
struct FormulaInput {
    std::string name;
    Id<Channel> channel;
};
Record describe(const FormulaInput*);

struct VirtualChannel {
    static constexpr std::string_view id_prefix = "virtual";
    Id<VirtualChannel> id;
    Id<Organisation> organisation;
    Id<Site> site;
    Id<Channel> channel; // where its values are kept, and seen like any other's
    std::string key;
    Text name;
    std::string formula, unit;
    std::vector<FormulaInput> inputs; // names that are not given are keys of the site's channels, or of factors
    std::int64_t step_seconds = 3600;
    Time computed_until; // steps before are computed
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const VirtualChannel*);

enum class FactorStatus { official, unconfirmed, sample };

/// A factor that holds from a moment until the next one of its key.
struct HourlyFactor {
    static constexpr std::string_view id_prefix = "hourlyfactor";
    Id<HourlyFactor> id;
    Id<Organisation> organisation;
    std::string key; // "grid_factor"
    Text name;
    std::string unit; // "kgCO2e/kWh"
    Time valid_from;
    double value = 0;
    std::string edition, source;
    FactorStatus status = FactorStatus::unconfirmed;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const HourlyFactor*);

} // namespace greenbank::energy

namespace greenbank {
template <> struct Choices<energy::FactorStatus> {
    static constexpr std::string_view name = "factor_status";
    static constexpr std::string_view values[] = {"official", "unconfirmed", "sample"};
};
} // namespace greenbank
