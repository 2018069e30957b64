// zones.h — zones that share energy across borders: what they need, offer and may send each other; clearing, origins, adequacy, emergency.
// Power in MW, energy in MWh, prices a MWh in one currency, carbon in t a MWh. Series have a value an hour, or one for all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/record.h"
#include "kernel/time.h"

namespace greenbank::planning::sharing {

/// Where a figure comes from; what is not published is not shown as official.
enum class Standing { official, unconfirmed, sample };

struct Offer {
    std::string name;
    std::vector<double> capacity; // MW
    double price = 0, carbon = 0;
    std::optional<double> largest_unit; // MW that one failure takes; absent: all of it
};
Record describe(const Offer*);

/// What a zone says of a tie at its border; what flows keeps to the narrower of both sides. Absent: no limit of its own.
struct BorderLimit {
    std::string tie;
    std::optional<double> send, receive;                     // MW, normally
    std::optional<double> emergency_send, emergency_receive; // absent: as normally
};
Record describe(const BorderLimit*);

/// Power of an offer, or of a tie at the border, that is not there for some hours.
struct Unavailability {
    std::string element;
    std::int64_t first_hour = 1, hours = 1; // the first hour is 1
    double power = 0;                       // MW
};
Record describe(const Unavailability*);

/// Hours in which a series was not measured, and what stands there instead.
struct SeriesGap {
    std::string series; // "demand", or an offer
    std::int64_t first_hour = 1, hours = 1;
    std::string filled_by;
};
Record describe(const SeriesGap*);

struct Zone {
    std::string name;
    std::vector<double> demand;              // MW
    double protected_share = 0.2;            // of the demand: hospitals, heating, water
    double unserved_price = 3'000;           // the harm of a MWh not served
    double import_share_max = 1;             // net, of the demand
    std::vector<std::int64_t> import_months; // in which that holds; none: in all
    double stock_mwh = 0;                    // fuel and water at hand
    std::vector<Offer> offers;
    std::vector<BorderLimit> limits;
    std::vector<Unavailability> outages;
    std::string source;
    Standing standing = Standing::sample;
    std::optional<Date> period_from, period_to; // that the figures are of
    std::vector<SeriesGap> gaps;
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

/// up_to: the buyer takes it where its zone is not cheaper; this moves money, not power, for what is cheapest flows anyway.
/// must_take: flows whatever it costs, before what is not protected; the zones' net exports and imports are at least that.
/// swap: flows like must_take in its months and comes back in others, in energy or in water; what is owed is told by month.
enum class ContractKind { up_to, must_take, swap };
enum class ReturnedIn { energy, water };

struct Contract {
    std::string name, seller, buyer;
    double power = 0, price = 0;
    std::int64_t priority = 1; // 1 is served first
    ContractKind kind = ContractKind::up_to;
    std::vector<std::int64_t> months; // the season: 1 to 12; none: all
    std::optional<double> energy_max; // MWh each month
    // of a swap
    ReturnedIn returned_in = ReturnedIn::energy;
    std::vector<std::int64_t> return_months;
    double return_power = 0, return_ratio = 1; // MW; MWh or thousand m3 for each MWh
    double owed_at_start = 0;                  // by the buyer, in what is returned
};
Record describe(const Contract*);

/// equal_share: all who are joined go short by the same part of what is not protected. surplus_only: nobody goes shorter than alone.
enum class EmergencyRule { equal_share, surplus_only };

struct SharingCase {
    std::string name;
    std::optional<Time> starts_at; // seasons need it; months are those of UTC
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
/// "2022-01"; empty where the case does not say when it begins: then it is one month.
std::string month_at(const SharingCase& sharing, std::size_t hour);
bool in_season(const SharingCase& sharing, const std::vector<std::int64_t>& months, std::size_t hour);
/// MW of an offer that are there at an hour.
double available(const Zone& zone, const Offer& offer, std::size_t hour);
/// MW that a tie may carry forward and backward at an hour, by what is agreed and what both sides publish.
struct TieLimits {
    double forward = 0, backward = 0;
};
TieLimits limits_of(const SharingCase& sharing, const Tie& tie, std::size_t hour, bool emergency);

struct Exchange {
    std::vector<std::vector<std::vector<double>>> generation; // by zone, offer, hour
    std::vector<std::vector<double>> flows;                   // by tie and hour: sent forward, backward negative
    std::vector<std::vector<double>> received;                // the same at the other end
    std::vector<std::vector<double>> unserved, prices;        // by zone and hour
    std::vector<std::vector<double>> delivered, returned;     // by contract and hour, MW: what must flow, and what came back of a swap
    std::vector<double> fell_short;                           // by contract, MWh: what should have flowed and could not
    double cost = 0;                                          // offers, ties, harm
};

/// The cheapest exchange; prices are what one MWh more would cost in a zone.
Exchange clear(const SharingCase& sharing);

/// By proportional sharing: which part of what reaches zone i was made in zone j, at an hour. Rows add up to one where anything arrives.
std::vector<std::vector<double>> origins(const SharingCase& sharing, const Exchange& exchange, std::size_t hour);
/// t of CO2 in each MWh that a zone uses, at an hour.
std::vector<double> carbon_contents(const SharingCase& sharing, const Exchange& exchange, std::size_t hour);

struct ContractMonth {
    std::string month;
    double energy = 0, returned = 0, owed = 0; // MWh; what came back; what the buyer owes at its end
};
struct ContractUse {
    std::string contract;
    ContractKind kind = ContractKind::up_to;
    double energy = 0, amount = 0, at_market = 0; // MWh, at its price, what it would have cost at the prices of the buyer
    double fell_short = 0;                        // MWh
    std::vector<ContractMonth> months;
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
template <> struct Choices<planning::sharing::ContractKind> {
    static constexpr std::string_view name = "sharing_contract_kind";
    static constexpr std::string_view values[] = {"up_to", "must_take", "swap"};
};
template <> struct Choices<planning::sharing::ReturnedIn> {
    static constexpr std::string_view name = "sharing_returned_in";
    static constexpr std::string_view values[] = {"energy", "water"};
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
