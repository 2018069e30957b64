// chain.h — who does which step of the chain from research to market in a cooperation, and where nobody does. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "kernel/record.h"

namespace greenbank::services {

enum class ChainStep { research, design, parts, assembly, installation, operation, market };
inline constexpr std::size_t chain_steps = 7;

struct ChainPart {
    ChainStep step = ChainStep::research;
    std::string country;
    bool planned = false; // not yet done today
};

/// nobody: no part at all; planned: only intentions; one_country: all of it in one country, though several cooperate.
enum class ChainGapKind { nobody, planned, one_country };
struct ChainGap {
    ChainStep step = ChainStep::research;
    ChainGapKind kind = ChainGapKind::nobody;
    bool operator==(const ChainGap&) const = default;
};
/// In the order of the chain, at most one a step: the gravest.
std::vector<ChainGap> chain_gaps(std::span<const ChainPart> parts, std::span<const std::string> countries);

} // namespace greenbank::services

namespace greenbank {
template <> struct Choices<services::ChainStep> {
    static constexpr std::string_view name = "chain_step";
    static constexpr std::string_view values[] = {"research", "design", "parts", "assembly", "installation", "operation", "market"};
};
template <> struct Choices<services::ChainGapKind> {
    static constexpr std::string_view name = "chain_gap_kind";
    static constexpr std::string_view values[] = {"nobody", "planned", "one_country"};
};
} // namespace greenbank
