// triage_test.cpp — scenarios of the queue, a naive twin that recounts everything, and what may never happen.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "kernel/random.h"
#include "services/engine/triage.h"

namespace greenbank::services {

namespace {

// ---- the naive twin: no counts are kept; each place recounts the lists of those taken before ---------------------------

std::vector<std::string> naive_order(const TriageRules& rules, const std::vector<QueuedRequest>& queue, const std::vector<BalanceKey>& running) {
    std::map<std::string, QueuedRequest> left; // by id: no order of arrival is left in it
    for (const QueuedRequest& one : queue)
        if (one.eligibility == Eligibility::eligible) left.emplace(one.id, one);
    std::vector<QueuedRequest> taken;
    const auto share = [&](const BalanceKey& key, std::size_t axis) {
        std::int64_t same = 0;
        for (const BalanceKey& one : running) same += one[axis] == key[axis];
        for (const QueuedRequest& one : taken) same += one.balance[axis] == key[axis];
        return std::pair(same, static_cast<std::int64_t>(running.size() + taken.size()));
    };
    const auto score = [&](const QueuedRequest& one) {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < one.priority.size(); ++i)
            sum += one.priority[i] == Grade::fully ? rules.priority_points[i] : one.priority[i] == Grade::partly ? rules.priority_points[i] / 2 : 0;
        for (std::size_t axis = 0; axis < balance_axes; ++axis) {
            const auto [same, all] = share(one.balance, axis);
            sum += all == 0 ? rules.balance_points[axis] : rules.balance_points[axis] * (all - same) / all;
        }
        return sum;
    };
    const auto full = [&](const QueuedRequest& one) {
        for (std::size_t axis = 0; axis < balance_axes; ++axis) {
            const auto same = std::count_if(taken.begin(), taken.end(), [&](const QueuedRequest& other) { return other.balance[axis] == one.balance[axis]; });
            if (same >= 1 && 100 * same >= rules.places * rules.share_percent_max) return true;
        }
        return false;
    };
    std::vector<std::string> order;
    while (!left.empty()) {
        std::vector<const QueuedRequest*> candidates;
        if (static_cast<std::int64_t>(order.size()) < rules.places)
            for (const auto& [id, one] : left)
                if (!full(one)) candidates.push_back(&one);
        if (candidates.empty())
            for (const auto& [id, one] : left) candidates.push_back(&one);
        const QueuedRequest best = **std::min_element(candidates.begin(), candidates.end(), [&](const QueuedRequest* a, const QueuedRequest* b) {
            return std::tuple(-score(*a), a->submitted_at, a->id) < std::tuple(-score(*b), b->submitted_at, b->id);
        });
        order.push_back(best.id);
        taken.push_back(best);
        left.erase(best.id);
    }
    return order;
}

std::vector<std::string> order_of(const std::vector<RankedRequest>& ranked) {
    std::vector<std::string> ids;
    for (const RankedRequest& one : ranked) ids.push_back(one.id);
    return ids;
}
std::int64_t rank_of(const std::vector<RankedRequest>& ranked, const std::string& id) {
    for (const RankedRequest& one : ranked)
        if (one.id == id) return one.rank;
    return 0;
}

TriageRules random_rules(Random& random) {
    TriageRules rules;
    for (std::int64_t i = random.between(1, 5); i > 0; --i) rules.priority_points.push_back(random.between(0, 200));
    for (std::int64_t& points : rules.balance_points) points = random.between(0, 150);
    rules.places = random.between(1, 8);
    rules.share_percent_max = random.between(1, 100);
    return rules;
}
std::vector<QueuedRequest> random_queue(Random& random, const TriageRules& rules) {
    std::vector<QueuedRequest> queue;
    for (std::int64_t i = random.between(0, 14); i > 0; --i) {
        QueuedRequest one{
            fmt::format("r{:02}", i), {random.between(0, 4)}, random.chance(0.8) ? Eligibility::eligible : static_cast<Eligibility>(random.below(3)), {}, {}};
        for (std::size_t k = 0; k < rules.priority_points.size(); ++k) one.priority.push_back(static_cast<Grade>(random.below(3)));
        for (std::string& value : one.balance) value = std::string(1, static_cast<char>('a' + random.below(3)));
        queue.push_back(std::move(one));
    }
    return queue;
}
std::vector<BalanceKey> random_running(Random& random) {
    std::vector<BalanceKey> running(random.below(5));
    for (BalanceKey& key : running)
        for (std::string& value : key) value = std::string(1, static_cast<char>('a' + random.below(3)));
    return running;
}

template <class Check> void for_each_seed(int count, Check check) {
    for (int seed = 1; seed <= count; ++seed) {
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        const TriageRules rules = random_rules(random);
        check(random, rules, random_queue(random, rules), random_running(random));
    }
}

QueuedRequest asked(std::string id, std::vector<Grade> priority, BalanceKey balance, std::int64_t at = 0) {
    return {std::move(id), {at}, Eligibility::eligible, std::move(priority), std::move(balance)};
}

} // namespace

TEST_CASE("one no decides, and all must be answered with yes") {
    using Answers = std::vector<std::optional<bool>>;
    CHECK(judge_eligibility(Answers{}) == Eligibility::eligible);
    CHECK(judge_eligibility(Answers{true, true}) == Eligibility::eligible);
    CHECK(judge_eligibility(Answers{true, std::nullopt}) == Eligibility::open);
    CHECK(judge_eligibility(Answers{std::nullopt, false}) == Eligibility::not_eligible);
}

TEST_CASE("two strong requests of one country leave a place for a weaker one of another") {
    const TriageRules rules{.priority_points = {200}, .balance_points = {100, 0, 0}, .places = 2, .share_percent_max = 50};
    const std::vector<RankedRequest> ranked = rank_queue(rules,
        {asked("first", {Grade::fully}, {"Asia", "water", "advice"}), asked("second", {Grade::fully}, {"Asia", "air", "patent"}, 1),
            asked("islands", {Grade::no}, {"Pacific", "energy", "training"}, 2)},
        {});
    CHECK(order_of(ranked) == std::vector<std::string>{"first", "islands", "second"});
    CHECK(ranked[0].score_points == 300);
    CHECK(ranked[1].in_round);
    CHECK(!ranked[2].in_round);
    CHECK(ranked[2].held_by == BalanceAxis::region);
}

TEST_CASE("places are not left empty for the sake of the balance") {
    const TriageRules rules{.priority_points = {200}, .places = 3, .share_percent_max = 34};
    const auto ranked = rank_queue(rules, {asked("a", {Grade::no}, {"x", "f", "k"}), asked("b", {Grade::no}, {"x", "f", "k"}, 1)}, {});
    CHECK(ranked[0].in_round);
    CHECK(ranked[1].in_round);
}

TEST_CASE("what is running already counts for the balance") {
    const TriageRules rules{.priority_points = {10}, .balance_points = {60, 0, 0}, .places = 9};
    const std::vector<BalanceKey> running = {{"Asia", "water", "advice"}, {"Asia", "air", "advice"}, {"Pacific", "air", "advice"}};
    const auto ranked =
        rank_queue(rules, {asked("asia", {Grade::fully}, {"Asia", "x", "y"}), asked("pacific", {Grade::no}, {"Pacific", "x", "y"}, 1)}, running);
    CHECK(order_of(ranked) == std::vector<std::string>{"pacific", "asia"});
    CHECK(ranked[0].balance_points[0] == 40); // two of three are elsewhere
}

TEST_CASE("the queue is that of its naive twin") {
    for_each_seed(2000, [](Random&, const TriageRules& rules, const std::vector<QueuedRequest>& queue, const std::vector<BalanceKey>& running) {
        CHECK(order_of(rank_queue(rules, queue, running)) == naive_order(rules, queue, running));
    });
}

TEST_CASE("the order of arrival in the list changes nothing, only eligible ones are ranked, the parts sum to the score") {
    for_each_seed(1000, [](Random& random, const TriageRules& rules, std::vector<QueuedRequest> queue, const std::vector<BalanceKey>& running) {
        const auto ranked = rank_queue(rules, queue, running);
        for (std::size_t i = queue.size(); i > 1; --i) std::swap(queue[i - 1], queue[random.below(i)]);
        CHECK(order_of(rank_queue(rules, queue, running)) == order_of(ranked));
        for (const RankedRequest& one : ranked) {
            const auto request = std::find_if(queue.begin(), queue.end(), [&](const QueuedRequest& other) { return other.id == one.id; });
            CHECK(request->eligibility == Eligibility::eligible);
            std::int64_t sum = 0;
            for (const std::int64_t points : one.priority_points) sum += points;
            for (const std::int64_t points : one.balance_points) sum += points;
            CHECK(sum == one.score_points);
            CHECK(one.in_round == (one.rank <= rules.places));
        }
        CHECK(static_cast<std::ptrdiff_t>(ranked.size()) ==
              std::count_if(queue.begin(), queue.end(), [](const QueuedRequest& one) { return one.eligibility == Eligibility::eligible; }));
    });
}

TEST_CASE("a higher grade of priority never lowers a rank") {
    for_each_seed(1000, [](Random& random, const TriageRules& rules, std::vector<QueuedRequest> queue, const std::vector<BalanceKey>& running) {
        if (queue.empty()) return;
        QueuedRequest& one = random.pick(queue);
        one.eligibility = Eligibility::eligible;
        const std::int64_t before = rank_of(rank_queue(rules, queue, running), one.id);
        Grade& grade = random.pick(one.priority);
        if (grade == Grade::fully) return;
        grade = static_cast<Grade>(static_cast<int>(grade) + 1);
        CHECK(rank_of(rank_queue(rules, queue, running), one.id) <= before);
    });
}

} // namespace greenbank::services
