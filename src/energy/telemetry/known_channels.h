// known_channels.h — devices and channels as the intake remembers them, so that they are not looked up for each point.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "energy/telemetry/archive.h"
#include "energy/telemetry/points.h"

namespace greenbank::energy {

/// A channel and what is known of its points without asking.
struct ChannelEntry {
    KnownChannel channel;
    Moment points_from = 0;           // older ones are refused: only their hours and days are kept
    std::atomic<Moment> newest = 0;   // of what was accepted: later points need no comparing
    std::atomic<bool> marked = false; // some point of it was not simply good
};
using ChannelEntries = std::vector<std::shared_ptr<ChannelEntry>>;

struct KnownDevice {
    Id<Device> id;
    DeviceState state = DeviceState::active;
    std::int64_t clock_ahead_max_seconds = 300;
    ChannelEntries channels;
    std::unordered_map<std::string_view, std::size_t> by_key; // of keys in `channels`
};

class KnownChannels {
public:
    KnownChannels(Store& store, Archive& archive) : store_(store), archive_(archive) {}

    /// `again`: what is remembered may be too old.
    Result<std::shared_ptr<const KnownDevice>> device(const Id<Device>& id, bool again = false);
    /// Null where there is no such channel.
    Result<std::shared_ptr<ChannelEntry>> channel(std::int64_t number);
    void forget();

private:
    Result<std::shared_ptr<ChannelEntry>> entry_of(Transaction& transaction, const ArchiveView& view, const Channel& channel);

    Store& store_;
    Archive& archive_;
    std::mutex mutex_;
    std::int64_t forgotten_ = 0; // times
    std::unordered_map<std::string, std::shared_ptr<const KnownDevice>> devices_;
    std::unordered_map<std::int64_t, std::shared_ptr<ChannelEntry>> channels_;
};

} // namespace greenbank::energy
