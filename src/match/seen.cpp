// seen.cpp — through the library's rules of disclosure.
#include "match/seen.h"

#include "library/library.h"

namespace greenbank::match {

Result<library::Need> need_seen(Transaction& transaction, const Caller& caller, const Id<library::Need>& id) {
    library::Need need = TRY(transaction.get(id));
    if (!library::may_see(caller, need.state, need.owner)) return not_found(record_of<library::Need>(), id.text);
    return library::listed_need(caller, std::move(need));
}

Result<library::Technology> technology_seen(Transaction& transaction, const Caller& caller, const Id<library::Technology>& id) {
    library::Technology technology = TRY(transaction.get(id));
    if (!library::may_see(caller, technology.state, technology.holder)) return not_found(record_of<library::Technology>(), id.text);
    return library::teaser(std::move(technology));
}

Result<std::vector<library::Need>> own_needs(Transaction& transaction, const Caller& caller) {
    if (caller.actor.organisation.empty()) return std::vector<library::Need>{};
    return transaction.find<library::Need>("owner = $1 AND state = 'published' AND disclosure <> '[]' ORDER BY id LIMIT 500", {caller.actor.organisation});
}

Result<std::optional<Text>> Names::of(Transaction& transaction, const std::optional<Id<library::Organisation>>& organisation) {
    if (!organisation) return std::optional<Text>{};
    const auto known = known_.find(organisation->text);
    if (known != known_.end()) return known->second.empty() ? std::nullopt : std::optional(known->second);
    const auto found = TRY(transaction.find_one<library::Organisation>("id = $1", {organisation->text}));
    const Text name = found ? found->name : Text{};
    known_[organisation->text] = name;
    return name.empty() ? std::optional<Text>{} : std::optional(name);
}

} // namespace greenbank::match
