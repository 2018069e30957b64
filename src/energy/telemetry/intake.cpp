// intake.cpp — who sends; points to their channels; sorted, then into the line.
#include "energy/telemetry/intake.h"

#include <future>
#include <unordered_map>

#include "energy/telemetry/commit_line.h"
#include "energy/telemetry/known_channels.h"
#include "energy/telemetry/sorting.h"
#include "parties/secrets.h"

namespace greenbank::energy {

class Intake::Known : public KnownChannels {
public:
    using KnownChannels::KnownChannels;

    void count(const Id<Device>& device, const Accepted& accepted, Time received) {
        const std::lock_guard lock(counts_mutex_);
        DeviceCounts& counts = counts_[device.text];
        ++counts.batches;
        counts.taken += accepted.taken;
        counts.duplicates += accepted.duplicates;
        counts.late += accepted.late;
        counts.bad += accepted.bad;
        for (std::size_t i = 0; i < point_refusals; ++i) counts.refused[i] += accepted.refused[i];
        counts.heard_at = received;
    }
    DeviceCounts counts(const Id<Device>& device) const {
        const std::lock_guard lock(counts_mutex_);
        const auto found = counts_.find(device.text);
        return found == counts_.end() ? DeviceCounts{} : found->second;
    }

private:
    mutable std::mutex counts_mutex_;
    std::unordered_map<std::string, DeviceCounts> counts_;
};

class Intake::Line : public CommitLine {
public:
    using CommitLine::CommitLine;
};

namespace {

Error busy() { return {Failure::unavailable, "telemetry.busy", "More points wait than can be written at once; send the same points again in a moment."}; }

/// The blocking form of an accept.
template <class Accept> Result<Accepted> wait_for(const Accept& accept) {
    std::promise<Result<Accepted>> promise;
    accept([&promise](Result<Accepted> accepted) { promise.set_value(std::move(accepted)); });
    return promise.get_future().get();
}

void note_refusal(Accepted& accepted, PointRefusal why, std::string_view channel) {
    if (accepted.refused_in_all() == 0) accepted.first_refused = channel.substr(0, 80);
    ++accepted.refused[static_cast<std::size_t>(why)];
}

} // namespace

Intake::Intake(Store& store, IntakeSettings settings) :
    store_(store), settings_(settings), known_(std::make_unique<Known>(store, archive_)), line_(std::make_unique<Line>(store, archive_, settings)) {}

Intake::~Intake() = default;

Result<Id<Device>> Intake::authenticate(std::string_view credential, Time now) {
    Id<Device> device;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        device = TRY(authenticate(transaction, credential, now));
        return Done{};
    }));
    return device;
}

Result<Id<Device>> Intake::authenticate(Transaction& transaction, std::string_view credential, Time now) {
    const Error unknown{Failure::unauthenticated, "device.credential", "No active device has this credential; it may have been rotated or revoked."};
    if (credential.empty() || credential.size() > 200) return unknown;
    const std::string hash = parties::token_hash(credential);
    const auto device =
        TRY(transaction.find_one<Device>("credential_hash = $1 OR (credential_before_hash = $1 AND credential_before_until > $2)", {hash, now.microseconds}));
    if (!device || device->state != DeviceState::active) return unknown;
    return device->id;
}

void Intake::take_in(std::vector<ChannelPoints> points, Accepted accepted, std::optional<Id<Device>> device, Time received, Answer answer) {
    std::vector<std::shared_ptr<const void>> alive;
    if (line_->listened_to())
        for (const ChannelPoints& one : points) alive.push_back(one.entry);
    auto sorted = sort_points(std::move(points), std::move(accepted), line_->listened_to(), [this](const auto& compare) {
        return store_.read([&](Transaction& transaction) -> Result<Done> { return compare(TRY(archive_.view(transaction))); });
    });
    if (!sorted) return answer(sorted.error());
    if (device)
        answer = [this, device = *device, received, answer = std::move(answer)](Result<Accepted> result) {
            if (result) known_->count(device, result.value(), received);
            answer(std::move(result));
        };
    if (sorted.value().points == 0) return answer(sorted.value().accepted);
    line_->push({std::move(sorted).value(), {}, std::move(alive), received, std::move(answer)});
}

void Intake::accept(const Id<Device>& device, std::span<const NamedPoint> points, Time received, Answer answer) {
    if (points.size() > settings_.points_per_batch_max)
        return answer(Error{Failure::too_large, "telemetry.batch", "A message holds at most {most} points; send them in parts.",
            {{"most", std::to_string(settings_.points_per_batch_max)}}});
    if (line_->busy(points.size())) return answer(busy());
    auto known = known_->device(device);
    if (!known) return answer(known.error());
    if (known.value()->state != DeviceState::active)
        return answer(Error{Failure::forbidden, "device.not_active", "The device is not active; its owner must activate it first."});

    Accepted accepted;
    std::vector<ChannelPoints> channels(known.value()->channels.size());
    for (std::size_t i = 0; i < channels.size(); ++i) channels[i].entry = known.value()->channels[i];
    const std::int64_t latest = received.microseconds / 1000 + known.value()->clock_ahead_max_seconds * 1000;
    bool looked_again = false;
    const NamedPoint* before = nullptr;
    std::size_t place = 0;
    for (const NamedPoint& point : points) {
        // Mostly the same as the one before, or the next in order.
        const std::size_t next = place + 1 < channels.size() ? place + 1 : 0;
        if (before && before->channel == point.channel) {
        } else if (before && channels[next].entry->channel.key == point.channel) {
            place = next;
            before = &point;
        } else {
            const auto found = known.value()->by_key.find(point.channel);
            if (found == known.value()->by_key.end() && !looked_again) { // it may be new
                looked_again = true;
                auto fresh = known_->device(device, true);
                if (!fresh) return answer(fresh.error());
                if (fresh.value()->channels.size() != known.value()->channels.size()) {
                    known = std::move(fresh);
                    return accept(device, points, received, std::move(answer));
                }
            }
            if (found == known.value()->by_key.end()) {
                note_refusal(accepted, PointRefusal::channel_unknown, point.channel);
                continue;
            }
            place = found->second;
            before = &point;
        }
        if (const auto why = collect(channels[place], point.at_milliseconds, point.value, point.quality, latest)) note_refusal(accepted, *why, point.channel);
    }
    take_in(std::move(channels), std::move(accepted), device, received, std::move(answer));
}

void Intake::accept(std::span<const NumberedPoint> points, Time received, Answer answer) {
    if (points.size() > settings_.points_per_batch_max)
        return answer(Error{Failure::too_large, "telemetry.batch", "A message holds at most {most} points; send them in parts.",
            {{"most", std::to_string(settings_.points_per_batch_max)}}});
    if (line_->busy(points.size())) return answer(busy());
    Accepted accepted;
    std::unordered_map<std::int64_t, std::size_t> places;
    std::vector<ChannelPoints> channels;
    const std::int64_t latest = received.microseconds / 1000 + 300'000;
    for (const NumberedPoint& point : points) {
        const auto [place, fresh] = places.emplace(point.channel, channels.size());
        if (fresh) {
            auto entry = known_->channel(point.channel);
            if (!entry) return answer(entry.error());
            if (entry.value()) channels.push_back({std::move(entry).value(), {}, {}});
            else place->second = static_cast<std::size_t>(-1);
        }
        if (place->second == static_cast<std::size_t>(-1)) note_refusal(accepted, PointRefusal::channel_unknown, std::to_string(point.channel));
        else if (const auto why = collect(channels[place->second], point.at_milliseconds, point.value, point.quality, latest))
            note_refusal(accepted, *why, channels[place->second].entry->channel.key);
    }
    take_in(std::move(channels), std::move(accepted), {}, received, std::move(answer));
}

Result<Accepted> Intake::accept(const Id<Device>& device, std::span<const NamedPoint> points, Time received) {
    return wait_for([&](Answer answer) { accept(device, points, received, std::move(answer)); });
}

Result<Accepted> Intake::accept(std::span<const NumberedPoint> points, Time received) {
    return wait_for([&](Answer answer) { accept(points, received, std::move(answer)); });
}

void Intake::observe(PointObserver observer) { line_->observe(std::move(observer)); }
void Intake::wait_until_told() { line_->wait_until_told(); }
DeviceCounts Intake::counts(const Id<Device>& device) const { return known_->counts(device); }
void Intake::forget() { known_->forget(); }

Result<std::int64_t> Intake::seal(Time now, bool everything) {
    std::int64_t moved = 0;
    TRY(store_.write([&](Transaction& transaction) -> Result<Done> {
        moved = TRY(archive_.seal(transaction, now, everything));
        return Done{};
    }));
    return moved;
}

} // namespace greenbank::energy
