// channel.cpp — sealing, merging, correcting; and reading, from tiers where they know.
#include "energy/engine/telemetry/channel.h"

#include <algorithm>
#include <numeric>

#include "energy/engine/telemetry/composition.h"
#include "kernel/result.h"

namespace greenbank::energy {

namespace {

/// In the order of time, of each moment the last that came.
Points sorted(std::span<const Moment> times, std::span<const double> values) {
    std::vector<std::size_t> order(times.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) { return times[one] < times[other]; });
    Points points;
    for (const std::size_t i : order) {
        if (times[i] > moment_most || times[i] < -moment_most) continue;
        if (!points.empty() && points.times.back() == times[i]) points.values.back() = values[i];
        else points.add(times[i], values[i]);
    }
    return points;
}

} // namespace

void ChannelLog::load(std::vector<ChunkRow> chunks, const std::vector<Step>& hours, const std::vector<Step>& days) {
    for (ChunkRow& row : chunks) chunks_.insert_or_assign(row.first_at, std::move(row));
    hours_.replace(-moment_most, moment_most, hours);
    days_.replace(-moment_most, moment_most, days);
}

std::size_t ChannelLog::add(std::span<const Moment> times, std::span<const double> values) {
    require(times.size() == values.size(), "each moment has its value");
    const auto refused = static_cast<std::size_t>(std::count_if(times.begin(), times.end(), [](Moment at) { return at > moment_most || at < -moment_most; }));
    const bool in_order = refused == 0 && (head_.empty() || times.empty() || head_.times.back() < times.front()) &&
                          std::adjacent_find(times.begin(), times.end(), std::greater_equal<>()) == times.end();
    if (in_order) {
        head_.times.insert(head_.times.end(), times.begin(), times.end());
        head_.values.insert(head_.values.end(), values.begin(), values.end());
    } else {
        head_ = merge(head_, sorted(times, values));
    }
    return refused;
}

/// The chunk that a moment belongs to: the last that begins at or before it, or the first of all.
ChannelLog::Chunks::const_iterator ChannelLog::chunk_for(Moment at) const {
    auto found = chunks_.upper_bound(at);
    return found == chunks_.begin() ? found : std::prev(found);
}

/// Points of the head that go the same way: into the chunk that they replace together with what it holds, or into new ones.
struct ChannelLog::Group {
    std::size_t from = 0, to = 0;
    std::optional<Moment> replaced;
    Points merged = {};
};

ChannelLog::Group ChannelLog::next_group(std::size_t from, bool everything) const {
    const Group fresh{from, head_.size(), {}};
    if (chunks_.empty()) return fresh;
    const auto chunk = chunk_for(head_.times[from]);
    if (const auto next = std::next(chunk); next != chunks_.end()) return {from, head_.place(next->first), chunk->first};
    const std::size_t held = chunk->second.points, late_to = head_.place(chunk->second.last_at + 1);
    if (held < limits_.points_per_chunk && (everything || held + head_.size() - from >= limits_.points_per_chunk)) return {from, head_.size(), chunk->first};
    if (late_to > from) return {from, late_to, chunk->first};
    return fresh;
}

/// How many were written: whole chunks, and with `everything` what is left of them.
std::size_t ChannelLog::write(const Points& points, bool everything, ChannelChanges& changes) {
    std::size_t from = 0;
    while (from < points.size()) {
        const std::size_t count = std::min(limits_.points_per_chunk, points.size() - from);
        if (count < limits_.points_per_chunk && !everything) break;
        ChunkRow row{points.times[from], points.times[from + count - 1], count, encode_chunk(points, from, from + count)};
        changes.written.push_back(row);
        chunks_.insert_or_assign(row.first_at, std::move(row));
        from += count;
    }
    return from;
}

ChannelChanges ChannelLog::seal(bool everything, ChunkFault& fault) {
    fault = ChunkFault::none;
    std::vector<Group> groups;
    for (std::size_t from = 0; from < head_.size(); from = groups.back().to) groups.push_back(next_group(from, everything));
    for (Group& group : groups) { // all is read before anything is written
        group.merged.append(head_, group.from, group.to);
        Points held;
        if (!group.replaced) continue;
        if ((fault = decode_chunk(chunks_.at(*group.replaced).bytes, held)) != ChunkFault::none) return {};
        group.merged = merge(held, group.merged);
    }
    ChannelChanges changes;
    std::vector<ChunkRow> before; // to be put back if the tiers cannot be corrected
    std::size_t written = 0;      // of the head
    for (const Group& group : groups) {
        if (group.replaced) {
            before.push_back(std::move(chunks_.extract(*group.replaced).mapped()));
            changes.removed.push_back(*group.replaced);
            write(group.merged, true, changes);
            written = group.to;
        } else {
            written += write(group.merged, everything, changes);
        }
    }
    if ((fault = correct_tiers(written, changes)) != ChunkFault::none) {
        for (const ChunkRow& row : changes.written) chunks_.erase(row.first_at);
        for (ChunkRow& row : before) chunks_.emplace(row.first_at, std::move(row));
        return {};
    }
    Points rest;
    rest.append(head_, written, head_.size());
    head_ = std::move(rest);
    return changes;
}

/// The days of the first so many points of the head, out of the points that are sealed now.
ChunkFault ChannelLog::correct_tiers(std::size_t written, ChannelChanges& changes) {
    for (std::size_t i = 0; i < written; ++i) {
        const Moment from = step_of(head_.times[i], day);
        if (changes.corrected.empty() || changes.corrected.back().second < from) changes.corrected.emplace_back(from, from + day);
        else changes.corrected.back().second = from + day;
    }
    std::vector<Points> sealed(changes.corrected.size());
    for (std::size_t i = 0; i < sealed.size(); ++i)
        if (const ChunkFault fault = read_sealed(changes.corrected[i].first, changes.corrected[i].second, sealed[i]); fault != ChunkFault::none) return fault;
    for (Tier* const tier : {&hours_, &days_}) {
        if (tier == &hours_ && !limits_.keeps_hours) continue;
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            std::vector<Step> fresh;
            aggregate(sealed[i], 0, sealed[i].size(), tier->step(), fresh);
            tier->replace(changes.corrected[i].first, changes.corrected[i].second, fresh);
        }
    }
    return ChunkFault::none;
}

ChunkFault ChannelLog::read_sealed(Moment from, Moment to, Points& into) const {
    if (chunks_.empty()) return ChunkFault::none;
    for (auto chunk = chunk_for(from); chunk != chunks_.end() && chunk->first < to; ++chunk) {
        const ChunkRow& row = chunk->second;
        if (row.last_at < from) continue;
        if (from <= row.first_at && row.last_at < to) {
            if (const ChunkFault fault = decode_chunk(row.bytes, into); fault != ChunkFault::none) return fault;
            continue;
        }
        Points points;
        if (const ChunkFault fault = decode_chunk(row.bytes, points); fault != ChunkFault::none) return fault;
        into.append(points, points.place(from), points.place(to));
    }
    return ChunkFault::none;
}

ChunkFault ChannelLog::read(Moment from, Moment to, Points& into) const {
    const std::size_t first = head_.place(from), last = std::max(first, head_.place(to));
    if (first == last) return read_sealed(from, to, into);
    Points sealed, fresh;
    if (const ChunkFault fault = read_sealed(from, to, sealed); fault != ChunkFault::none) return fault;
    fresh.append(head_, first, last);
    const Points all = merge(sealed, fresh);
    into.append(all, 0, all.size());
    return ChunkFault::none;
}

/// Steps of a tier: as it keeps them, but for those at the ends of the range and those that the head has points of.
ChunkFault ChannelLog::read_exact(Moment from, Moment to, const Tier& tier, bool kept, std::vector<Step>& into) const {
    const Moment step = tier.step();
    const auto out_of_points = [&](Moment begin, Moment end) {
        Points points;
        const ChunkFault fault = read(begin, end, points);
        if (fault == ChunkFault::none) aggregate(points, 0, points.size(), step, into);
        return fault;
    };
    if (!kept) return out_of_points(from, to);
    std::vector<Moment> unknown;
    if (step_of(from, step) != from) unknown.push_back(step_of(from, step));
    for (std::size_t i = head_.place(from); i < head_.size() && head_.times[i] < to; ++i) unknown.push_back(step_of(head_.times[i], step));
    if (step_of(to, step) != to) unknown.push_back(step_of(to, step));
    unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
    Moment at = from;
    for (const Moment one : unknown) {
        tier.read(at, std::max(at, one), into);
        if (const ChunkFault fault = out_of_points(std::max(from, one), std::min(to, one + step)); fault != ChunkFault::none) return fault;
        at = one + step;
    }
    tier.read(at, std::max(at, to), into);
    return ChunkFault::none;
}

ChunkFault ChannelLog::read_steps(Moment from, Moment to, Moment step, std::vector<Step>& into) const {
    require(step > 0 && step <= moment_most, "a step has a length");
    from = std::max(from, -moment_most);
    to = std::min(to, moment_most);
    if (from >= to) return ChunkFault::none;
    if (step % hour != 0) {
        Points points;
        const ChunkFault fault = read(from, to, points);
        if (fault == ChunkFault::none) aggregate(points, 0, points.size(), step, into);
        return fault;
    }
    const bool of_days = step % day == 0;
    std::vector<Step> parts;
    const ChunkFault fault = read_exact(from, to, of_days ? days_ : hours_, of_days || limits_.keeps_hours, parts);
    if (fault != ChunkFault::none) return fault;
    if (step == (of_days ? day : hour)) into.insert(into.end(), parts.begin(), parts.end());
    else join(parts, Grid{step}, into);
    return ChunkFault::none;
}

} // namespace greenbank::energy
