// speech.cpp — how values are written.
#include "match/speech.h"

#include <cmath>

#include <fmt/format.h>

#include "api/words.h"

namespace greenbank::match {

namespace {

constexpr std::string_view narrow_space = "\u00A0"; // keeps a number and its unit on one line

/// "1234567.8" → "1,234,567.8", and in Russian "1 234 567,8".
std::string localised(const std::string& digits, Language language) {
    const std::size_t sign = digits.starts_with('-') ? 1 : 0;
    const std::size_t point = std::min(digits.find('.'), digits.size());
    std::string out = digits.substr(0, sign);
    const bool grouped = point - sign > 4;
    for (std::size_t i = sign; i < point; ++i) {
        if (grouped && i > sign && (point - i) % 3 == 0) out += language == Language::ru ? narrow_space : ",";
        out += digits[i];
    }
    if (point < digits.size()) (out += language == Language::ru ? ',' : '.') += digits.substr(point + 1);
    return out;
}

std::string rounded(double value, int digits, Language language) {
    if (!std::isfinite(value)) return "—";
    if (value == 0) return "0";
    const double size = std::fabs(value);
    if (size >= 1e15 || size < 1e-6) return fmt::format("{:.3g}", value);
    const int before_point = static_cast<int>(std::floor(std::log10(size))) + 1;
    const int decimals = std::max(0, digits - before_point);
    if (before_point > digits) {
        const double step = std::pow(10.0, before_point - digits);
        value = std::round(value / step) * step;
    }
    std::string text = fmt::format("{:.{}f}", value, decimals);
    if (text.find('.') != std::string::npos) {
        while (text.ends_with('0')) text.pop_back();
        if (text.ends_with('.')) text.pop_back();
    }
    return localised(text, language);
}

} // namespace

std::string Speech::say(std::string_view key, const std::vector<Parameter>& parameters) const {
    return fill_in(word(fmt::format("match.{}", key), language), parameters);
}

std::string Speech::choice(std::string_view choices, std::string_view value) const {
    const Text* label = find_word(fmt::format("choice.{}.{}", choices, value));
    return label ? label->best(language) : std::string(value);
}

std::string Speech::number(double value) const { return rounded(value, 6, language); }

std::string Speech::unit(std::string_view unit) const {
    if (unit == "1") return {};
    std::string out;
    for (std::size_t i = 0; i < unit.size();) {
        const std::size_t end = std::min(unit.find_first_of("./*()", i), unit.size());
        if (end > i) {
            const std::string symbol(unit.substr(i, end - i));
            const Text* known = find_word("match.unit." + symbol);
            out += known ? known->best(language) : symbol;
        }
        if (end < unit.size()) out += unit[end] == '.' || unit[end] == '*' ? "·" : std::string(1, unit[end]);
        i = end + 1;
    }
    return out;
}

namespace {

/// "one|few|many" in Russian, "one|other" in English: the form that goes with the number.
std::string form_of(const std::string& forms, double count, Language language) {
    const auto all = split(forms, '|');
    const bool whole = count == std::floor(count) && std::fabs(count) < 1e9;
    const auto last_two = whole ? static_cast<int>(std::fabs(count)) % 100 : 0, last = last_two % 10;
    std::size_t form = 0;
    if (language == Language::ru) form = !whole || (last >= 2 && last <= 4 && last_two / 10 != 1) ? 1 : last == 1 && last_two != 11 ? 0 : 2;
    else if (count != 1) form = 1;
    return std::string(all[std::min(form, all.size() - 1)]);
}

} // namespace

std::string Speech::with_unit(std::string number, double count, std::string_view unit_) const {
    if (const Text* word = find_word(fmt::format("match.unit_word.{}", unit_))) // a year is a word, not a symbol
        return fmt::format("{}{}{}", number, language == Language::zh ? "" : narrow_space, form_of(word->best(language), count, language));
    const std::string symbol = unit(unit_);
    if (symbol.empty()) return number;
    if (symbol == "%" && language == Language::zh) return number + symbol;
    return number + std::string(narrow_space) + symbol;
}

std::string Speech::quantity(double value, std::string_view unit_) const { return with_unit(number(value), value, unit_); }

std::string Speech::range(double low, double high, std::string_view unit_) const {
    return low == high ? quantity(low, unit_) : with_unit(fmt::format("{}{}{}", number(low), language == Language::zh ? "～" : "–", number(high)), high, unit_);
}

std::string Speech::money(const Money& money) const {
    std::string digits = amount_text(money);
    if (digits.ends_with(".00")) digits.resize(digits.size() - 3);
    return fmt::format("{}{}{}", localised(digits, language), narrow_space, money.currency);
}

std::string Speech::estimate(double amount, const std::string& currency) const {
    return fmt::format("{}{}{}", rounded(amount, 3, language), narrow_space, currency);
}

std::string Speech::share(double share) const { return with_unit(rounded(share * 100, share < 0.1 ? 2 : 3, language), share * 100, "%"); }

std::string Speech::readiness(const library::Readiness& readiness) const {
    return say("value.readiness", {{"scale", say(fmt::format("scale.{}", name_of(readiness.scale)))}, {"level", std::to_string(readiness.level)}});
}

std::string Speech::name(const library::Vocabulary& vocabulary, const std::string& code) const {
    const library::Term* term = vocabulary.find(code);
    return term && !term->name.empty() ? term->name.best(language) : code;
}

std::string Speech::technology_class(const std::string& code) const { return fmt::format("{} {}", code, name(reference_.classes, code)); }

std::string Speech::list(std::vector<std::string> names, std::size_t most) const {
    if (names.size() > most) {
        names.resize(most);
        names.emplace_back("…");
    }
    return join(names, language == Language::zh ? "、" : ", ");
}

std::string Speech::countries(const std::vector<std::string>& codes) const {
    std::vector<std::string> names;
    for (const std::string& code : codes) names.push_back(country(code));
    return list(std::move(names));
}

std::string Speech::traits(const std::vector<std::string>& codes) const {
    std::vector<std::string> names;
    for (const std::string& code : codes) names.push_back(name(reference_.traits, code));
    return list(std::move(names));
}

} // namespace greenbank::match
