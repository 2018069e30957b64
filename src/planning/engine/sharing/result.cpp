// result.cpp — sums of an exchange by zone, tie and origin; descriptions of what is told.
#include "planning/engine/sharing/result.h"

#include <cmath>
#include <numeric>

namespace greenbank::planning::sharing {

Record describe(const ZoneExchange*) {
    using One = ZoneExchange;
    return {"sharing_zone_result", "What a zone needs, makes and pays.",
        {field<&One::zone>("zone", "Which."), field<&One::standing>("standing", "How sure its figures are."),
            field<&One::source>("source", "Where they come from."), field<&One::gap_hours>("gap_hours", "Hours that were not measured.", {.unit = "h"}),
            field<&One::demand>("demand", "Needed.", {.unit = "MWh"}), field<&One::generated>("generated", "Made there.", {.unit = "MWh"}),
            field<&One::unserved>("unserved", "Not served.", {.unit = "MWh"}), field<&One::price>("price", "Of a MWh, the mean of what is used."),
            field<&One::carbon_made>("carbon_made", "Emitted there.", {.unit = "tCO2e"}),
            field<&One::carbon_used>("carbon_used", "Emitted for what is used there, wherever it was made.", {.unit = "tCO2e"}),
            field<&One::carbon_per_mwh>("carbon_per_mwh", "Of a MWh that is used.", {.unit = "t"}), field<&One::prices>("prices", "By hour."),
            field<&One::unserved_by_hour>("unserved_by_hour", "By hour.", {.unit = "MW"})}};
}

Record describe(const TieExchange*) {
    using One = TieExchange;
    return {"sharing_tie_result", "What was sent over a tie.",
        {field<&One::tie>("tie", "Which."), field<&One::from>("from", "From zone."), field<&One::to>("to", "To zone."),
            field<&One::forward>("forward", "Sent there.", {.unit = "MWh"}), field<&One::backward>("backward", "Sent back.", {.unit = "MWh"}),
            field<&One::flows>("flows", "By hour; backward is negative.", {.unit = "MW"}), field<&One::full>("full", "At its limit in some hour."),
            field<&One::limits_forward>("limits_forward", "What it may carry there, by hour.", {.unit = "MW"}),
            field<&One::limits_backward>("limits_backward", "What it may carry back, by hour.", {.unit = "MW"})}};
}

Record describe(const Import*) {
    using One = Import;
    return {"sharing_import", "What a zone uses that another one made.",
        {field<&One::zone>("zone", "Used in."), field<&One::from>("from", "Made in."), field<&One::energy>("energy", "How much.", {.unit = "MWh"})}};
}

Record describe(const ExchangeResult*) {
    using One = ExchangeResult;
    return {"sharing_exchange", "An exchange between zones.",
        {field<&One::cost>("cost", "Offers, ties, and the harm of what is not served."), field<&One::zones>("zones", "By zone."),
            field<&One::ties>("ties", "By tie."), field<&One::imports>("imports", "By origin.")}};
}

Record describe(const ZoneShortage*) {
    using One = ZoneShortage;
    return {"sharing_shortage", "What a zone goes short of in an emergency.",
        {field<&One::zone>("zone", "Which."), field<&One::protected_unserved>("protected_unserved", "Of those served first.", {.unit = "MWh"}),
            field<&One::short_share>("short_share", "Of what is not protected, 0 to 1.")}};
}

Record describe(const Obligation*) {
    using One = Obligation;
    return {"sharing_obligation", "What a zone owes to one that gave in an emergency.",
        {field<&One::giver>("giver", "Who gave."), field<&One::taker>("taker", "Who owes."), field<&One::energy>("energy", "Given.", {.unit = "MWh"}),
            field<&One::amount>("amount", "At the price of compensation.")}};
}

Record describe(const EmergencyResult*) {
    using One = EmergencyResult;
    return {"sharing_emergency", "The emergency plan: protected customers first, then fair shares.",
        {field<&One::rule>("rule", "How shortage is shared."), field<&One::unserved>("unserved", "Still not served.", {.unit = "MWh"}),
            field<&One::exchange>("exchange", "With the limits of an emergency."), field<&One::shortage>("shortage", "By zone."),
            field<&One::obligations>("obligations", "Who owes whom.")}};
}

Record describe(const ContractUse*) {
    using One = ContractUse;
    return {"sharing_contract_use", "What flowed under a contract.",
        {field<&One::contract>("contract", "Which."), field<&One::kind>("kind", "Whether it must flow."),
            field<&One::energy>("energy", "How much.", {.unit = "MWh"}), field<&One::amount>("amount", "At its price."),
            field<&One::at_market>("at_market", "At the prices of the buyer's zone."),
            field<&One::fell_short>("fell_short", "What should have flowed and could not.", {.unit = "MWh"}), field<&One::months>("months", "By month.")}};
}

Record describe(const ContractMonth*) {
    using One = ContractMonth;
    return {"sharing_contract_month", "A month of a contract.",
        {field<&One::month>("month", "Which; empty where the case does not say when it begins."),
            field<&One::energy>("energy", "What flowed.", {.unit = "MWh"}), field<&One::returned>("returned", "What came back, in a swap."),
            field<&One::owed>("owed", "What the buyer of a swap owes at the end of it.")}};
}

Record describe(const Outage*) {
    using One = Outage;
    return {"sharing_outage", "A single loss that leaves somebody short.",
        {field<&One::element>("element", "What is lost."), field<&One::kind>("kind", "An offer or a tie."),
            field<&One::unserved>("unserved", "More than without it.", {.unit = "MW"})}};
}

Record describe(const ZoneAdequacy*) {
    using One = ZoneAdequacy;
    return {"sharing_zone_adequacy", "How safe a zone is.",
        {field<&One::zone>("zone", "Which."), field<&One::margin>("margin", "Own and imported capability over the demand at the tightest hour, as a share."),
            field<&One::days_of_cover>("days_of_cover", "Of the stock at the mean demand; 0 where none is told.", {.unit = "d"}),
            field<&One::worst_outage>("worst_outage", "Not served when the worst single element fails.", {.unit = "MW"}),
            field<&One::level>("level", "How serious it is.")}};
}

Record describe(const AdequacyResult*) {
    using One = AdequacyResult;
    return {"sharing_adequacy", "What the loss of any one element does at the tightest hour.",
        {field<&One::tightest_hour>("tightest_hour", "From 1."), field<&One::zones>("zones", "By zone."), field<&One::outages>("outages", "The worst first.")}};
}

Record describe(const SharingResult*) {
    using One = SharingResult;
    return {"sharing_result", "What came of a case.",
        {field<&One::name>("name", "Of the case."), field<&One::hours>("hours", "How many.", {.unit = "h"}),
            field<&One::unserved>("unserved", "By the market alone.", {.unit = "MWh"}), field<&One::exchange>("exchange", "The market."),
            field<&One::contracts>("contracts", "What contracts carried."), field<&One::adequacy>("adequacy", "How safe it is."),
            field<&One::emergency>("emergency", "Where the market leaves somebody short.")}};
}

namespace {

double sum_of(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// What is finer is the solver's.
double tidy(double value) { return std::abs(value) < 5e-7 ? 0 : std::round(value * 1e6) / 1e6; }
std::vector<double> tidy(std::vector<double> values) {
    for (double& one : values) one = tidy(one);
    return values;
}

ExchangeResult told(const SharingCase& sharing, const Exchange& exchange, bool emergency) {
    const auto hours = static_cast<std::size_t>(sharing.hours);
    const std::size_t zones = sharing.zones.size();
    ExchangeResult result{tidy(exchange.cost), {}, {}, {}};
    std::vector<std::vector<double>> contents, made_in(zones, std::vector<double>(zones, 0));
    for (std::size_t t = 0; t < hours; ++t) {
        contents.push_back(carbon_contents(sharing, exchange, t));
        const auto shares = origins(sharing, exchange, t);
        for (std::size_t z = 0; z < zones; ++z)
            for (std::size_t from = 0; from < zones; ++from) made_in[z][from] += shares[z][from] * (at(sharing.zones[z].demand, t) - exchange.unserved[z][t]);
    }
    for (std::size_t z = 0; z < zones; ++z) {
        const Zone& zone = sharing.zones[z];
        ZoneExchange one{zone.name, zone.source, zone.standing};
        for (const SeriesGap& gap : zone.gaps) one.gap_hours += gap.hours;
        double used = 0, worth = 0;
        for (std::size_t t = 0; t < hours; ++t) {
            const double served = at(zone.demand, t) - exchange.unserved[z][t];
            one.demand += at(zone.demand, t), used += served, one.carbon_used += served * contents[t][z], worth += served * exchange.prices[z][t];
            for (std::size_t o = 0; o < zone.offers.size(); ++o)
                one.generated += exchange.generation[z][o][t], one.carbon_made += exchange.generation[z][o][t] * zone.offers[o].carbon;
        }
        one.unserved = tidy(sum_of(exchange.unserved[z])), one.generated = tidy(one.generated);
        one.price = used > 0 ? tidy(worth / used) : 0;
        one.carbon_per_mwh = used > 0 ? tidy(one.carbon_used / used) : 0;
        one.carbon_made = tidy(one.carbon_made), one.carbon_used = tidy(one.carbon_used);
        one.prices = tidy(exchange.prices[z]), one.unserved_by_hour = tidy(exchange.unserved[z]);
        result.zones.push_back(std::move(one));
        for (std::size_t from = 0; from < zones; ++from)
            if (from != z && made_in[z][from] > 5e-4) result.imports.push_back({zone.name, sharing.zones[from].name, tidy(made_in[z][from])});
    }
    for (std::size_t i = 0; i < sharing.ties.size(); ++i) {
        const Tie& tie = sharing.ties[i];
        TieExchange one{tie.name, tie.from, tie.to};
        for (std::size_t t = 0; t < hours; ++t) {
            const double flow = exchange.flows[i][t];
            const TieLimits limits = limits_of(sharing, tie, t, emergency);
            (flow > 0 ? one.forward : one.backward) += std::abs(flow);
            one.full = one.full || (flow > 1e-6 && flow >= limits.forward - 1e-6) || (flow < -1e-6 && -flow >= limits.backward - 1e-6);
            one.limits_forward.push_back(limits.forward), one.limits_backward.push_back(limits.backward);
        }
        one.forward = tidy(one.forward), one.backward = tidy(one.backward), one.flows = tidy(exchange.flows[i]);
        result.ties.push_back(std::move(one));
    }
    return result;
}

} // namespace

SharingResult sharing_result(const SharingCase& sharing) {
    const Exchange market = clear(sharing);
    SharingResult result;
    result.name = sharing.name, result.hours = sharing.hours;
    result.exchange = told(sharing, market, false);
    result.contracts = settle_contracts(sharing, market);
    const Adequacy safe = adequacy(sharing, market);
    result.adequacy = {static_cast<std::int64_t>(safe.tightest_hour) + 1, safe.zones, safe.outages};
    for (const auto& zone : market.unserved) result.unserved += sum_of(zone);
    result.unserved = tidy(result.unserved);
    if (result.unserved == 0) return result;
    const EmergencyPlan plan = allocate(sharing, market);
    EmergencyResult emergency{sharing.rule, 0, told(sharing, plan.exchange, true), {}, plan.obligations};
    for (std::size_t z = 0; z < sharing.zones.size(); ++z) {
        emergency.unserved += sum_of(plan.exchange.unserved[z]);
        emergency.shortage.push_back({sharing.zones[z].name, tidy(sum_of(plan.protected_unserved[z])), tidy(plan.short_share[z])});
    }
    emergency.unserved = tidy(emergency.unserved);
    result.emergency = std::move(emergency);
    return result;
}

std::pair<std::vector<std::string>, std::vector<std::vector<double>>> hours_of(const ExchangeResult& exchange) {
    std::vector<std::string> names;
    std::vector<std::vector<double>> columns;
    for (const ZoneExchange& zone : exchange.zones) {
        names.push_back(zone.zone + " price"), columns.push_back(zone.prices);
        names.push_back(zone.zone + " unserved"), columns.push_back(zone.unserved_by_hour);
    }
    for (const TieExchange& tie : exchange.ties) names.push_back(tie.tie), columns.push_back(tie.flows);
    return {std::move(names), std::move(columns)};
}

} // namespace greenbank::planning::sharing
