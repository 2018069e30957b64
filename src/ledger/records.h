// records.h — what the ledger stores by description: assets, accounts, rounds of the journal, closed periods, orders, limits, rates.
// The journal's lines, balances and open holds are plain tables, written many at a time: see migrations/ and journal_rows.h.
// Amounts are texts: whole minor units in the journal, decimals of the asset's scale ("1250.00") where people and programs see them.
#pragma once

#include "parties/records.h"

namespace greenbank::ledger {

enum class AssetKind { currency, allowance, credit };

/// What can be owned and is fungible: money by currency, allowances by vintage, credits by project and vintage.
struct LedgerAsset {
    static constexpr std::string_view id_prefix = "asset";
    Id<LedgerAsset> id;
    std::int64_t number = 0; // the ledger's own, from 0
    std::string code;        // "CNY", "CEA"
    std::string key;         // "2025"; empty where the code says all
    std::int64_t scale = 2;
    AssetKind kind = AssetKind::currency;
    Text name;
    std::int64_t revision = 0;
    bool sample = false;
    Time created_at;
};
Record describe(const LedgerAsset*);

/// Lines of the chart of accounts, in the order of a balance sheet: what the bank owns, what others have with it, what it earns.
enum class AccountPurpose {
    settlement,
    loan,
    receivable,
    customer,
    escrow,
    clearing,
    guarantee,
    compensation_fund,
    issued,
    retired,
    exchange,
    capital,
    fee,
    suspense
};

enum class AccountRule { free, debits_must_not_exceed_credits, credits_must_not_exceed_debits };
enum class AccountStanding { open, debits_frozen, frozen, closed };

struct LedgerAccount {
    static constexpr std::string_view id_prefix = "account";
    Id<LedgerAccount> id;
    std::int64_t number = 0;
    Text title;
    Id<parties::Organisation> owner;
    AccountPurpose purpose = AccountPurpose::customer;
    Id<LedgerAsset> asset;
    AccountRule rule = AccountRule::debits_must_not_exceed_credits;
    AccountStanding state = AccountStanding::open;
    std::optional<std::string> balance_min, balance_max; // decimals
    std::int64_t revision = 0;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const LedgerAccount*);

/// What one unit of work wrote into the journal. Its digest covers the lines and the digest before, so that the last one covers all;
/// as a described record it stands in the audit line of the request, and with that in the transparency log.
struct JournalRound {
    static constexpr std::string_view id_prefix = "round";
    Id<JournalRound> id;
    std::int64_t sequence = 0;        // from 1 without a gap
    std::int64_t first = 1, last = 0; // lines; last < first: only accounts or periods changed
    std::int64_t revision = 0;        // how often assets, accounts and periods changed so far
    Time at;
    std::string digest; // SHA-256, hexadecimal
};
Record describe(const JournalRound*);

/// Booking days that are closed, both ends included.
struct ClosedPeriod {
    static constexpr std::string_view id_prefix = "period";
    Id<ClosedPeriod> id;
    Date first_day, last_day;
    std::string closed_by; // a person
    Time closed_at;
};
Record describe(const ClosedPeriod*);

enum class OrderState { waiting, posted, refused, withdrawn };

/// A transfer that a person asks for. Within the person's limits it is posted at once, else it waits for another person.
struct TransferOrder {
    static constexpr std::string_view id_prefix = "order";
    Id<TransferOrder> id;
    Id<LedgerAccount> debit, credit;
    Id<LedgerAsset> asset;
    std::string amount; // decimal
    std::optional<std::string> note;
    std::optional<Date> value_date;
    OrderState state = OrderState::waiting;
    std::optional<std::string> reason;   // of a refusal
    std::optional<std::string> transfer; // once posted
    std::string made_by, made_by_name;
    Date made_on;
    std::optional<std::string> checked_by, checked_by_name;
    std::optional<Time> checked_at;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const TransferOrder*);

/// What a person may transfer alone, by asset; nothing where there is no such row.
struct MakerLimit {
    static constexpr std::string_view id_prefix = "limit";
    Id<MakerLimit> id;
    Id<parties::Person> person;
    Id<LedgerAsset> asset;
    std::string single_max, daily_max; // decimals
    std::string set_by;
    Time updated_at;
};
Record describe(const MakerLimit*);

enum class RateStatus { official, unconfirmed, sample };

/// What one unit of an asset was worth in another on a day.
struct ExchangeRate {
    static constexpr std::string_view id_prefix = "rate";
    Id<ExchangeRate> id;
    Id<LedgerAsset> asset, into_asset;
    Date day;
    std::string rate; // decimal, at most 10 places
    std::string source;
    RateStatus status = RateStatus::unconfirmed;
    bool sample = false;
    Time created_at;
};
Record describe(const ExchangeRate*);

/// A statement that was issued on paper. Lines never change, so the paper can be made again and checked for ever: the digest covers
/// them. The id cannot be guessed, and whoever holds the paper may ask for it without signing in.
struct IssuedStatement {
    static constexpr std::string_view id_prefix = "statement";
    Id<IssuedStatement> id;
    Id<LedgerAccount> account;
    Date first_day, last_day;
    std::string opening, closing; // decimals
    std::int64_t line_count = 0, last_line = 0;
    std::string digest; // SHA-256, hexadecimal
    std::string issued_by;
    Time issued_at;
    bool sample = false;
};
Record describe(const IssuedStatement*);

} // namespace greenbank::ledger

template <> struct greenbank::Choices<greenbank::ledger::AssetKind> {
    static constexpr std::string_view name = "asset_kind";
    static constexpr std::string_view values[] = {"currency", "allowance", "credit"};
};
template <> struct greenbank::Choices<greenbank::ledger::AccountPurpose> {
    static constexpr std::string_view name = "account_purpose";
    static constexpr std::string_view values[] = {"settlement", "loan", "receivable", "customer", "escrow", "clearing", "guarantee", "compensation_fund",
        "issued", "retired", "exchange", "capital", "fee", "suspense"};
};
template <> struct greenbank::Choices<greenbank::ledger::AccountRule> {
    static constexpr std::string_view name = "account_rule";
    static constexpr std::string_view values[] = {"free", "debits_must_not_exceed_credits", "credits_must_not_exceed_debits"};
};
template <> struct greenbank::Choices<greenbank::ledger::AccountStanding> {
    static constexpr std::string_view name = "account_state";
    static constexpr std::string_view values[] = {"open", "debits_frozen", "frozen", "closed"};
};
template <> struct greenbank::Choices<greenbank::ledger::OrderState> {
    static constexpr std::string_view name = "order_state";
    static constexpr std::string_view values[] = {"waiting", "posted", "refused", "withdrawn"};
};
template <> struct greenbank::Choices<greenbank::ledger::RateStatus> {
    static constexpr std::string_view name = "rate_status";
    static constexpr std::string_view values[] = {"official", "unconfirmed", "sample"};
};
