// pledges.h — tonnes that secure a loan: frozen in the ledger by a hold, valued at the close, released, exchanged for others, or sold by auction.
// For the operations of other rooms (finance): each function runs in the caller's transaction, so a draw-down and its pledge happen together.
#pragma once

#include "ledger/book.h"
#include "market/registry/records.h"

namespace greenbank::market {

enum class PledgeState { active, released, selling, sold };

/// Who came first is served first: `rank` counts the pledges of one pledgor and product that stood when this one was made.
struct CarbonPledge {
    static constexpr std::string_view id_prefix = "pledge";
    Id<CarbonPledge> id;
    Id<CarbonProduct> product;
    Id<Organisation> pledgor, pledgee;
    std::int64_t tonnes = 0; // pledged now
    Money secured;           // the debt behind it, as it stands
    Money brought;           // paid to the pledgee by sales of it so far
    std::string reference;   // the loan's id; free text where there is none
    /// How much of the value was lent at most, and below which cover (value to debt) more is called; basis points. Official ratios: not found.
    std::int64_t advance_basis_points = 5'000, call_basis_points = 13'000;
    std::int64_t rank = 1;
    std::string hold; // the ledger's transfer that freezes them
    PledgeState state = PledgeState::active;
    std::optional<std::string> auction;
    std::optional<Id<CarbonProduct>> offer_product; // what the pledgor offers instead, until the pledgee agrees
    std::optional<std::int64_t> offer_tonnes;
    std::string made_by;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CarbonPledge*);

struct PledgeAsk {
    Id<CarbonProduct> product;
    Id<Organisation> pledgor, pledgee;
    std::int64_t tonnes = 0;
    Money secured;
    std::string reference;
    std::int64_t advance_basis_points = 5'000, call_basis_points = 13'000;
};

/// What a pledge is worth at the last close on or before a day.
struct PledgeValue {
    Id<CarbonPledge> pledge;
    Date day;                            // of the close
    Money price, value;                  // of a tonne; of all
    std::int64_t cover_basis_points = 0; // value to debt
    bool call = false;
    std::int64_t tonnes_wanted = 0; // to come back to the cover that a call is made below
};
Record describe(const PledgeValue*);

/// Refused: fewer tonnes than available, or a debt above the advance on their value where a price is known.
Result<CarbonPledge> make_pledge(ledger::Book& book, Transaction& transaction, const Caller& caller, const PledgeAsk& ask);
/// The latest date that it is anywhere: the day of a market east of Greenwich is a date ahead of ours.
Date latest_day(Time now);
/// The same for a day that is looked back at.
inline Date latest_day(Date day) { return {day.days + 1}; }
/// By the last close up to that day (a market's own date). `change_basis_points`: what the price is changed by first (a stress of −30 % is −3,000). Failure::conflict "pledge.no_price" where none is known.
Result<PledgeValue> value_pledge(Transaction& transaction, const CarbonPledge& pledge, Date day, std::int64_t change_basis_points = 0);
/// Some of the tonnes or all of them go back to the pledgor's free use.
Result<Done> release_pledge(ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonPledge& pledge, std::int64_t tonnes);
/// The debt behind it is another one now; of a pledge that is released or sold nothing changes.
Result<Done> follow_debt(Transaction& transaction, const Caller& caller, CarbonPledge& pledge, std::int64_t debt);
/// More of the same: what a margin call asks for.
Result<Done> add_to_pledge(ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonPledge& pledge, std::int64_t tonnes);
/// The pledged tonnes are free for the auction that sells them; nobody adds to them or releases them meanwhile.
Result<Done> begin_pledge_sale(ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonPledge& pledge);
/// The auction is over: `debt` (smallest units) is still unpaid, and what was not sold is pledged for it again, or free where nothing is owed.
Result<Done> auctioned_pledge(ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonPledge& pledge, std::int64_t sold, std::int64_t debt);
/// Others of the pledgor's tonnes take their place, worth at least as much at the last close.
Result<Done> substitute_pledge(
    ledger::Book& book, Transaction& transaction, const Caller& caller, CarbonPledge& pledge, const Id<CarbonProduct>& product, std::int64_t tonnes);

} // namespace greenbank::market

namespace greenbank {
template <> struct Choices<market::PledgeState> {
    static constexpr std::string_view name = "pledge_state", values[] = {"active", "released", "selling", "sold"};
};
} // namespace greenbank
