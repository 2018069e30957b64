// units.cpp — a small recursive reader of unit expressions.
#include "kernel/units.h"

#include <cmath>

#include "kernel/money.h"

namespace greenbank {

namespace {

constexpr std::size_t money = 7; // after metre, kilogram, second, ampere, kelvin, mole, CO2e

struct Base {
    std::string_view name;
    double factor;
    std::array<std::int8_t, 8> exponents;
    bool prefixes; // takes k, M, m, u, …
};

constexpr std::array<std::int8_t, 8> dimension(int m, int kg, int s, int a = 0, int k = 0, int mol = 0, int c = 0) {
    return {static_cast<std::int8_t>(m), static_cast<std::int8_t>(kg), static_cast<std::int8_t>(s), static_cast<std::int8_t>(a), static_cast<std::int8_t>(k),
        static_cast<std::int8_t>(mol), static_cast<std::int8_t>(c), 0};
}

constexpr Base bases[] = {
    {"1", 1, dimension(0, 0, 0), false},
    {"%", 0.01, dimension(0, 0, 0), false},
    {"ppm", 1e-6, dimension(0, 0, 0), false},
    {"m", 1, dimension(1, 0, 0), true},
    {"g", 1e-3, dimension(0, 1, 0), true},
    {"t", 1e3, dimension(0, 1, 0), true},
    {"s", 1, dimension(0, 0, 1), true},
    {"min", 60, dimension(0, 0, 1), false},
    {"h", 3600, dimension(0, 0, 1), false},
    {"d", 86400, dimension(0, 0, 1), false},
    {"a", 31557600, dimension(0, 0, 1), false}, // Julian year, as SI accepts it
    {"month", 2629800, dimension(0, 0, 1), false},
    {"A", 1, dimension(0, 0, 0, 1), true},
    {"V", 1, dimension(2, 1, -3, -1), true},
    {"K", 1, dimension(0, 0, 0, 0, 1), false},
    {"mol", 1, dimension(0, 0, 0, 0, 0, 1), true},
    {"L", 1e-3, dimension(3, 0, 0), true},
    {"ha", 1e4, dimension(2, 0, 0), false},
    {"mu", 10000.0 / 15, dimension(2, 0, 0), false}, // 亩
    {"Pa", 1, dimension(-1, 1, -2), true},
    {"bar", 1e5, dimension(-1, 1, -2), true},
    {"N", 1, dimension(1, 1, -2), true},
    {"J", 1, dimension(2, 1, -2), true},
    {"W", 1, dimension(2, 1, -3), true},
    {"Wh", 3600, dimension(2, 1, -2), true},
    {"VA", 1, dimension(2, 1, -3), true},
    {"Hz", 1, dimension(0, 0, -1), true},
    {"cal", 4.1868, dimension(2, 1, -2), true},
    {"tce", 29.3076e9, dimension(2, 1, -2), true}, // 7,000 kcal a kg, GB/T 2589
    {"gCO2e", 1e-3, dimension(0, 0, 0, 0, 0, 0, 1), true},
    {"tCO2e", 1e3, dimension(0, 0, 0, 0, 0, 0, 1), true},
    {"gCO2", 1e-3, dimension(0, 0, 0, 0, 0, 0, 1), true},
    {"tCO2", 1e3, dimension(0, 0, 0, 0, 0, 0, 1), true},
};

struct Prefix {
    std::string_view name;
    double factor;
};
constexpr Prefix prefixes[] = {
    {"k", 1e3}, {"M", 1e6}, {"G", 1e9}, {"T", 1e12}, {"m", 1e-3}, {"u", 1e-6}, {"µ", 1e-6}, {"μ", 1e-6}, {"n", 1e-9}, {"c", 1e-2}, {"d", 1e-1}, {"h", 1e2}};

std::optional<Unit> named(std::string_view name) {
    if (name == "degC" || name == "°C") return Unit{{dimension(0, 0, 0, 0, 1)}, 1, 273.15};
    if (name == "degF" || name == "°F") return Unit{{dimension(0, 0, 0, 0, 1)}, 5.0 / 9, 459.67 * 5.0 / 9};
    for (const Base& base : bases)
        if (base.name == name) return Unit{{base.exponents}, base.factor};
    for (const Base& base : bases)
        if (base.prefixes && name.ends_with(base.name))
            for (const Prefix& prefix : prefixes)
                if (prefix.name == name.substr(0, name.size() - base.name.size())) return Unit{{base.exponents}, base.factor * prefix.factor};
    if (decimals_of(name)) {
        Unit unit;
        unit.dimension.exponents[money] = 1;
        unit.dimension.currency = name;
        return unit;
    }
    return {};
}

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    std::optional<Unit> whole() {
        auto unit = product(0);
        if (!unit || at_ != text_.size()) return {};
        return unit;
    }

private:
    static bool raise(Unit& unit, int power) {
        for (auto& exponent : unit.dimension.exponents) {
            const int raised = exponent * power;
            if (raised < -60 || raised > 60) return false;
            exponent = static_cast<std::int8_t>(raised);
        }
        unit.factor = std::pow(unit.factor, power);
        return true;
    }

    static bool multiply(Unit& unit, const Unit& by) {
        if (unit.offset != 0 || by.offset != 0) { // a temperature inside a product is a difference
            unit.offset = 0;
        }
        for (std::size_t i = 0; i < 8; ++i) {
            const int sum = unit.dimension.exponents[i] + by.dimension.exponents[i];
            if (sum < -60 || sum > 60) return false;
            unit.dimension.exponents[i] = static_cast<std::int8_t>(sum);
        }
        if (unit.dimension.currency.empty()) unit.dimension.currency = by.dimension.currency;
        else if (!by.dimension.currency.empty() && by.dimension.currency != unit.dimension.currency) return false;
        if (unit.dimension.exponents[money] == 0) unit.dimension.currency.clear();
        unit.factor *= by.factor;
        return true;
    }

    std::optional<Unit> product(int depth) {
        auto unit = factor(depth);
        while (unit && at_ < text_.size() && text_[at_] != ')') {
            const char sign = text_[at_];
            std::size_t length = 1;
            if (text_.substr(at_).starts_with("·")) length = std::string_view("·").size();
            else if (sign != '.' && sign != '*' && sign != '/') return {};
            at_ += length;
            auto next = factor(depth);
            if (!next || (sign == '/' && !raise(*next, -1)) || !multiply(*unit, *next)) return {};
        }
        return unit;
    }

    std::optional<Unit> factor(int depth) {
        if (depth > 8 || at_ >= text_.size()) return {};
        std::optional<Unit> unit;
        if (text_[at_] == '(') {
            ++at_;
            unit = product(depth + 1);
            if (!unit || at_ >= text_.size() || text_[at_++] != ')') return {};
        } else {
            const std::size_t start = at_;
            while (at_ < text_.size() && std::string_view("./*()^-").find(text_[at_]) == std::string_view::npos && !text_.substr(at_).starts_with("·")) ++at_;
            std::string_view name = text_.substr(start, at_ - start);
            // a trailing digit is a power ("m3"), unless the whole name is a unit of its own ("1", "tCO2")
            unit = named(name);
            if (!unit) {
                std::size_t end = name.size();
                while (end > 0 && name[end - 1] >= '0' && name[end - 1] <= '9') --end;
                if (end == name.size() || end == 0 || name.size() - end > 1) {
                    for (const auto& [sign, power] : {std::pair{std::string_view("²"), 2}, {std::string_view("³"), 3}})
                        if (name.ends_with(sign)) {
                            unit = named(name.substr(0, name.size() - sign.size()));
                            if (!unit || !raise(*unit, power)) return {};
                            return unit;
                        }
                    return {};
                }
                unit = named(name.substr(0, end));
                if (!unit || !raise(*unit, name[end] - '0')) return {};
                return unit;
            }
        }
        if (!unit) return {};
        if (at_ < text_.size() && (text_[at_] == '^' || text_[at_] == '-')) {
            if (text_[at_] == '^') ++at_;
            const bool negative = at_ < text_.size() && text_[at_] == '-';
            if (negative) ++at_;
            if (at_ >= text_.size() || text_[at_] < '1' || text_[at_] > '9') return {};
            if (!raise(*unit, (negative ? -1 : 1) * (text_[at_++] - '0'))) return {};
        }
        return unit;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

std::optional<Unit> parse_unit(std::string_view text) {
    if (text.empty() || text.size() > 60) return {};
    return Reader(text).whole();
}

std::optional<double> convert(const Quantity& quantity, std::string_view unit) {
    if (quantity.unit == unit) return quantity.value;
    const auto from = parse_unit(quantity.unit), to = parse_unit(unit);
    if (!from || !to || from->dimension != to->dimension) return {};
    return (quantity.value * from->factor + from->offset - to->offset) / to->factor;
}

bool same_dimension(std::string_view a, std::string_view b) {
    const auto left = parse_unit(a), right = parse_unit(b);
    return left && right && left->dimension == right->dimension;
}

} // namespace greenbank
