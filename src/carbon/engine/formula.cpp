// formula.cpp — a reader by descent that computes while it reads; nesting, length and work are bounded.
#include "carbon/engine/formula.h"

#include <array>
#include <charconv>
#include <cmath>

#include "kernel/text.h"

namespace greenbank::carbon {

namespace {

constexpr std::size_t formula_bytes_max = 4'000;
constexpr int depth_max = 60;
constexpr int work_max = 200'000; // terms of one answer, through all parameters

std::string lower(std::string_view text) {
    std::string out(trim(text));
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

Error fault(std::string code, std::string message, std::string_view formula, std::string_view what = {}) {
    return {Failure::invalid, std::move(code), std::move(message), {{"formula", std::string(formula.substr(0, 200))}, {"what", std::string(what)}}};
}

struct OneArgument {
    std::string_view name;
    double (*f)(double);
};
constexpr std::array<OneArgument, 14> functions = {{{"abs", [](double x) { return std::abs(x); }}, {"sqrt", [](double x) { return std::sqrt(x); }},
    {"exp", [](double x) { return std::exp(x); }}, {"ln", [](double x) { return std::log(x); }}, {"log", [](double x) { return std::log(x); }},
    {"log10", [](double x) { return std::log10(x); }}, {"sin", [](double x) { return std::sin(x); }}, {"cos", [](double x) { return std::cos(x); }},
    {"tan", [](double x) { return std::tan(x); }}, {"floor", [](double x) { return std::floor(x); }}, {"ceil", [](double x) { return std::ceil(x); }},
    {"round", [](double x) { return std::round(x); }}, {"int", [](double x) { return std::trunc(x); }}, {"sqr", [](double x) { return x * x; }}}};

} // namespace

/// Reads one formula; formulas of parameters that it names are read by readers of their own.
class FormulaReader {
public:
    FormulaReader(const Formulas& all, std::string_view text, int depth, int& work) : all_(all), text_(text), rest_(text), depth_(depth), work_(work) {}

    Result<double> read() {
        if (text_.size() > formula_bytes_max) return syntax();
        const double value = TRY(comparison());
        skip();
        if (!rest_.empty()) return syntax();
        if (!std::isfinite(value)) return fault("formula.not_finite", "The formula {formula} has no finite value.", text_);
        return value;
    }
    static Result<double> named(const Formulas& all, const std::string& name, std::string_view in, int depth, int& work) {
        const auto found = all.entries_.find(name);
        if (found == all.entries_.end()) return fault("formula.unknown", "The formula {formula} names {what}, which is no parameter.", in, name);
        if (found->second.value) return *found->second.value;
        if (found->second.open || depth > depth_max)
            return fault("formula.recursion", "The parameter {what} depends on itself; the formula {formula} leads back to it.", in, name);
        found->second.open = true;
        auto value = FormulaReader(all, found->second.formula, depth + 1, work).read();
        found->second.open = false;
        return value;
    }

private:
    Error syntax() const { return fault("formula.unreadable", "The formula {formula} cannot be read near \"{what}\".", text_, rest_.substr(0, 20)); }
    void skip() {
        while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\n' || rest_[0] == '\r')) rest_.remove_prefix(1);
    }
    bool take(std::string_view sign) {
        skip();
        if (!rest_.starts_with(sign)) return false;
        rest_.remove_prefix(sign.size());
        return true;
    }
    Result<double> comparison() {
        const double left = TRY(sum());
        for (const auto& [sign, kind] : {std::pair{"<=", 0}, {">=", 1}, {"<>", 2}, {"!=", 2}, {"==", 3}, {"<", 4}, {">", 5}, {"=", 3}})
            if (take(sign)) {
                const double right = TRY(sum());
                const bool holds = kind == 0   ? left <= right
                                   : kind == 1 ? left >= right
                                   : kind == 2 ? left != right
                                   : kind == 3 ? left == right
                                   : kind == 4 ? left < right
                                               : left > right;
                return holds ? 1.0 : 0.0;
            }
        return left;
    }
    Result<double> sum() {
        double value = TRY(product());
        for (;;)
            if (take("+")) value += TRY(product());
            else if (take("-")) value -= TRY(product());
            else return value;
    }
    Result<double> product() {
        double value = TRY(signed_power());
        for (;;)
            if (take("*")) value *= TRY(signed_power());
            else if (take("/")) value /= TRY(signed_power());
            else return value;
    }
    Result<double> signed_power() {
        if (++work_ > work_max || ++nesting_ > depth_max) return fault("formula.too_deep", "The formula {formula} is nested too deeply.", text_);
        auto value = take("-") ? negative() : take("+") ? signed_power() : power();
        --nesting_;
        return value;
    }
    Result<double> negative() { return -TRY(signed_power()); }
    Result<double> power() {
        const double base = TRY(term());
        if (!take("^")) return base;
        return std::pow(base, TRY(signed_power()));
    }
    Result<double> term() {
        if (take("(")) {
            const double value = TRY(comparison());
            if (!take(")")) return syntax();
            return value;
        }
        skip();
        if (rest_.empty()) return syntax();
        if ((rest_[0] >= '0' && rest_[0] <= '9') || rest_[0] == '.') {
            double value = 0;
            const auto [end, problem] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
            if (problem != std::errc()) return syntax();
            rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
            return value;
        }
        std::size_t length = 0;
        const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80; };
        while (length < rest_.size() && (letter(rest_[length]) || (length > 0 && rest_[length] >= '0' && rest_[length] <= '9'))) ++length;
        if (length == 0) return syntax();
        const std::string name = lower(rest_.substr(0, length));
        rest_.remove_prefix(length);
        if (take("(")) return call(name);
        if (!all_.entries_.contains(name)) {
            if (name == "pi") return 3.14159265358979323846;
            if (name == "e") return 2.71828182845904523536;
        }
        return named(all_, name, text_, depth_, work_);
    }
    Result<double> call(const std::string& name) {
        std::vector<double> arguments;
        do {
            if (arguments.size() > 20) return syntax();
            arguments.push_back(TRY(comparison()));
        } while (take(";") || take(","));
        if (!take(")")) return syntax();
        if (arguments.size() == 1)
            for (const OneArgument& one : functions)
                if (one.name == name) return one.f(arguments[0]);
        if (name == "if" && arguments.size() == 3) return arguments[0] != 0 ? arguments[1] : arguments[2];
        if (name == "power" && arguments.size() == 2) return std::pow(arguments[0], arguments[1]);
        if (name == "min" || name == "max" || name == "sum" || name == "avg") {
            double value = arguments[0];
            for (std::size_t i = 1; i < arguments.size(); ++i)
                value = name == "min" ? std::min(value, arguments[i]) : name == "max" ? std::max(value, arguments[i]) : value + arguments[i];
            return name == "avg" ? value / static_cast<double>(arguments.size()) : value;
        }
        return fault("formula.function", "The formula {formula} calls {what}, which is no known function of so many arguments.", text_, name);
    }

    const Formulas& all_;
    std::string_view text_, rest_;
    int depth_, nesting_ = 0;
    int& work_;
};

void Formulas::set(std::string_view name, std::string formula) { entries_[lower(name)] = Entry{std::move(formula), {}}; }
void Formulas::set(std::string_view name, double value) { entries_[lower(name)] = Entry{{}, value}; }

Result<double> Formulas::value_of(std::string_view name) const {
    int work = 0;
    return FormulaReader::named(*this, lower(name), name, 0, work);
}

Result<double> Formulas::evaluate(std::string_view formula) const {
    int work = 0;
    return FormulaReader(*this, formula, 0, work).read();
}

} // namespace greenbank::carbon
