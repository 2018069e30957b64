// triage.cpp — the queue, one place after the other, with counts of what was taken kept by region, field and kind.
#include "services/engine/triage.h"

#include <algorithm>
#include <map>

namespace greenbank::services {

namespace {

/// How often each value of an axis was taken, among how many.
struct Taken {
    std::array<std::map<std::string, std::int64_t>, balance_axes> of;
    std::int64_t all = 0;

    void add(const BalanceKey& key) {
        for (std::size_t axis = 0; axis < balance_axes; ++axis) ++of[axis][key[axis]];
        ++all;
    }
    std::int64_t count(std::size_t axis, const std::string& value) const {
        const auto found = of[axis].find(value);
        return found == of[axis].end() ? 0 : found->second;
    }
};

struct Waiting {
    const QueuedRequest* request;
    std::vector<std::int64_t> points;
    std::int64_t priority = 0;
};

std::array<std::int64_t, balance_axes> balance_of(const TriageRules& rules, const BalanceKey& key, const Taken& taken) {
    std::array<std::int64_t, balance_axes> points = rules.balance_points;
    if (taken.all == 0) return points;
    for (std::size_t axis = 0; axis < balance_axes; ++axis) points[axis] = points[axis] * (taken.all - taken.count(axis, key[axis])) / taken.all;
    return points;
}

std::optional<BalanceAxis> axis_at_cap(const BalanceKey& key, const Taken& round, std::int64_t cap) {
    for (std::size_t axis = 0; axis < balance_axes; ++axis)
        if (round.count(axis, key[axis]) >= cap) return static_cast<BalanceAxis>(axis);
    return {};
}

} // namespace

Eligibility judge_eligibility(std::span<const std::optional<bool>> answers) {
    Eligibility outcome = Eligibility::eligible;
    for (const std::optional<bool>& answer : answers) {
        if (answer && !*answer) return Eligibility::not_eligible;
        if (!answer) outcome = Eligibility::open;
    }
    return outcome;
}

std::int64_t points_of(std::int64_t points, Grade grade) { return grade == Grade::fully ? points : grade == Grade::partly ? points / 2 : 0; }

std::vector<RankedRequest> rank_queue(const TriageRules& rules, std::vector<QueuedRequest> queue, std::span<const BalanceKey> running) {
    std::erase_if(queue, [](const QueuedRequest& one) { return one.eligibility != Eligibility::eligible; });
    // The earlier one stands first, so that the first of the highest is the one to take, whatever order they came in.
    std::sort(queue.begin(), queue.end(),
        [](const QueuedRequest& a, const QueuedRequest& b) { return a.submitted_at != b.submitted_at ? a.submitted_at < b.submitted_at : a.id < b.id; });
    std::vector<Waiting> waiting;
    for (const QueuedRequest& one : queue) {
        require(one.priority.size() == rules.priority_points.size(), "a request is graded by all criteria of the rules");
        Waiting next{&one, {}};
        for (std::size_t i = 0; i < one.priority.size(); ++i) {
            next.points.push_back(points_of(rules.priority_points[i], one.priority[i]));
            next.priority += next.points.back();
        }
        waiting.push_back(std::move(next));
    }
    Taken taken, round;
    for (const BalanceKey& key : running) taken.add(key);
    const std::int64_t cap = std::max<std::int64_t>(1, (rules.places * rules.share_percent_max + 99) / 100);
    std::vector<RankedRequest> ranked;
    while (!waiting.empty()) {
        const bool in_round = round.all < rules.places;
        const auto best = [&](bool capped) {
            auto found = waiting.end();
            std::int64_t most = 0;
            for (auto one = waiting.begin(); one != waiting.end(); ++one) {
                if (capped && axis_at_cap(one->request->balance, round, cap)) continue;
                std::int64_t score = one->priority;
                for (const std::int64_t points : balance_of(rules, one->request->balance, taken)) score += points;
                if (found == waiting.end() || score > most) found = one, most = score;
            }
            return found;
        };
        auto next = best(in_round);
        if (next == waiting.end()) next = best(false); // places are not left empty while somebody waits
        const BalanceKey& key = next->request->balance;
        RankedRequest row{.id = next->request->id,
            .rank = static_cast<std::int64_t>(ranked.size()) + 1,
            .score_points = next->priority,
            .priority_points = std::move(next->points),
            .balance_points = balance_of(rules, key, taken),
            .in_round = in_round};
        for (const std::int64_t points : row.balance_points) row.score_points += points;
        if (in_round) round.add(key);
        else row.held_by = axis_at_cap(key, round, cap);
        taken.add(key);
        ranked.push_back(std::move(row));
        waiting.erase(next);
    }
    return ranked;
}

} // namespace greenbank::services
