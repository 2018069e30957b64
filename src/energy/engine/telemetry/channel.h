// channel.h — one channel: chunks that are written once, a head of what came since, and tiers of hours and days that are always right.
// Pure: a store keeps the chunks, tiers and batches it is told of, and gives them back (see the room's README).
#pragma once

#include <map>
#include <optional>
#include <span>

#include "energy/engine/telemetry/chunk.h"
#include "energy/engine/telemetry/tier.h"

namespace greenbank::energy {

/// Moments beyond these are refused: 36,000 years either way.
constexpr Moment moment_most = Moment{1} << 60;

struct ChunkRow {
    Moment first_at = 0, last_at = 0;
    std::size_t points = 0;
    std::string bytes;
};

/// What seal() did, for one transaction of a store.
struct ChannelChanges {
    std::vector<Moment> removed; // first_at of chunks that are replaced
    std::vector<ChunkRow> written;
    std::vector<std::pair<Moment, Moment>> corrected; // whole days [from, to) whose steps are to be kept anew; disjoint, in order
};

struct ChannelLimits {
    std::size_t points_per_chunk = 2048;
    bool keeps_hours = false; // worth it from tier_worth_storing points an hour on
};

class ChannelLog {
public:
    explicit ChannelLog(ChannelLimits limits = {}) : limits_(limits) {}

    /// What a store kept: chunks in any order, disjoint, and the steps of the tiers that are kept.
    void load(std::vector<ChunkRow> chunks, const std::vector<Step>& hours, const std::vector<Step>& days);

    /// Measurements as they come: in any order, again, late. The latest word on a moment holds. Answers how many were refused for their moment.
    std::size_t add(std::span<const Moment> times, std::span<const double> values);

    /// Makes whole chunks of the head, merges what came late into the chunks it belongs to, corrects the tiers. `everything`: the rest of the head too.
    /// A chunk that cannot be read is named in `fault` and nothing is done.
    ChannelChanges seal(bool everything, ChunkFault& fault);

    /// The points of [from, to), appended.
    ChunkFault read(Moment from, Moment to, Points& into) const;
    /// The steps of that length over [from, to), appended. Multiples of a day are joined out of exact days, of an hour out of exact hours.
    ChunkFault read_steps(Moment from, Moment to, Moment step, std::vector<Step>& into) const;

    const Points& head() const { return head_; }
    const std::map<Moment, ChunkRow>& chunks() const { return chunks_; }
    const Tier& days() const { return days_; }
    const Tier& hours() const { return hours_; }

private:
    using Chunks = std::map<Moment, ChunkRow>;

    ChunkFault read_sealed(Moment from, Moment to, Points& into) const;
    ChunkFault read_exact(Moment from, Moment to, const Tier& tier, bool kept, std::vector<Step>& into) const;
    Chunks::const_iterator chunk_for(Moment at) const;
    struct Group;
    Group next_group(std::size_t from, bool everything) const;
    std::size_t write(const Points& points, bool everything, ChannelChanges& changes);
    ChunkFault correct_tiers(std::size_t written, ChannelChanges& changes);

    ChannelLimits limits_;
    Chunks chunks_; // by first_at
    Points head_;
    Tier hours_{hour}, days_{day};
};

} // namespace greenbank::energy
