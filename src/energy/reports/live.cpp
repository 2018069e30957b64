// live.cpp — now: sites on the map with their alarms, one site's values, flows, and its day against the plan.
#include <map>

#include <fmt/format.h>

#include "energy/reports/plans.h"
#include "energy/reports/readings.h"
#include "energy/reports/site_report.h"
#include "energy/watch/operations.h"

namespace greenbank::energy {

struct LiveValue {
    Id<Channel> channel;
    std::string key;
    Text name;
    std::string unit;
    QuantityKind quantity = QuantityKind::instant;
    std::int64_t decimals = 2;
    std::optional<Id<Device>> device;
    std::optional<double> value;
    std::optional<Time> at;
    bool stale = false; // silent for more than a quarter of an hour
};
Record describe(const LiveValue*) {
    using R = LiveValue;
    return {"live_value", "The newest value of a channel.",
        {field<&R::channel>("channel", "The channel."), field<&R::key>("key", "Its key."), field<&R::name>("name", "Its name."),
            field<&R::unit>("unit", "Its unit."), field<&R::quantity>("quantity", "How its values follow each other."),
            field<&R::decimals>("decimals", "Shown."), field<&R::device>("device", "Its device."), field<&R::value>("value", "The newest value."),
            field<&R::at>("at", "When."), field<&R::stale>("stale", "Silent for more than 15 minutes.")}};
}
struct SiteLive {
    Site site;
    Time now;
    std::vector<LiveValue> values;
    std::vector<ReportStep> today; // hour by hour, of channels with a plan
    std::vector<Alarm> alarms;     // open ones, the worst first
    std::int64_t commands_open = 0;
};
Record describe(const SiteLive*) {
    using R = SiteLive;
    return {"site_live", "A site as it is now.",
        {field<&R::site>("site", "The site."), field<&R::now>("now", "The bank's time."), field<&R::values>("values", "The newest values.", {.max = 1000}),
            field<&R::today>("today", "Today, measured beside planned.", {.max = 10'000}), field<&R::alarms>("alarms", "Open alarms.", {.max = 100}),
            field<&R::commands_open>("commands_open", "Orders on their way.")}};
}
struct WatchedSite {
    Id<Site> id;
    Text name;
    SiteKind kind = SiteKind::energy;
    std::optional<double> latitude, longitude;
    std::int64_t devices = 0, channels = 0, alarms_open = 0, alarms_unacknowledged = 0;
    std::optional<Severity> severity;                  // of the worst open alarm
    std::optional<double> load_power, renewable_power; // kW
    std::optional<Time> newest_at;
    bool sample = false;
};
Record describe(const WatchedSite*) {
    using R = WatchedSite;
    return {"watched_site", "A site on the map.",
        {field<&R::id>("id", "The site."), field<&R::name>("name", "Its name."), field<&R::kind>("kind", "What is there."),
            field<&R::latitude>("latitude", "Degrees."), field<&R::longitude>("longitude", "Degrees."), field<&R::devices>("devices", "So many devices."),
            field<&R::channels>("channels", "So many channels."), field<&R::alarms_open>("alarms_open", "Open alarms."),
            field<&R::alarms_unacknowledged>("alarms_unacknowledged", "Of these nobody has taken on."), field<&R::severity>("severity", "Of the worst."),
            field<&R::load_power>("load_power", "What is drawn.", {.unit = "kW"}),
            field<&R::renewable_power>("renewable_power", "Of sun and wind.", {.unit = "kW"}),
            field<&R::newest_at>("newest_at", "The newest reading of these."), field<&R::sample>("sample", "Part of the sample bank.")}};
}
struct MonitoringOverview {
    Time now;
    std::vector<WatchedSite> sites;
    std::vector<Alarm> alarms; // the newest open ones
    std::int64_t alarms_open = 0, alarms_unacknowledged = 0, devices = 0, channels = 0;
};
Record describe(const MonitoringOverview*) {
    using R = MonitoringOverview;
    return {"monitoring_overview", "All sites now.",
        {field<&R::now>("now", "The bank's time."), field<&R::sites>("sites", "The sites.", {.max = 500}),
            field<&R::alarms>("alarms", "The newest open alarms.", {.max = 50}), field<&R::alarms_open>("alarms_open", "Open alarms."),
            field<&R::alarms_unacknowledged>("alarms_unacknowledged", "Of these nobody has taken on."), field<&R::devices>("devices", "Devices."),
            field<&R::channels>("channels", "Channels.")}};
}

namespace {

constexpr Duration stale_after = minutes(15);

Result<std::vector<LiveValue>> newest_values(Transaction& transaction, Archive& archive, const Id<Site>& site, Time now) {
    std::vector<LiveValue> values;
    for (const Channel& channel : TRY(transaction.find<Channel>("site = $1 ORDER BY device, key, id LIMIT 1000", {site.text}))) {
        LiveValue live{channel.id, channel.key, channel.name, channel.unit, channel.quantity, channel.decimals, channel.device, {}, {}, true};
        if (const auto newest = TRY(newest_reading(transaction, archive, channel.number))) {
            live.value = newest->value;
            live.at = newest->at;
            live.stale = now - newest->at > stale_after;
        }
        values.push_back(std::move(live));
    }
    return values;
}

Result<Done> add_powers(Transaction& transaction, Archive& archive, WatchedSite& site) {
    for (const std::string_view key : {"load_power", "pv_power", "wind_power"}) {
        for (const Channel& channel : TRY(transaction.find<Channel>("site = $1 AND key = $2 LIMIT 20", {site.id.text, std::string(key)}))) {
            const auto newest = TRY(newest_reading(transaction, archive, channel.number));
            const auto kilowatts = newest ? convert({newest->value, channel.unit}, "kW") : std::nullopt;
            if (!kilowatts) continue;
            auto& sum = key == "load_power" ? site.load_power : site.renewable_power;
            sum = sum.value_or(0) + *kilowatts;
            if (!site.newest_at || *site.newest_at < newest->at) site.newest_at = newest->at;
        }
    }
    return Done{};
}

} // namespace

std::vector<Endpoint> live_endpoints(Intake& intake) {
    const auto site_live_get = [&intake](Transaction& transaction, const Caller& caller, const Named<Site>& key) -> Result<SiteLive> {
        SiteLive live{.site = TRY(seen(transaction, caller, key.id)), .now = caller.now};
        live.values = TRY(newest_values(transaction, intake.archive(), key.id, caller.now));
        const Date today = date_of(caller.now + minutes(live.site.utc_offset_minutes));
        live.today = TRY(report_of(transaction, intake.archive(), live.site, ReportPeriod::daily, today, caller.now)).steps;
        live.alarms = TRY(transaction.find<Alarm>("site = $1 AND state <> 'cleared' ORDER BY noticed_at DESC LIMIT 100", {key.id.text}));
        std::stable_sort(live.alarms.begin(), live.alarms.end(), [](const Alarm& a, const Alarm& b) { return a.severity > b.severity; });
        live.commands_open =
            as_integer(TRY(transaction.query("SELECT count(*) FROM plant_command JOIN device ON device.id = plant_command.device WHERE device.site = $1 "
                                             "AND plant_command.state IN ('proposed', 'queued', 'sent')",
                               {key.id.text}))
                           .single());
        return live;
    };
    const auto monitoring_overview_get = [&intake](Transaction& transaction, const Caller& caller) -> Result<MonitoringOverview> {
        MonitoringOverview overview{.now = caller.now};
        std::vector<Value> who;
        const std::string whose = seen_where(caller, who);
        std::map<std::string, WatchedSite*> by_id;
        const auto sites = TRY(transaction.find<Site>(whose + " ORDER BY id LIMIT 500", who));
        overview.sites.reserve(sites.size());
        for (const Site& site : sites) {
            overview.sites.push_back(
                {.id = site.id, .name = site.name, .kind = site.kind, .latitude = site.latitude, .longitude = site.longitude, .sample = site.sample});
            by_id[site.id.text] = &overview.sites.back();
        }
        const auto counted = [&](const std::string& sql, auto&& into) -> Result<Done> {
            for (const auto& row : TRY(transaction.query(sql, who)).rows)
                if (const auto found = by_id.find(as_text(row[0])); found != by_id.end()) into(*found->second, row);
            return Done{};
        };
        TRY(counted("SELECT site, count(*) FROM device WHERE site IS NOT NULL AND " + whose + " GROUP BY site",
            [&](WatchedSite& site, const auto& row) { overview.devices += site.devices = as_integer(row[1]); }));
        TRY(counted("SELECT site, count(*) FROM channel WHERE " + whose + " GROUP BY site",
            [&](WatchedSite& site, const auto& row) { overview.channels += site.channels = as_integer(row[1]); }));
        TRY(counted("SELECT site, severity, state, count(*) FROM alarm WHERE state <> 'cleared' AND " + whose + " GROUP BY site, severity, state",
            [&](WatchedSite& site, const auto& row) {
                const auto severity = parse_choice<Severity>(as_text(row[1])).value_or(Severity::information);
                site.severity = std::max(site.severity.value_or(severity), severity);
                const std::int64_t count = as_integer(row[3]);
                site.alarms_open += count;
                overview.alarms_open += count;
                if (const std::string& state = as_text(row[2]); state == "raised" || state == "escalated")
                    site.alarms_unacknowledged += count, overview.alarms_unacknowledged += count;
            }));
        for (WatchedSite& site : overview.sites) TRY(add_powers(transaction, intake.archive(), site));
        overview.alarms = TRY(transaction.find<Alarm>("state <> 'cleared' AND " + whose + " ORDER BY noticed_at DESC, id DESC LIMIT 50", who));
        return overview;
    };
    return {
        // clang-format off
        {"site_live_get", Method::get, "/sites/{id}/live", "A site as it is now.", Mode::read, signed_in, call(site_live_get)},
        {"monitoring_overview_get", Method::get, "/monitoring-overview", "All one's sites now.", Mode::read, signed_in, call(monitoring_overview_get)},
        // clang-format on
    };
}

} // namespace greenbank::energy
