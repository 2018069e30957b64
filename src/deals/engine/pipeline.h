// pipeline.h — how far deals have come, how many went on, how long they stay, and which stand still. Pure.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/record.h"

namespace greenbank::deals {

/// The way of a deal, from an expression of interest to a contract that was performed.
enum class DealStage { interest, forwarded, contact, disclosure, negotiation, agreed, signed_, in_force, completed };
constexpr std::size_t deal_stages = 9;

struct StageEntry {
    DealStage stage;
    Time at;
};
/// What happened to one deal, in order of time; stages may be left out, or entered anew.
struct Trail {
    std::vector<StageEntry> entries;
    std::optional<Time> lost_at; // declined, withdrawn, broken off
};

struct StageFigures {
    std::int64_t reached = 0;                // came so far or further
    std::int64_t now = 0;                    // are there
    std::int64_t lost = 0;                   // ended there
    std::optional<std::int64_t> conversion;  // of 1,000 that reached the stage before, so many reached this one; absent where none did
    std::optional<std::int64_t> days_median; // between entering and leaving, of those that left
    std::optional<std::int64_t> days_oldest; // of those that are there
    std::int64_t standing = 0;               // are there longer than the limit
};
struct Funnel {
    std::array<StageFigures, deal_stages> stages;
    std::int64_t deals = 0, open = 0, lost = 0, completed = 0;
};

/// The furthest stage that a deal has come to.
DealStage furthest(const Trail& trail);
/// Where it is: the last stage entered.
StageEntry latest(const Trail& trail);
/// More than twice the median of the stage, at least `standing_days_least`: the deal stands still.
std::int64_t standing_limit_days(const StageFigures& figures);
constexpr std::int64_t standing_days_least = 30;

/// Trails without an entry are left out.
Funnel funnel_of(std::span<const Trail> trails, Time now);

} // namespace greenbank::deals

namespace greenbank {
template <> struct Choices<deals::DealStage> {
    static constexpr std::string_view name = "deal_stage";
    static constexpr std::string_view values[] = {"interest", "forwarded", "contact", "disclosure", "negotiation", "agreed", "signed", "in_force", "completed"};
};
} // namespace greenbank
