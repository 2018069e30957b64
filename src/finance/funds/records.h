// records.h — a green fund: what investors promised and paid in, what it invested, what came back and how that was shared.
#pragma once

#include "finance/contracts/records.h"

namespace greenbank::finance {

enum class FundKind { venture, equity, industry };
/// All that was paid in comes back before the manager has a part; or, of each deal, what was put into it.
enum class Waterfall { whole_fund, deal_by_deal };
enum class FundState { raising, investing, over };
enum class CapitalCallState { open, paid };
/// Of the waterfall; of what was called and not needed; of carry that the manager gives back.
enum class GivingKind { distribution, unused, clawback };

struct GreenFund {
    static constexpr std::string_view id_prefix = "greenfund";
    Id<GreenFund> id;
    std::string number;
    Text title;
    FundKind kind = FundKind::industry;
    Id<Organisation> manager;
    Text manager_name;
    Money target, committed, paid_in, invested, proceeds, capital_back, profit, carry; // profit: given back beyond capital, the manager's carry with it
    Waterfall waterfall = Waterfall::whole_fund;
    double hurdle = 8, carry_share = 20, catch_up = 100; // %
    Date begins_on, ends_on;
    std::string terms; // where the terms stand
    FundState state = FundState::raising;
    std::optional<Id<ledger::LedgerAccount>> account;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const GreenFund*);

struct FundCommitment {
    static constexpr std::string_view id_prefix = "commitment";
    Id<FundCommitment> id;
    Id<GreenFund> fund;
    Id<Organisation> investor;
    Text investor_name;
    Money amount, paid_in, capital_back, profit;
    Money recallable; // given back unused; may be called again
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const FundCommitment*);

/// Of one investor; a call on the fund makes one for each.
struct CapitalCall {
    static constexpr std::string_view id_prefix = "capitalcall";
    Id<CapitalCall> id;
    Id<GreenFund> fund;
    Id<FundCommitment> commitment;
    Id<Organisation> investor;
    Text investor_name;
    std::int64_t round = 1; // of the fund
    Money amount;
    Date due_on;
    std::string purpose;
    CapitalCallState state = CapitalCallState::open;
    std::optional<std::string> transfer;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CapitalCall*);

/// What the fund has put into a project's owner.
struct FundHolding {
    static constexpr std::string_view id_prefix = "holding";
    Id<FundHolding> id;
    Id<GreenFund> fund;
    Id<projects::Project> project;
    Text project_title;
    Id<Organisation> owner;
    Money invested, proceeds;
    Money capital_back, profit, carry; // deal by deal: given back out of it, as of a fund
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const FundHolding*);

struct DistributionPart {
    Text name;
    Money amount;
    std::optional<std::string> transfer;
};
Record describe(const DistributionPart*);

/// What was given back on a day, tier by tier, and to whom.
struct FundDistribution {
    static constexpr std::string_view id_prefix = "distribution";
    Id<FundDistribution> id;
    Id<GreenFund> fund;
    GivingKind kind = GivingKind::distribution;
    std::optional<Id<projects::Project>> project; // deal by deal: out of which
    std::optional<Text> project_title;
    Date day;
    Money amount, capital, preferred, catch_up, split_investors, split_manager, to_investors, to_manager;
    std::vector<DistributionPart> parts; // the manager's last
    std::string person_name;
    bool sample = false;
    Time created_at;
};
Record describe(const FundDistribution*);

} // namespace greenbank::finance

namespace greenbank {
template <> struct Choices<finance::FundKind> {
    static constexpr std::string_view name = "fund_kind";
    static constexpr std::string_view values[] = {"venture", "equity", "industry"};
};
template <> struct Choices<finance::Waterfall> {
    static constexpr std::string_view name = "fund_waterfall";
    static constexpr std::string_view values[] = {"whole_fund", "deal_by_deal"};
};
template <> struct Choices<finance::FundState> {
    static constexpr std::string_view name = "fund_state";
    static constexpr std::string_view values[] = {"raising", "investing", "over"};
};
template <> struct Choices<finance::GivingKind> {
    static constexpr std::string_view name = "giving_kind";
    static constexpr std::string_view values[] = {"distribution", "unused", "clawback"};
};
template <> struct Choices<finance::CapitalCallState> {
    static constexpr std::string_view name = "capital_call_state";
    static constexpr std::string_view values[] = {"open", "paid"};
};
} // namespace greenbank
