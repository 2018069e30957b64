// account_settings.cpp — rules, states and limits for the engine.
#include "ledger/account_settings.h"

#include "ledger/decimals.h"

namespace greenbank::ledger {

std::uint16_t flags_of(const LedgerAccount& account) {
    unsigned flags = 0;
    if (account.rule == AccountRule::debits_must_not_exceed_credits) flags |= flag::debits_must_not_exceed_credits;
    if (account.rule == AccountRule::credits_must_not_exceed_debits) flags |= flag::credits_must_not_exceed_debits;
    if (account.state == AccountStanding::frozen) flags |= flag::frozen;
    if (account.state == AccountStanding::debits_frozen) flags |= flag::debits_frozen;
    return static_cast<std::uint16_t>(flags);
}

Error amount_malformed(std::string_view field, int scale) {
    return invalid({{std::string(field), "ledger.amount_malformed", "Write an amount in digits with at most {scale} places after the point, like {example}.",
        {{"scale", std::to_string(scale)}, {"example", decimal_text(SignedAmount{125'000}, scale)}}}});
}

Result<std::optional<SignedAmount>> limit_of(const std::optional<std::string>& text, int scale, std::string_view field) {
    if (!text) return std::optional<SignedAmount>{};
    const auto amount = parse_decimal(*text, scale);
    if (!amount) return amount_malformed(field, scale);
    return amount;
}

} // namespace greenbank::ledger
