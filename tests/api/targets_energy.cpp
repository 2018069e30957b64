// targets_energy.cpp — a site, a device and a channel.
#include <map>

#include "targets.h"

namespace greenbank::testing {

namespace {

void add_energy(Visitor& person, std::map<std::string, std::string>& places) {
    const std::string site = create(person, "/sites",
        R"({"name":{"en":"target"},"about":{"en":"x"},"kind":"energy","country":"KZ","place":{"en":"x"},"latitude":43.2,"longitude":76.9,"utc_offset_minutes":300})");
    places["site_update"] = "/sites/" + site;
    const Answer device = person.post("/devices",
        fmt::format(
            R"({{"name":{{"en":"target"}},"serial":"T-1","template":"gas_meter","site":"{}","accuracy_class":"1","calibration_certificate":"x","calibrated_on":"2026-01-01","calibration_valid_to":"2028-01-01","clock_ahead_max_seconds":60}})",
            site));
    REQUIRE_MESSAGE(device.status == 201, device.body);
    places["device_update"] = "/devices/" + device.at("/device/id");
    places["channel_update"] =
        "/channels/" +
        create(person, "/channels",
            fmt::format(
                R"({{"site":"{}","device":"{}","key":"target","name":{{"en":"target"}},"unit":"kW","accuracy":0.5,"least":-5,"greatest":900,"decimals":2}})",
                site, device.at("/device/id")));
}

const TargetRows energy(add_energy);

} // namespace

} // namespace greenbank::testing
