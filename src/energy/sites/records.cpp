// records.cpp — descriptions of sites, devices and channels.
#include "energy/sites/records.h"

#include <algorithm>

#include "library/rules.h"

namespace greenbank::energy {

namespace {

void check_site(const void* value, Problems& problems) {
    const auto& site = *static_cast<const Site*>(value);
    library::check_country(site.country, "country", problems);
    if (site.utc_offset_minutes % 15 != 0)
        problems.push_back({"utc_offset_minutes", "equipment.offset", "Clocks differ from UTC by quarters of an hour: 480 is UTC+8."});
    if (site.latitude.has_value() != site.longitude.has_value())
        problems.push_back({site.latitude ? "longitude" : "latitude", "site.half_a_place", "A place has a latitude and a longitude, or neither."});
    if (site.keep_hours_days && (!site.keep_points_days || *site.keep_hours_days < *site.keep_points_days))
        problems.push_back({"keep_hours_days", "site.keep_hours", "Hours are kept at least as long as points; say first how long points are kept."});
}

void check_device(const void* value, Problems& problems) {
    const auto& device = *static_cast<const Device*>(value);
    if (device.calibrated_on && device.calibration_valid_to && *device.calibration_valid_to < *device.calibrated_on)
        problems.push_back({"calibration_valid_to", "device.calibration", "A calibration ends after it was made."});
}

void check_channel(const void* value, Problems& problems) {
    const auto& channel = *static_cast<const Channel*>(value);
    const bool plain = std::all_of(channel.key.begin(), channel.key.end(),
        [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-' || c == '/'; });
    if (!plain) problems.push_back({"key", "channel.key", "A key is made of letters, digits and _ . - /"});
    if (!parse_unit(channel.unit))
        problems.push_back({"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", channel.unit.substr(0, 40)}}});
    if (channel.least && channel.greatest && *channel.least >= *channel.greatest)
        problems.push_back({"greatest", "channel.limits", "The greatest possible value lies above the least."});
}

} // namespace

Record describe(const Site*) {
    return {"site", "A place that is monitored.",
        {
            field<&Site::id>("id", "Id.", {.read_only = true}),
            field<&Site::organisation>("organisation", "Whose it is.", {.read_only = true, .filter = true}),
            field<&Site::project>("project", "The project it belongs to.", {.filter = true}),
            field<&Site::name>("name", "What it is called.", {.min = 1, .max = 200, .sort = true}),
            field<&Site::about>("about", "What is there.", {.max = 4000}),
            field<&Site::kind>("kind", "What is chiefly watched there.", {.filter = true, .sort = true}),
            field<&Site::country>("country", "In which country.", {.min = 2, .max = 2, .filter = true, .sort = true}),
            field<&Site::place>("place", "Where in words.", {.max = 200}),
            field<&Site::latitude>("latitude", "Degrees north.", {.min = -90, .max = 90}),
            field<&Site::longitude>("longitude", "Degrees east.", {.min = -180, .max = 180}),
            field<&Site::utc_offset_minutes>(
                "utc_offset_minutes", "How far the clocks there are ahead of UTC.", {.unit = "min", .min = -720, .max = 840, .defaulted = true}),
            field<&Site::keep_points_days>("keep_points_days",
                "Points older than that are dropped each day; their hours and days stay. Left out: they are kept.", {.unit = "d", .min = 31, .max = 36'500}),
            field<&Site::keep_hours_days>(
                "keep_hours_days", "Hours older than that are dropped too; their days stay. Left out: they are kept.", {.unit = "d", .min = 31, .max = 36'500}),
            field<&Site::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Site::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Site::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Site::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_site, true};
}

Record describe(const Device*) {
    return {"device", "Something that measures or acts at a site.",
        {
            field<&Device::id>("id", "Id.", {.read_only = true}),
            field<&Device::organisation>("organisation", "Whose it is.", {.read_only = true, .filter = true}),
            field<&Device::site>("site", "Where it stands.", {.filter = true}),
            field<&Device::template_>("template", "What kind of device it is.", {.max = 60, .defaulted = true, .filter = true}),
            field<&Device::name>("name", "What it is called.", {.min = 1, .max = 200, .sort = true}),
            field<&Device::serial>("serial", "The number on its plate.", {.min = 1, .max = 80, .sort = true}),
            field<&Device::state>("state", "Unclaimed, active, suspended or retired.", {.read_only = true, .filter = true, .sort = true}),
            field<&Device::accuracy_class>("accuracy_class", "Its accuracy class, as on the plate.", {.max = 20, .defaulted = true}),
            field<&Device::calibration_certificate>("calibration_certificate", "The number of its calibration certificate.", {.max = 120, .defaulted = true}),
            field<&Device::calibrated_on>("calibrated_on", "When it was calibrated.", {.sort = true}),
            field<&Device::calibration_valid_to>("calibration_valid_to", "Until when the calibration holds.", {.filter = true, .sort = true}),
            field<&Device::clock_ahead_max_seconds>(
                "clock_ahead_max_seconds", "How far its clock may run ahead of ours.", {.unit = "s", .min = 0, .max = 86400, .defaulted = true}),
            field<&Device::credential_hash>("credential_hash", "The credential's hash.", {.read_only = true, .secret = true}),
            field<&Device::credential_before_hash>("credential_before_hash", "The hash of the credential before.", {.read_only = true, .secret = true}),
            field<&Device::credential_before_until>("credential_before_until", "Until when the credential before is still good.", {.read_only = true}),
            field<&Device::credential_issued_at>("credential_issued_at", "When its credential was issued; absent: it has none.", {.read_only = true}),
            field<&Device::claim_code_hash>("claim_code_hash", "The claim code's hash.", {.read_only = true, .secret = true}),
            field<&Device::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Device::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Device::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Device::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_device, true};
}

Record describe(const Channel*) {
    return {"channel", "One quantity that a device tells of.",
        {
            field<&Channel::id>("id", "Id.", {.read_only = true}),
            field<&Channel::number>("number", "Its number in the archive.", {.read_only = true}),
            field<&Channel::organisation>("organisation", "Whose it is.", {.read_only = true, .filter = true}),
            field<&Channel::site>("site", "At which site.", {.filter = true}),
            field<&Channel::device>("device", "Of which device; absent: it is computed.", {.filter = true}),
            field<&Channel::key>("key", "What messages call it.", {.min = 1, .max = 80, .sort = true}),
            field<&Channel::name>("name", "What it is called.", {.min = 1, .max = 200, .sort = true}),
            field<&Channel::unit>("unit", "Its unit.", {.min = 1, .max = 40}),
            field<&Channel::kind>("kind", "What it is about.", {.defaulted = true, .filter = true}),
            field<&Channel::quantity>("quantity", "Instant value, counter, amount of an interval, or state.", {.defaulted = true, .filter = true}),
            field<&Channel::accuracy>("accuracy", "How exact it is, of the value.", {.unit = "%", .min = 0, .max = 100}),
            field<&Channel::least>("least", "Values below are impossible and kept as bad."),
            field<&Channel::greatest>("greatest", "Values above are impossible and kept as bad."),
            field<&Channel::decimals>("decimals", "Decimals to show.", {.min = 0, .max = 9, .defaulted = true}),
            field<&Channel::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Channel::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Channel::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Channel::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_channel, true};
}

} // namespace greenbank::energy
