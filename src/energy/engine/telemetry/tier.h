// tier.h — what a channel remembers of its hours or days, so that nobody decodes points for a year's figures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "energy/engine/telemetry/aggregate.h"
#include "energy/engine/telemetry/chunk.h"

namespace greenbank::energy {

/// Below so many points a step, reading the points is quicker than a row of figures is small; the store keeps no such tier.
constexpr std::size_t tier_worth_storing = 48;

class Tier {
public:
    explicit Tier(Moment step) : step_(step) {}

    Moment step() const { return step_; }
    const std::vector<Step>& steps() const { return steps_; }
    /// What was known of [from, to), whole steps, is replaced.
    void replace(Moment from, Moment to, const std::vector<Step>& fresh);
    /// The steps that begin in [from, to), appended.
    void read(Moment from, Moment to, std::vector<Step>& into) const;

private:
    std::size_t place(Moment at) const;

    Moment step_;
    std::vector<Step> steps_; // by moment
};

/// Steps as columns with a checksum; 1 to chunk_points_max of them, by moment.
std::string encode_steps(const std::vector<Step>& steps);
ChunkFault decode_steps(std::string_view bytes, std::vector<Step>& into);

} // namespace greenbank::energy
