// explanation.cpp — the words are in words.csv, keys energy.anomaly.<name>.
#include "energy/explanation.h"

#include <cmath>

#include <fmt/format.h>

#include "api/figures.h"
#include "api/words.h"

namespace greenbank::energy {

namespace {

std::string_view season_key(const Judgement& judgement) {
    if (judgement.cycle_in_points) return "energy.anomaly.unseasonal_cycle";
    return judgement.cycle > 100'000 ? "energy.anomaly.unseasonal_week" : "energy.anomaly.unseasonal_day";
}

} // namespace

std::string explain(const Judgement& judgement, Language language) {
    const Figures figures(language);
    const std::string key =
        judgement.anomaly == Anomaly::unseasonal ? std::string(season_key(judgement)) : fmt::format("energy.anomaly.{}", name_of(judgement.anomaly));
    const auto number = [&](double value) { return figures.number(std::abs(value) < 1e-12 ? 0 : std::strtod(fmt::format("{:.4g}", value).c_str(), nullptr)); };
    const auto times = [&](double value) { return figures.number(std::round(std::abs(value) * 10) / 10); };
    return fill_in(word(key, language), {{"observed", number(judgement.observed)}, {"usual", number(judgement.usual)}, {"times", times(judgement.times)},
                                            {"farthest", times(judgement.farthest)}, {"cycle", number(judgement.cycle)}});
}

} // namespace greenbank::energy
