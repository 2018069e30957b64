// computing.h — the values of computed channels: steps that have ended are computed and kept like measured points; late data computes them anew.
#pragma once

#include <map>
#include <mutex>

#include "energy/engine/formula/formula.h"
#include "energy/telemetry/intake.h"
#include "energy/virtual_channels/records.h"

namespace greenbank::energy {

/// A formula with what its names mean at a site.
struct BoundFormula {
    Formula formula;
    NamedUnits units;
    std::map<std::string, Channel> channels;
    std::map<std::string, std::vector<HourlyFactor>> factors;
    bool accumulates = false; // its values may be summed: it has meters or `step` in it

    std::vector<std::int64_t> numbers() const;
};
/// Fails where a name is nothing, or units do not fit.
Result<BoundFormula> bind_formula(Transaction& transaction, const Id<Organisation>& organisation, const Id<Site>& site, const std::string& formula,
    const std::string& unit, const std::vector<FormulaInput>& inputs);

/// Steps [from, to) with a value; those where something is unknown are left out.
Result<std::vector<std::pair<Time, double>>> compute_steps(
    Transaction& transaction, Archive& archive, const BoundFormula& bound, const std::string& unit, Time from, Time to, Duration step);

/// Computes what has ended since, in the order in which channels use each other.
class ComputedChannels {
public:
    explicit ComputedChannels(Intake& intake) : intake_(intake) {}
    /// Told of points: those older than what was computed are remembered.
    void take(std::span<const TakenPoint> points);
    Result<Done> tick(Store& store, Time now);

private:
    Intake& intake_;
    std::mutex mutex_;
    std::map<std::int64_t, Time> late_; // by number of channel: the earliest point that came since the last round
    bool begun_ = false;
};

std::vector<Endpoint> virtual_channel_endpoints(Intake& intake);
std::vector<Endpoint> factor_endpoints();

} // namespace greenbank::energy
