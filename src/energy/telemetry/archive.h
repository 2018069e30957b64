// archive.h — points of all channels in the store: batches as they were acknowledged (the head), chunks written once, exact tiers.
// Rows of batches are never changed, so what is remembered of them is right on every server.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "energy/engine/telemetry/batch.h"
#include "energy/engine/telemetry/composition.h"
#include "energy/telemetry/points.h"
#include "store/bulk.h"
#include "store/store.h"

namespace greenbank::energy {

/// A channel's number has three series: its values, the marks of those that are not simply good (by moment), and bad values kept aside.
enum class SeriesKind : std::int64_t { values = 0, marks = 1, bad = 2 };
constexpr std::int64_t series_of(std::int64_t channel, SeriesKind kind) { return channel * 4 + static_cast<std::int64_t>(kind); }

class Head;

/// All that one transaction sees of the archive, whatever is sealed beside it. Moments are microseconds; ranges are [from, to).
class ArchiveView {
public:
    /// The points of a series, appended.
    Result<Done> read(std::int64_t series, Moment from, Moment to, Points& into) const;
    /// Steps of that length by a clock that is `ahead` of UTC, appended: of less than an hour out of points; longer ones out of exact days and hours of UTC
    /// where these lie within them, and points at their ends. What is kept as hours or days alone belongs to the step that holds its middle.
    Result<Done> read_steps(std::int64_t series, Moment from, Moment to, Moment step, std::vector<Step>& into, Moment ahead = 0) const;
    /// The newest point; nothing where there is none.
    Result<std::optional<std::pair<Moment, double>>> newest(std::int64_t series) const;
    /// Since when points of a channel are kept; older ones are there as hours and days.
    Result<Moment> points_from(std::int64_t channel) const;

private:
    friend class Archive;

    Points head_of(std::int64_t series, Moment from, Moment to) const;
    Result<Done> read_sealed(std::int64_t series, Moment from, Moment to, Points& into) const;
    /// Hands over points [from, to) of what it read, again and again, in the order of time.
    Result<Done> walk(std::int64_t series, const Ranges& ranges, const std::function<void(const Points& points, std::size_t from, std::size_t to)>& each) const;
    Result<Done> read_tier(std::int64_t series, Moment step, Moment from, Moment to, std::vector<Step>& into) const;
    Result<Done> read_days(std::int64_t series, Moment from, Moment to, std::vector<Step>& into) const;
    Result<Done> read_pieces(std::int64_t series, const Ranges& ranges, const Grid& grid, std::vector<Step>& into) const;
    Result<Done> out_of_points(std::int64_t series, const Ranges& ranges, const Grid& grid, bool by_hour, std::vector<Step>& into) const;
    Result<Done> out_of_hours(std::int64_t series, const Ranges& known, const std::vector<Step>& alone, const Grid& grid, std::vector<Step>& into) const;

    Transaction* transaction_ = nullptr;
    std::shared_ptr<Head> head_;
    std::shared_ptr<Head> own_; // what head_ cannot say of this transaction
    /// Up to which batch a series is in chunks: while sealing is under way the first series are further than the rest.
    std::int64_t sealed_of(std::int64_t series) const { return series <= sealed_series_ ? sealing_to_ : sealed_; }

    std::int64_t sealed_ = 0, last_ = 0, sealing_to_ = 0, sealed_series_ = 0;
};

/// What one piece of sealing moved, and whether another should follow.
struct Sealed {
    std::int64_t points = 0;
    bool more = false;
};

class Archive {
public:
    Archive();

    /// Good as long as the transaction.
    Result<ArchiveView> view(Transaction& transaction);

    // Writing, in a transaction of the store's writer.

    /// Keeps a batch (encode_batch) as it is acknowledged; its number.
    Result<std::int64_t> keep(Transaction& transaction, std::string_view bytes, std::size_t points);
    /// The same batch is durable: remembered without being read again.
    void kept(std::int64_t number, std::vector<SeriesPoints> batch);

    /// Moves the head into chunks and tiers where there is enough of it, it is old enough, or `everything` is asked for: so many series in one transaction,
    /// since nobody else can write meanwhile. Where it stands is stored; it may end anywhere and go on later, by another server too.
    Result<Sealed> seal(Transaction& transaction, Time now, bool everything, std::size_t series_max = 128);
    /// Points straight into chunks and tiers: for what is generated.
    Result<Done> write(Transaction& transaction, const SeriesPoints& series);
    /// Drops whole chunks that end before `before`, after their hours are kept; hours before `hours_before` too. Days stay.
    Result<std::int64_t> drop(Transaction& transaction, std::int64_t channel, Moment before, Moment hours_before);
    /// Everything of a channel.
    Result<Done> erase(Transaction& transaction, std::int64_t channel);

private:
    Result<std::optional<std::int64_t>> next_round(Transaction& transaction, const ArchiveView& view, Time now, bool everything);

    std::shared_ptr<Head> head_;
};

/// Bytes as `decode($n, 'hex')` takes them.
std::string hex_of(std::string_view bytes);

Error damaged(std::int64_t series, ChunkFault fault);

} // namespace greenbank::energy
