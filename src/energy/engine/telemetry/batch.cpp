// batch.cpp — version 1: version, series, points; numbers of series, counts; unit of time, moments; values; CRC-32C of all before.
#include "energy/engine/telemetry/batch.h"

#include <numeric>
#include <span>

#include "energy/engine/telemetry/checksum.h"
#include "energy/engine/telemetry/doubles.h"
#include "energy/engine/telemetry/integers.h"
#include "kernel/result.h"

namespace greenbank::energy {

namespace {

constexpr std::uint8_t version_1 = 1;
constexpr std::size_t checksum_bytes = 4, shortest = 10;

/// The longest of these that divides all moments.
Moment unit_of(std::span<const Moment> times) {
    for (const Moment unit : {Moment{1'000'000}, Moment{1000}})
        if (std::all_of(times.begin(), times.end(), [unit](Moment at) { return at % unit == 0; })) return unit;
    return 1;
}

} // namespace

std::string encode_batch(const std::vector<SeriesPoints>& batch) {
    std::vector<std::int64_t> numbers, counts;
    std::vector<Moment> times;
    std::vector<double> values;
    std::size_t all = 0;
    for (const SeriesPoints& one : batch) all += one.points.size();
    require(!batch.empty() && all > 0 && all <= batch_points_max, "a batch holds 1 to 4,194,304 points");
    times.reserve(all);
    values.reserve(all);
    for (const SeriesPoints& one : batch) {
        numbers.push_back(one.series);
        counts.push_back(static_cast<std::int64_t>(one.points.size()));
        times.insert(times.end(), one.points.times.begin(), one.points.times.end());
        values.insert(values.end(), one.points.values.begin(), one.points.values.end());
    }
    const Moment unit = unit_of(times);
    if (unit > 1)
        for (Moment& at : times) at /= unit;
    std::string out;
    out.reserve(64 + 4 * all);
    out += static_cast<char>(version_1);
    append_varint(out, batch.size());
    append_varint(out, all);
    append_integers(out, numbers);
    append_integers(out, counts);
    append_varint(out, static_cast<std::uint64_t>(unit));
    append_integers(out, times);
    append_doubles(out, values);
    append_fixed(out, checksum(out));
    return out;
}

ChunkFault decode_batch(std::string_view bytes, std::vector<SeriesPoints>& into) {
    if (bytes.size() < shortest) return ChunkFault::truncated;
    if (static_cast<std::uint8_t>(bytes[0]) != version_1) return ChunkFault::version;
    const std::string_view body = bytes.substr(0, bytes.size() - checksum_bytes);
    ByteReader end(bytes.substr(body.size())), in(body.substr(1));
    if (checksum(body) != end.fixed<std::uint32_t>()) return ChunkFault::checksum;
    const std::uint64_t series = in.varint(), all = in.varint();
    if (in.failed() || series == 0 || series > all || all > batch_points_max) return ChunkFault::damaged;
    std::vector<std::int64_t> numbers(series), counts(series);
    if (!read_integers(in, numbers) || !read_integers(in, counts)) return ChunkFault::damaged;
    std::uint64_t counted = 0;
    for (std::size_t i = 0; i < series; ++i) {
        if (counts[i] <= 0 || static_cast<std::uint64_t>(counts[i]) > all - counted || (i > 0 && numbers[i] <= numbers[i - 1])) return ChunkFault::damaged;
        counted += static_cast<std::uint64_t>(counts[i]);
    }
    const std::uint64_t unit = in.varint();
    if (in.failed() || counted != all || unit == 0 || unit > 1'000'000) return ChunkFault::damaged;
    std::vector<Moment> times(all);
    std::vector<double> values(all);
    if (!read_integers(in, times) || !read_doubles(in, values) || !in.at_end()) return ChunkFault::damaged;
    const auto most = std::numeric_limits<Moment>::max() / static_cast<Moment>(unit);
    for (Moment& at : times) {
        if (at > most || at < -most) return ChunkFault::damaged;
        at *= static_cast<Moment>(unit);
    }
    std::vector<SeriesPoints> batch(series);
    std::size_t from = 0;
    for (std::size_t i = 0; i < series; ++i) {
        const auto to = from + static_cast<std::size_t>(counts[i]);
        for (std::size_t j = from + 1; j < to; ++j)
            if (times[j] <= times[j - 1]) return ChunkFault::damaged;
        const auto begin = static_cast<std::ptrdiff_t>(from), finish = static_cast<std::ptrdiff_t>(to);
        batch[i].series = numbers[i];
        batch[i].points.times.assign(times.begin() + begin, times.begin() + finish);
        batch[i].points.values.assign(values.begin() + begin, values.begin() + finish);
        from = to;
    }
    into.insert(into.end(), std::make_move_iterator(batch.begin()), std::make_move_iterator(batch.end()));
    return ChunkFault::none;
}

Points in_order(const Points& as_came) {
    if (std::adjacent_find(as_came.times.begin(), as_came.times.end(), std::greater_equal<>()) == as_came.times.end()) return as_came;
    std::vector<std::size_t> order(as_came.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) { return as_came.times[one] < as_came.times[other]; });
    Points points;
    for (const std::size_t i : order) {
        if (!points.empty() && points.times.back() == as_came.times[i]) points.values.back() = as_came.values[i];
        else points.add(as_came.times[i], as_came.values[i]);
    }
    return points;
}

std::vector<SeriesPoints> join_batches(std::vector<std::vector<SeriesPoints>> batches) {
    if (batches.size() == 1) return std::move(batches[0]);
    std::vector<SeriesPoints> all;
    for (std::vector<SeriesPoints>& batch : batches) all.insert(all.end(), std::make_move_iterator(batch.begin()), std::make_move_iterator(batch.end()));
    std::stable_sort(all.begin(), all.end(), [](const SeriesPoints& one, const SeriesPoints& other) { return one.series < other.series; });
    std::vector<SeriesPoints> joined;
    for (SeriesPoints& one : all) {
        if (joined.empty() || joined.back().series != one.series) {
            joined.push_back(std::move(one));
            continue;
        }
        Points& before = joined.back().points;
        if (before.times.back() < one.points.times.front()) before.append(one.points, 0, one.points.size());
        else before = merge(before, one.points);
    }
    return joined;
}

} // namespace greenbank::energy
