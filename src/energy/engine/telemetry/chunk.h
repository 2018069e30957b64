// chunk.h — points of one channel as bytes that are written once: a version, their number and span, times, values, a checksum.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "energy/engine/telemetry/points.h"

namespace greenbank::energy {

constexpr std::size_t chunk_points_max = 65'536;

enum class ChunkFault : std::uint8_t { none, truncated, version, checksum, damaged };
std::string_view words_of(ChunkFault fault);

/// 1 to chunk_points_max points.
std::string encode_chunk(const Points& points, std::size_t from, std::size_t to);
inline std::string encode_chunk(const Points& points) { return encode_chunk(points, 0, points.size()); }

/// Appends the points; where the answer is not none, `into` is as it was.
ChunkFault decode_chunk(std::string_view bytes, Points& into);

/// What a chunk tells of itself without being decoded.
struct ChunkSummary {
    Moment first_at = 0, last_at = 0;
    std::size_t points = 0;
};
ChunkFault read_summary(std::string_view bytes, ChunkSummary& into);

} // namespace greenbank::energy
