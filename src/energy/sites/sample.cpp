// sample.cpp — points out of profiles (data/sample/energy_profiles): a value of any moment is the same on every machine and on every day of loading.
#include "energy/sites/sample.h"

#include <cmath>

#include "energy/engine/telemetry/read_number.h"
#include "energy/sites/operations.h"
#include "energy/sites/templates.h"
#include "energy/telemetry/archive.h"
#include "kernel/csv.h"
#include "kernel/embedded.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile energy_reference[];
} // namespace embedded

namespace energy {

namespace {

struct Profile {
    std::string template_, key, shape;
    double low = 0, high = 0;
};

std::vector<Profile> read_profiles() {
    const auto csv = parse_csv(embedded::energy_reference[1].bytes());
    require(static_cast<bool>(csv), "data/sample/energy_profiles/park_district.csv is not sound");
    std::vector<Profile> profiles;
    for (const auto& row : csv.value().rows) profiles.push_back({row[0], row[1], row[4], read_number(row[2]).value_or(0), read_number(row[3]).value_or(0)});
    return profiles;
}

constexpr double pi = 3.14159265358979;

/// 0 to 1 over the hours of a day.
double shape_of(std::string_view shape, double hour_of_day, bool working_day) {
    const auto bump = [&](double middle, double width) {
        double away = std::abs(hour_of_day - middle);
        away = std::min(away, 24 - away);
        return std::exp(-away * away / (2 * width * width));
    };
    if (shape == "sun") return std::max(0.0, std::sin((hour_of_day - 6) / 12 * pi));
    if (shape == "work") return (working_day ? 1.0 : 0.35) * std::min(1.0, bump(10.5, 2.4) + bump(15.5, 2.4));
    if (shape == "evening") return std::min(1.0, 0.3 * bump(8, 1.6) + bump(19.5, 2.6));
    return 0.5;
}

/// 0 to 1 out of a place and a moment.
double chance(std::uint64_t place, std::uint64_t moment) {
    std::uint64_t mixed = place * 0x9E3779B97F4A7C15 + moment; // splitmix64
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return static_cast<double>((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53;
}

std::uint64_t place_of(std::string_view id) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

double value_at(const Profile& profile, std::uint64_t place, Moment at, std::int64_t offset_minutes) {
    const Moment local = at + offset_minutes * 60'000'000;
    const double hour_of_day = static_cast<double>(local % day) / static_cast<double>(hour);
    const std::int64_t days_gone = local / day, of_week = (days_gone + 3) % 7; // 1970 began on a Thursday
    const double season = 1 + 0.18 * std::cos(static_cast<double>(days_gone % 365 - 200) / 365 * 2 * pi);
    // The weather of a day, and the small change of every moment.
    const double mood = 0.75 + 0.35 * chance(place, static_cast<std::uint64_t>(days_gone)),
                 quick = 0.96 + 0.08 * chance(place + 1, static_cast<std::uint64_t>(at / 1'000'000));
    const double share = profile.shape == "flat" ? chance(place + 2, static_cast<std::uint64_t>(at / 1'000'000))
                                                 : std::clamp(shape_of(profile.shape, hour_of_day, of_week < 5) * season * mood * quick, 0.0, 1.2);
    return profile.low + (profile.high - profile.low) * share;
}

constexpr Moment quarter = hour / 4;

/// A year and two months by the hour for what people look far back at, else a month; the last month by the quarter.
Points points_of(const Channel& channel, const Profile& profile, std::int64_t offset_minutes, Time now) {
    const std::uint64_t place = place_of(channel.device->text + "/" + channel.key);
    const Moment until = step_of(now.microseconds, quarter), month_ago = step_of(until - 31 * day, day);
    const bool year = profile.shape != "flat" &&
                      (channel.quantity == QuantityKind::counter || channel.key == "power" || channel.key == "temperature" || channel.key == "pm25");
    const double scale = std::pow(10.0, static_cast<double>(channel.decimals));
    Points points;
    double counted = std::floor(chance(place, 0) * 50'000);
    for (Moment at = year ? step_of(until - 430 * day, day) : month_ago; at <= until;) {
        const Moment step = at < month_ago ? hour : quarter;
        double value = value_at(profile, place, at, offset_minutes);
        if (channel.quantity == QuantityKind::counter) value = counted += std::max(0.0, value) * static_cast<double>(step) / static_cast<double>(hour);
        if (channel.quantity == QuantityKind::state) value = std::round(value);
        if (channel.least) value = std::max(value, *channel.least);
        if (channel.greatest) value = std::min(value, *channel.greatest);
        points.add(at, std::round(value * scale) / scale);
        at += step;
    }
    return points;
}

Result<std::int64_t> load(Archive& archive, Transaction& transaction, Time now) {
    const std::vector<Profile> profiles = read_profiles();
    std::int64_t made = 0;
    for (const char* site_id : {"site_sample_park", "site_sample_district"}) {
        const auto site = TRY(transaction.find_one<Site>("id = $1", {std::string(site_id)}));
        if (!site) continue;
        for (const Device& device : TRY(transaction.find<Device>("site = $1 AND sample = true ORDER BY id", {site->id.text}))) {
            const DeviceTemplate* const kind = find_device_template(device.template_);
            if (!kind || !TRY(transaction.query("SELECT 1 FROM channel WHERE device = $1 LIMIT 1", {device.id.text})).empty()) continue;
            std::int64_t number = TRY(next_channel_number(transaction));
            for (const TemplateChannel& one : kind->channels) {
                Channel channel{.id = Id<Channel>("channel_" + device.id.text.substr(7) + "_" + one.key),
                    .number = number++,
                    .organisation = device.organisation,
                    .site = site->id,
                    .device = device.id,
                    .key = one.key,
                    .name = one.name,
                    .unit = one.unit,
                    .kind = one.kind,
                    .quantity = one.quantity,
                    .least = one.least,
                    .greatest = one.greatest,
                    .decimals = one.decimals,
                    .sample = true,
                    .created_at = now,
                    .updated_at = now};
                TRY(transaction.insert(channel));
                ++made;
                for (const Profile& profile : profiles)
                    if (profile.template_ == device.template_ && profile.key == one.key)
                        TRY(archive.write(
                            transaction, {series_of(channel.number, SeriesKind::values), points_of(channel, profile, site->utc_offset_minutes, now)}));
            }
        }
    }
    return made;
}

Result<std::int64_t> remove(Archive& archive, Transaction& transaction) {
    for (const auto& row : TRY(transaction.query("SELECT number FROM channel WHERE sample = true")).rows) TRY(archive.erase(transaction, as_integer(row[0])));
    return std::int64_t{0}; // the records go with their sets
}

} // namespace

std::vector<SampleSet> site_samples() {
    return {sample_set<Site>("energy_sites/"), sample_set<Device>("energy_devices/"), sample_set<Channel>("energy_channels/")};
}

SampleStep site_points_sample(Archive& archive) {
    return {[&archive](Transaction& transaction, const SampleFiles&, Time now) { return load(archive, transaction, now); },
        [&archive](Transaction& transaction, const SampleFiles&, Time) { return remove(archive, transaction); }};
}

} // namespace energy
} // namespace greenbank
