// records.cpp — the descriptions of what the ledger stores.
#include "ledger/records.h"

#include "ledger/decimals.h"

namespace greenbank::ledger {

namespace {

/// Room for 128 bits with sign and point.
constexpr double decimal_length = 42;

template <class T> void check_decimal(const T& text, std::string_view field, Problems& problems) {
    if (!parse_decimal(text, asset_scale_max))
        problems.push_back({std::string(field), "ledger.amount_malformed", "Write an amount in digits with a point, like 1250.00."});
}

} // namespace

Record describe(const LedgerAsset*) {
    return {"asset", "Something that can be owned and is fungible: a currency, allowances of a vintage, credits of a project and vintage.",
        {field<&LedgerAsset::id>("id", "Its id.", {.read_only = true}), field<&LedgerAsset::number>("number", "Its number in the ledger.", {.read_only = true}),
            field<&LedgerAsset::code>("code", "CNY, CEA, CCER.", {.min = 1, .max = 20, .filter = true}),
            field<&LedgerAsset::key>("key", "What sets it apart among those of its code: a vintage, a project and vintage.", {.max = 60, .defaulted = true}),
            field<&LedgerAsset::scale>("scale", "Decimal places of its unit.", {.min = 0, .max = 18}),
            field<&LedgerAsset::kind>("kind", "Money, allowances or credits.", {.filter = true}),
            field<&LedgerAsset::name>("name", "As people call it.", {.min = 1, .max = 200}),
            field<&LedgerAsset::revision>("revision", "The ledger's count of changes when it came.", {.read_only = true}),
            field<&LedgerAsset::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&LedgerAsset::created_at>("created_at", "When it was entered.", {.read_only = true})},
        nullptr, true};
}

Record describe(const LedgerAccount*) {
    return {"account", "An account of one owner in one asset.",
        {field<&LedgerAccount::id>("id", "Its id.", {.read_only = true}),
            field<&LedgerAccount::number>("number", "Its number in the ledger.", {.read_only = true, .sort = true}),
            field<&LedgerAccount::title>("title", "What it is called.", {.min = 1, .max = 200}),
            field<&LedgerAccount::owner>("owner", "Whose it is.", {.filter = true}),
            field<&LedgerAccount::purpose>("purpose", "Its line in the chart of accounts.", {.filter = true, .sort = true}),
            field<&LedgerAccount::asset>("asset", "In which asset.", {.filter = true}),
            field<&LedgerAccount::rule>("rule", "What its balance may never do.", {.defaulted = true}),
            field<&LedgerAccount::state>("state", "Open, frozen or closed.", {.read_only = true, .filter = true}),
            field<&LedgerAccount::balance_min>("balance_min", "Credits less debits never go below it, holds taken at their worst.", {.max = decimal_length}),
            field<&LedgerAccount::balance_max>("balance_max", "Credits less debits never go above it, holds taken at their worst.", {.max = decimal_length}),
            field<&LedgerAccount::revision>("revision", "The ledger's count of changes when it last changed.", {.read_only = true}),
            field<&LedgerAccount::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&LedgerAccount::created_at>("created_at", "When it was opened.", {.read_only = true, .sort = true}),
            field<&LedgerAccount::updated_at>("updated_at", "When its settings last changed.", {.read_only = true}),
            field<&LedgerAccount::version>("version", "Counts changes of its settings.", {.read_only = true})},
        [](const void* value, Problems& problems) {
            const auto& account = *static_cast<const LedgerAccount*>(value);
            if (account.balance_min) check_decimal(*account.balance_min, "balance_min", problems);
            if (account.balance_max) check_decimal(*account.balance_max, "balance_max", problems);
        },
        true};
}

Record describe(const JournalRound*) {
    return {"journal_round", "What one request wrote into the journal of the ledger.",
        {field<&JournalRound::id>("id", "Its id.", {.read_only = true}),
            field<&JournalRound::sequence>("sequence", "Counts rounds from 1.", {.read_only = true, .sort = true}),
            field<&JournalRound::first>("first", "Its first line.", {.read_only = true}),
            field<&JournalRound::last>("last", "Its last line.", {.read_only = true}),
            field<&JournalRound::revision>("revision", "How often assets, accounts and periods have changed.", {.read_only = true}),
            field<&JournalRound::at>("at", "When.", {.read_only = true}),
            field<&JournalRound::digest>("digest", "SHA-256 over its lines and the digest before it.", {.max = 64, .read_only = true})}};
}

Record describe(const ClosedPeriod*) {
    return {"period", "Booking days that are closed.",
        {field<&ClosedPeriod::id>("id", "Its id.", {.read_only = true}), field<&ClosedPeriod::first_day>("first_day", "The first closed day."),
            field<&ClosedPeriod::last_day>("last_day", "The last closed day."),
            field<&ClosedPeriod::closed_by>("closed_by", "Who closed it.", {.read_only = true}),
            field<&ClosedPeriod::closed_at>("closed_at", "When it was closed.", {.read_only = true})}};
}

Record describe(const TransferOrder*) {
    return {"transfer_order", "A transfer that a person asks for; above the person's limits another one must agree.",
        {field<&TransferOrder::id>("id", "Its id.", {.read_only = true}), field<&TransferOrder::debit>("debit", "The account that gives."),
            field<&TransferOrder::credit>("credit", "The account that receives."),
            field<&TransferOrder::asset>("asset", "The asset of both accounts.", {.read_only = true, .filter = true}),
            field<&TransferOrder::amount>("amount", "How much, as a decimal.", {.min = 1, .max = decimal_length}),
            field<&TransferOrder::note>("note", "What for.", {.max = 200}), field<&TransferOrder::value_date>("value_date", "Counts from this day."),
            field<&TransferOrder::state>("state", "Waiting, posted, refused or withdrawn.", {.read_only = true, .filter = true}),
            field<&TransferOrder::reason>("reason", "Why it was refused.", {.max = 500, .read_only = true}),
            field<&TransferOrder::transfer>("transfer", "The transfer it became.", {.read_only = true}),
            field<&TransferOrder::made_by>("made_by", "Who asked for it.", {.read_only = true, .filter = true}),
            field<&TransferOrder::made_by_name>("made_by_name", "By name.", {.read_only = true}),
            field<&TransferOrder::made_on>("made_on", "On which day.", {.read_only = true, .sort = true}),
            field<&TransferOrder::checked_by>("checked_by", "Who agreed or refused.", {.read_only = true}),
            field<&TransferOrder::checked_by_name>("checked_by_name", "By name.", {.read_only = true}),
            field<&TransferOrder::checked_at>("checked_at", "When.", {.read_only = true}),
            field<&TransferOrder::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&TransferOrder::created_at>("created_at", "When it was asked for.", {.read_only = true, .sort = true}),
            field<&TransferOrder::version>("version", "Counts changes.", {.read_only = true})},
        [](const void* value, Problems& problems) { check_decimal(static_cast<const TransferOrder*>(value)->amount, "amount", problems); }};
}

Record describe(const MakerLimit*) {
    return {"maker_limit", "What a person may transfer without another one's agreement.",
        {field<&MakerLimit::id>("id", "Its id.", {.read_only = true}), field<&MakerLimit::person>("person", "Whose limit.", {.filter = true}),
            field<&MakerLimit::asset>("asset", "In which asset.", {.filter = true}),
            field<&MakerLimit::single_max>("single_max", "The most in one transfer.", {.min = 1, .max = decimal_length}),
            field<&MakerLimit::daily_max>("daily_max", "The most on one day.", {.min = 1, .max = decimal_length}),
            field<&MakerLimit::set_by>("set_by", "Who set it.", {.read_only = true}),
            field<&MakerLimit::updated_at>("updated_at", "When.", {.read_only = true})},
        [](const void* value, Problems& problems) {
            const auto& limit = *static_cast<const MakerLimit*>(value);
            check_decimal(limit.single_max, "single_max", problems);
            check_decimal(limit.daily_max, "daily_max", problems);
        }};
}

Record describe(const ExchangeRate*) {
    return {"exchange_rate", "What one unit of an asset was worth in another on a day.",
        {field<&ExchangeRate::id>("id", "Its id.", {.read_only = true}), field<&ExchangeRate::asset>("asset", "One unit of this …", {.filter = true}),
            field<&ExchangeRate::into_asset>("into_asset", "… in units of this.", {.filter = true}),
            field<&ExchangeRate::day>("day", "From this day on, until there is a later one.", {.filter = true, .sort = true}),
            field<&ExchangeRate::rate>("rate", "As a decimal with at most 10 places.", {.min = 1, .max = 30}),
            field<&ExchangeRate::source>("source", "Where it is from.", {.min = 1, .max = 300}),
            field<&ExchangeRate::status>("status", "Official, unconfirmed or sample."),
            field<&ExchangeRate::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&ExchangeRate::created_at>("created_at", "When it was entered.", {.read_only = true})},
        [](const void* value, Problems& problems) {
            const auto rate = parse_decimal(static_cast<const ExchangeRate*>(value)->rate, rate_scale);
            if (!rate || *rate <= 0)
                problems.push_back({"rate", "ledger.rate_malformed", "Write a rate above zero in digits with a point and at most 10 places, like 7.1234."});
        }};
}

Record describe(const IssuedStatement*) {
    return {"statement", "A statement of an account that was issued on paper.",
        {field<&IssuedStatement::id>("id", "Its code.", {.read_only = true}),
            field<&IssuedStatement::account>("account", "Of which account.", {.filter = true}),
            field<&IssuedStatement::first_day>("first_day", "Its first day."), field<&IssuedStatement::last_day>("last_day", "Its last day."),
            field<&IssuedStatement::opening>("opening", "The balance before it.", {.read_only = true}),
            field<&IssuedStatement::closing>("closing", "The balance at its end.", {.read_only = true}),
            field<&IssuedStatement::line_count>("line_count", "How many lines.", {.read_only = true}),
            field<&IssuedStatement::last_line>("last_line", "The last of them in the journal.", {.read_only = true}),
            field<&IssuedStatement::digest>("digest", "SHA-256 over its lines.", {.read_only = true}),
            field<&IssuedStatement::issued_by>("issued_by", "Who issued it.", {.read_only = true}),
            field<&IssuedStatement::issued_at>("issued_at", "When.", {.read_only = true}),
            field<&IssuedStatement::sample>("sample", "Part of the sample bank.", {.read_only = true})}};
}

} // namespace greenbank::ledger
