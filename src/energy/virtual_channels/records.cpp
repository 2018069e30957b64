// records.cpp — descriptions of computed channels and factors.
#include "energy/virtual_channels/records.h"

#include <cmath>

#include "energy/engine/formula/formula.h"

namespace greenbank::energy {

namespace {

void check_virtual(const void* value, Problems& problems) {
    const auto& one = *static_cast<const VirtualChannel*>(value);
    auto parsed = parse_formula(one.formula);
    if (!parsed) add_unsaid(problems, std::move(parsed.error().problems));
    if (!parse_unit(one.unit)) add_unsaid(problems, {{"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", one.unit}}}});
    if (one.step_seconds > 0 && 86'400 % one.step_seconds != 0)
        add_unsaid(problems, {{"step_seconds", "formula.step", "A whole number of steps makes a day: 60, 300, 900, 3600 …"}});
}

void check_factor(const void* value, Problems& problems) {
    const auto& one = *static_cast<const HourlyFactor*>(value);
    if (!parse_unit(one.unit)) problems.push_back({"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", one.unit}}});
    if (!std::isfinite(one.value)) problems.push_back({"value", "formula.factor", "A factor is a finite number."});
}

} // namespace

Record describe(const FormulaInput*) {
    return {"formula_input", "Which channel a name means.",
        {field<&FormulaInput::name>("name", "The name in the formula.", {.min = 1, .max = 120}), field<&FormulaInput::channel>("channel", "The channel.")}};
}

Record describe(const VirtualChannel*) {
    using R = VirtualChannel;
    return {"virtual_channel", "A channel computed from others.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true}),
            field<&R::site>("site", "Of which site.", {.filter = true}), field<&R::channel>("channel", "Where its values are kept.", {.read_only = true}),
            field<&R::key>("key", "What formulas and rules call it.", {.min = 1, .max = 120}),
            field<&R::name>("name", "What people call it.", {.min = 1, .max = 200}),
            field<&R::formula>("formula", "Out of what: (pv_power + wind_power) * step.", {.min = 1, .max = 2000}),
            field<&R::unit>("unit", "Of the result.", {.min = 1, .max = 40}),
            field<&R::inputs>("inputs", "Names that are not a key of this site.", {.max = 64, .defaulted = true}),
            field<&R::step_seconds>("step_seconds", "One value for so long.", {.unit = "s", .min = 60, .max = 86'400, .defaulted = true}),
            field<&R::computed_until>("computed_until", "Computed up to here.", {.read_only = true}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}), field<&R::created_at>("created_at", "When.", {.read_only = true}),
            field<&R::updated_at>("updated_at", "When changed.", {.read_only = true}),
            field<&R::version>("version", "Grows with each change.", {.read_only = true})},
        check_virtual};
}

Record describe(const HourlyFactor*) {
    using R = HourlyFactor;
    return {"hourly_factor", "A factor that holds from a moment on.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true}),
            field<&R::key>("key", "What formulas call it.", {.min = 1, .max = 120, .filter = true}),
            field<&R::name>("name", "What people call it.", {.min = 1, .max = 200}), field<&R::unit>("unit", "kgCO2e/kWh.", {.min = 1, .max = 40}),
            field<&R::valid_from>("valid_from", "From when it holds.", {.sort = true}), field<&R::value>("value", "The factor."),
            field<&R::edition>("edition", "Of which edition.", {.min = 1, .max = 120}), field<&R::source>("source", "Where it stands.", {.min = 1, .max = 500}),
            field<&R::status>("status", "Official, unconfirmed or sample.", {.defaulted = true}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}), field<&R::created_at>("created_at", "When.", {.read_only = true}),
            field<&R::updated_at>("updated_at", "When changed.", {.read_only = true}),
            field<&R::version>("version", "Grows with each change.", {.read_only = true})},
        check_factor};
}

} // namespace greenbank::energy
