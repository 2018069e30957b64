// equation.cpp — a reader by recursive descent with bounded depth; steps worked off on a stack of values and slopes.
#include "carbon/engine/equation.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace greenbank::carbon {

namespace {

Error wrong_dimension() {
    return {Failure::invalid, "equation.dimension",
        "The formula adds or compares amounts of different kinds, or raises a unit to a power that is no whole number."};
}
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

std::optional<Dimension> multiplied(const Dimension& a, const Dimension& b, int power_of_b) {
    Dimension product = a;
    for (std::size_t i = 0; i < product.exponents.size(); ++i) {
        const int sum = a.exponents[i] + power_of_b * b.exponents[i];
        if (sum < -60 || sum > 60) return {};
        product.exponents[i] = static_cast<std::int8_t>(sum);
    }
    if (!a.currency.empty() && !b.currency.empty() && a.currency != b.currency) return {};
    product.currency = product.exponents[7] == 0 ? "" : a.currency.empty() ? b.currency : a.currency;
    return product;
}

class Equation::Reader {
public:
    Reader(std::string_view text, Equation& formula) : text_(text), formula_(formula) {}

    Result<Done> whole() {
        TRY(sum(0));
        skip();
        if (at_ != text_.size()) return wrong();
        return Done{};
    }

private:
    Error wrong() const {
        const std::string_view rest = text_.substr(std::min(at_, text_.size()));
        return {Failure::invalid, "equation.syntax", "The formula cannot be read from here on: {rest}",
            {{"rest", rest.empty() ? std::string("…") : std::string(rest.substr(0, 20))}}};
    }
    void skip() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
    }
    bool take(std::string_view sign) {
        skip();
        if (!text_.substr(at_).starts_with(sign)) return false;
        at_ += sign.size();
        return true;
    }
    void put(Operation operation) { formula_.steps_.push_back({operation}); }

    Result<Done> sum(std::size_t depth) {
        if (depth > depth_max)
            return Error{Failure::invalid, "equation.too_long", "The formula is longer or deeper than {limit}; divide it into several equations.",
                {{"limit", std::to_string(depth_max)}}};
        TRY(product(depth));
        for (;;) {
            const bool plus = take("+");
            if (!plus && !take("-")) return Done{};
            TRY(product(depth));
            put(plus ? Operation::add : Operation::subtract);
        }
    }
    Result<Done> product(std::size_t depth) {
        TRY(signed_power(depth));
        for (;;) {
            const bool times = take("*");
            if (!times && !take("/")) return Done{};
            TRY(signed_power(depth));
            put(times ? Operation::multiply : Operation::divide);
        }
    }
    Result<Done> signed_power(std::size_t depth) {
        bool negative = false;
        while (take("-")) negative = !negative;
        TRY(item(depth));
        if (take("^")) {
            const bool below = take("-");
            skip();
            TRY(item(depth));
            if (below) put(Operation::negate);
            put(Operation::power);
        }
        if (negative) put(Operation::negate);
        return Done{};
    }
    Result<Done> item(std::size_t depth) {
        if (take("(")) {
            TRY(sum(depth + 1));
            if (!take(")")) return wrong();
            return Done{};
        }
        skip();
        if (at_ >= text_.size()) return wrong();
        if (is_digit(text_[at_]) || text_[at_] == '.') return number();
        if (!is_letter(text_[at_])) return wrong();
        const std::size_t start = at_;
        while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
        const std::string_view word = text_.substr(start, at_ - start);
        if (!take("(")) return name(word);
        return function(word, depth, start);
    }
    Result<Done> number() {
        const std::string rest(text_.substr(at_, 40));
        char* end = nullptr;
        const double value = std::strtod(rest.c_str(), &end);
        const auto length = static_cast<std::size_t>(end - rest.c_str());
        // "1e5" is a number, "0x10", "nan" and "inf" are not
        if (length == 0 || !std::isfinite(value) || std::string_view(rest).substr(0, length).find_first_of("xXpP") != std::string_view::npos) return wrong();
        at_ += length;
        Step step{Operation::number, value};
        if (take("[")) {
            const std::size_t close = text_.find(']', at_);
            if (close == std::string_view::npos) return wrong();
            const std::string_view name = text_.substr(at_, close - at_);
            const auto unit = parse_unit(name);
            if (!unit || unit->offset != 0)
                return Error{Failure::invalid, "equation.unit", "The unit {unit} in the formula is not known.", {{"unit", std::string(name.substr(0, 40))}}};
            step.number *= unit->factor;
            step.dimension = unit->dimension;
            at_ = close + 1;
        }
        formula_.steps_.push_back(std::move(step));
        return Done{};
    }
    Result<Done> name(std::string_view word) {
        auto& names = formula_.names_;
        const auto found = std::find(names.begin(), names.end(), word);
        if (found == names.end() && names.size() == names_max)
            return Error{Failure::invalid, "equation.too_long", "The formula is longer or deeper than {limit}; divide it into several equations.",
                {{"limit", std::to_string(names_max)}}};
        const auto number = static_cast<std::size_t>(found - names.begin());
        if (found == names.end()) names.emplace_back(word);
        formula_.steps_.push_back({Operation::name, 0, number});
        return Done{};
    }
    Result<Done> function(std::string_view word, std::size_t depth, std::size_t start) {
        static constexpr std::pair<std::string_view, Operation> ones[] = {
            {"sqrt", Operation::sqrt}, {"exp", Operation::exp}, {"ln", Operation::ln}, {"abs", Operation::abs}};
        for (const auto& [known, operation] : ones)
            if (word == known) {
                TRY(sum(depth + 1));
                if (!take(")")) return wrong();
                put(operation);
                return Done{};
            }
        if (word == "min" || word == "max") {
            TRY(sum(depth + 1));
            if (!take(",")) return wrong();
            do {
                TRY(sum(depth + 1));
                put(word == "min" ? Operation::min : Operation::max);
            } while (take(","));
            if (!take(")")) return wrong();
            return Done{};
        }
        if (word == "if") {
            TRY(condition(depth + 1));
            for (int part = 0; part < 2; ++part) {
                if (!take(",")) return wrong();
                TRY(sum(depth + 1));
            }
            if (!take(")")) return wrong();
            put(Operation::choose);
            return Done{};
        }
        at_ = start;
        return wrong();
    }
    Result<Done> condition(std::size_t depth) {
        TRY(sum(depth));
        // a >= b is b <= a with the sides the other way: negate both and compare
        if (take("<=")) return compare(Operation::at_most, false, depth);
        if (take(">=")) return compare(Operation::at_most, true, depth);
        if (take("<")) return compare(Operation::less, false, depth);
        if (take(">")) return compare(Operation::less, true, depth);
        return wrong();
    }
    Result<Done> compare(Operation operation, bool turned, std::size_t depth) {
        if (turned) put(Operation::negate);
        TRY(sum(depth));
        if (turned) put(Operation::negate);
        put(operation);
        return Done{};
    }

    std::string_view text_;
    Equation& formula_;
    std::size_t at_ = 0;
};

Result<Equation> Equation::parse(std::string_view text) {
    if (text.size() > length_max)
        return Error{Failure::invalid, "equation.too_long", "The formula is longer or deeper than {limit}; divide it into several equations.",
            {{"limit", std::to_string(length_max)}}};
    Equation formula;
    TRY(Reader(text, formula).whole());
    return formula;
}

Result<Dimension> Equation::dimension(std::span<const Dimension> of_names) const {
    require(of_names.size() == names_.size(), "a formula was given other names than its own");
    std::vector<Dimension> stack;
    const auto plain = [](const Dimension& one) { return one == Dimension{}; };
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        const Step& step = steps_[i];
        if (step.operation == Operation::number) {
            stack.push_back(step.dimension);
            continue;
        }
        if (step.operation == Operation::name) {
            stack.push_back(of_names[step.name]);
            continue;
        }
        const Dimension top = stack.back();
        switch (step.operation) {
        case Operation::negate:
        case Operation::abs: continue;
        case Operation::exp:
        case Operation::ln:
            if (!plain(top)) return wrong_dimension();
            continue;
        case Operation::sqrt: {
            for (auto& exponent : stack.back().exponents) {
                if (exponent % 2 != 0) return wrong_dimension();
                exponent = static_cast<std::int8_t>(exponent / 2);
            }
            continue;
        }
        default: break;
        }
        stack.pop_back();
        Dimension& below = stack.back();
        if (step.operation == Operation::multiply || step.operation == Operation::divide) {
            const auto product = multiplied(below, top, step.operation == Operation::multiply ? 1 : -1);
            if (!product) return wrong_dimension();
            below = *product;
        } else if (step.operation == Operation::power) {
            if (!plain(top)) return wrong_dimension();
            if (plain(below)) continue;
            // a unit takes a whole power that stands there as a number
            const bool negated = i > 0 && steps_[i - 1].operation == Operation::negate;
            const std::size_t at = i - (negated ? 2 : 1);
            if (i < (negated ? 2u : 1u) || steps_[at].operation != Operation::number) return wrong_dimension();
            const double power = steps_[at].number;
            if (power != std::floor(power) || power > 9) return wrong_dimension();
            const auto raised = multiplied(Dimension{}, below, static_cast<int>(negated ? -power : power));
            if (!raised) return wrong_dimension();
            below = *raised;
        } else if (step.operation == Operation::choose) {
            if (below != top) return wrong_dimension();
            stack.pop_back(); // of the two branches one is left; under it lay the condition
            stack.back() = top;
        } else {
            if (below != top) return wrong_dimension();
            if (step.operation == Operation::less || step.operation == Operation::at_most) below = Dimension{};
        }
    }
    return stack.back();
}

Result<Equation::Value> Equation::value(std::span<const double> of_names) const {
    require(of_names.size() == names_.size(), "a formula was given other names than its own");
    const std::size_t count = names_.size();
    std::vector<Value> stack;
    const auto scaled = [&](Value& value, double by) {
        for (double& slope : value.slopes) slope *= by;
    };
    for (const Step& step : steps_) {
        if (step.operation == Operation::number || step.operation == Operation::name) {
            Value value{step.operation == Operation::number ? step.number : of_names[step.name], std::vector<double>(count, 0)};
            if (step.operation == Operation::name) value.slopes[step.name] = 1;
            stack.push_back(std::move(value));
            continue;
        }
        Value top = std::move(stack.back());
        stack.pop_back();
        switch (step.operation) {
        case Operation::negate:
            top.value = -top.value;
            scaled(top, -1);
            break;
        case Operation::abs:
            if (top.value < 0) scaled(top, -1);
            top.value = std::abs(top.value);
            break;
        case Operation::sqrt: {
            const double root = std::sqrt(top.value);
            scaled(top, root > 0 ? 0.5 / root : 0);
            top.value = root;
            break;
        }
        case Operation::exp:
            top.value = std::exp(top.value);
            scaled(top, top.value);
            break;
        case Operation::ln:
            scaled(top, 1 / top.value);
            top.value = std::log(top.value);
            break;
        default: {
            Value below = std::move(stack.back());
            stack.pop_back();
            if (step.operation == Operation::choose) { // the branch that is not taken may be without value
                const bool holds = stack.back().value != 0, sound = stack.back().sound;
                stack.pop_back();
                if (holds) top = std::move(below);
                top.sound = top.sound && sound;
                break;
            }
            Value result{0, std::vector<double>(count, 0), below.sound && top.sound};
            double by_below = 1, by_top = 1; // slopes
            switch (step.operation) {
            case Operation::add: result.value = below.value + top.value; break;
            case Operation::subtract:
                result.value = below.value - top.value;
                by_top = -1;
                break;
            case Operation::multiply:
                result.value = below.value * top.value;
                by_below = top.value;
                by_top = below.value;
                break;
            case Operation::divide:
                result.value = below.value / top.value;
                by_below = 1 / top.value;
                by_top = -below.value / (top.value * top.value);
                break;
            case Operation::power:
                result.value = std::pow(below.value, top.value);
                by_below = top.value == 0 ? 0 : top.value * std::pow(below.value, top.value - 1);
                by_top = below.value > 0 ? result.value * std::log(below.value) : 0;
                break;
            case Operation::min:
                result.value = std::min(below.value, top.value);
                by_below = below.value <= top.value ? 1 : 0;
                by_top = 1 - by_below;
                break;
            case Operation::max:
                result.value = std::max(below.value, top.value);
                by_below = below.value >= top.value ? 1 : 0;
                by_top = 1 - by_below;
                break;
            default: // a comparison: 1 or 0, flat on both sides
                result.value = (step.operation == Operation::less ? below.value < top.value : below.value <= top.value) ? 1 : 0;
                by_below = by_top = 0;
            }
            for (std::size_t i = 0; i < count; ++i) result.slopes[i] = by_below * below.slopes[i] + by_top * top.slopes[i];
            top = std::move(result);
        }
        }
        top.sound = top.sound && std::isfinite(top.value);
        stack.push_back(std::move(top));
    }
    if (!stack.back().sound)
        return Error{
            Failure::invalid, "equation.value", "The formula has no value here: it divides by 0, takes a root or logarithm below 0, or grows too large."};
    return std::move(stack.back());
}

} // namespace greenbank::carbon
