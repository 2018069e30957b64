// carbons.h — endpoints of the four carbons: peak, assessment of projects, accountability, assets of firms; and the public dashboard of a territory.
#pragma once

#include "api/call.h"
#include "cities/carbons/records.h"

namespace greenbank::cities {

template <class T> struct CarbonKey { Id<T> id; };

/// What a target's months come to.
struct TargetStanding {
    std::int64_t limit_kg = 0, observed_kg = 0, forecast_kg = 0, low_kg = 0, high_kg = 0, months = 0;
    CarbonLight light = CarbonLight::green;
    double score = 100;
    bool known = false; // there is a month
};
Record describe(const TargetStanding*);
TargetStanding standing_of(const CarbonTarget& target);

/// Opens, renews or closes the target's warning by its light; belongs to every change of a target.
Result<Done> follow_target(Transaction& transaction, const Caller& caller, const CarbonTarget& target);
Result<Done> forget_target(Transaction& transaction, const Id<CarbonTarget>& target);
/// For those whom it concerns.
Result<std::optional<TargetWarning>> open_warning(Transaction& transaction, const Caller& caller, const Id<CarbonTarget>& target);

std::vector<Endpoint> peak_endpoints();
std::vector<Endpoint> library_measure_endpoints();
std::vector<Endpoint> target_endpoints();
std::vector<Endpoint> target_warning_endpoints();
SampleStep sample_warnings();
std::vector<Endpoint> assessment_endpoints(energy::Archive& archive);
std::vector<Endpoint> asset_endpoints();
std::vector<Endpoint> dashboard_endpoints();

} // namespace greenbank::cities
