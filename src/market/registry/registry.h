// registry.h — what registry, exchange and pledges share: rights, whose ledger account holds a product, and tonnes that move with their numbers.
#pragma once

#include "api/call.h"
#include "ledger/book.h"
#include "market/engine/serials.h"
#include "market/registry/records.h"
#include "parties/acting.h"
#include "parties/log/transparency_log.h"

namespace greenbank::market {

inline constexpr Right trade_carbon{"market.trade"};     // of one's own organisation: transfers, retirements, orders, bids
inline constexpr Right keep_registry{"market.registry"}; // programmes, products, accounts, obligations
inline constexpr Right issue_carbon{"market.issue"};     // the other pair of eyes
inline constexpr Right run_exchange{"market.run"};       // markets, halts, auctions

/// What the ledger counts a tonne in: its assets of carbon have three places.
constexpr int carbon_scale = 3;
constexpr std::int64_t per_tonne = 1'000;

using parties::acting_organisation;
/// The organisation's open account at the registry; refused in words where there is none or it is frozen.
Result<RegistryAccount> open_registry_account(Transaction& transaction, const Id<Organisation>& organisation);

/// The organisation's ledger account in an asset; a product's is opened where there is none.
Result<ledger::LedgerAccount> holding_account(
    ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const CarbonProduct& product, const Id<Organisation>& organisation);
/// Its one deposit in a currency.
Result<ledger::LedgerAccount> cash_account(Transaction& transaction, const std::string& currency, const Id<Organisation>& organisation);

enum class ProductAccount { retired, cancelled, surrendered, pledged, clearing };
/// One of the product's own accounts, opened where it is needed first.
Result<Id<ledger::LedgerAccount>> product_account(
    ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, CarbonProduct& product, ProductAccount which);

/// What may be given now, in tonnes: the balance without what is held.
std::int64_t available_tonnes(const ledger::Book::Turn& turn, const ledger::LedgerAccount& account);

/// Tonnes of a product bought today in markets that let nobody sell again on the same day: they are not given away either.
Result<std::int64_t> bought_today(Transaction& transaction, const Caller& caller, const Id<CarbonProduct>& product, const Id<Organisation>& organisation);

/// Numbers of whole tonnes go from a holder to another, or end. The lowest go first. Says which went.
struct SerialMove {
    Id<Organisation> from, to;
    std::int64_t tonnes = 0;
    BlockState state = BlockState::held;
    std::string ended_by = {};
};
Result<SerialRanges> move_serials(Transaction& transaction, const Caller& caller, const CarbonProduct& product, const SerialMove& move);
/// New numbers come to a holder.
Result<SerialRange> issue_serials(Transaction& transaction, const Caller& caller, CarbonProduct& product, const Id<Organisation>& to, std::int64_t tonnes);
/// "CN-CCER-0417-2026-1…600, 701…900"
std::string serials_text(const CarbonProduct& product, const SerialRanges& ranges);

/// One transfer of whole tonnes that must happen; its id.
Result<std::string> post_tonnes(ledger::Book::Turn& turn, const Caller& caller, const Id<ledger::LedgerAccount>& from, const Id<ledger::LedgerAccount>& to,
    std::int64_t tonnes, const std::string& note);

/// Tonnes of an organisation end: the ledger's transfer, their numbers, and the certificate, in one transaction.
struct EndAsk {
    EndKind kind = EndKind::retirement;
    Id<CarbonProduct> product;
    Id<Organisation> organisation;
    std::int64_t tonnes = 0;
    Text beneficiary, purpose;
    std::optional<std::string> obligation = {};
};
Result<UnitEnd> end_tonnes(ledger::Book& book, const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const EndAsk& ask);

Result<std::string> person_name(Transaction& transaction, const Caller& caller);

template <class T> struct KeyOf { Id<T> id; };

std::vector<Endpoint> programme_endpoints(ledger::Book& book);
std::vector<Endpoint> issuance_endpoints(ledger::Book& book);
std::vector<Endpoint> holding_endpoints(ledger::Book& book);
/// `address`: how the bank is called from outside, for codes on paper.
std::vector<Endpoint> retirement_endpoints(ledger::Book& book, const parties::TransparencyLog& log, const std::string& address);
std::vector<Endpoint> compliance_endpoints(ledger::Book& book, const parties::TransparencyLog& log);
std::vector<Endpoint> carry_over_endpoints(ledger::Book& book, const parties::TransparencyLog& log);
/// Serial numbers held are the ledger's balances, and no number stands twice.
Check registry_check();

} // namespace greenbank::market
