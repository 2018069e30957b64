// records.h — what is monitored: sites, the devices there, and the channels by which devices tell of it.
#pragma once

#include "projects/records.h"

namespace greenbank::energy {

using parties::Organisation;
using projects::Project;

enum class SiteKind { energy, environment, industry, waste, water, agriculture, transport, building };

struct Site {
    static constexpr std::string_view id_prefix = "site";
    Id<Site> id;
    Id<Organisation> organisation;
    std::optional<Id<Project>> project;
    Text name, about;
    SiteKind kind = SiteKind::energy;
    std::string country;
    Text place;
    std::optional<double> latitude, longitude;
    std::int64_t utc_offset_minutes = 480; // of its clocks: days of reports begin by it
    std::optional<std::int64_t> keep_points_days, keep_hours_days; // absent: for ever; days stay always (telemetry/retention.h)
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Site*);

/// unclaimed: made for somebody who has yet to claim it; only active ones are listened to.
enum class DeviceState { unclaimed, active, suspended, retired };

struct Device {
    static constexpr std::string_view id_prefix = "device";
    Id<Device> id;
    Id<Organisation> organisation; // whose it is; of an unclaimed one: who made it
    std::optional<Id<Site>> site;  // absent until it is claimed
    std::string template_;         // of templates.h
    Text name;
    std::string serial; // once in each organisation
    DeviceState state = DeviceState::active;
    std::string accuracy_class;          // "0.5S"
    std::string calibration_certificate; // its number
    std::optional<Date> calibrated_on, calibration_valid_to;
    std::int64_t clock_ahead_max_seconds = 300; // points later than that after their arrival are refused
    std::string credential_hash;                // empty: revoked, or never had one
    std::string credential_before_hash;         // good until credential_before_until, while a new one travels
    std::optional<Time> credential_before_until;
    std::optional<Time> credential_issued_at;
    std::string claim_code_hash; // empty: cannot be claimed
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Device*);

/// How values follow each other: instant (power, temperature), counter (a meter's reading, which only grows until it is replaced),
/// interval (what flowed since the point before), state (a number that stands for a word).
enum class QuantityKind { instant, counter, interval, state };

struct Channel {
    static constexpr std::string_view id_prefix = "channel";
    Id<Channel> id;
    std::int64_t number = 0; // under which the archive keeps its points; given once, never again
    Id<Organisation> organisation;
    Id<Site> site;
    std::optional<Id<Device>> device; // absent: computed out of others
    std::string key;                  // what messages call it; once in each device (or site, of computed ones)
    Text name;
    std::string unit;
    SiteKind kind = SiteKind::energy;
    QuantityKind quantity = QuantityKind::instant;
    std::optional<double> accuracy;        // % of the value
    std::optional<double> least, greatest; // what is physically possible: beyond it points are kept as bad
    std::int64_t decimals = 2;             // shown
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Channel*);

} // namespace greenbank::energy

namespace greenbank {
template <> struct Choices<energy::SiteKind> {
    static constexpr std::string_view name = "site_kind";
    static constexpr std::string_view values[] = {"energy", "environment", "industry", "waste", "water", "agriculture", "transport", "building"};
};
template <> struct Choices<energy::DeviceState> {
    static constexpr std::string_view name = "device_state";
    static constexpr std::string_view values[] = {"unclaimed", "active", "suspended", "retired"};
};
template <> struct Choices<energy::QuantityKind> {
    static constexpr std::string_view name = "quantity_kind";
    static constexpr std::string_view values[] = {"instant", "counter", "interval", "state"};
};
} // namespace greenbank
