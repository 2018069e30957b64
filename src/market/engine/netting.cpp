// netting.cpp — holds that change end first, then money and units move, then holds begin.
#include "market/engine/netting.h"

namespace greenbank::market {

namespace {

bool is_member(Account account) { return account != clearing_account && account != fee_account; }

} // namespace

std::vector<Movement> net(std::span<const Movement> movements, Holds& holds, std::uint64_t first) {
    using Key = std::pair<Account, Asset>;
    struct Sum {
        std::int64_t held = 0, paid = 0; // more held than before; given on balance, to others than the fee account
        bool changes = false;            // of holds, be they equal in the end
    };
    std::map<Key, Sum> sums;
    std::map<Account, std::int64_t> fees;
    std::vector<const Movement*> direct; // between members
    // A batch is mostly of one or two members: their rows are found without the map.
    Key recent_keys[2] = {};
    Sum* recent[2] = {};
    const auto sum_of = [&](Account account, Asset asset) -> Sum& {
        const Key key{account, asset};
        for (int i = 0; i < 2; ++i)
            if (recent[i] != nullptr && recent_keys[i] == key) return *recent[i];
        Sum& sum = sums[key];
        recent[1] = recent[0], recent_keys[1] = recent_keys[0];
        recent[0] = &sum, recent_keys[0] = key;
        return sum;
    };
    for (const Movement& one : movements) {
        if (one.kind != Movement::Kind::pay) {
            Sum& sum = sum_of(one.from, one.asset);
            sum.held += one.kind == Movement::Kind::hold ? one.amount : -one.amount;
            sum.changes = true;
        } else if (one.to == fee_account) {
            fees[one.from] += one.amount;
        } else if (is_member(one.from) && is_member(one.to)) {
            direct.push_back(&one);
        } else {
            if (is_member(one.from)) sum_of(one.from, one.asset).paid += one.amount;
            if (is_member(one.to)) sum_of(one.to, one.asset).paid -= one.amount;
        }
    }
    std::vector<Movement> asked;
    const auto ask = [&](Movement::Kind kind, Asset asset, Account from, Account to, std::int64_t amount, std::uint64_t hold) {
        asked.push_back({kind, asset, from, to, amount, first + asked.size(), hold, true});
    };
    // Deals between members happen one by one: each must find what the one before left, so whatever was held in between is free for them.
    const auto begins_anew = [&](const Sum& sum) { return sum.held != 0 || (sum.changes && !direct.empty()); };
    for (const auto& [key, sum] : sums)
        if (const auto before = holds.find(key); before != holds.end() && begins_anew(sum))
            ask(Movement::Kind::release, key.second, key.first, clearing_account, before->second.amount, before->second.number);
    for (const auto& [key, sum] : sums)
        if (sum.paid > 0) ask(Movement::Kind::pay, key.second, key.first, clearing_account, sum.paid, 0);
    for (const auto& [key, sum] : sums)
        if (sum.paid < 0) ask(Movement::Kind::pay, key.second, clearing_account, key.first, -sum.paid, 0);
    for (const Movement* one : direct) ask(Movement::Kind::pay, one->asset, one->from, one->to, one->amount, 0);
    for (const auto& [account, fee] : fees) ask(Movement::Kind::pay, Asset::cash, account, fee_account, fee, 0);
    for (const auto& [key, sum] : sums) {
        if (!begins_anew(sum)) continue;
        const auto before = holds.find(key);
        const std::int64_t amount = (before == holds.end() ? 0 : before->second.amount) + sum.held;
        if (amount == 0) {
            holds.erase(key);
            continue;
        }
        holds[key] = {first + asked.size(), amount};
        ask(Movement::Kind::hold, key.second, key.first, clearing_account, amount, 0);
    }
    if (!asked.empty()) asked.back().linked = false;
    return asked;
}

} // namespace greenbank::market
