// formula.cpp — reading a formula (recursive descent, bounded), its dimension, its values.
#include "energy/engine/formula/formula.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank::energy {

namespace {

using Step = FormulaStep;
using Kind = Step::Kind;

struct Function {
    std::string_view name;
    Kind kind;
    std::size_t least, most; // arguments
};
constexpr Function functions[] = {
    {"abs", Kind::absolute, 1, 1}, {"min", Kind::least, 2, 16}, {"max", Kind::greatest, 2, 16}, {"positive", Kind::positive, 1, 1}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    Result<Formula> read() {
        TRY(sum(0));
        skip();
        if (at_ < text_.size()) return fault("Here the formula goes on, but nothing can follow what stands before.");
        return std::move(formula_);
    }

private:
    Error fault(std::string_view what) const {
        return invalid({{"formula", "formula.syntax", "At character {place}: {what}", {{"place", std::to_string(at_ + 1)}, {"what", std::string(what)}}}});
    }
    void skip() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
    }
    bool take(char c) {
        skip();
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    Result<Done> push(Step step) {
        if (formula_.steps.size() >= formula_steps_max) return fault("The formula is too long; split it into several channels.");
        formula_.steps.push_back(std::move(step));
        return Done{};
    }
    Result<Done> sum(std::size_t depth) {
        TRY(product(depth));
        for (;;) {
            if (take('+')) {
                TRY(product(depth));
                TRY(push({.kind = Kind::add}));
            } else if (take('-')) {
                TRY(product(depth));
                TRY(push({.kind = Kind::subtract}));
            } else return Done{};
        }
    }
    Result<Done> product(std::size_t depth) {
        TRY(factor(depth));
        for (;;) {
            if (take('*')) {
                TRY(factor(depth));
                TRY(push({.kind = Kind::multiply}));
            } else if (take('/')) {
                TRY(factor(depth));
                TRY(push({.kind = Kind::divide}));
            } else return Done{};
        }
    }
    Result<Done> factor(std::size_t depth) {
        if (depth >= formula_depth_max) return fault("Parentheses are nested too deeply.");
        if (take('-')) {
            TRY(factor(depth + 1));
            return push({.kind = Kind::negate});
        }
        if (take('(')) {
            TRY(sum(depth + 1));
            if (!take(')')) return fault("A closing parenthesis is missing.");
            return Done{};
        }
        skip();
        if (at_ >= text_.size()) return fault("Something is missing: a number, a name or a parenthesis.");
        if (is_digit(text_[at_]) || text_[at_] == '.') return number();
        if (is_letter(text_[at_])) return name(depth);
        return fault("Here stands neither a number nor a name nor a parenthesis.");
    }
    Result<Done> number() {
        double value = 0;
        const auto [end, failure] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
        if (failure != std::errc{} || !std::isfinite(value)) return fault("This number cannot be read.");
        at_ = static_cast<std::size_t>(end - text_.data());
        Step step{.kind = Kind::number, .number = value};
        if (take('[')) {
            const std::size_t close = text_.find(']', at_);
            if (close == std::string_view::npos) return fault("The unit's closing bracket is missing.");
            const auto unit = parse_unit(trim(text_.substr(at_, close - at_)));
            if (!unit) return fault("This unit is not known.");
            at_ = close + 1;
            step.number = value * unit->factor + unit->offset;
            step.dimension = unit->dimension;
        }
        return push(std::move(step));
    }
    Result<Done> name(std::size_t depth) {
        const std::size_t begins = at_;
        while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
        const std::string word(text_.substr(begins, at_ - begins));
        if (take('(')) return function(word, depth);
        auto found = std::find(formula_.names.begin(), formula_.names.end(), word);
        if (found == formula_.names.end()) found = formula_.names.insert(found, word);
        return push({.kind = Kind::name, .name = static_cast<std::size_t>(found - formula_.names.begin())});
    }
    Result<Done> function(const std::string& word, std::size_t depth) {
        const auto found = std::find_if(std::begin(functions), std::end(functions), [&](const Function& one) { return one.name == word; });
        if (found == std::end(functions)) return fault("This function is not known; there are abs, min, max and positive.");
        std::size_t arguments = 0;
        do {
            TRY(sum(depth + 1));
            ++arguments;
        } while (take(','));
        if (!take(')')) return fault("A closing parenthesis is missing.");
        if (arguments < found->least || arguments > found->most) return fault("This function has another number of arguments.");
        return push({.kind = found->kind, .arguments = arguments});
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Formula formula_;
};

Error dimensions_differ() {
    return invalid(
        {{"formula", "formula.dimension", "Quantities of different kinds are added or compared, such as power and energy; multiply power by step."}});
}

Result<Dimension> combined(const Dimension& a, const Dimension& b, int sign) {
    Dimension result;
    for (std::size_t i = 0; i < a.exponents.size(); ++i) {
        const int sum = a.exponents[i] + sign * b.exponents[i];
        if (sum < -100 || sum > 100) return invalid({{"formula", "formula.power", "A unit is multiplied by itself too often."}});
        result.exponents[i] = static_cast<std::int8_t>(sum);
    }
    if (!a.currency.empty() && !b.currency.empty() && a.currency != b.currency)
        return invalid({{"formula", "formula.currency", "Two currencies meet in one product; convert one of them first."}});
    if (result.exponents.back() != 0) result.currency = a.currency.empty() ? b.currency : a.currency;
    return result;
}

} // namespace

Result<Formula> parse_formula(std::string_view text) {
    if (trim(text).empty() || text.size() > formula_bytes_max) return invalid({{"formula", "formula.length", "A formula has 1 to 2,000 characters."}});
    return Reader(text).read();
}

Result<Dimension> dimension_of(const Formula& formula, const NamedUnits& units) {
    std::vector<Dimension> stack;
    for (const Step& step : formula.steps) {
        switch (step.kind) {
        case Kind::number: stack.push_back(step.dimension); break;
        case Kind::name: {
            const std::string& name = formula.names[step.name];
            const auto unit = units.find(name);
            if (unit == units.end())
                return invalid({{"formula", "formula.unknown_name", "{name} is neither a channel of this site nor a factor.", {{"name", name}}}});
            const auto parsed = parse_unit(unit->second);
            if (!parsed) return invalid({{"formula", "formula.unit", "The unit {unit} of {name} is not known.", {{"unit", unit->second}, {"name", name}}}});
            stack.push_back(parsed->dimension);
            break;
        }
        case Kind::negate:
        case Kind::absolute:
        case Kind::positive: break;
        case Kind::add:
        case Kind::subtract:
            if (stack[stack.size() - 1] != stack[stack.size() - 2]) return dimensions_differ();
            stack.pop_back();
            break;
        case Kind::least:
        case Kind::greatest:
            for (std::size_t i = 1; i < step.arguments; ++i)
                if (stack[stack.size() - 1 - i] != stack.back()) return dimensions_differ();
            stack.resize(stack.size() - step.arguments + 1);
            break;
        case Kind::multiply:
        case Kind::divide: {
            const Dimension right = stack.back();
            stack.pop_back();
            stack.back() = TRY(combined(stack.back(), right, step.kind == Kind::multiply ? 1 : -1));
            break;
        }
        }
    }
    return stack.back();
}

Result<Done> check_formula(const Formula& formula, const NamedUnits& units, std::string_view unit) {
    const auto wanted = parse_unit(unit);
    if (!wanted) return invalid({{"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", std::string(unit)}}}});
    const Dimension found = TRY(dimension_of(formula, units));
    if (found != wanted->dimension)
        return invalid({{"unit", "formula.result_unit", "The formula gives another kind of quantity than {unit}.", {{"unit", std::string(unit)}}}});
    return Done{};
}

Evaluator::Evaluator(Formula formula, const NamedUnits& units, std::string_view unit) : formula_(std::move(formula)), unit_(parse_unit(unit).value_or(Unit{})) {
    for (const std::string& name : formula_.names) {
        const auto found = units.find(name);
        units_.push_back(found == units.end() ? Unit{} : parse_unit(found->second).value_or(Unit{}));
    }
}

double Evaluator::at(const std::vector<double>& values) const {
    std::vector<double> stack;
    const auto pop = [&] {
        const double top = stack.back();
        stack.pop_back();
        return top;
    };
    for (const Step& step : formula_.steps) {
        switch (step.kind) {
        case Kind::number: stack.push_back(step.number); break;
        case Kind::name: stack.push_back(values[step.name] * units_[step.name].factor + units_[step.name].offset); break;
        case Kind::negate: stack.back() = -stack.back(); break;
        case Kind::absolute: stack.back() = std::abs(stack.back()); break;
        case Kind::positive: stack.back() = std::isnan(stack.back()) ? stack.back() : std::max(0.0, stack.back()); break;
        case Kind::least:
        case Kind::greatest:
            for (std::size_t i = 1; i < step.arguments; ++i) {
                const double right = pop(), left = stack.back();
                if (std::isnan(left) || std::isnan(right)) stack.back() = std::nan("");
                else stack.back() = step.kind == Kind::least ? std::min(left, right) : std::max(left, right);
            }
            break;
        default: {
            const double right = pop(), left = stack.back();
            stack.back() = step.kind == Kind::add        ? left + right
                           : step.kind == Kind::subtract ? left - right
                           : step.kind == Kind::multiply ? left * right
                                                         : left / right;
        }
        }
    }
    const double result = (stack.back() - unit_.offset) / unit_.factor;
    return std::isfinite(result) ? result : std::nan("");
}

} // namespace greenbank::energy
