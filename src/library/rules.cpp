// rules.cpp — rules that descriptions of several records share.
#include "library/rules.h"

#include <fmt/format.h>

#include "kernel/units.h"

namespace greenbank::library {

void check_codes(const Vocabulary& vocabulary, const std::vector<std::string>& codes, const std::string& path, Problems& problems) {
    for (std::size_t i = 0; i < codes.size(); ++i)
        if (!vocabulary.find(codes[i]))
            problems.push_back({fmt::format("{}[{}]", path, i), "code.unknown", "The code {code} is not known; the list is at /api/v1/reference/{list}.",
                {{"code", codes[i].substr(0, 40)}, {"list", vocabulary.name}}});
}

void check_country(const std::string& country, const std::string& path, Problems& problems) {
    if (country == "WORLD" || !reference().countries.find(country))
        problems.push_back(
            {path, "code.unknown", "The code {code} is not known; the list is at /api/v1/reference/{list}.", {{"code", country}, {"list", "countries"}}});
}

void check_figure_unit(const std::string& indicator, const std::string& unit, const std::string& path, Problems& problems) {
    const Term* term = reference().indicators.find(indicator);
    if (!term) {
        problems.push_back({path + "indicator", "code.unknown", "The code {code} is not known; the list is at /api/v1/reference/{list}.",
            {{"code", indicator.substr(0, 40)}, {"list", "indicators"}}});
    } else if (!parse_unit(unit)) {
        problems.push_back({path + "unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", unit.substr(0, 40)}}});
    } else if (!same_dimension(unit, *term->unit)) {
        problems.push_back(
            {path + "unit", "unit.dimension", "The unit {unit} does not measure this; use one like {like}.", {{"unit", unit}, {"like", *term->unit}}});
    }
}

void check_link(const std::string& link, const std::string& path, Problems& problems) {
    if (!link.starts_with("https://") && !link.starts_with("http://"))
        problems.push_back({path, "link.scheme", "Write a link as it stands in the browser: https://…"});
}

} // namespace greenbank::library
