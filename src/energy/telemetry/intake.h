// intake.h — the one way in for points, whatever protocol brought them: who sends, what is refused, durable before it is acknowledged.
#pragma once

#include <memory>

#include "energy/telemetry/archive.h"
#include "energy/telemetry/points.h"
#include "store/store.h"

namespace greenbank::energy {

struct IntakeSettings {
    std::size_t points_waiting_max = 4'000'000;   // not durable yet: more is answered "busy", never lost
    std::size_t points_untold_max = 4'000'000;    // durable, and observers have not heard of them
    std::size_t points_per_batch_max = 1'000'000; // of one call
};

/// Points beyond these are refused: a clock that was never set says 1970, a broken one 2100.
inline constexpr std::int64_t at_milliseconds_least = 946'684'800'000; // 2000-01-01

/// Points of one device, among others that came together.
struct DevicePoints {
    Id<Device> device;
    std::vector<NamedPoint> points;
};

/// Whose credential it is, and how long that may be taken for granted: while the device's record has this version, and not after `good_until`.
struct Speaker {
    Id<Device> device;
    std::int64_t version = 0;
    std::optional<Time> good_until;
};

/// What came from one device since this server started.
struct DeviceCounts {
    std::int64_t batches = 0, taken = 0, duplicates = 0, late = 0, bad = 0;
    std::array<std::int64_t, point_refusals> refused{};
    Time heard_at; // 0: never
};

class Intake {
public:
    explicit Intake(Store& store, IntakeSettings settings = {});
    /// Finishes what waits.
    ~Intake();
    Intake(const Intake&) = delete;

    /// The active device whose credential this is; Failure::unauthenticated "device.credential" where it is unknown, revoked or of a
    /// device that is not active.
    Result<Id<Device>> authenticate(std::string_view credential, Time now);
    Result<Id<Device>> authenticate(Transaction& transaction, std::string_view credential, Time now);
    Result<Speaker> speaker(Transaction& transaction, std::string_view credential, Time now);

    /// Takes what can be taken and answers once it is durable: on another thread, or at once where nothing is left to write.
    /// Failure::unavailable "telemetry.busy" where too much waits: come again with the same points. Points are copied before it returns.
    /// Never call the blocking form from the store's writer thread (nor from an Answer, which runs there).
    using Answer = std::function<void(Result<Accepted>)>;
    void accept(const Id<Device>& device, std::span<const NamedPoint> points, Time received, Answer answer);
    Result<Accepted> accept(const Id<Device>& device, std::span<const NamedPoint> points, Time received);
    /// Of many devices as one piece of work: `each` is called once for every place, as an Answer is.
    using AnswerEach = std::function<void(std::size_t place, Result<Accepted>)>;
    void accept(std::span<const DevicePoints> all, Time received, AnswerEach each);
    /// By numbers of channels, of whatever device: for computed channels and sessions with the right to write a whole site.
    void accept(std::span<const NumberedPoint> points, Time received, Answer answer);
    Result<Accepted> accept(std::span<const NumberedPoint> points, Time received);

    /// Before the first point; see PointObserver.
    void observe(PointObserver observer);
    /// Everything that is durable has been told, and its observers have returned: for tests and shutting down.
    void wait_until_told();

    DeviceCounts counts(const Id<Device>& device) const;
    /// What is remembered of devices and channels is looked up again: called where one of them was changed.
    void forget();

    Archive& archive() { return archive_; }
    Store& store() { return store_; }
    /// Seals the head as the routine does; how many points moved.
    Result<std::int64_t> seal(Time now, bool everything);

private:
    class Known;
    class Line;

    Result<struct Sorted> sort(const Id<Device>& device, std::span<const NamedPoint> points, Time received, std::vector<std::shared_ptr<const void>>& alive);
    Result<struct Sorted> sort(std::vector<struct ChannelPoints> points, Accepted accepted, std::vector<std::shared_ptr<const void>>& alive);

    Store& store_;
    IntakeSettings settings_;
    Archive archive_;
    std::unique_ptr<Known> known_; // devices and channels
    std::unique_ptr<Line> line_;   // what waits, and the thread that tells
};

} // namespace greenbank::energy
