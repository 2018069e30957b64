// policies.cpp — the record of a policy, and how the bank enters, publishes and withdraws it.
#include "library/policies/policies.h"

#include <fmt/format.h>

#include "library/rules.h"

namespace greenbank::library {

namespace {

void check_benefit(const void* value, Problems& problems) {
    const auto& benefit = *static_cast<const PolicyBenefit*>(value);
    if (benefit.amount_per && !benefit.amount) problems.push_back({"amount_per", "policy.amount", "An amount for one unit needs the amount."});
    if (benefit.amount_per && !parse_unit(*benefit.amount_per))
        problems.push_back(
            {"amount_per", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", benefit.amount_per->substr(0, 40)}}});
    if (benefit.amount && benefit.rate) problems.push_back({"rate", "policy.amount_or_rate", "A benefit is an amount or a rate, not both."});
    if (benefit.cap && benefit.amount && benefit.cap->currency != benefit.amount->currency)
        problems.push_back({"cap", "money.currencies", "Both amounts must be in the same currency."});
}

void check_policy(const void* value, Problems& problems) {
    const auto& policy = *static_cast<const Policy*>(value);
    check_codes(reference().classes, policy.classes, "classes", problems);
    check_codes(reference().traits, policy.traits, "traits", problems);
    for (std::size_t i = 0; i < policy.territories.size(); ++i) {
        const std::string& code = policy.territories[i];
        if (!is_territory(code) || (code != "WORLD" && !reference().countries.find(code.substr(0, 2))))
            problems.push_back(
                {fmt::format("territories[{}]", i), "policy.territory", "Write a territory like CN, CN-33 (a province), CN-3305 (a city) or WORLD."});
    }
    for (std::size_t i = 0; i < policy.sectors.size(); ++i) {
        const std::string& code = policy.sectors[i];
        const bool right = !code.empty() && code.size() <= 5 && code[0] >= 'A' && code[0] <= 'T' &&
                           std::all_of(code.begin() + 1, code.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!right) problems.push_back({fmt::format("sectors[{}]", i), "policy.sector", "Write a sector as GB/T 4754 does: D, D44, D4415."});
    }
    if (policy.valid_from && policy.valid_until && *policy.valid_until < *policy.valid_from)
        problems.push_back({"valid_until", "policy.dates", "The last day must not come before the first."});
    if (policy.link) check_link(*policy.link, "link", problems);
    if (policy.status == PolicyStatus::official && !policy.link)
        problems.push_back({"link", "policy.official", "An official policy needs the address where its issuer published it."});
}

} // namespace

Record describe(const PolicyBenefit*) {
    using Benefit = PolicyBenefit;
    return {"policy_benefit", "What comes of a policy.",
        {
            field<&Benefit::kind>("kind", "Grant, interest subsidy, tax credit, price premium, guarantee fee, refinancing, quota or obligation."),
            field<&Benefit::what>("what", "In words, as people read it.", {.min = 1, .max = 1000}),
            field<&Benefit::amount>("amount", "How much money.", {.min = 0}),
            field<&Benefit::amount_per>("amount_per", "For one such unit of capacity; absent: once.", {.min = 1, .max = 40}),
            field<&Benefit::rate>("rate", "Instead: what part of the base.", {.unit = "%", .min = 0, .max = 1000}),
            field<&Benefit::base>("base", "What the rate is taken of.", {.defaulted = true}),
            field<&Benefit::cap>("cap", "At most so much.", {.min = 0}),
            field<&Benefit::quota>("quota", "A right to so much, or so much that must be done.", {.min = 0}),
        },
        check_benefit};
}

Record describe(const Policy*) {
    return {"policy", "A policy whose rules say who gets or owes what.",
        {
            field<&Policy::id>("id", "Id.", {.read_only = true}),
            field<&Policy::title>("title", "What it is called.", {.min = 1, .max = 300, .sort = true}),
            field<&Policy::summary>("summary", "What it gives or asks for, in one or two sentences.", {.min = 1, .max = 1000}),
            field<&Policy::text>("text", "The passage that matters, or more about it.", {.max = 20'000}),
            field<&Policy::issuer>("issuer", "Who issued it.", {.min = 1, .max = 300}),
            field<&Policy::number>("number", "The number of the document.", {.min = 1, .max = 80}),
            field<&Policy::level>("level", "International, national, province, city or park.", {.filter = true, .sort = true}),
            field<&Policy::territories>(
                "territories", "Where it holds: CN, CN-33 (a province), CN-3305 (a city), WORLD.", {.min = 1, .max = 100, .filter = true}),
            field<&Policy::valid_from>("valid_from", "The first day in force.", {.sort = true}),
            field<&Policy::valid_until>("valid_until", "The last day in force.", {.sort = true}),
            field<&Policy::kinds>("kinds", "For which kinds of organisation; none: for all.", {.max = 11, .filter = true}),
            field<&Policy::sizes>("sizes", "For which sizes; none: for all.", {.max = 4}),
            field<&Policy::sectors>("sectors", "For which sectors of GB/T 4754, such as D44; none: for all.", {.max = 100}),
            field<&Policy::fields>("fields", "For which fields; none: for all.", {.max = 6, .filter = true}),
            field<&Policy::classes>("classes", "For which classes, of any level; none: for all.", {.max = 100, .filter = true}),
            field<&Policy::traits>("traits", "Traits that are needed, all of them.", {.max = 30}),
            field<&Policy::measures>("measures", "What must be achieved, all of it.", {.max = 30}),
            field<&Policy::benefits>("benefits", "What comes of it.", {.min = 1, .max = 20}),
            field<&Policy::keywords>("keywords", "Words a person would search for.", {.defaulted = true}),
            field<&Policy::link>("link", "Where it can be read.", {.min = 1, .max = 500}),
            field<&Policy::source>("source", "Where our knowledge of it is from.", {.min = 1, .max = 500}),
            field<&Policy::status>("status", "Official, unconfirmed or sample.", {.filter = true}),
            field<&Policy::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&Policy::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Policy::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true}),
            field<&Policy::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Policy::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_policy, true};
}

PolicyRules rules_of(const Policy& policy) {
    PolicyRules rules{.from = policy.valid_from, .until = policy.valid_until};
    rules.territories = policy.territories;
    for (const auto kind : policy.kinds) rules.kinds.emplace_back(name_of(kind));
    for (const auto size : policy.sizes) rules.sizes.emplace_back(name_of(size));
    rules.sectors = policy.sectors;
    for (const auto field : policy.fields) rules.fields.emplace_back(name_of(field));
    rules.classes = policy.classes;
    rules.traits = policy.traits;
    for (const Requirement& one : policy.measures)
        rules.measures.push_back({one.indicator, one.comparison == Comparison::at_most ? BoundSide::at_most : BoundSide::at_least, one.value, one.unit});
    for (const PolicyBenefit& one : policy.benefits) rules.benefits.push_back({one.kind, one.amount, one.amount_per, one.rate, one.base, one.cap});
    return rules;
}

/// Names a policy.
struct PolicyKey {
    Id<Policy> id;
};
Record describe(const PolicyKey*) { return {"policy_key", "Names a policy.", {field<&PolicyKey::id>("id", "Its id.")}}; }
struct PolicyWithdrawal {
    Id<Policy> id;
    std::optional<std::string> reason;
};
Record describe(const PolicyWithdrawal*) {
    return {"policy_withdrawal", "Takes a policy out of sight.",
        {field<&PolicyWithdrawal::id>("id", "Its id."), field<&PolicyWithdrawal::reason>("reason", "Why.", {.min = 1, .max = 500})}};
}

namespace {

Result<Policy> policy_get(Transaction& transaction, const Caller& caller, const PolicyKey& key) {
    std::optional<Policy> policy = TRY(transaction.find_one<Policy>("id = $1", {key.id.text}));
    if (policy && may_see(caller, policy->state, {})) return std::move(*policy);
    if (!policy) return unseen(transaction, caller, record_of<Policy>(), key.id.text, nullptr);
    const EntryFace face = face_of(*policy);
    return unseen(transaction, caller, record_of<Policy>(), key.id.text, &face);
}

Result<Page<Policy>> policy_list(Transaction& transaction, const Caller& caller, const ListOf<Policy>& list) {
    std::vector<Value> none;
    return list_page<Policy>(transaction, caller, list, seen_by(caller, "", none));
}

Result<Reply<Policy>> policy_create(Transaction& transaction, const Caller& caller, const Policy& draft) {
    Policy policy = draft;
    policy.id = caller.new_id<Policy>();
    policy.state = State::draft;
    policy.created_at = policy.updated_at = caller.now;
    TRY(transaction.insert(policy));
    TRY(keep_version(transaction, caller, face_of(policy), "create"));
    return Reply<Policy>{.body = std::move(policy), .status = 201};
}

Result<Policy> policy_update(Transaction& transaction, const Caller& caller, const Patch<Policy>& patch) {
    TRY(keep_found(transaction, caller, face_of(TRY(transaction.get(patch.id)))));
    Policy policy = TRY(apply_patch(transaction, caller, patch));
    policy.updated_at = caller.now;
    TRY(transaction.update(policy));
    TRY(keep_version(transaction, caller, face_of(policy), "update"));
    return policy;
}

Result<Policy> policy_publish(Transaction& transaction, const Caller& caller, const PolicyKey& key) {
    return entry_into<Policy>(transaction, caller, TRY(transaction.get(key.id)), State::published, "publish", {});
}
Result<Policy> policy_withdraw(Transaction& transaction, const Caller& caller, const PolicyWithdrawal& withdrawal) {
    return entry_into<Policy>(transaction, caller, TRY(transaction.get(withdrawal.id)), State::withdrawn, "withdraw", withdrawal.reason);
}
Result<Done> policy_delete(Transaction& transaction, const Caller& caller, const PolicyKey& key) {
    const Policy policy = TRY(transaction.get(key.id));
    if (policy.state == State::published)
        return Error{Failure::conflict, "library.published", "A published entry is withdrawn, not deleted, so that links to it still say what it was."};
    TRY(delete_versions(transaction, caller, face_of(policy)));
    return transaction.erase(key.id);
}

} // namespace

Result<Page<Policy>> policies_seen(Transaction& transaction, const Caller& caller, const ListOf<Policy>& list) {
    return policy_list(transaction, caller, list);
}

std::vector<Endpoint> policy_endpoints() {
    return {
        // clang-format off
        {"policy_list", Method::get, "/policies", "Policies.", Mode::read, open_to_all, call(policy_list)},
        {"policy_get", Method::get, "/policies/{id}", "One policy.", Mode::read, open_to_all, call(policy_get)},
        {"policy_create", Method::post, "/policies", "Enter a policy as a draft.", Mode::write, manage_library, call(policy_create)},
        {"policy_update", Method::patch, "/policies/{id}", "Change a policy.", Mode::write, manage_library, call(policy_update)},
        {"policy_publish", Method::post, "/policies/{id}/publish", "Let everybody see a policy.", Mode::write, manage_library, call(policy_publish)},
        {"policy_withdraw", Method::post, "/policies/{id}/withdraw", "Take a policy out of sight.", Mode::write, manage_library, call(policy_withdraw)},
        {"policy_delete", Method::remove, "/policies/{id}", "Delete a policy that is not published.", Mode::write, manage_library, call(policy_delete)},
        // clang-format on
    };
}

} // namespace greenbank::library
