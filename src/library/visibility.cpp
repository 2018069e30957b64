// visibility.cpp — the same rule three times, side by side.
#include "library/visibility.h"

#include <fmt/format.h>

#include "library/entries.h"

namespace greenbank::library {

bool may_see(const Caller& caller, State state, const std::optional<Id<Organisation>>& owner) {
    return seen_by_all(state) || caller.actor.may(manage_library) || (owner && !owner->text.empty() && owner->text == caller.actor.organisation);
}

std::string seen_by(const Caller& caller, std::string_view owner_column, std::vector<Value>& parameters) {
    if (caller.actor.may(manage_library)) return "1 = 1";
    if (owner_column.empty() || caller.actor.organisation.empty()) return std::string(is_public);
    parameters.emplace_back(caller.actor.organisation);
    return fmt::format("({} OR {} = ${})", is_public, owner_column, parameters.size());
}

std::string token_of(State state, const std::optional<Id<Organisation>>& owner) {
    if (seen_by_all(state)) return "public";
    return owner ? owner->text : "bank";
}

Result<std::vector<std::string>> tokens_of(Transaction& transaction, const Caller& caller) {
    std::vector<std::string> tokens{"public"};
    if (caller.actor.may(manage_library)) {
        const Rows rows = TRY(transaction.query(
            fmt::format("SELECT holder FROM technology WHERE NOT ({0}) UNION SELECT owner FROM need WHERE NOT ({0}) UNION SELECT provider FROM capital_offer "
                        "WHERE NOT ({0})",
                is_public)));
        tokens.emplace_back("bank");
        for (const auto& row : rows.rows)
            if (!is_null(row[0])) tokens.push_back(as_text(row[0]));
    } else if (!caller.actor.organisation.empty()) {
        tokens.push_back(caller.actor.organisation);
    }
    return tokens;
}

} // namespace greenbank::library
