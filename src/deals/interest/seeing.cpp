// seeing.cpp — sides, names, and what the audit trail keeps.
#include "deals/interest/seeing.h"

#include <fmt/format.h>

#include "deals/engine/anonymity.h"
#include "library/disclosure/disclosure.h"
#include "json/json.h"

namespace greenbank::deals {

using library::acts_for;

bool Side::is(InterestPart part) const {
    switch (part) {
    case InterestPart::party: return party;
    case InterestPart::owner: return owner;
    case InterestPart::adviser: return adviser;
    case InterestPart::bank: return bank;
    }
    return false;
}

Side side_of(const Caller& caller, const Interest& interest) {
    const bool bank = caller.actor.may(advise_deals);
    return {.party = acts_for(caller, interest.organisation),
        .owner = acts_for(caller, interest.owner) && interest.forwarded_at,
        .adviser = bank && interest.adviser == caller.actor.person,
        .bank = bank};
}

std::string seen_interests(const Caller& caller, std::vector<Value>& parameters) {
    if (caller.actor.may(advise_deals)) return "";
    parameters.emplace_back(caller.actor.organisation);
    const std::string mine = fmt::format("${}", parameters.size());
    return fmt::format("organisation = {0} OR (owner = {0} AND forwarded_at IS NOT NULL)", mine);
}

Result<Interest> own_interest(Transaction& transaction, const Caller& caller, const Id<Interest>& id) {
    Interest interest = TRY(transaction.get(id));
    if (side_of(caller, interest).none()) return not_found(record_of<Interest>(), id.text);
    return interest;
}

Result<bool> hides_owner(Transaction& transaction, const Caller& party, const Interest& interest) {
    const auto entry = library::entry_owner(transaction, party, interest.entry);
    if (!entry) return true; // withdrawn since: what it showed last is not known here
    return entry.value().owner_stage > TRY(library::stage_of(transaction, party, interest.owner, interest.entry));
}

Result<Interest> seen(Transaction& transaction, const Caller& caller, Interest interest) {
    const Side side = side_of(caller, interest);
    if (side.bank || names_are_open(interest.state)) return interest;
    if (!side.party) {
        interest.organisation.reset();
        interest.person.clear();
        interest.person_name.clear();
    } else if (TRY(hides_owner(transaction, caller, interest))) interest.owner.reset();
    return interest;
}

Result<Done> check_anonymous(Transaction& transaction, const std::string& field, const std::string& text, const std::string& organisation,
    const std::string& person_name, Problems& problems) {
    const auto who = TRY(transaction.find_one<Organisation>("id = $1", {organisation}));
    std::vector<std::string> names{person_name};
    if (who) names.insert(names.end(), {who->name.zh, who->name.en, who->name.ru});
    std::erase_if(names, [](const std::string& name) { return name.empty(); });
    for (const Trace trace : traces_in(text, names)) {
        if (trace == Trace::name)
            problems.push_back(
                {field, "interest.names_itself", "This tells the other side a name before it should know it; describe the organisation without it."});
        else
            problems.push_back({field, "interest.contact",
                "An address, a link or a number to call tells who it is; the adviser carries your words until both sides are named."});
    }
    return Done{};
}

namespace {

std::string without_names(Interest interest) {
    if (!names_are_open(interest.state)) {
        interest.owner.reset();
        interest.organisation.reset();
    }
    return to_json(interest);
}

/// Stores without the store's own capture, which would keep all of it.
template <class Store> Result<Done> captured(Transaction& transaction, const Interest* before, Interest& interest, Store store) {
    const bool capture = std::exchange(transaction.capture_changes, false);
    auto done = store();
    transaction.capture_changes = capture;
    if (done && capture) transaction.capture({"interest", interest.id.text, before ? without_names(*before) : "", without_names(interest)});
    return done;
}

} // namespace

Result<Done> insert_interest(Transaction& transaction, const Interest& interest) {
    Interest copy = interest;
    return captured(transaction, nullptr, copy, [&] { return transaction.insert(interest); });
}

Result<Done> update_interest(Transaction& transaction, Interest& interest) {
    const Interest before = TRY(transaction.get(interest.id));
    return captured(transaction, &before, interest, [&] { return transaction.update(interest); });
}

} // namespace greenbank::deals
