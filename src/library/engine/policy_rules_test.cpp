// policy_rules_test.cpp — scenarios, a naive twin that tries all completions of what is unknown, and what knowledge may change.
#include <doctest/doctest.h>

#include <algorithm>

#include "kernel/random.h"
#include "library/engine/policy_rules.h"

namespace greenbank::library {

namespace {

Date day(std::string_view text) { return *parse_date(text); }

/// "date met; territory unknown" of a judgement, and its outcome first.
std::string told(const PolicyJudgement& judgement) {
    std::string text(name_of(judgement.truth));
    for (const ConditionFinding& one : judgement.conditions) text += "; " + std::string(name_of(one.condition)) + " " + std::string(name_of(one.truth));
    return text;
}

void check(std::string_view sentence, const PolicyRules& rules, const PolicyFacts& facts, std::string_view outcome) {
    INFO(std::string(sentence));
    CHECK(told(judge_policy(rules, facts)) == outcome);
}

PolicyRules island_rules() {
    PolicyRules rules;
    rules.from = day("2026-01-01");
    rules.until = day("2028-12-31");
    rules.territories = {"CN-33", "CN-35"};
    rules.fields = {"energy_carbon"};
    rules.classes = {"3.2"};
    rules.measures = {{"renewable_share", BoundSide::at_least, 50, "%"}};
    return rules;
}
PolicyFacts island_facts() {
    PolicyFacts facts{.day = day("2026-11-20")};
    facts.territory = "CN-3309";
    facts.fields = {"energy_carbon"};
    facts.classes = {"3.2.2.1"};
    facts.measures = {{"renewable_share", 65, 100, "%"}};
    return facts;
}

// ---- the naive twin: a small world in which everything unknown is tried -----------------------------------------------

const std::vector<std::string> words = {"a", "b", "c"};

struct SmallRules {
    std::vector<std::string> kinds, sizes, fields, traits;
};

Truth naive(const SmallRules& rules, const PolicyFacts& facts) {
    bool can_hold = false, can_fail = false;
    const auto choices = [&](const std::optional<std::string>& known) { return known ? std::vector<std::string>{*known} : words; };
    std::vector<std::vector<std::string>> sets;
    for (unsigned bits = 1; bits < 8; ++bits) {
        sets.emplace_back();
        for (unsigned i = 0; i < 3; ++i)
            if (bits >> i & 1) sets.back().push_back(words[i]);
    }
    const auto set_choices = [&](const std::optional<std::vector<std::string>>& known) {
        return known && !known->empty() ? std::vector<std::vector<std::string>>{*known} : sets;
    };
    const auto in = [](const std::vector<std::string>& list, const std::string& one) { return std::find(list.begin(), list.end(), one) != list.end(); };
    for (const auto& kind : choices(facts.kind))
        for (const auto& size : choices(facts.size))
            for (const auto& fields : set_choices(facts.fields))
                for (const auto& traits : set_choices(facts.traits)) {
                    bool holds = (rules.kinds.empty() || in(rules.kinds, kind)) && (rules.sizes.empty() || in(rules.sizes, size));
                    holds =
                        holds && (rules.fields.empty() || std::any_of(fields.begin(), fields.end(), [&](const auto& one) { return in(rules.fields, one); }));
                    holds = holds && std::all_of(rules.traits.begin(), rules.traits.end(), [&](const auto& one) { return in(traits, one); });
                    (holds ? can_hold : can_fail) = true;
                }
    return can_hold && can_fail ? Truth::unknown : can_hold ? Truth::met : Truth::failed;
}

std::vector<std::string> some(Random& random, std::size_t most) {
    std::vector<std::string> list;
    for (const std::string& word : words)
        if (list.size() < most && random.below(2)) list.push_back(word);
    return list;
}

} // namespace

TEST_CASE("a policy applies, may apply or does not, and each condition says why") {
    check("the island fits", island_rules(), island_facts(), "met; date met; territory met; field met; class met; measure met");
    PolicyFacts facts = island_facts();
    facts.territory = "CN";
    check("only the country is known", island_rules(), facts, "unknown; date met; territory unknown; field met; class met; measure met");
    facts.territory = "KZ";
    check("abroad", island_rules(), facts, "failed; date met; territory failed; field met; class met; measure met");
    facts = island_facts();
    facts.day = day("2029-01-01");
    check("too late", island_rules(), facts, "failed; date failed; territory met; field met; class met; measure met");
    facts.day = day("2028-12-31");
    check("the last day", island_rules(), facts, "met; date met; territory met; field met; class met; measure met");
    facts.classes = {"3"};
    check("classified too roughly", island_rules(), facts, "unknown; date met; territory met; field met; class unknown; measure met");
    facts = island_facts();
    facts.measures = {{"renewable_share", 0.4, 0.6, "1"}};
    check("the range lies across the bound, in another unit", island_rules(), facts, "unknown; date met; territory met; field met; class met; measure unknown");
    facts.measures = {{"renewable_share", 10, 20, "%"}};
    check("too little", island_rules(), facts, "failed; date met; territory met; field met; class met; measure failed");
    check("a policy that asks for nothing applies to all", {}, {.day = day("2026-01-01")}, "met");
}

TEST_CASE("places lie in all they begin with") {
    CHECK(lies_in("CN-3305", "CN-33") == Truth::met);
    CHECK(lies_in("CN-33", "CN") == Truth::met);
    CHECK(lies_in("CN-33", "CN-3305") == Truth::unknown);
    CHECK(lies_in("CN-3305", "CN-3306") == Truth::failed);
    CHECK(lies_in("KZ", "WORLD") == Truth::met);
    CHECK(lies_in("", "CN") == Truth::unknown);
    CHECK(lies_in("CN-35", "CN-33") == Truth::failed);
    for (const char* right : {"CN", "WORLD", "CN-33", "CN-330522", "KZ-ALA"}) CHECK(is_territory(right));
    for (const char* wrong : {"", "C", "cn", "CN-", "CN33", "CN-3", "CN-33a", "CHINA", "CN-3333333333333333"}) CHECK_FALSE(is_territory(wrong));
}

TEST_CASE("money follows from amount, rate, capacity and cap") {
    PolicyFacts facts{.day = day("2026-01-01")};
    facts.investment = Money{100'000'000'00, "CNY"};
    facts.capacity = Quantity{2.5, "MW"};
    BenefitRule rule{.rate = 20, .cap = Money{30'000'000'00, "CNY"}};
    CHECK(benefit_of(rule, facts).amount == Money{20'000'000'00, "CNY"});
    rule.rate = 40;
    CHECK(benefit_of(rule, facts).amount == Money{30'000'000'00, "CNY"});
    CHECK(benefit_of(rule, facts).capped);
    rule = {.amount = Money{500'00, "CNY"}, .amount_per = "kW"};
    CHECK(benefit_of(rule, facts).amount == Money{1'250'000'00, "CNY"});
    rule.amount_per = "m3/d"; // another kind of capacity
    CHECK_FALSE(benefit_of(rule, facts).amount);
    rule = {.rate = 50, .base = BenefitBase::interest};
    CHECK_FALSE(benefit_of(rule, facts).amount);
    rule = {.rate = 1e300};
    CHECK_FALSE(benefit_of(rule, facts).amount); // no money is that much
}

TEST_CASE("the engine agrees with trying every completion of what is unknown") {
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        INFO(seed);
        Random random(seed);
        // At most two traits: more are needed at once only by sets that cannot be told apart here.
        const SmallRules small{some(random, 2), some(random, 2), some(random, 2), some(random, 1)};
        PolicyRules rules;
        rules.kinds = small.kinds, rules.sizes = small.sizes, rules.fields = small.fields, rules.traits = small.traits;
        PolicyFacts facts{.day = day("2026-01-01")};
        if (random.below(2)) facts.kind = random.pick(words);
        if (random.below(2)) facts.size = random.pick(words);
        if (random.below(2)) facts.fields = some(random, 3);
        if (random.below(2)) facts.traits = some(random, 3);
        CHECK(name_of(judge_policy(rules, facts).truth) == name_of(naive(small, facts)));
    }
}

TEST_CASE("learning more never turns yes into no nor no into yes") {
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        INFO(seed);
        Random random(seed);
        PolicyRules rules;
        rules.territories = {random.below(2) ? "CN-33" : "CN"};
        rules.kinds = some(random, 2), rules.sizes = some(random, 2), rules.sectors = some(random, 2), rules.fields = some(random, 2),
        rules.traits = some(random, 2);
        rules.benefits = {{.rate = 10, .cap = Money{1000, "CNY"}}};
        PolicyFacts all{.day = day("2026-01-01")};
        all.territory = random.below(2) ? "CN-3305" : "CN-35";
        all.kind = random.pick(words), all.size = random.pick(words), all.sector = random.pick(words);
        all.fields = std::vector<std::string>{random.pick(words)};
        all.traits = std::vector<std::string>{random.pick(words), random.pick(words)};
        all.investment = Money{static_cast<std::int64_t>(random.below(100'000)), "CNY"};
        PolicyFacts some_known = all;
        if (random.below(2)) some_known.territory = "CN";
        if (random.below(2)) some_known.kind.reset();
        if (random.below(2)) some_known.size.reset();
        if (random.below(2)) some_known.sector.reset();
        if (random.below(2)) some_known.fields.reset();
        if (random.below(2)) some_known.traits.reset();
        const PolicyJudgement before = judge_policy(rules, some_known), after = judge_policy(rules, all);
        if (before.truth != Truth::unknown) CHECK(name_of(before.truth) == name_of(after.truth));
        for (const BenefitFinding& one : after.benefits) CHECK((one.amount && one.amount->minor <= 1000));
        CHECK(after.benefits.empty() == (after.truth == Truth::failed));
    }
}

} // namespace greenbank::library
