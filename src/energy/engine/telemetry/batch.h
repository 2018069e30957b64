// batch.h — points of many series that came together as bytes: all their moments in one row, all their values in another, so that a thousand
// series of one point each cost no more than one series of a thousand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "energy/engine/telemetry/chunk.h"

namespace greenbank::energy {

constexpr std::size_t batch_points_max = std::size_t{1} << 22;

struct SeriesPoints {
    std::int64_t series = 0;
    Points points; // never empty in a batch
};

/// Ascending series, 1 to batch_points_max points in all.
std::string encode_batch(const std::vector<SeriesPoints>& batch);
ChunkFault decode_batch(std::string_view bytes, std::vector<SeriesPoints>& into);

/// In the order of time, of each moment the last that came.
Points in_order(const Points& as_came);
/// Several batches as one: by series; where two have a moment, the later batch wins.
std::vector<SeriesPoints> join_batches(std::vector<std::vector<SeriesPoints>> batches);

} // namespace greenbank::energy
