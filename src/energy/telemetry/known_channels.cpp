// known_channels.cpp — looked up once, forgotten when anything about devices or channels changes.
#include "energy/telemetry/known_channels.h"

namespace greenbank::energy {

/// One entry a channel however often its device is looked up: two calls must not both believe that they know the newest point.
Result<std::shared_ptr<ChannelEntry>> KnownChannels::entry_of(Transaction&, const ArchiveView& view, const Channel& channel) {
    auto entry = std::make_shared<ChannelEntry>();
    entry->channel = {channel.number, channel.id, channel.device, channel.site, channel.organisation, channel.key, channel.unit, channel.quantity,
        channel.least, channel.greatest};
    entry->points_from = TRY(view.points_from(channel.number));
    Moment newest = entry->points_from;
    for (const SeriesKind kind : {SeriesKind::values, SeriesKind::marks}) {
        const auto found = TRY(view.newest(series_of(channel.number, kind)));
        if (found) newest = std::max(newest, found->first);
        if (found && kind == SeriesKind::marks) entry->marked = true;
    }
    entry->newest = newest;
    return entry;
}

Result<std::shared_ptr<const KnownDevice>> KnownChannels::device(const Id<Device>& id, bool again) {
    std::int64_t forgotten = 0;
    std::unordered_map<std::int64_t, std::shared_ptr<ChannelEntry>> before;
    {
        const std::lock_guard lock(mutex_);
        const auto found = devices_.find(id.text);
        if (found != devices_.end() && !again) return found->second;
        forgotten = forgotten_;
        if (found != devices_.end())
            for (const auto& entry : found->second->channels) before.emplace(entry->channel.number, entry);
    }
    auto known = std::make_shared<KnownDevice>();
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        const Device device = TRY(transaction.get(id));
        known->id = device.id;
        known->state = device.state;
        known->clock_ahead_max_seconds = device.clock_ahead_max_seconds;
        known->channels.clear();
        const ArchiveView view = TRY(archive_.view(transaction));
        for (const Channel& channel : TRY(transaction.find<Channel>("device = $1 ORDER BY number", {id.text}))) {
            // Calls under way go on with the entry that they have: it knows the newest point.
            const auto known_before = before.find(channel.number);
            if (known_before != before.end() && known_before->second->channel.key == channel.key) known->channels.push_back(known_before->second);
            else known->channels.push_back(TRY(entry_of(transaction, view, channel)));
        }
        return Done{};
    }));
    for (std::size_t i = 0; i < known->channels.size(); ++i) known->by_key.emplace(known->channels[i]->channel.key, i);
    const std::lock_guard lock(mutex_);
    if (forgotten == forgotten_) {
        devices_[id.text] = known;
        for (const auto& entry : known->channels) channels_[entry->channel.number] = entry;
    }
    return std::shared_ptr<const KnownDevice>(known);
}

Result<std::shared_ptr<ChannelEntry>> KnownChannels::channel(std::int64_t number) {
    std::int64_t forgotten = 0;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = channels_.find(number); found != channels_.end()) return found->second;
        forgotten = forgotten_;
    }
    std::shared_ptr<ChannelEntry> entry;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        const auto channel = TRY(transaction.find_one<Channel>("number = $1", {number}));
        if (channel) entry = TRY(entry_of(transaction, TRY(archive_.view(transaction)), *channel));
        return Done{};
    }));
    const std::lock_guard lock(mutex_);
    if (entry && forgotten == forgotten_) channels_[number] = entry;
    return entry;
}

void KnownChannels::forget() {
    const std::lock_guard lock(mutex_);
    ++forgotten_;
    devices_.clear();
    channels_.clear();
}

} // namespace greenbank::energy
