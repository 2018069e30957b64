// roles_market.cpp — the rows of registry, exchange and pledges.
#include "roles.h"

namespace greenbank::testing {

namespace {

/// Records that nobody has: whoever may ask is told so.
void add_market(Stage&, Probes& rows) {
    for (const auto& [name, path] : {std::pair<std::string, std::string>("carbon_programme_list", "/carbon-programmes"),
             {"carbon_product_list", "/carbon-products"}, {"registry_account_list", "/registry-accounts"}, {"issuance_list", "/issuances"},
             {"listed_elsewhere_list", "/listed-elsewhere"}, {"carbon_holding_list", "/carbon-holdings"}, {"serial_block_list", "/serial-blocks"},
             {"retirement_list", "/retirements"}, {"obligation_list", "/compliance-obligations"}, {"market_list", "/markets"},
             {"block_trade_list", "/block-trades"}, {"carbon_auction_list", "/carbon-auctions"}, {"auction_bid_list", "/auction-bids"},
             {"market_alert_list", "/market-alerts"}, {"carbon_pledge_list", "/carbon-pledges"}, {"carry_over_list", "/carry-overs"},
             {"border_arrangement_list", "/border-arrangements"}, {"border_deal_list", "/border-deals"}, {"border_settlement_list", "/border-settlements"},
             {"market_news_list", "/market-news"}, {"market_event_list", "/market-events"}, {"carbon_index_list", "/carbon-indices"}})
        rows[name] = {200, at(path)};
    const std::string market = "/markets/market_nobody";
    for (const auto& [name, path] : {std::pair<std::string, std::string>("carbon_programme_get", "/carbon-programmes/programme_nobody"),
             {"carbon_product_get", "/carbon-products/carbonproduct_nobody"}, {"issuance_get", "/issuances/issuance_nobody"},
             {"retirement_get", "/retirements/retirement_nobody"}, {"retirement_pdf", "/retirements/retirement_nobody/pdf"}, {"market_get", market},
             {"market_view", market + "/view"}, {"market_own_view", market + "/own"}, {"market_order_check", market + "/check?side=buy&price=1&quantity=1"},
             {"market_deal_list", market + "/deals"}, {"market_day_list", market + "/days"}, {"market_holder_list", market + "/holders"},
             {"market_past", market + "/past?command=1"}, {"market_kind_list", market + "/kinds"}, {"market_kind_file", market + "/kinds/file"},
             {"market_stream", market + "/stream"}, {"market_day_file", market + "/days/file"}, {"carbon_auction_get", "/carbon-auctions/auction_nobody"},
             {"market_calendar", market + "/calendar"}, {"carbon_index_days", "/carbon-programmes/programme_nobody/index"},
             {"carbon_index_file", "/carbon-programmes/programme_nobody/index/file"}, {"border_arrangement_get", "/border-arrangements/arrangement_nobody"},
             {"border_settlement_get", "/border-settlements/bordersettlement_nobody"},
             {"border_settlement_proof", "/border-settlements/bordersettlement_nobody/proof"},
             {"border_settlement_pdf", "/border-settlements/bordersettlement_nobody/pdf"}, {"market_news_get", "/market-news/news_nobody"},
             {"market_event_get", "/market-events/marketevent_nobody"}, {"carbon_pledge_get", "/carbon-pledges/pledge_nobody"},
             {"carbon_pledge_value", "/carbon-pledges/pledge_nobody/value"}})
        rows[name] = {404, at(path)};
    for (const auto& [name, path] : {std::pair<std::string, std::string>("carbon_programme_create", "/carbon-programmes"),
             {"carbon_product_create", "/carbon-products"}, {"registry_account_apply", "/registry-accounts"}, {"issuance_ask", "/issuances"},
             {"listed_elsewhere_create", "/listed-elsewhere"}, {"carbon_transfer", "/carbon-transfers"}, {"retirement_create", "/retirements"},
             {"obligation_create", "/compliance-obligations"}, {"market_create", "/markets"}, {"block_trade_propose", "/block-trades"},
             {"carbon_auction_announce", "/carbon-auctions"}, {"carbon_pledge_make", "/carbon-pledges"}, {"carry_over_make", "/carry-overs"},
             {"border_arrangement_create", "/border-arrangements"}, {"border_deal_propose", "/border-deals"}, {"market_news_create", "/market-news"},
             {"market_event_create", "/market-events"}, {"market_order_send", market + "/orders"}, {"market_day_import", market + "/days/import"}})
        rows[name] = {422, at(path), "{}"};
    rows["registry_account_decide"] = {404, at("/registry-accounts/registry_nobody/decide"), R"({"state":"open"})"};
    rows["issuance_approve"] = {404, at("/issuances/issuance_nobody/approve"), "{}"};
    rows["issuance_refuse"] = {404, at("/issuances/issuance_nobody/refuse"), R"({"reason":"x"})"};
    rows["obligation_surrender"] = {404, at("/compliance-obligations/obligation_nobody/surrender"), R"({"product":"carbonproduct_nobody","tonnes":1})"};
    rows["market_watch"] = {404, at(market + "/watch"), "{}"};
    rows["market_halt"] = {404, at(market + "/halt"), R"({"halted":true})"};
    rows["block_trade_accept"] = {404, at("/block-trades/blocktrade_nobody/accept"), "{}"};
    rows["block_trade_refuse"] = {404, at("/block-trades/blocktrade_nobody/refuse"), "{}"};
    rows["auction_bid_make"] = {404, at("/carbon-auctions/auction_nobody/bid"), R"({"price":"1.00","quantity":1})"};
    rows["carbon_auction_close"] = {404, at("/carbon-auctions/auction_nobody/close"), "{}"};
    rows["border_deal_agree"] = {404, at("/border-deals/borderdeal_nobody/agree"), "{}"};
    rows["border_deal_refuse"] = {404, at("/border-deals/borderdeal_nobody/refuse"), "{}"};
    rows["border_settle"] = {404, at("/border-arrangements/arrangement_nobody/settle"), "{}"};
    rows["border_arrangement_update"] = {404, at("/border-arrangements/arrangement_nobody"), "{}"};
    rows["border_settlement_confirm"] = {422, at("/border-settlements/bordersettlement_nobody/confirm"), "{}"};
    for (const std::string verb : {"update", "delete"}) {
        rows["market_news_" + verb] = {404, at("/market-news/news_nobody"), "{}"};
        rows["market_event_" + verb] = {404, at("/market-events/marketevent_nobody"), "{}"};
    }
    rows["carbon_pledge_release"] = {404, at("/carbon-pledges/pledge_nobody/release"), R"({"tonnes":1})"};
    rows["carbon_pledge_offer"] = {404, at("/carbon-pledges/pledge_nobody/offer"), R"({"product":"carbonproduct_nobody","tonnes":1})"};
    rows["carbon_pledge_substitute"] = {404, at("/carbon-pledges/pledge_nobody/substitute"), "{}"};
    rows["carbon_pledge_sell"] = {
        404, at("/carbon-pledges/pledge_nobody/sell"), R"({"market":"market_nobody","reserve":"1.00","reason":"default","closes_at":"2090-01-01T00:00:00Z"})"};
    rows["carbon_pledge_add"] = {404, at("/carbon-pledges/pledge_nobody/add"), R"({"tonnes":1})"};
}

const RoleRows market(add_market);

} // namespace

} // namespace greenbank::testing
