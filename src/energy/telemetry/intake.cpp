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

Error too_many(std::size_t most) {
    return {Failure::too_large, "telemetry.batch", "A message holds at most {most} points; send them in parts.", {{"most", std::to_string(most)}}};
}

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
    return TRY(speaker(transaction, credential, now)).device;
}

Result<Speaker> Intake::speaker(Transaction& transaction, std::string_view credential, Time now) {
    const Error unknown{Failure::unauthenticated, "device.credential", "No active device has this credential; it may have been rotated or revoked."};
    if (credential.empty() || credential.size() > 200) return unknown;
    const std::string hash = parties::token_hash(credential);
    const Rows rows = TRY(transaction.query("SELECT id, version, state, credential_hash, credential_before_until FROM device WHERE credential_hash = $1 OR "
                                            "(credential_before_hash = $1 AND credential_before_until > $2) LIMIT 1",
        {hash, now.microseconds}));
    if (rows.empty() || as_text(rows.rows[0][2]) != greenbank::name_of(DeviceState::active)) return unknown;
    Speaker found{Id<Device>(as_text(rows.rows[0][0])), as_integer(rows.rows[0][1]), {}};
    if (as_text(rows.rows[0][3]) != hash) found.good_until = Time{as_integer(rows.rows[0][4])}; // the one before, while the new one travels
    return found;
}

Result<Sorted> Intake::sort(std::vector<ChannelPoints> points, Accepted accepted, std::vector<std::shared_ptr<const void>>& alive) {
    const bool listened_to = line_->listened_to();
    if (listened_to)
        for (const ChannelPoints& one : points)
            if (!one.points.empty()) alive.push_back(one.entry);
    return sort_points(std::move(points), std::move(accepted), listened_to, [this](const auto& compare) {
        return store_.read([&](Transaction& transaction) -> Result<Done> { return compare(TRY(archive_.view(transaction))); });
    });
}

Result<Sorted> Intake::sort(const Id<Device>& device, std::span<const NamedPoint> points, Time received, std::vector<std::shared_ptr<const void>>& alive) {
    if (points.size() > settings_.points_per_batch_max) return too_many(settings_.points_per_batch_max);
    for (bool again = false;; again = true) {
        const std::shared_ptr<const KnownDevice> known = TRY(known_->device(device, again));
        if (known->state != DeviceState::active)
            return Error{Failure::forbidden, "device.not_active", "The device is not active; its owner must activate it first."};
        Accepted accepted;
        std::vector<ChannelPoints> channels(known->channels.size());
        const std::size_t expected = channels.empty() ? 0 : points.size() / channels.size() + 1;
        for (std::size_t i = 0; i < channels.size(); ++i) {
            channels[i].entry = known->channels[i];
            channels[i].points.reserve(expected);
        }
        const std::int64_t latest = received.microseconds / 1000 + known->clock_ahead_max_seconds * 1000;
        const NamedPoint* before = nullptr;
        std::size_t place = 0;
        bool looked_up_anew = false;
        for (const NamedPoint& point : points) {
            // Mostly the same as the one before, or the next in order.
            const std::size_t next = place + 1 < channels.size() ? place + 1 : 0;
            if (before && before->channel == point.channel) {
            } else if (before && channels[next].entry->channel.key == point.channel) {
                place = next;
                before = &point;
            } else {
                const auto found = known->by_key.find(point.channel);
                if (found == known->by_key.end()) {
                    if (!again) { // it may be new
                        looked_up_anew = true;
                        break;
                    }
                    note_refusal(accepted, PointRefusal::channel_unknown, point.channel);
                    continue;
                }
                place = found->second;
                before = &point;
            }
            if (const auto why = collect(channels[place], point.at_milliseconds, point.value, point.quality, latest))
                note_refusal(accepted, *why, point.channel);
        }
        if (!looked_up_anew) return sort(std::move(channels), std::move(accepted), alive);
    }
}

void Intake::accept(const Id<Device>& device, std::span<const NamedPoint> points, Time received, Answer answer) {
    if (line_->busy(points.size())) return answer(busy());
    std::vector<std::shared_ptr<const void>> alive;
    auto sorted = sort(device, points, received, alive);
    if (!sorted) return answer(sorted.error());
    answer = [this, device, received, answer = std::move(answer)](Result<Accepted> result) {
        if (result) known_->count(device, result.value(), received);
        answer(std::move(result));
    };
    if (sorted.value().points == 0) return answer(sorted.value().accepted);
    line_->push({std::move(sorted).value(), {}, std::move(alive), received, std::move(answer)});
}

void Intake::accept(std::span<const DevicePoints> all, Time received, AnswerEach each) {
    std::size_t points = 0;
    for (const DevicePoints& one : all) points += one.points.size();
    if (line_->busy(points)) {
        for (std::size_t i = 0; i < all.size(); ++i) each(i, busy());
        return;
    }
    struct Taken {
        std::size_t place = 0;
        Id<Device> device;
        Accepted accepted;
    };
    Sorted joined;
    std::vector<std::shared_ptr<const void>> alive;
    std::vector<Taken> taken;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto sorted = sort(all[i].device, all[i].points, received, alive);
        if (!sorted) {
            each(i, sorted.error());
            continue;
        }
        Sorted& one = sorted.value();
        if (one.points == 0) {
            known_->count(all[i].device, one.accepted, received);
            each(i, std::move(one.accepted));
            continue;
        }
        joined.points += one.points;
        joined.batch.insert(joined.batch.end(), std::make_move_iterator(one.batch.begin()), std::make_move_iterator(one.batch.end()));
        joined.told.insert(joined.told.end(), one.told.begin(), one.told.end());
        taken.push_back({i, all[i].device, std::move(one.accepted)});
    }
    if (taken.empty()) return;
    std::sort(joined.batch.begin(), joined.batch.end(), [](const SeriesPoints& one, const SeriesPoints& other) { return one.series < other.series; });
    line_->push({std::move(joined), {}, std::move(alive), received, [this, received, taken = std::move(taken), each = std::move(each)](Result<Accepted> done) {
                     for (const Taken& one : taken) {
                         if (done) known_->count(one.device, one.accepted, received);
                         each(one.place, done ? Result<Accepted>(one.accepted) : Result<Accepted>(done.error()));
                     }
                 }});
}

void Intake::accept(std::span<const NumberedPoint> points, Time received, Answer answer) {
    if (points.size() > settings_.points_per_batch_max) return answer(too_many(settings_.points_per_batch_max));
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
    std::vector<std::shared_ptr<const void>> alive;
    auto sorted = sort(std::move(channels), std::move(accepted), alive);
    if (!sorted) return answer(sorted.error());
    if (sorted.value().points == 0) return answer(sorted.value().accepted);
    line_->push({std::move(sorted).value(), {}, std::move(alive), received, std::move(answer)});
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
    for (Sealed sealed{0, true}; sealed.more; moved += sealed.points)
        TRY(store_.write([&](Transaction& transaction) -> Result<Done> {
            sealed = TRY(archive_.seal(transaction, now, everything));
            return Done{};
        }));
    return moved;
}

} // namespace greenbank::energy
