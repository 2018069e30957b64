// zones.h — zones that share energy across borders: what they need, offer and may send each other; clearing, origins, adequacy, emergency.
// Power in MW, energy in MWh, prices a MWh in one currency, carbon in t a MWh. Series have a value an hour, or one for all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/record.h"

namespace greenbank::planning::sharing {

/// Where a figure comes from; what is not published is not shown as official.
enum class Standing { official, unconfirmed, sample };

struct Offer {
    std::string name;
    std::vector<double> capacity; // MW
    double price = 0, carbon = 0;
};
Record describe(const Offer*);

struct Zone {
    std::string name;
    std::vector<double> demand;    // MW
    double protected_share = 0.2;  // of the demand: hospitals, heating, water
    double unserved_price = 3'000; // the harm of a MWh not served
    double import_share_max = 1;   // net, of the demand
    double stock_mwh = 0;          // fuel and water at hand
    std::vector<Offer> offers;
    std::string source;
    Standing standing = Standing::sample;
    std::optional<double> latitude, longitude; // for maps: degrees north and east
};
Record describe(const Zone*);

struct Tie {
    std::string name, from, to;
    double forward = 0, backward = 0;                            // MW sent, normally
    std::optional<double> emergency_forward, emergency_backward; // absent: as normally
    double loss = 0;                                             // of what is sent
    double price = 0;                                            // for each MWh sent
};
Record describe(const Tie*);

/// What a buyer has agreed with a seller; settled at its own price as far as power flows.
struct Contract {
    std::string name, seller, buyer;
    double power = 0, price = 0;
    std::int64_t priority = 1; // 1 is served first
};
Record describe(const Contract*);

/// equal_share: all who are joined go short by the same part of what is not protected. surplus_only: nobody goes shorter than alone.
enum class EmergencyRule { equal_share, surplus_only };

struct SharingCase {
    std::string name;
    std::int64_t hours = 1;
    std::vector<Zone> zones;
    std::vector<Tie> ties;
    std::vector<Contract> contracts;
    EmergencyRule rule = EmergencyRule::equal_share;
    double compensation_price = 0; // for each MWh that a zone gives in an emergency
    double reserve_share = 0.1;    // of the demand; less is an early warning
};
Record describe(const SharingCase*);

double at(const std::vector<double>& series, std::size_t hour);

struct Exchange {
    std::vector<std::vector<std::vector<double>>> generation; // by zone, offer, hour
    std::vector<std::vector<double>> flows;                   // by tie and hour: sent forward, backward negative
    std::vector<std::vector<double>> received;                // the same at the other end
    std::vector<std::vector<double>> unserved, prices;        // by zone and hour
    double cost = 0;                                          // offers, ties, harm
};

/// The cheapest exchange; prices are what one MWh more would cost in a zone.
Exchange clear(const SharingCase& sharing);

/// By proportional sharing: which part of what reaches zone i was made in zone j, at an hour. Rows add up to one where anything arrives.
std::vector<std::vector<double>> origins(const SharingCase& sharing, const Exchange& exchange, std::size_t hour);
/// t of CO2 in each MWh that a zone uses, at an hour.
std::vector<double> carbon_contents(const SharingCase& sharing, const Exchange& exchange, std::size_t hour);

struct ContractUse {
    std::string contract;
    double energy = 0, amount = 0, at_market = 0; // MWh, at its price, what it would have cost at the prices of the buyer
};
std::vector<ContractUse> settle_contracts(const SharingCase& sharing, const Exchange& exchange);

struct Outage {
    std::string element, kind; // kind: offer, tie
    std::size_t hour = 0;
    double unserved = 0; // MW more than without it
};
enum class AlertLevel { normal, early_warning, alert, emergency };
struct ZoneAdequacy {
    std::string zone;
    double margin = 0;        // own and imported capability over the demand at the tightest hour, as a share
    double days_of_cover = 0; // of the stock at the mean demand; 0 where none is told
    double worst_outage = 0;  // MW not served in it when the worst single element fails
    AlertLevel level = AlertLevel::normal;
};
struct Adequacy {
    std::size_t tightest_hour = 0;
    std::vector<ZoneAdequacy> zones;
    std::vector<Outage> outages; // those that leave somebody short, the worst first
};
/// What the loss of any one offer or tie does at the tightest hour.
Adequacy adequacy(const SharingCase& sharing, const Exchange& exchange);

struct Obligation {
    std::string giver, taker;
    double energy = 0, amount = 0; // MWh beyond what the market gave; at the price of compensation
};
struct EmergencyPlan {
    Exchange exchange;                                   // with the emergency limits
    std::vector<std::vector<double>> protected_unserved; // by zone and hour
    std::vector<double> short_share;                     // by zone: of what is not protected, over all hours
    std::vector<Obligation> obligations;
};
/// Protected customers first, then fair shares of what is left, then the cheapest way to do it.
EmergencyPlan allocate(const SharingCase& sharing, const Exchange& market);

} // namespace greenbank::planning::sharing

namespace greenbank {
template <> struct Choices<planning::sharing::Standing> {
    static constexpr std::string_view name = "sharing_standing";
    static constexpr std::string_view values[] = {"official", "unconfirmed", "sample"};
};
template <> struct Choices<planning::sharing::EmergencyRule> {
    static constexpr std::string_view name = "emergency_rule";
    static constexpr std::string_view values[] = {"equal_share", "surplus_only"};
};
template <> struct Choices<planning::sharing::AlertLevel> {
    static constexpr std::string_view name = "energy_alert_level";
    static constexpr std::string_view values[] = {"normal", "early_warning", "alert", "emergency"};
};
} // namespace greenbank
