// sharing_files.cpp — `greenbank plan cross-border`: zones and ties in; exchange, prices, carbon of imports, adequacy, alert levels and the emergency plan out.
#include <cmath>

#include <fmt/format.h>

#include "api/files.h"
#include "planning/engine/sharing/zones.h"
#include "planning/plan_files.h"
#include "planning/plan_json.h"
#include "json/json.h"

namespace greenbank::planning {

struct SharingFlags {
    std::string in;
    std::optional<std::string> out, schedule;
};
Record describe(const SharingFlags*) {
    return {"cross_border_options", "Which zones, and where the result goes.",
        {field<&SharingFlags::in>("in", "Zones, ties, contracts and rules, JSON.", {.min = 1}),
            field<&SharingFlags::out>("out", "The result to write, JSON; - writes standard output.", {.min = 1}),
            field<&SharingFlags::schedule>("schedule", "Prices, shortage and flows by hour, CSV.", {.min = 1})}};
}

namespace {

using namespace sharing;

double sum_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum;
}

void write_exchange(JsonWriter& json, const SharingCase& sharing, const Exchange& exchange) {
    const auto hours = static_cast<std::size_t>(sharing.hours);
    json.member("cost", exchange.cost).key("zones").begin_list();
    std::vector<std::vector<double>> contents;
    for (std::size_t t = 0; t < hours; ++t) contents.push_back(carbon_contents(sharing, exchange, t));
    for (std::size_t z = 0; z < sharing.zones.size(); ++z) {
        double demand = 0, generated = 0, carbon = 0, own = 0, used = 0, worth = 0;
        for (std::size_t t = 0; t < hours; ++t) {
            const double served = at(sharing.zones[z].demand, t) - exchange.unserved[z][t];
            demand += at(sharing.zones[z].demand, t), used += served, carbon += served * contents[t][z], worth += served * exchange.prices[z][t];
            for (std::size_t o = 0; o < sharing.zones[z].offers.size(); ++o)
                generated += exchange.generation[z][o][t], own += exchange.generation[z][o][t] * sharing.zones[z].offers[o].carbon;
        }
        json.begin_object()
            .member("zone", sharing.zones[z].name)
            .member("standing", greenbank::name_of(sharing.zones[z].standing))
            .member("source", sharing.zones[z].source);
        json.member("demand", demand)
            .member("generated", generated)
            .member("unserved", sum_of(exchange.unserved[z]))
            .member("price", used > 0 ? worth / used : 0);
        json.member("carbon_made", own).member("carbon_used", carbon).member("carbon_per_mwh", used > 0 ? carbon / used : 0).end_object();
    }
    json.end_list().key("ties").begin_list();
    for (std::size_t i = 0; i < sharing.ties.size(); ++i) {
        double forward = 0, backward = 0;
        for (const double flow : exchange.flows[i]) (flow > 0 ? forward : backward) += std::abs(flow);
        json.begin_object().member("tie", sharing.ties[i].name).member("forward", forward).member("backward", backward).end_object();
    }
    json.end_list();
}

Result<int> run_sharing(const SharingFlags& flags, Console& console) {
    const std::string text = TRY(read_file(flags.in));
    if (text.size() > (std::size_t{64} << 20))
        return Error{Failure::too_large, "planning.sharing_large", "The case in {path} is larger than 64 MB.", {{"path", flags.in}}};
    const auto sharing = TRY(from_json<SharingCase>(text));
    const Exchange market = clear(sharing);
    const Adequacy safe = adequacy(sharing, market);
    double unserved = 0;
    for (const auto& zone : market.unserved) unserved += sum_of(zone);
    JsonWriter json;
    json.begin_object().member("name", sharing.name).member("hours", sharing.hours).key("exchange").begin_object();
    write_exchange(json, sharing, market);
    json.end_object().key("contracts").begin_list();
    for (const ContractUse& one : settle_contracts(sharing, market))
        json.begin_object()
            .member("contract", one.contract)
            .member("energy", one.energy)
            .member("amount", one.amount)
            .member("at_market", one.at_market)
            .end_object();
    json.end_list().key("adequacy").begin_object().member("tightest_hour", static_cast<std::int64_t>(safe.tightest_hour + 1)).key("zones").begin_list();
    std::string summary;
    for (const ZoneAdequacy& one : safe.zones) {
        json.begin_object()
            .member("zone", one.zone)
            .member("margin", one.margin)
            .member("days_of_cover", one.days_of_cover)
            .member("worst_outage", one.worst_outage);
        json.member("level", greenbank::name_of(one.level)).end_object();
        fmt::format_to(std::back_inserter(summary), "{:<24} {:<14} margin {:6.1f} %, worst single loss {:10.1f} MW, {:.1f} days of cover\n", one.zone,
            greenbank::name_of(one.level), 100 * one.margin, one.worst_outage, one.days_of_cover);
    }
    json.end_list().key("outages").begin_list();
    for (const Outage& one : safe.outages)
        json.begin_object().member("element", one.element).member("kind", one.kind).member("unserved", one.unserved).end_object();
    json.end_list().end_object();
    fmt::format_to(std::back_inserter(summary), "not served by the market: {:.3f} MWh\n", unserved);
    if (unserved > 1e-6) {
        const EmergencyPlan plan = allocate(sharing, market);
        double left = 0;
        for (const auto& zone : plan.exchange.unserved) left += sum_of(zone);
        json.key("emergency").begin_object().member("rule", greenbank::name_of(sharing.rule)).member("unserved", left);
        write_exchange(json, sharing, plan.exchange);
        json.key("shortage").begin_list();
        for (std::size_t z = 0; z < sharing.zones.size(); ++z)
            json.begin_object()
                .member("zone", sharing.zones[z].name)
                .member("protected_unserved", sum_of(plan.protected_unserved[z]))
                .member("short_share", plan.short_share[z])
                .end_object();
        json.end_list().key("obligations").begin_list();
        for (const Obligation& one : plan.obligations) {
            json.begin_object().member("giver", one.giver).member("taker", one.taker).member("energy", one.energy).member("amount", one.amount).end_object();
            fmt::format_to(std::back_inserter(summary), "{} gives {} {:.1f} MWh for {:.2f}\n", one.giver, one.taker, one.energy, one.amount);
        }
        json.end_list().end_object();
        fmt::format_to(std::back_inserter(summary), "not served by the emergency plan: {:.3f} MWh\n", left);
    }
    json.end_object();
    const std::string result = json.take();
    if (flags.out) TRY(write_file(*flags.out, indented(result)));
    if (flags.schedule) {
        std::vector<std::string> names;
        std::vector<std::vector<double>> columns;
        for (std::size_t z = 0; z < sharing.zones.size(); ++z) {
            names.push_back(sharing.zones[z].name + " price"), columns.push_back(market.prices[z]);
            names.push_back(sharing.zones[z].name + " unserved"), columns.push_back(market.unserved[z]);
        }
        for (std::size_t i = 0; i < sharing.ties.size(); ++i) names.push_back(sharing.ties[i].name), columns.push_back(market.flows[i]);
        TRY(write_file(*flags.schedule, schedule_csv(names, columns)));
    }
    console.out(console.json ? result + "\n" : summary);
    return 0;
}

} // namespace

Command sharing_command() {
    return command(
        "plan", "cross-border", "Share energy across borders: exchange, prices, carbon of imports, adequacy, alert levels, emergency plan.", run_sharing);
}

} // namespace greenbank::planning
