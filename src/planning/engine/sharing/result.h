// result.h — everything that is told of a case: the market's exchange, contracts, adequacy, and the emergency plan where the market leaves somebody short.
// Energy in MWh, carbon in t, prices and amounts in the currency of the case.
#pragma once

#include <utility>

#include "planning/engine/sharing/zones.h"

namespace greenbank::planning::sharing {

struct ZoneExchange {
    std::string zone, source;
    Standing standing = Standing::sample;
    std::int64_t gap_hours = 0;
    double demand = 0, generated = 0, unserved = 0;
    double price = 0;                                            // mean of the hours, weighted by what is used
    double carbon_made = 0, carbon_used = 0, carbon_per_mwh = 0; // where it is emitted; where it is used; of a MWh that is used
    std::vector<double> prices, unserved_by_hour;
};
Record describe(const ZoneExchange*);

struct TieExchange {
    std::string tie, from, to;
    double forward = 0, backward = 0;
    std::vector<double> flows; // by hour, MW; backward negative
    bool full = false;         // at a limit in some hour
    std::vector<double> limits_forward, limits_backward;
};
Record describe(const TieExchange*);

/// What a zone uses that was made in another one, by proportional sharing.
struct Import {
    std::string zone, from;
    double energy = 0;
};
Record describe(const Import*);

struct ExchangeResult {
    double cost = 0;
    std::vector<ZoneExchange> zones;
    std::vector<TieExchange> ties;
    std::vector<Import> imports;
};
Record describe(const ExchangeResult*);

struct ZoneShortage {
    std::string zone;
    double protected_unserved = 0, short_share = 0;
};
Record describe(const ZoneShortage*);

struct EmergencyResult {
    EmergencyRule rule = EmergencyRule::equal_share;
    double unserved = 0;
    ExchangeResult exchange;
    std::vector<ZoneShortage> shortage;
    std::vector<Obligation> obligations;
};
Record describe(const EmergencyResult*);

struct AdequacyResult {
    std::int64_t tightest_hour = 1; // from 1
    std::vector<ZoneAdequacy> zones;
    std::vector<Outage> outages;
};
Record describe(const AdequacyResult*);

struct SharingResult {
    std::string name;
    std::int64_t hours = 1;
    double unserved = 0; // by the market alone
    ExchangeResult exchange;
    std::vector<ContractUse> contracts;
    AdequacyResult adequacy;
    std::optional<EmergencyResult> emergency;
};
Record describe(const SharingResult*);

Record describe(const ContractMonth*);
Record describe(const ContractUse*);
Record describe(const Outage*);
Record describe(const ZoneAdequacy*);
Record describe(const Obligation*);

SharingResult sharing_result(const SharingCase& sharing);

/// Prices and shortage of each zone, flows of each tie, a value each hour; with their names.
std::pair<std::vector<std::string>, std::vector<std::vector<double>>> hours_of(const ExchangeResult& exchange);

} // namespace greenbank::planning::sharing
