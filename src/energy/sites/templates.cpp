// templates.cpp — data/reference/device_templates.csv, a row a channel.
#include "energy/sites/templates.h"

#include "energy/engine/telemetry/read_number.h"
#include "kernel/csv.h"
#include "kernel/embedded.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile energy_reference[];
extern const std::size_t energy_reference_count;
} // namespace embedded

namespace energy {

Record describe(const TemplateChannel*) {
    using One = TemplateChannel;
    return {"template_channel", "A channel that such devices have.",
        {
            field<&One::key>("key", "What messages call it."),
            field<&One::name>("name", "What it is called."),
            field<&One::unit>("unit", "Its unit."),
            field<&One::kind>("kind", "What it is about."),
            field<&One::quantity>("quantity", "Instant value, counter, amount of an interval, or state."),
            field<&One::least>("least", "Values below are impossible."),
            field<&One::greatest>("greatest", "Values above are impossible."),
            field<&One::decimals>("decimals", "Decimals to show."),
        }};
}

Record describe(const DeviceTemplate*) {
    return {"device_template", "A common kind of device.",
        {
            field<&DeviceTemplate::code>("code", "Its name in devices."),
            field<&DeviceTemplate::name>("name", "What it is called."),
            field<&DeviceTemplate::channels>("channels", "What it measures."),
        }};
}

namespace {

std::vector<DeviceTemplate> read_templates(std::string_view text) {
    auto csv = parse_csv(text);
    require(static_cast<bool>(csv), "data/reference/device_templates.csv is not sound");
    const Csv& table = csv.value();
    std::vector<DeviceTemplate> templates;
    for (const auto& row : table.rows) {
        const auto cell = [&](std::string_view column) -> const std::string& { return row[static_cast<std::size_t>(table.column(column))]; };
        if (templates.empty() || templates.back().code != cell("template"))
            templates.push_back({cell("template"), {cell("template_zh"), cell("template_en"), cell("template_ru")}, {}});
        if (cell("key").empty()) continue;
        TemplateChannel channel{.key = cell("key"), .name = {cell("zh"), cell("en"), cell("ru")}, .unit = cell("unit")};
        const auto kind = parse_choice<SiteKind>(cell("kind"));
        const auto quantity = parse_choice<QuantityKind>(cell("quantity"));
        require(kind && quantity && parse_unit(channel.unit), "device_templates.csv names an unknown kind, quantity or unit");
        channel.kind = *kind;
        channel.quantity = *quantity;
        channel.least = read_number(cell("least"));
        channel.greatest = read_number(cell("greatest"));
        channel.decimals = static_cast<std::int64_t>(read_number(cell("decimals")).value_or(2));
        templates.back().channels.push_back(std::move(channel));
    }
    return templates;
}

} // namespace

const std::vector<DeviceTemplate>& device_templates() {
    static const std::vector<DeviceTemplate> templates = read_templates(embedded::energy_reference[0].bytes());
    return templates;
}

const DeviceTemplate* find_device_template(std::string_view code) {
    for (const DeviceTemplate& one : device_templates())
        if (one.code == code) return &one;
    return nullptr;
}

} // namespace energy
} // namespace greenbank
