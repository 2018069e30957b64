// deals.cpp — arrangements between two markets, and deals under them: proposed by one side, agreed by the other, settled later with all others.
#include <fmt/format.h>

#include "market/borders/records.h"

namespace greenbank::market {

Record describe(const KeyOf<BorderArrangement>*) {
    return {"border_arrangement_key", "Names an arrangement.", {field<&KeyOf<BorderArrangement>::id>("id", "Its id.")}};
}
Record describe(const KeyOf<BorderTrade>*) { return {"border_deal_key", "Names a deal.", {field<&KeyOf<BorderTrade>::id>("id", "Its id.")}}; }

namespace {

const BorderMember* member_of(const BorderArrangement& arrangement, const Id<Organisation>& organisation) {
    for (const BorderMember& one : arrangement.members)
        if (one.organisation == organisation) return &one;
    return nullptr;
}

/// Names what is there: two markets of two currencies, products of them, members that settle in one of both.
Result<Done> check_named(Transaction& transaction, const BorderArrangement& arrangement) {
    const Market home = TRY(transaction.get(arrangement.home)), abroad = TRY(transaction.get(arrangement.abroad));
    Problems problems;
    if (home.currency == abroad.currency)
        problems.push_back({"abroad", "border.same_currency", "Both markets are in one currency; choose a market of another one."});
    for (std::size_t i = 0; i < arrangement.products.size(); ++i) {
        const Id<CarbonProduct>& product = arrangement.products[i].product;
        if (product != home.product && product != abroad.product)
            problems.push_back({fmt::format("products[{}].product", i), "border.other_product", "Choose a product of one of the two markets."});
    }
    for (std::size_t i = 0; i < arrangement.members.size(); ++i) {
        const BorderMember& member = arrangement.members[i];
        TRY(transaction.get(member.organisation));
        if (member.currency != home.currency && member.currency != abroad.currency)
            problems.push_back({fmt::format("members[{}].currency", i), "border.other_currency", "Choose the currency of one of the two markets."});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Page<BorderArrangement>> arrangement_list(Transaction& transaction, const Caller& caller, const ListOf<BorderArrangement>& list) {
    return list_page<BorderArrangement>(transaction, caller, list);
}
Result<BorderArrangement> arrangement_get(Transaction& transaction, const Caller&, const KeyOf<BorderArrangement>& key) { return transaction.get(key.id); }

Result<Reply<BorderArrangement>> arrangement_create(Transaction& transaction, const Caller& caller, const BorderArrangement& draft) {
    BorderArrangement arrangement = draft;
    TRY(check_named(transaction, arrangement));
    arrangement.id = caller.new_id<BorderArrangement>();
    arrangement.created_at = arrangement.updated_at = caller.now;
    TRY(transaction.insert(arrangement));
    return Reply<BorderArrangement>{.body = std::move(arrangement), .status = 201};
}

Result<BorderArrangement> arrangement_update(Transaction& transaction, const Caller& caller, const Patch<BorderArrangement>& patch) {
    const BorderArrangement before = TRY(transaction.get(patch.id));
    BorderArrangement arrangement = TRY(apply_patch(transaction, caller, patch));
    if (arrangement.home != before.home || arrangement.abroad != before.abroad)
        return Error{Failure::conflict, "border.markets_stay", "The two markets of an arrangement stay; enter another arrangement."};
    TRY(check_named(transaction, arrangement));
    arrangement.updated_at = caller.now;
    TRY(transaction.update(arrangement));
    return arrangement;
}

Result<Page<BorderTrade>> deal_list(Transaction& transaction, const Caller& caller, const ListOf<BorderTrade>& list) {
    if (caller.actor.may(run_exchange)) return list_page<BorderTrade>(transaction, caller, list);
    return list_page<BorderTrade>(transaction, caller, list, "$1 <> '' AND (seller = $1 OR buyer = $1)", {caller.actor.organisation});
}

Result<Done> check_deal(Transaction& transaction, const BorderArrangement& arrangement, const BorderTrade& deal) {
    const std::string fault = TRY(border_fault(transaction, arrangement, deal));
    if (fault.empty()) return Done{};
    return Error{Failure::conflict, "border." + fault, "This deal may not be settled across the border: {code}.", {{"code", fault}}};
}

Result<Reply<BorderTrade>> deal_propose(Transaction& transaction, const Caller& caller, const BorderTrade& draft) {
    BorderTrade deal = draft;
    deal.id = caller.new_id<BorderTrade>();
    deal.proposer = TRY(acting_organisation(caller));
    if ((deal.seller == deal.proposer) == (deal.buyer == deal.proposer))
        return invalid({{"seller", "market.block_sides", "Your organisation is one of the two sides, and another one the other."}});
    const BorderArrangement arrangement = TRY(transaction.get(deal.arrangement));
    for (const Id<Organisation>& side : {deal.seller, deal.buyer}) TRY(open_registry_account(transaction, side));
    TRY(check_deal(transaction, arrangement, deal));
    const Market home = TRY(transaction.get(arrangement.home)), abroad = TRY(transaction.get(arrangement.abroad));
    const Market& market = deal.product == home.product ? home : abroad;
    const auto price = parse_scaled(deal.price, read_rules(market.rules.front()).price_places);
    if (!price || *price <= 0 || *price > price_max)
        return invalid({{"price", "market.price_text", "Write a price above zero with at most two digits after the point, such as 68.50."}});
    deal.currency = market.currency;
    deal.sample = arrangement.sample;
    deal.created_at = deal.updated_at = caller.now;
    TRY(transaction.insert(deal));
    return Reply<BorderTrade>{.body = std::move(deal), .status = 201};
}

Result<BorderTrade> deal_to_answer(Transaction& transaction, const Caller& caller, const Id<BorderTrade>& id) {
    BorderTrade deal = TRY(transaction.get(id));
    const std::string& me = caller.actor.organisation;
    if (me.empty() || (deal.seller.text != me && deal.buyer.text != me)) return not_found(record_of<BorderTrade>(), id.text);
    if (deal.state != BorderDealState::proposed) return Error{Failure::conflict, "border.answered", "This deal is answered already; load it again."};
    deal.updated_at = caller.now;
    return deal;
}

Result<BorderTrade> deal_agree(Transaction& transaction, const Caller& caller, const KeyOf<BorderTrade>& key) {
    BorderTrade deal = TRY(deal_to_answer(transaction, caller, key.id));
    if (deal.proposer.text == caller.actor.organisation) return Error{Failure::conflict, "market.block_own", "You proposed it; the other side accepts."};
    TRY(check_deal(transaction, TRY(transaction.get(deal.arrangement)), deal));
    deal.state = BorderDealState::agreed;
    TRY(transaction.update(deal));
    return deal;
}

Result<BorderTrade> deal_refuse(Transaction& transaction, const Caller& caller, const KeyOf<BorderTrade>& key) {
    BorderTrade deal = TRY(deal_to_answer(transaction, caller, key.id));
    deal.state = BorderDealState::refused;
    TRY(transaction.update(deal));
    return deal;
}

} // namespace

Result<std::string> border_fault(Transaction& transaction, const BorderArrangement& arrangement, const BorderTrade& deal) {
    const BorderMember *seller = member_of(arrangement, deal.seller), *buyer = member_of(arrangement, deal.buyer);
    if (seller == nullptr || buyer == nullptr) return std::string("not_member");
    const auto eligible =
        std::find_if(arrangement.products.begin(), arrangement.products.end(), [&](const EligibleProduct& one) { return one.product == deal.product; });
    if (eligible == arrangement.products.end()) return std::string("not_eligible");
    const CarbonProduct product = TRY(transaction.get(deal.product));
    // Who holds tonnes at home may deal in them at home without asking the host country.
    if (TRY(transaction.get(deal.buyer)).country != product.host_country && product.adjustment < eligible->adjustment_needed)
        return std::string("adjustment_missing");
    return std::string();
}

std::vector<Endpoint> border_deal_endpoints() {
    return {
        // clang-format off
        {"border_arrangement_list", Method::get, "/border-arrangements", "Pairs of markets in two currencies; a simulation.", Mode::read, open_to_all, call(arrangement_list)},
        {"border_arrangement_get", Method::get, "/border-arrangements/{id}", "One arrangement with what and who is eligible.", Mode::read, open_to_all, call(arrangement_get)},
        {"border_arrangement_create", Method::post, "/border-arrangements", "Enter an arrangement between two markets; a simulation.", Mode::write, run_exchange, call(arrangement_create)},
        {"border_arrangement_update", Method::patch, "/border-arrangements/{id}", "Change what and who is eligible.", Mode::write, run_exchange, call(arrangement_update)},
        {"border_deal_list", Method::get, "/border-deals", "Deals across a border: of one's own organisation, or all.", Mode::read, signed_in, call(deal_list)},
        {"border_deal_propose", Method::post, "/border-deals", "Propose a deal across a border.", Mode::write, trade_carbon, call(deal_propose)},
        {"border_deal_agree", Method::post, "/border-deals/{id}/agree", "Agree to a deal: it is settled with the others.", Mode::write, trade_carbon, call(deal_agree)},
        {"border_deal_refuse", Method::post, "/border-deals/{id}/refuse", "Refuse or withdraw a deal.", Mode::write, trade_carbon, call(deal_refuse)},
        // clang-format on
    };
}

} // namespace greenbank::market
