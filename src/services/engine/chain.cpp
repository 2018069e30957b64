// chain.cpp — gaps of a chain, in one pass over its parts.
#include "services/engine/chain.h"

#include <array>
#include <set>

namespace greenbank::services {

std::vector<ChainGap> chain_gaps(std::span<const ChainPart> parts, std::span<const std::string> countries) {
    struct Seen {
        bool any = false, done = false;
        std::set<std::string> countries;
    };
    std::array<Seen, chain_steps> seen;
    for (const ChainPart& part : parts) {
        Seen& step = seen[static_cast<std::size_t>(part.step)];
        step.any = true;
        step.done = step.done || !part.planned;
        step.countries.insert(part.country);
    }
    const bool several = std::set<std::string>(countries.begin(), countries.end()).size() > 1;
    std::vector<ChainGap> gaps;
    for (std::size_t i = 0; i < chain_steps; ++i) {
        const auto step = static_cast<ChainStep>(i);
        if (!seen[i].any) gaps.push_back({step, ChainGapKind::nobody});
        else if (!seen[i].done) gaps.push_back({step, ChainGapKind::planned});
        else if (several && seen[i].countries.size() == 1) gaps.push_back({step, ChainGapKind::one_country});
    }
    return gaps;
}

} // namespace greenbank::services
