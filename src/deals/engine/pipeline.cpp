// pipeline.cpp — counting deals by stage.
#include "deals/engine/pipeline.h"

#include <algorithm>

namespace greenbank::deals {

namespace {

constexpr std::size_t index(DealStage stage) { return static_cast<std::size_t>(stage); }
std::int64_t days_between(Time from, Time to) { return std::max<std::int64_t>(0, (to - from).microseconds / days(1).microseconds); }

/// The middle one; of an even number the lower of the two in the middle, so that it is a number of days somebody waited.
std::optional<std::int64_t> median(std::vector<std::int64_t> values) {
    if (values.empty()) return {};
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

DealStage furthest(const Trail& trail) {
    return std::max_element(trail.entries.begin(), trail.entries.end(), [](const StageEntry& a, const StageEntry& b) { return a.stage < b.stage; })->stage;
}

StageEntry latest(const Trail& trail) { return trail.entries.back(); }

std::int64_t standing_limit_days(const StageFigures& figures) { return std::max(standing_days_least, 2 * figures.days_median.value_or(0)); }

Funnel funnel_of(std::span<const Trail> trails, Time now) {
    Funnel funnel;
    std::array<std::vector<std::int64_t>, deal_stages> stays, ages;
    for (const Trail& trail : trails) {
        if (trail.entries.empty()) continue;
        ++funnel.deals;
        for (std::size_t stage = 0; stage <= index(furthest(trail)); ++stage) ++funnel.stages[stage].reached;
        for (std::size_t i = 0; i + 1 < trail.entries.size(); ++i)
            stays[index(trail.entries[i].stage)].push_back(days_between(trail.entries[i].at, trail.entries[i + 1].at));
        const StageEntry last = latest(trail);
        StageFigures& there = funnel.stages[index(last.stage)];
        if (trail.lost_at) {
            ++funnel.lost;
            ++there.lost;
            stays[index(last.stage)].push_back(days_between(last.at, *trail.lost_at));
            continue;
        }
        ++there.now;
        if (last.stage == DealStage::completed) ++funnel.completed;
        else {
            ++funnel.open;
            ages[index(last.stage)].push_back(days_between(last.at, now));
        }
    }
    for (std::size_t stage = 0; stage < deal_stages; ++stage) {
        StageFigures& figures = funnel.stages[stage];
        figures.days_median = median(stays[stage]);
        if (!ages[stage].empty()) figures.days_oldest = *std::max_element(ages[stage].begin(), ages[stage].end());
        figures.standing = std::count_if(ages[stage].begin(), ages[stage].end(), [&](std::int64_t age) { return age > standing_limit_days(figures); });
        if (stage > 0 && funnel.stages[stage - 1].reached > 0) figures.conversion = figures.reached * 1000 / funnel.stages[stage - 1].reached;
    }
    return funnel;
}

} // namespace greenbank::deals
