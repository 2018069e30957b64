// records.h — settlement between two markets in two currencies: who takes part and with what, their deals, and what came of them.
// No rule for this is in force anywhere: all of it is a simulation, and says so wherever it shows.
#pragma once

#include "market/exchange/records.h"
#include "market/registry/registry.h"

namespace greenbank::market {

/// Which tonnes may cross, and how far the host country must have gone in adjusting its balance before they do.
struct EligibleProduct {
    Id<CarbonProduct> product;
    Adjustment adjustment_needed = Adjustment::authorised;
};
Record describe(const EligibleProduct*);

/// Who takes part, what it is called in statements, and in which of the two currencies it settles.
struct BorderMember {
    Id<Organisation> organisation;
    std::string code, currency;
};
Record describe(const BorderMember*);

enum class RateBasis { stored, quoted };

/// Between which markets, by which rules.
struct BorderArrangement {
    static constexpr std::string_view id_prefix = "arrangement";
    Id<BorderArrangement> id;
    std::string code;
    Text name;
    Id<Market> home, abroad;
    RateBasis rate_basis = RateBasis::stored;
    std::int64_t rate_days_max = 7; // a stored rate is no older
    std::vector<EligibleProduct> products;
    std::vector<BorderMember> members;
    std::string source;
    bool simulation = true; // always
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const BorderArrangement*);

struct BorderSettlement;

enum class BorderDealState { proposed, agreed, settled, failed, refused };

struct BorderTrade {
    static constexpr std::string_view id_prefix = "borderdeal";
    Id<BorderTrade> id;
    Id<BorderArrangement> arrangement;
    Id<Organisation> seller, buyer, proposer;
    Id<CarbonProduct> product;
    std::int64_t tonnes = 0;
    std::string price;    // decimal
    std::string currency; // of the product's market
    BorderDealState state = BorderDealState::proposed;
    std::optional<std::string> reason; // why it failed: a code of `error.border.…`
    std::optional<Id<BorderSettlement>> settlement;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const BorderTrade*);

/// A party's balance: by currency of the deals, and what it pays or receives in its own. Below zero it pays.
struct SettledPosition {
    Id<Organisation> organisation;
    std::string code, net_home, net_abroad, settled, currency;
};
Record describe(const SettledPosition*);
struct SettledUnits {
    Id<Organisation> organisation;
    std::string code;
    Id<CarbonProduct> product;
    std::int64_t tonnes = 0; // below zero it gives
};
Record describe(const SettledUnits*);
/// Tonnes that left their host country on balance; below zero they came back.
struct AdjustmentDue {
    Id<CarbonProduct> product;
    std::string host_country;
    std::int64_t tonnes = 0;
    Adjustment adjustment = Adjustment::none; // of the host country, so far
};
Record describe(const AdjustmentDue*);

struct BorderSettlement {
    static constexpr std::string_view id_prefix = "bordersettlement";
    Id<BorderSettlement> id;
    Id<BorderArrangement> arrangement;
    Date day;
    RateBasis rate_basis = RateBasis::stored;
    std::string rate, rate_source; // one unit of the currency abroad in that at home
    std::int64_t deals = 0, failed = 0;
    std::string gross_home, gross_abroad, paid_home, paid_abroad, exchange_home, exchange_abroad;
    std::vector<SettledPosition> positions;
    std::vector<SettledUnits> units;
    std::vector<AdjustmentDue> adjustments;
    std::string statement, statement_digest;
    std::vector<std::string> transfers_home, transfers_abroad, transfers_units; // of the ledger
    std::string proof_home, proof_abroad;                                       // codes of the transparency log
    std::optional<std::string> other_log, other_proof;                          // another bank's log that says the same
    bool simulation = true;
    bool sample = false;
    std::string made_by, made_by_name;
    Time made_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const BorderSettlement*);

std::vector<Endpoint> border_deal_endpoints();
std::vector<Endpoint> border_settlement_endpoints(ledger::Book& book, const parties::TransparencyLog& log);
std::vector<Endpoint> border_paper_endpoints(const std::string& address);

/// Why a deal may not be settled across the border: a code of `error.border.…`; empty: it may.
Result<std::string> border_fault(Transaction& transaction, const BorderArrangement& arrangement, const BorderTrade& deal);

} // namespace greenbank::market

namespace greenbank {
template <> struct Choices<market::RateBasis> { static constexpr std::string_view name = "rate_basis", values[] = {"stored", "quoted"}; };
template <> struct Choices<market::BorderDealState> {
    static constexpr std::string_view name = "border_deal_state", values[] = {"proposed", "agreed", "settled", "failed", "refused"};
};
} // namespace greenbank
