// records.cpp — descriptions of set points and orders.
#include "energy/control/records.h"

namespace greenbank::energy {

SetPointLimits limits_of(const SetPoint& set_point) {
    SetPointLimits limits{.least = set_point.least,
        .greatest = set_point.greatest,
        .rate_per_minute = set_point.rate_per_minute,
        .dangerous = set_point.dangerous,
        .watchdog_seconds = set_point.watchdog_seconds,
        .fallback = set_point.fallback,
        .confirm_seconds = set_point.confirm_seconds};
    for (const PointInterlock& one : set_point.interlocks) limits.interlocks.push_back({one.channel, one.above, one.limit, one.stale_seconds});
    return limits;
}

namespace {

void check_set_point(const void* value, Problems& problems) {
    Problems found;
    check_limits(limits_of(*static_cast<const SetPoint*>(value)), found);
    add_unsaid(problems, std::move(found));
    if (!parse_unit(static_cast<const SetPoint*>(value)->unit))
        add_unsaid(
            problems, {{"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", static_cast<const SetPoint*>(value)->unit}}}});
}

} // namespace

Record describe(const PointInterlock*) {
    using R = PointInterlock;
    return {"point_interlock", "While this holds, nothing is ordered.",
        {field<&R::channel>("channel", "A channel of the same device.", {.min = 1, .max = 120}),
            field<&R::above>("above", "Locked above the limit, else below it.", {.defaulted = true}), field<&R::limit>("limit", "In the channel's unit."),
            field<&R::stale_seconds>(
                "stale_seconds", "An older reading is none, and what is not known locks.", {.unit = "s", .min = 1, .max = 86'400, .defaulted = true})}};
}

Record describe(const SetPoint*) {
    using R = SetPoint;
    return {"set_point", "What may be ordered of a device.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true, .filter = true}),
            field<&R::device>("device", "The device.", {.filter = true}), field<&R::key>("key", "What the device calls it.", {.min = 1, .max = 120}),
            field<&R::name>("name", "What people call it.", {.min = 1, .max = 200}), field<&R::unit>("unit", "Of its values.", {.min = 1, .max = 40}),
            field<&R::least>("least", "The least value."), field<&R::greatest>("greatest", "The greatest value."),
            field<&R::rate_per_minute>("rate_per_minute", "How fast the value may move, per minute."),
            field<&R::interlocks>("interlocks", "What must not be the case.", {.max = 8, .defaulted = true}),
            field<&R::dangerous>("dangerous", "Another person must approve each order.", {.defaulted = true}),
            field<&R::watchdog_seconds>(
                "watchdog_seconds", "Without a sign of life for so long the fallback is ordered.", {.unit = "s", .min = 5, .max = 86'400}),
            field<&R::fallback>("fallback", "What is safe when nobody is there.", {.defaulted = true}),
            field<&R::confirm_seconds>("confirm_seconds", "By then the device must have confirmed.", {.unit = "s", .min = 1, .max = 86'400, .defaulted = true}),
            field<&R::value>("value", "What the device confirmed last.", {.read_only = true}), field<&R::value_at>("value_at", "When.", {.read_only = true}),
            field<&R::alive_at>("alive_at", "The last sign of life of who ordered.", {.read_only = true}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}), field<&R::created_at>("created_at", "When.", {.read_only = true}),
            field<&R::updated_at>("updated_at", "When changed.", {.read_only = true}),
            field<&R::version>("version", "Grows with each change.", {.read_only = true})},
        check_set_point};
}

Record describe(const PlantCommand*) {
    using R = PlantCommand;
    return {"plant_command", "An order to a device.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true}),
            field<&R::set_point>("set_point", "Which set point.", {.read_only = true, .filter = true}),
            field<&R::device>("device", "Of which device.", {.read_only = true, .filter = true}),
            field<&R::key>("key", "What the device calls it.", {.read_only = true}), field<&R::unit>("unit", "Of the values.", {.read_only = true}),
            field<&R::target>("target", "What was ordered.", {.read_only = true}),
            field<&R::value_before>("value_before", "What it was before.", {.read_only = true}),
            field<&R::origin>("origin", "Who wants it.", {.read_only = true}), field<&R::reverses>("reverses", "The order it takes back.", {.read_only = true}),
            field<&R::state>("state", "How far it has come.", {.read_only = true, .filter = true}),
            field<&R::due_at>("due_at", "Not sent before.", {.read_only = true, .sort = true}),
            field<&R::maker>("maker", "Who ordered it.", {.read_only = true}), field<&R::maker_name>("maker_name", "His name.", {.read_only = true}),
            field<&R::checker_name>("checker_name", "Who approved or rejected it.", {.read_only = true}),
            field<&R::reason>("reason", "Why.", {.max = 1000, .read_only = true}), field<&R::sent_at>("sent_at", "When it left.", {.read_only = true}),
            field<&R::ended_at>("ended_at", "When it ended.", {.read_only = true}),
            field<&R::value_sent>("value_sent", "What was sent last.", {.read_only = true}),
            field<&R::value_confirmed>("value_confirmed", "What the device says it has.", {.read_only = true}),
            field<&R::failure>("failure", "Why it failed.", {.read_only = true}), field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&R::created_at>("created_at", "When.", {.read_only = true}), field<&R::version>("version", "Grows with each change.", {.read_only = true})}};
}

} // namespace greenbank::energy
