// compute_index.cpp — nodes, rows and a recipe for the engine.
#include "cities/indices/compute_index.h"

#include <algorithm>
#include <limits>
#include <map>

#include <fmt/format.h>

namespace greenbank::cities {

namespace {

constexpr unsigned threads = 2;
constexpr std::uint64_t seed = 1;

/// In the order of their codes, as the command reads them: sums come out the same to the last bit.
std::vector<const IndexCity*> in_order(const CityIndex& index) {
    std::vector<const IndexCity*> cities;
    for (const IndexCity& one : index.cities) cities.push_back(&one);
    std::stable_sort(cities.begin(), cities.end(), [](const IndexCity* a, const IndexCity* b) { return a->code < b->code; });
    return cities;
}

/// Rows of one period; what a city does not have is missing.
void add_rows(AssembledIndex& made, const std::vector<const IndexCity*>& cities, const std::string& time) {
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < made.framework.indicators; ++i) places[made.framework.nodes[i].code] = i;
    for (const IndexCity* city : cities) {
        made.data.units.push_back({city->code, city->name.best(Language::en), time});
        for (Column& column : made.data.indicators) column.push_back(missing);
        for (const IndexValue& one : city->values)
            if (const auto place = places.find(one.indicator); place != places.end()) made.data.indicators[place->second].back() = one.value;
    }
}

/// Of a scale from the least to the greatest number (gaps are filled with what lies between them, so they change neither).
std::optional<double> from_scale(const AssembledIndex& made, std::size_t indicator, double number) {
    const Normalise* scale = nullptr;
    for (const Step& step : made.recipe.steps)
        if (step.normalise) scale = &*step.normalise;
    double least = std::numeric_limits<double>::infinity(), greatest = -least;
    for (const double one : made.data.indicators[indicator])
        if (known(one)) least = std::min(least, one), greatest = std::max(greatest, one);
    if (!scale || !(greatest > least)) return {};
    const double share = (number - scale->from) / (scale->to - scale->from);
    return made.framework.nodes[indicator].direction < 0 ? greatest - share * (greatest - least) : least + share * (greatest - least);
}

struct Ready {
    AssembledIndex index;
    Computed computed;
    std::vector<const IndexCity*> cities; // by row of the data
};
Result<Ready> ready(const CityIndex& index) {
    Ready made{TRY(assembled(index)), {}, in_order(index)};
    made.computed = TRY(compute(made.index.framework, made.index.data, made.index.recipe));
    return made;
}

} // namespace

Record describe(const IndexSensitivity*) {
    using S = IndexSensitivity;
    return {"index_sensitivity", "How much a choice matters for the ranks.",
        {field<&S::factor>("factor", "Which choice."), field<&S::first>("first", "Share of the variance that it makes alone."),
            field<&S::total>("total", "And with all others that it takes part in.")}};
}
Record describe(const IndexGain*) {
    using G = IndexGain;
    return {"index_gain", "What one indicator alone would have to come to.",
        {field<&G::code>("code", "The indicator."), field<&G::name>("name", "Its name."), field<&G::unit>("unit", "Its unit."),
            field<&G::now>("now", "Where the city stands on the scale of the index."),
            field<&G::needed>("needed", "Where it would have to stand; absent: not to be had by this alone."),
            field<&G::value>("value", "Its value as measured."),
            field<&G::needed_value>("needed_value", "The value that this means, where the scale can be read backwards.")}};
}
Record describe(const IndexGains*) {
    using G = IndexGains;
    return {"index_gains", "What a city would need.",
        {field<&G::gains>("gains", "Each indicator alone, the nearest first.", {.max = 100}),
            field<&G::together>("together", "A few at once that would do; absent: even all are not enough.", {.max = 100})}};
}

Result<AssembledIndex> assembled(const CityIndex& index) { return assembled(std::span(&index, 1)); }

Result<AssembledIndex> assembled(std::span<const CityIndex> editions) {
    const CityIndex& index = editions.back();
    std::vector<Node> nodes;
    for (const IndexIndicator& one : index.indicators) {
        Node& node = nodes.emplace_back();
        node.code = one.code;
        node.name = one.name.best(Language::en);
        node.unit = one.unit;
        node.parent = one.parent;
        node.level = one.level;
        node.direction = one.less_is_better ? -1 : 1;
        node.weight = one.weight;
    }
    AssembledIndex made{TRY(make_framework(std::move(nodes))), {}, {}};
    made.data.indicators.resize(made.framework.indicators);
    for (const CityIndex& edition : editions) add_rows(made, in_order(edition), editions.size() > 1 ? std::to_string(edition.year) : "");
    if (index.cities.size() < 3) return invalid({{"cities", "cityindex.few", "An index compares three cities or more."}});
    Recipe& recipe = made.recipe;
    recipe.name = index.title.best(Language::en);
    recipe.source = index.source;
    recipe.status = index.status;
    const Normalise scale{.method = index.normalisation, .from = 1, .to = 100};
    const bool gaps = std::any_of(made.data.indicators.begin(), made.data.indicators.end(),
        [](const Column& one) { return std::any_of(one.begin(), one.end(), [](double x) { return !known(x); }); });
    if (gaps && index.imputation != Imputation::none) recipe.steps.emplace_back().impute = Impute{index.imputation, ""};
    recipe.steps.emplace_back().normalise = scale;
    recipe.weigh.method = Weighting::given;
    recipe.aggregate.method = index.aggregation;
    Uncertainty& choices = recipe.uncertainty.emplace();
    if (gaps && index.imputation != Imputation::none) choices.impute = {{Imputation::mean, ""}, {Imputation::median, ""}};
    // Ranks in the place of distances; both kinds of mean where the scale begins above 0.
    const bool positive = index.normalisation == Normalisation::min_max || index.normalisation == Normalisation::rank;
    Normalise other{.method = Normalisation::rank};
    if (index.normalisation == Normalisation::rank) other = {.method = Normalisation::min_max, .from = 1, .to = 100};
    choices.normalise = {scale, other};
    if (positive && (index.aggregation == Aggregation::arithmetic || index.aggregation == Aggregation::geometric))
        choices.aggregate = {{.method = Aggregation::arithmetic}, {.method = Aggregation::geometric}};
    std::int64_t top = 1;
    for (const Node& node : made.framework.nodes) top = std::max(top, node.level);
    if (index.weight_spread_percent > 0)
        for (std::int64_t level = 1; level < top; ++level) choices.weights.push_back({level, index.weight_spread_percent / 100});
    choices.leave_one_out = true;
    return made;
}

Result<IndexResult> index_result(const CityIndex& index, std::int64_t samples) {
    const Ready made = TRY(ready(index));
    const Framework& framework = made.index.framework;
    const ChoiceSpace choices = TRY(ChoiceSpace::prepare(framework, made.index.data, made.index.recipe, made.computed));
    const Columns ranks = draw_ranks(choices, seed, static_cast<std::size_t>(samples), threads);
    IndexResult result{.rows = {}, .parts = {}, .uncertain = choices.factors(), .samples = samples};
    const Table& last = made.computed.last();
    for (std::size_t row = 0; row < last.rows.size(); ++row) {
        const IndexCity& city = *made.cities[last.rows[row]];
        const double score = last.columns[framework.root()][row];
        if (!known(score)) continue;
        const RankSummary summary = summary_of(ranks, row, made.computed.ranks[row]);
        IndexRow& one = result.rows.emplace_back();
        one.code = city.code;
        one.name = city.name;
        one.score = score;
        one.rank = static_cast<std::int64_t>(made.computed.ranks[row]);
        one.median = summary.median;
        one.low = summary.low_5;
        one.high = summary.high_95;
        one.same = summary.as_computed;
        one.territory = city.territory;
        one.latitude = city.latitude;
        one.longitude = city.longitude;
        for (const std::size_t part : framework.children[framework.root()])
            if (const double value = last.columns[part][row]; known(value)) one.themes.push_back({framework.nodes[part].code, value});
    }
    std::stable_sort(result.rows.begin(), result.rows.end(), [](const IndexRow& a, const IndexRow& b) { return a.rank < b.rank; });
    const std::vector<double> shares = effective_weights(framework, made.computed.weights);
    std::map<std::string, Text> names;
    for (const IndexIndicator& one : index.indicators) names[one.code] = one.name;
    for (std::size_t node = 0; node < framework.nodes.size(); ++node) {
        const Node& one = framework.nodes[node];
        result.parts.push_back({one.code, names[one.code], one.level, one.parent, made.computed.weights.of_node[node], shares[node]});
    }
    return result;
}

Result<IndexOverTime> index_over_time(const std::vector<CityIndex>& editions) {
    const AssembledIndex made = TRY(assembled(editions));
    std::vector<std::pair<const CityIndex*, const IndexCity*>> rows; // of the table
    IndexOverTime result;
    for (const CityIndex& edition : editions) {
        for (const IndexCity* city : in_order(edition)) rows.emplace_back(&edition, city);
        result.years.push_back(edition.year);
    }
    const Computed computed = TRY(compute(made.framework, made.data, made.recipe));
    const Table& last = computed.last();
    std::map<std::string, IndexPath> paths;
    for (std::size_t row = 0; row < last.rows.size(); ++row) {
        const auto& [edition, city] = rows[last.rows[row]];
        const double score = last.columns[made.framework.root()][row];
        if (!known(score)) continue;
        IndexPath& path = paths[city->code];
        path.code = city->code;
        path.name = city->name; // of the newest edition that has it
        path.moments.push_back({edition->year, static_cast<std::int64_t>(computed.ranks[row]), score});
    }
    for (auto& [code, path] : paths) result.cities.push_back(std::move(path));
    std::stable_sort(result.cities.begin(), result.cities.end(), [](const IndexPath& a, const IndexPath& b) {
        return a.moments.back().year != b.moments.back().year ? a.moments.back().year > b.moments.back().year : a.moments.back().rank < b.moments.back().rank;
    });
    return result;
}

Result<std::vector<IndexSensitivity>> index_sensitivity(const CityIndex& index, std::int64_t base) {
    const Ready made = TRY(ready(index));
    const ChoiceSpace choices = TRY(ChoiceSpace::prepare(made.index.framework, made.index.data, made.index.recipe, made.computed));
    const std::vector<Sensitivity> found = sensitivity_of(choices, seed, static_cast<std::size_t>(base), threads);
    std::vector<IndexSensitivity> list;
    for (std::size_t i = 0; i < choices.factors().size(); ++i)
        list.push_back({choices.factors()[i], known(found[0].first[i]) ? found[0].first[i] : 0, known(found[0].total[i]) ? found[0].total[i] : 0});
    std::stable_sort(list.begin(), list.end(), [](const IndexSensitivity& a, const IndexSensitivity& b) { return a.total > b.total; });
    return list;
}

Result<IndexGains> index_gains(const CityIndex& index, const std::string& city, std::int64_t places) {
    const Ready made = TRY(ready(index));
    const Table& last = made.computed.last();
    const auto found = std::find_if(last.rows.begin(), last.rows.end(), [&](std::size_t row) { return made.cities[row]->code == city; });
    if (found == last.rows.end()) return Error{Failure::not_found, "cityindex.no_city", "The index has no such city."};
    const IndexCity& of = *made.cities[*found];
    std::map<std::string, const IndexIndicator*> indicators;
    for (const IndexIndicator& one : index.indicators) indicators[one.code] = &one;
    const auto told = [&](const Gain& gain) {
        const IndexIndicator& one = *indicators.at(made.index.framework.nodes[gain.indicator].code);
        IndexGain made_gain;
        made_gain.code = one.code;
        made_gain.name = one.name;
        made_gain.unit = one.unit;
        made_gain.now = known(gain.now) ? gain.now : 0;
        if (known(gain.needed)) made_gain.needed = gain.needed;
        for (const IndexValue& value : of.values)
            if (value.indicator == one.code) made_gain.value = value.value;
        if (made_gain.needed && index.normalisation == Normalisation::min_max)
            made_gain.needed_value = from_scale(made.index, gain.indicator, *made_gain.needed);
        return made_gain;
    };
    const auto row = static_cast<std::size_t>(found - last.rows.begin()), by = static_cast<std::size_t>(places);
    IndexGains all;
    for (const Gain& gain : gains(made.index.framework, made.index.data, made.index.recipe, made.computed, row, by)) all.gains.push_back(told(gain));
    for (const Gain& gain : rise_plan(made.index.framework, made.index.data, made.index.recipe, made.computed, row, by)) all.together.push_back(told(gain));
    return all;
}

} // namespace greenbank::cities
