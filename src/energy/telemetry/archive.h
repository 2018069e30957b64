// archive.h — points of all channels in the store: batches as they were acknowledged (the head), chunks written once, exact tiers.
// Rows of batches are never changed, so what is remembered of them is right on every server.
#pragma once

#include <memory>

#include "energy/engine/telemetry/aggregate.h"
#include "energy/engine/telemetry/points.h"
#include "energy/telemetry/points.h"
#include "store/bulk.h"
#include "store/store.h"

namespace greenbank::energy {

/// A channel's number has three series: its values, the marks of those that are not simply good (by moment), and bad values kept aside.
enum class SeriesKind : std::int64_t { values = 0, marks = 1, bad = 2 };
constexpr std::int64_t series_of(std::int64_t channel, SeriesKind kind) { return channel * 4 + static_cast<std::int64_t>(kind); }

/// Points of one series, ascending; of one batch.
struct SeriesPoints {
    std::int64_t series = 0;
    Points points;
};

class Archive {
public:
    Archive();
    ~Archive();

    // Reading, in any transaction: what that transaction sees, whatever was sealed in between. Moments are microseconds.
    Result<Done> read(Transaction& transaction, std::int64_t series, Moment from, Moment to, Points& into);
    /// Steps of that length; multiples of hours and days come out of exact tiers.
    Result<Done> read_steps(Transaction& transaction, std::int64_t series, Moment from, Moment to, Moment step, std::vector<Step>& into);
    /// The newest point; nothing where there is none.
    Result<std::optional<std::pair<Moment, double>>> newest(Transaction& transaction, std::int64_t series);

    // Writing, in a transaction of the store's writer.
    /// Keeps a batch; its number.
    Result<std::int64_t> keep(Transaction& transaction, std::span<const SeriesPoints> batch);
    /// Moves the head into chunks and tiers, if there is enough of it or it is old enough; how many points moved.
    Result<std::int64_t> seal(Transaction& transaction, Time now, bool everything);
    /// Drops points before `before` of a channel; its tiers stay unless `tiers` too.
    Result<Done> drop(Transaction& transaction, std::int64_t channel, Moment before, bool tiers);
    /// Writes points straight into chunks: for what is generated, where nothing was there before.
    Result<Done> write_chunks(Transaction& transaction, const SeriesPoints& series);

    struct State;
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

} // namespace greenbank::energy
