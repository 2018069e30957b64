// chunk.cpp — version 1: version, count, first, span; unit of time, times; values; CRC-32C of all before.
#include "energy/engine/telemetry/chunk.h"

#include <numeric>
#include <span>
#include <vector>

#include "energy/engine/telemetry/checksum.h"
#include "energy/engine/telemetry/doubles.h"
#include "energy/engine/telemetry/integers.h"
#include "kernel/result.h"

namespace greenbank::energy {

namespace {

constexpr std::uint8_t version_1 = 1;
constexpr std::size_t checksum_bytes = 4, shortest = 10;

std::uint64_t distance(Moment from, Moment to) { return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from); }

/// Times as multiples of their greatest common step: whole minutes cost no more bits than whole numbers.
void append_times(std::string& out, std::span<const Moment> times) {
    std::uint64_t unit = 0;
    for (std::size_t i = 1; i < times.size() && unit != 1; ++i) unit = std::gcd(unit, distance(times[i - 1], times[i]));
    unit = std::max<std::uint64_t>(unit, 1);
    append_varint(out, unit);
    std::vector<std::int64_t> multiples(times.size());
    for (std::size_t i = 0; i < times.size(); ++i) multiples[i] = static_cast<std::int64_t>(distance(times[0], times[i]) / unit);
    append_integers(out, multiples);
}

bool read_times(ByteReader& in, const ChunkSummary& summary, std::span<Moment> into) {
    const std::uint64_t unit = in.varint();
    if (!read_integers(in, into)) return false;
    for (Moment& time : into) time = static_cast<Moment>(static_cast<std::uint64_t>(summary.first_at) + static_cast<std::uint64_t>(time) * unit);
    bool ascending = into.front() == summary.first_at && into.back() == summary.last_at;
    for (std::size_t i = 1; i < into.size(); ++i) ascending = ascending && into[i - 1] < into[i];
    return ascending;
}

/// The reader stands behind the summary afterwards.
ChunkFault open(std::string_view bytes, ByteReader& in, ChunkSummary& summary) {
    if (bytes.size() < shortest) return ChunkFault::truncated;
    if (static_cast<std::uint8_t>(bytes[0]) != version_1) return ChunkFault::version;
    const std::string_view body = bytes.substr(0, bytes.size() - checksum_bytes);
    ByteReader end(bytes.substr(body.size()));
    if (checksum(body) != end.fixed<std::uint32_t>()) return ChunkFault::checksum;
    in = ByteReader(body.substr(1));
    const std::uint64_t points = in.varint();
    summary.first_at = from_zigzag(in.varint());
    summary.last_at = static_cast<Moment>(static_cast<std::uint64_t>(summary.first_at) + in.varint());
    if (in.failed() || points == 0 || points > chunk_points_max || summary.last_at < summary.first_at) return ChunkFault::damaged;
    summary.points = points;
    return ChunkFault::none;
}

} // namespace

std::string_view words_of(ChunkFault fault) {
    static constexpr std::string_view names[] = {"none", "truncated", "version", "checksum", "damaged"};
    return names[static_cast<std::size_t>(fault)];
}

std::string encode_chunk(const Points& points, std::size_t from, std::size_t to) {
    require(from < to && to <= points.size() && to - from <= chunk_points_max, "a chunk holds 1 to 65,536 points");
    const std::span<const Moment> times(points.times.data() + from, to - from);
    const std::span<const double> values(points.values.data() + from, to - from);
    std::string out;
    out.reserve(64 + 4 * times.size());
    out += static_cast<char>(version_1);
    append_varint(out, times.size());
    append_varint(out, zigzag(times.front()));
    append_varint(out, distance(times.front(), times.back()));
    append_times(out, times);
    append_doubles(out, values);
    append_fixed(out, checksum(out));
    return out;
}

ChunkFault decode_chunk(std::string_view bytes, Points& into) {
    ByteReader in({});
    ChunkSummary summary;
    if (const ChunkFault fault = open(bytes, in, summary); fault != ChunkFault::none) return fault;
    const std::size_t before = into.size();
    into.times.resize(before + summary.points);
    into.values.resize(before + summary.points);
    const bool sound =
        read_times(in, summary, std::span(into.times).subspan(before)) && read_doubles(in, std::span(into.values).subspan(before)) && in.at_end();
    if (sound) return ChunkFault::none;
    into.times.resize(before);
    into.values.resize(before);
    return ChunkFault::damaged;
}

ChunkFault read_summary(std::string_view bytes, ChunkSummary& into) {
    ByteReader in({});
    ChunkSummary summary;
    const ChunkFault fault = open(bytes, in, summary);
    if (fault == ChunkFault::none) into = summary;
    return fault;
}

} // namespace greenbank::energy
