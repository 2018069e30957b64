// methodology.cpp — equations in the order of what they need; the whole computed three times, with guessed, ruled and cautious readings.
#include "carbon/engine/methodology.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace greenbank::carbon {

namespace {

constexpr double two_sided_95 = 1.959963984540054; // of the normal distribution
constexpr std::string_view result_unit = "kgCO2e";

struct Program {
    std::vector<Equation> formulas; // by equation
    std::vector<std::size_t> order; // equations, needed ones first
    std::vector<Unit> units;        // of equations
};

struct Names {
    std::map<std::string, std::size_t, std::less<>> parameters, equations;
};
Names names_of(const Methodology& methodology) {
    Names names;
    for (std::size_t i = 0; i < methodology.parameters.size(); ++i) names.parameters.emplace(methodology.parameters[i].code, i);
    for (std::size_t i = 0; i < methodology.equations.size(); ++i) names.equations.emplace(methodology.equations[i].code, i);
    return names;
}

bool is_name(std::string_view code) {
    return !code.empty() && code.size() <= 60 && !(code[0] >= '0' && code[0] <= '9') &&
           std::all_of(code.begin(), code.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// Depth first: false where an equation needs itself.
bool put_in_order(const Program& program, const Names& names, std::size_t equation, std::vector<int>& seen, std::vector<std::size_t>& order) {
    if (seen[equation] == 2) return true;
    if (seen[equation] == 1) return false;
    seen[equation] = 1;
    for (const std::string& name : program.formulas[equation].names())
        if (const auto needed = names.equations.find(name); needed != names.equations.end())
            if (!put_in_order(program, names, needed->second, seen, order)) return false;
    seen[equation] = 2;
    order.push_back(equation);
    return true;
}

Program compile(const Methodology& methodology, Problems& problems) {
    Program program;
    const Names names = names_of(methodology);
    std::set<std::string> taken;
    const auto place = [](std::string_view list, std::size_t i, std::string_view part) {
        return std::string(list) + "[" + std::to_string(i) + "]." + std::string(part);
    };
    for (std::size_t i = 0; i < methodology.parameters.size(); ++i) {
        const MethodologyParameter& one = methodology.parameters[i];
        if (!is_name(one.code) || !taken.insert(one.code).second)
            problems.push_back({place("parameters", i, "code"), "methodology.name", "{name} is no name, or is there twice.", {{"name", one.code}}});
        const auto unit = parse_unit(one.unit);
        if (!unit || unit->offset != 0)
            problems.push_back({place("parameters", i, "unit"), "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", one.unit}}});
        if (one.kind == ParameterKind::fixed && !one.value)
            problems.push_back({place("parameters", i, "value"), "methodology.no_value", "A fixed parameter has a value."});
    }
    bool readable = true;
    for (std::size_t i = 0; i < methodology.equations.size(); ++i) {
        const MethodologyEquation& one = methodology.equations[i];
        if (!is_name(one.code) || !taken.insert(one.code).second)
            problems.push_back({place("equations", i, "code"), "methodology.name", "{name} is no name, or is there twice.", {{"name", one.code}}});
        const auto unit = parse_unit(one.unit);
        if (!unit || unit->offset != 0)
            problems.push_back({place("equations", i, "unit"), "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", one.unit}}});
        else if (one.role != EquationRole::intermediate && !same_dimension(one.unit, result_unit))
            problems.push_back({place("equations", i, "unit"), "methodology.result_unit", "Baseline, project and leakage are amounts of CO2e."});
        program.units.push_back(unit.value_or(Unit{}));
        auto formula = Equation::parse(one.formula);
        if (!formula) {
            const Error& error = formula.error();
            problems.push_back({place("equations", i, "formula"), error.code, error.message, error.parameters});
            readable = false;
            program.formulas.emplace_back();
            continue;
        }
        for (const std::string& name : formula.value().names())
            if (!names.parameters.contains(name) && !names.equations.contains(name)) {
                problems.push_back({place("equations", i, "formula"), "equation.name", "The formula uses {name}, which is neither a parameter nor an equation.",
                    {{"name", name}}});
                readable = false;
            }
        program.formulas.push_back(std::move(formula).value());
    }
    if (std::none_of(methodology.equations.begin(), methodology.equations.end(), [](const auto& one) { return one.role == EquationRole::baseline; }))
        problems.push_back({"equations", "methodology.no_baseline", "One equation at least says what the baseline emits."});
    if (!readable || !problems.empty()) return program;
    std::vector<int> seen(methodology.equations.size(), 0);
    for (std::size_t i = 0; i < methodology.equations.size(); ++i)
        if (!put_in_order(program, names, i, seen, program.order)) {
            problems.push_back({place("equations", i, "formula"), "equation.loop", "The equation {name} needs itself, by way of others.",
                {{"name", methodology.equations[i].code}}});
            return program;
        }
    for (const std::size_t i : program.order) {
        std::vector<Dimension> dimensions;
        for (const std::string& name : program.formulas[i].names())
            if (const auto parameter = names.parameters.find(name); parameter != names.parameters.end())
                dimensions.push_back(parse_unit(methodology.parameters[parameter->second].unit)->dimension);
            else dimensions.push_back(program.units[names.equations.find(name)->second].dimension);
        const auto dimension = program.formulas[i].dimension(dimensions);
        if (!dimension) problems.push_back({place("equations", i, "formula"), dimension.error().code, dimension.error().message});
        else if (dimension.value() != program.units[i].dimension)
            problems.push_back({place("equations", i, "unit"), "methodology.unit", "{name} does not come out in {unit}.",
                {{"name", methodology.equations[i].code}, {"unit", methodology.equations[i].unit}}});
    }
    return program;
}

/// Values of all equations in base units, and the slopes of baseline − project − leakage by parameter.
struct Computed {
    std::vector<double> equations;
    double baseline = 0, project = 0, leakage = 0;
    std::vector<double> slopes;
    double net() const { return baseline - project - leakage; }
};
Result<Computed> compute(const Methodology& methodology, const Program& program, const Names& names, const std::vector<double>& parameters) {
    Computed computed;
    computed.equations.resize(methodology.equations.size());
    computed.slopes.assign(parameters.size(), 0);
    std::vector<std::vector<double>> slopes(methodology.equations.size());
    for (const std::size_t i : program.order) {
        std::vector<double> given;
        for (const std::string& name : program.formulas[i].names())
            if (const auto parameter = names.parameters.find(name); parameter != names.parameters.end()) given.push_back(parameters[parameter->second]);
            else given.push_back(computed.equations[names.equations.find(name)->second]);
        auto value = program.formulas[i].value(given);
        if (!value) return invalid({{methodology.equations[i].code, value.error().code, value.error().message}});
        computed.equations[i] = value.value().value;
        slopes[i].assign(parameters.size(), 0);
        for (std::size_t j = 0; j < given.size(); ++j) {
            const std::string& name = program.formulas[i].names()[j];
            const double slope = value.value().slopes[j];
            if (const auto parameter = names.parameters.find(name); parameter != names.parameters.end()) slopes[i][parameter->second] += slope;
            else
                for (std::size_t k = 0; k < parameters.size(); ++k) slopes[i][k] += slope * slopes[names.equations.find(name)->second][k];
        }
        const EquationRole role = methodology.equations[i].role;
        if (role == EquationRole::intermediate) continue;
        (role == EquationRole::baseline ? computed.baseline : role == EquationRole::project ? computed.project : computed.leakage) += computed.equations[i];
        for (std::size_t k = 0; k < parameters.size(); ++k) computed.slopes[k] += (role == EquationRole::baseline ? 1 : -1) * slopes[i][k];
    }
    return computed;
}

/// Whole kilograms that can be stood for: rounded down, nothing below 0.
std::int64_t whole_kg(double kg) { return kg > 0 ? static_cast<std::int64_t>(std::floor(std::min(kg, 9e15) + 1e-6)) : 0; }

void check_series(const MethodologyParameter& parameter, const Series& series, Problems& problems) {
    const std::string place = "monitored." + parameter.code;
    if (parameter.interval_minutes == 0 && series.readings.size() != 1)
        problems.push_back({place, "monitoring.one_reading", "{name} has one value in a period.", {{"name", parameter.code}}});
    if (parameter.interval_minutes > 0 && series.step != minutes(parameter.interval_minutes))
        problems.push_back({place, "monitoring.interval", "{name} is read every {minutes} minutes.",
            {{"name", parameter.code}, {"minutes", std::to_string(parameter.interval_minutes)}}});
    for (std::size_t i = 0; i < series.readings.size(); ++i) {
        const double reading = series.readings[i];
        if (std::isnan(reading)) continue;
        if (std::isinf(reading) || (parameter.least && reading < *parameter.least) || (parameter.greatest && reading > *parameter.greatest)) {
            problems.push_back({place, "monitoring.implausible", "{name} cannot read {value} at {time}; correct it, or leave the reading out as missing.",
                {{"name", parameter.code}, {"value", std::to_string(reading)},
                    {"time", to_text(Time{series.begins_at.microseconds + static_cast<std::int64_t>(i) * series.step.microseconds})}}});
            return;
        }
    }
}

} // namespace

const MethodologyParameter* Methodology::find(std::string_view parameter) const {
    for (const MethodologyParameter& one : parameters)
        if (one.code == parameter) return &one;
    return nullptr;
}

Problems check_methodology(const Methodology& methodology) {
    Problems problems;
    (void)compile(methodology, problems);
    return problems;
}

double deduction_percent(double uncertainty_percent, const DeductionRule& rule) {
    if (!(uncertainty_percent > rule.free_percent)) return std::isnan(uncertainty_percent) ? 100 : 0;
    return std::min(100.0, uncertainty_percent > rule.whole_percent ? uncertainty_percent : uncertainty_percent - rule.free_percent);
}

Result<ReductionResult> reductions(const Methodology& methodology, const ReductionInput& input) {
    Problems problems;
    const Program program = compile(methodology, problems);
    if (!problems.empty()) return invalid(std::move(problems));
    const Names names = names_of(methodology);

    ReductionResult result;
    std::vector<double> guessed, ruled, cautious, standard; // by parameter, in base units; standard: relative
    for (const MethodologyParameter& parameter : methodology.parameters) {
        ParameterResult one{.code = parameter.code, .unit = parameter.unit, .kind = parameter.kind, .source = parameter.source, .status = parameter.status};
        const double factor = parse_unit(parameter.unit)->factor;
        one.uncertainty_percent = parameter.uncertainty_percent.value_or(0);
        double guess = 0, by_rule = 0;
        if (parameter.kind == ParameterKind::monitored) {
            const auto series =
                std::find_if(input.monitored.begin(), input.monitored.end(), [&](const MonitoredSeries& of) { return of.parameter == parameter.code; });
            if (series == input.monitored.end() || series->series.readings.empty()) {
                problems.push_back({"monitored." + parameter.code, "monitoring.no_readings", "There are no readings of {name}.", {{"name", parameter.code}}});
                continue;
            }
            check_series(parameter, series->series, problems);
            const auto meter = std::find_if(input.meters.begin(), input.meters.end(), [&](const Meter& of) { return of.parameter == parameter.code; });
            one.readings = accumulate(series->series, parameter.accumulation, parameter.bearing, methodology.gaps,
                meter == input.meters.end() ? nullptr : &*meter, methodology.calibration);
            one.value = one.readings.cautious;
            guess = one.readings.estimate;
            by_rule = one.readings.measured;
            if (meter != input.meters.end()) one.uncertainty_percent = two_sided_95 * one.readings.standard_percent;
            if (one.readings.too_many_missing) result.missing_too_many.push_back(parameter.code);
        } else {
            const auto stated = std::find_if(input.stated.begin(), input.stated.end(), [&](const StatedValue& of) { return of.parameter == parameter.code; });
            if (parameter.kind == ParameterKind::project && stated != input.stated.end()) {
                one.value = stated->value;
                if (stated->uncertainty_percent) one.uncertainty_percent = *stated->uncertainty_percent;
                if (!stated->source.empty()) one.source = stated->source;
            } else if (parameter.value) one.value = *parameter.value;
            else {
                problems.push_back({"stated." + parameter.code, "reduction.no_value", "The project has to state {name}.", {{"name", parameter.code}}});
                continue;
            }
            guess = by_rule = one.value;
        }
        result.status = std::max(result.status, one.status);
        guessed.push_back(guess * factor);
        ruled.push_back(by_rule * factor);
        cautious.push_back(one.value * factor);
        standard.push_back(one.uncertainty_percent / 100 / two_sided_95);
        result.parameters.push_back(std::move(one));
    }
    if (!problems.empty()) return invalid(std::move(problems));
    result.status = std::max(result.status, methodology.status);

    const Computed estimate = TRY(compute(methodology, program, names, guessed));
    const Computed measured = TRY(compute(methodology, program, names, ruled));
    const Computed claimed = TRY(compute(methodology, program, names, cautious));
    for (std::size_t i = 0; i < methodology.equations.size(); ++i)
        result.equations.push_back(
            {methodology.equations[i].code, methodology.equations[i].unit, methodology.equations[i].role, claimed.equations[i] / program.units[i].factor});
    result.baseline_kg = claimed.baseline;
    result.project_kg = claimed.project;
    result.leakage_kg = claimed.leakage;
    double variance = 0;
    for (std::size_t i = 0; i < cautious.size(); ++i) {
        const double part = claimed.slopes[i] * cautious[i] * standard[i];
        result.parameters[i].variance_share = part * part;
        variance += part * part;
    }
    for (ParameterResult& one : result.parameters) one.variance_share = variance > 0 ? one.variance_share / variance : 0;
    result.uncertainty_percent = claimed.net() > 0 ? 100 * two_sided_95 * std::sqrt(variance) / claimed.net() : 0;
    result.deduction_percent = deduction_percent(result.uncertainty_percent, methodology.deduction);
    // Of an equation that bends, a cautious reading may do the opposite of what its bearing says: no step goes up all the same.
    result.estimate_kg = whole_kg(estimate.net());
    result.measured_kg = std::min(result.estimate_kg, whole_kg(measured.net()));
    result.calibrated_kg = std::min(result.measured_kg, whole_kg(claimed.net()));
    result.claimed_kg = std::min(result.calibrated_kg, whole_kg(claimed.net() * (1 - result.deduction_percent / 100)));
    return result;
}

} // namespace greenbank::carbon
