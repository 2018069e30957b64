// proportion.cpp — whole parts first, then one more to each of the largest remainders.
#include "finance/engine/proportion.h"

#include <algorithm>

#include "finance/engine/wide.h"

namespace greenbank::finance {

std::vector<std::int64_t> in_proportion(std::int64_t amount, const std::vector<std::int64_t>& weights) {
    std::vector<std::int64_t> parts(weights.size(), 0);
    Wide sum = 0;
    for (const std::int64_t weight : weights) sum += weight;
    if (sum <= 0) return parts;
    std::vector<std::pair<Wide, std::size_t>> rests;
    std::int64_t given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Wide product = static_cast<Wide>(amount) * weights[i];
        parts[i] = static_cast<std::int64_t>(product / sum);
        given += parts[i];
        rests.emplace_back(-(product % sum), i);
    }
    std::sort(rests.begin(), rests.end());
    for (std::size_t i = 0; given < amount; ++i, ++given) ++parts[rests[i].second];
    return parts;
}

} // namespace greenbank::finance
