// records.cpp — descriptions of indices as the bank keeps them.
#include "cities/indices/records.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace greenbank::cities {

namespace {

void check_index(const void* value, Problems& problems) {
    const auto& index = *static_cast<const CityIndex*>(value);
    std::set<std::string> indicators, cities;
    for (const IndexIndicator& one : index.indicators)
        if (one.level == 1) indicators.insert(one.code);
    for (std::size_t c = 0; c < index.cities.size(); ++c) {
        const IndexCity& city = index.cities[c];
        if (!cities.insert(city.code).second)
            problems.push_back({fmt::format("cities[{}].code", c), "cityindex.twice", "This stands twice; a city has one code, an indicator one value."});
        std::set<std::string> known;
        for (std::size_t i = 0; i < city.values.size(); ++i) {
            const std::string& code = city.values[i].indicator;
            if (!indicators.contains(code))
                problems.push_back({fmt::format("cities[{}].values[{}].indicator", c, i), "cityindex.no_indicator",
                    "There is no indicator {code}; values are given for indicators of level 1.", {{"code", code.substr(0, 60)}}});
            else if (!known.insert(code).second)
                problems.push_back({fmt::format("cities[{}].values[{}].indicator", c, i), "cityindex.twice",
                    "This stands twice; a city has one code, an indicator one value."});
        }
    }
    if (index.normalisation == Normalisation::goalposts || index.normalisation == Normalisation::distance_to_reference ||
        index.normalisation == Normalisation::distance_to_target || index.normalisation == Normalisation::none)
        problems.push_back(
            {"normalisation", "cityindex.normalisation", "This normalisation needs more than an index of the bank holds; use `greenbank index compute`."});
    if (index.imputation == Imputation::group_mean || index.imputation == Imputation::group_median || index.imputation == Imputation::last_known)
        problems.push_back({"imputation", "cityindex.imputation", "This way of filling in needs groups or several years; use `greenbank index compute`."});
}

} // namespace

Record describe(const IndexIndicator*) {
    using I = IndexIndicator;
    return {"index_indicator", "An indicator, or an aggregate of what lies below it.",
        {field<&I::code>("code", "Its code.", {.min = 1, .max = 60}), field<&I::name>("name", "Its name.", {.min = 1, .max = 200}),
            field<&I::unit>("unit", "Its unit.", {.max = 40, .defaulted = true}),
            field<&I::parent>("parent", "What it is a part of; empty: it is the index itself.", {.max = 60, .defaulted = true}),
            field<&I::level>("level", "1: an indicator; each level above one more.", {.min = 1, .max = 8, .defaulted = true}),
            field<&I::less_is_better>("less_is_better", "Less of it is better.", {.defaulted = true}),
            field<&I::weight>("weight", "How much it counts among the parts of the same aggregate.", {.min = 0, .max = 1e6, .defaulted = true}),
            field<&I::source>("source", "Where its values are from.", {.max = 500})}};
}
Record describe(const IndexValue*) {
    return {"index_value", "A value of an indicator.",
        {field<&IndexValue::indicator>("indicator", "Its code.", {.min = 1, .max = 60}),
            field<&IndexValue::value>("value", "The value.", {.min = -1e15, .max = 1e15})}};
}
Record describe(const IndexCity*) {
    using C = IndexCity;
    return {"index_city", "A city with its values.",
        {field<&C::code>("code", "Its code.", {.min = 1, .max = 60}), field<&C::name>("name", "Its name.", {.min = 1, .max = 200}),
            field<&C::latitude>("latitude", "Of its middle.", {.min = -90, .max = 90}),
            field<&C::longitude>("longitude", "Of its middle.", {.min = -180, .max = 180}), field<&C::territory>("territory", "Its territory in the bank."),
            field<&C::values>("values", "Its values; what is not here is missing.", {.max = 100})}};
}
Record describe(const CityIndex*) {
    using X = CityIndex;
    return {"city_index", "A composite index of cities: indicators, weights, values, and how they are put together.",
        {
            field<&X::id>("id", "Id.", {.read_only = true}),
            field<&X::owner>("owner", "Whose it is.", {.max = 60, .read_only = true, .filter = true}),
            field<&X::title>("title", "Its name.", {.min = 1, .max = 200, .sort = true}),
            field<&X::summary>("summary", "What it is for.", {.max = 2000}),
            field<&X::year>("year", "The year of its values.", {.min = 1990, .max = 2100, .filter = true, .sort = true}),
            field<&X::source>("source", "Where indicators and weights are from.", {.min = 1, .max = 1000}),
            field<&X::status>("status", "Official, unconfirmed or sample.", {.defaulted = true, .filter = true}),
            field<&X::imputation>("imputation", "How missing values are filled in.", {.defaulted = true}),
            field<&X::normalisation>("normalisation", "How indicators come to one scale.", {.defaulted = true}),
            field<&X::aggregation>("aggregation", "How parts become one number.", {.defaulted = true}),
            field<&X::weight_spread_percent>(
                "weight_spread_percent", "How uncertain each weight is taken to be.", {.unit = "%", .min = 0, .max = 100, .defaulted = true}),
            field<&X::before>("before", "The edition of an earlier year that it continues."),
            field<&X::indicators>("indicators", "Indicators and aggregates up to the index.", {.max = 100}),
            field<&X::cities>("cities", "The cities.", {.max = 300}),
            field<&X::state>("state", "Draft or published.", {.read_only = true, .filter = true}),
            field<&X::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&X::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&X::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&X::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_index};
}

Record describe(const IndexPart*) {
    using P = IndexPart;
    return {"index_part", "A part of the index and how much it counts.",
        {field<&P::code>("code", "Its code."), field<&P::name>("name", "Its name."), field<&P::level>("level", "Its level."),
            field<&P::parent>("parent", "What it is a part of."), field<&P::weight>("weight", "Its weight among its likes."),
            field<&P::share>("share", "Its share of the index.")}};
}
Record describe(const NamedScore*) {
    return {"named_score", "A score of one part.", {field<&NamedScore::code>("code", "Which part."), field<&NamedScore::score>("score", "The score.")}};
}
Record describe(const IndexRow*) {
    using R = IndexRow;
    return {"index_row", "A city in the league table.",
        {field<&R::code>("code", "Its code."), field<&R::name>("name", "Its name."), field<&R::score>("score", "Its score."),
            field<&R::rank>("rank", "Its rank."), field<&R::median>("median", "Median of its ranks under other choices."),
            field<&R::low>("low", "5 % of them are better."), field<&R::high>("high", "5 % of them are worse."),
            field<&R::same>("same", "Share of the draws with this very rank."), field<&R::themes>("themes", "Scores of the parts of the index.", {.max = 50}),
            field<&R::territory>("territory", "Its territory in the bank."), field<&R::latitude>("latitude", "Of its middle."),
            field<&R::longitude>("longitude", "Of its middle.")}};
}
Record describe(const IndexResult*) {
    using R = IndexResult;
    return {"index_result", "What an index comes to, and how firm its ranks are.",
        {field<&R::rows>("rows", "Cities, the best first.", {.max = 300}), field<&R::parts>("parts", "Parts with their weights.", {.max = 100}),
            field<&R::uncertain>("uncertain", "What was chosen otherwise.", {.max = 20}), field<&R::samples>("samples", "Draws.")}};
}

Record describe(const IndexMoment*) {
    using M = IndexMoment;
    return {"index_moment", "A city in the edition of one year.",
        {field<&M::year>("year", "Which year."), field<&M::rank>("rank", "Its rank then."),
            field<&M::score>("score", "Its score on the scale of all editions.")}};
}
Record describe(const IndexPath*) {
    using P = IndexPath;
    return {"index_path", "A city over the years.",
        {field<&P::code>("code", "Its code."), field<&P::name>("name", "Its name."),
            field<&P::moments>("moments", "Year by year, the earliest first.", {.max = 40})}};
}
Record describe(const IndexOverTime*) {
    using T = IndexOverTime;
    return {"index_over_time", "An index and its earlier editions, brought to one scale so that scores compare.",
        {field<&T::years>("years", "The years of the editions.", {.max = 40}), field<&T::cities>("cities", "The cities, by the last rank.", {.max = 300})}};
}

} // namespace greenbank::cities
