// guarantee.h — what a guarantor pays of a loss, and what it gets of what comes back. Whole minor units.
#pragma once

#include <algorithm>
#include <cstdint>

#include "finance/engine/wide.h"

namespace greenbank::finance {

/// A share of a loss, as long as the limit is not spent. `called`: paid on calls so far.
inline std::int64_t guaranteed_part(std::int64_t loss, std::int64_t share_ppm, std::int64_t limit, std::int64_t called) {
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(static_cast<Wide>(loss) * share_ppm / 1'000'000), 0, std::max<std::int64_t>(0, limit - called));
}
/// Of money that came back on a loss, the part of who has paid `paid` of it and has had `recovered` back.
inline std::int64_t recovered_part(std::int64_t came_back, std::int64_t loss, std::int64_t paid, std::int64_t recovered) {
    if (loss <= 0) return 0;
    return std::clamp<std::int64_t>(static_cast<std::int64_t>((static_cast<Wide>(came_back) * paid + loss / 2) / loss), 0, paid - recovered);
}
/// The fee of one year, half units up.
inline std::int64_t guarantee_fee(std::int64_t limit, std::int64_t fee_ppm) {
    return static_cast<std::int64_t>((static_cast<Wide>(limit) * fee_ppm + 500'000) / 1'000'000);
}

} // namespace greenbank::finance
