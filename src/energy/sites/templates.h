// templates.h — device templates (data/reference/device_templates.csv): what channels a common kind of device has.
#pragma once

#include "energy/sites/records.h"

namespace greenbank::energy {

struct TemplateChannel {
    std::string key;
    Text name;
    std::string unit;
    SiteKind kind = SiteKind::energy;
    QuantityKind quantity = QuantityKind::instant;
    std::optional<double> least, greatest;
    std::int64_t decimals = 2;
};
Record describe(const TemplateChannel*);

struct DeviceTemplate {
    std::string code; // "electricity_meter"
    Text name;
    std::vector<TemplateChannel> channels;
};
Record describe(const DeviceTemplate*);

const std::vector<DeviceTemplate>& device_templates();
/// Null where there is none of that code.
const DeviceTemplate* find_device_template(std::string_view code);

} // namespace greenbank::energy
