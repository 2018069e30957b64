// Units of measurement: parse "mg/m3", "kWh/(m2.a)", "%"; compare dimensions; convert.
// Base: SI (BIPM brochure, 9th edition) extended by two counted kinds, CO2 equivalent and money, so that
// kgCO2e never converts to kg and USD/kW never to a plain number.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace greenbank {

/// Exponents of metre, kilogram, second, ampere, kelvin, mole, kg CO2e, currency (by code hash: equal codes only).
struct Dimension {
    std::array<std::int8_t, 8> exponents = {};
    std::string currency = {};

    bool operator==(const Dimension&) const = default;
};

/// value in base units = value * factor + offset
struct Unit {
    Dimension dimension;
    double factor = 1;
    double offset = 0; // only degC and degF standing alone
};

struct Quantity {
    double value = 0;
    std::string unit = "1";

    bool operator==(const Quantity&) const = default;
};

/// Products with '.' or '*', quotients with '/', powers as a digit ("m3", "m-3") and parentheses. Nothing if unknown.
std::optional<Unit> parse_unit(std::string_view text);
/// The value in `unit`, or nothing where the dimensions differ or a unit is unknown.
std::optional<double> convert(const Quantity& quantity, std::string_view unit);
bool same_dimension(std::string_view a, std::string_view b);

} // namespace greenbank
