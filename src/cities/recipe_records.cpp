// recipe_records.cpp — the description of a recipe, part by part, and what must fit together in it.
#include "cities/recipe_records.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace greenbank::cities {

namespace {

bool names_a_file(const std::string& name) {
    return !name.empty() && name[0] != '.' && name.find_first_of("/\\") == std::string::npos &&
           std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

void check_impute(const void* value, Problems& problems) {
    const auto& impute = *static_cast<const Impute*>(value);
    const bool grouped = impute.method == Imputation::group_mean || impute.method == Imputation::group_median;
    if (grouped == impute.group.empty())
        problems.push_back({"group", "cities.recipe_group", "group_mean and group_median need a group, a column of groups; the other methods take none."});
}

void check_normalise(const void* value, Problems& problems) {
    const auto& how = *static_cast<const Normalise*>(value);
    const auto ordered = [&](const std::string& field, double low, double high) {
        if (!(low < high)) problems.push_back({field, "cities.recipe_range", "The higher end is not above the lower one."});
    };
    ordered("to", how.from, how.to);
    ordered("high", how.low, how.high);
    ordered("deviation", 0, how.deviation);
    for (std::size_t i = 0; i < how.goalposts.size(); ++i) ordered(fmt::format("goalposts[{}].high", i), how.goalposts[i].low, how.goalposts[i].high);
    if ((how.method == Normalisation::distance_to_reference) == how.reference.empty())
        problems.push_back({"reference", "cities.recipe_reference", "distance_to_reference needs the code of a unit; the other methods take none."});
}

void check_step(const void* value, Problems& problems) {
    const auto& step = *static_cast<const Step*>(value);
    const int parts = step.denominate.has_value() + step.impute.has_value() + step.screen.has_value() + step.treat.has_value() + step.normalise.has_value();
    if (parts != 1)
        problems.push_back(
            {"denominate", "cities.recipe_step", "A step is one of denominate, impute, screen, treat and normalise; write each as a step of its own."});
}

void check_weigh(const void* value, Problems& problems) {
    const auto& weigh = *static_cast<const Weigh*>(value);
    if (!(weigh.share_least <= weigh.share_most)) problems.push_back({"share_most", "cities.recipe_range", "The higher end is not above the lower one."});
}

void check_alternative(const void* value, Problems& problems) {
    const auto& one = *static_cast<const Alternative*>(value);
    if (!names_a_file(one.name))
        problems.push_back({"name", "cities.recipe_file_name", "The name becomes part of a file's name: without / and \\, and not beginning with a point."});
    if (!one.normalise && !one.aggregate)
        problems.push_back({"normalise", "cities.recipe_alternative", "An alternative has another normalise, another aggregate, or both."});
}

void check_recipe(const void* value, Problems& problems) {
    const auto& recipe = *static_cast<const Recipe*>(value);
    int denominates = 0, imputes = 0, screens = 0, treats = 0, normalises = 0;
    for (const Step& step : recipe.steps) {
        denominates += step.denominate.has_value();
        imputes += step.impute.has_value();
        screens += step.screen.has_value();
        treats += step.treat.has_value();
        normalises += step.normalise.has_value();
    }
    if (std::max({denominates, imputes, screens, treats, normalises}) > 1) problems.push_back({"steps", "cities.recipe_step_twice", "No step comes twice."});
    if (normalises == 0 || !recipe.steps.back().normalise)
        problems.push_back({"steps", "cities.recipe_normalise_last", "The last step is normalise; what is on different scales cannot be aggregated."});
    if (recipe.uncertainty) {
        const auto own_step = [&](const char* field, bool chosen, int count) {
            if (chosen && count == 0)
                problems.push_back(
                    {fmt::format("uncertainty.{}", field), "cities.recipe_choice_without_step", "The recipe has no such step that could be done otherwise."});
        };
        own_step("impute", !recipe.uncertainty->impute.empty(), imputes);
        own_step("treat", !recipe.uncertainty->treat.empty(), treats);
    }
    std::set<std::string> names;
    for (std::size_t i = 0; i < recipe.alternatives.size(); ++i)
        if (!names.insert(recipe.alternatives[i].name).second)
            problems.push_back({fmt::format("alternatives[{}].name", i), "cities.recipe_name_twice", "Two alternatives have this name."});
}

} // namespace

Record describe(const Denominate*) {
    return {"denominate", "Divide by the denominators that the table of indicators names.",
        {field<&Denominate::leave_out>("leave_out", "Indicators that stay as they are.", {.max = 1000, .defaulted = true})}};
}
Record describe(const Impute*) {
    return {"impute", "Put numbers in the place of missing ones.",
        {field<&Impute::method>("method", "Where they come from.", {.defaulted = true}),
            field<&Impute::group>("group", "The column of groups within which a mean is taken.", {.max = 100, .defaulted = true})},
        check_impute};
}
Record describe(const Screen*) {
    return {"screen", "Leave out units that have too few numbers.",
        {field<&Screen::least_available>("least_available", "Share of the indicators that a unit must have.", {.min = 0, .max = 1, .defaulted = true}),
            field<&Screen::least_nonzero>("least_nonzero", "Share of a unit's numbers that must not be 0.", {.min = 0, .max = 1}),
            field<&Screen::always_in>("always_in", "Units that stay whatever they have.", {.max = 10'000, .defaulted = true}),
            field<&Screen::always_out>("always_out", "Units that are left out whatever they have.", {.max = 10'000, .defaulted = true})}};
}
Record describe(const Treat*) {
    return {"treat", "Draw in outliers of indicators that are distorted.",
        {field<&Treat::skewness_limit>(
             "skewness_limit", "Distorted is what is above both limits: this of the skewness, without its sign.", {.min = 0, .max = 100, .defaulted = true}),
            field<&Treat::kurtosis_limit>("kurtosis_limit", "And this of the excess kurtosis.", {.min = -10, .max = 1000, .defaulted = true}),
            field<&Treat::winsorise_most>("winsorise_most", "How many numbers may be drawn in to the next one.", {.min = 0, .max = 100'000, .defaulted = true}),
            field<&Treat::then>("then", "What is done where that is not enough: none, log, or log_shifted, which bears any numbers.", {.defaulted = true}),
            field<&Treat::leave_out>("leave_out", "Indicators that stay as they are.", {.max = 1000, .defaulted = true})}};
}
Record describe(const Goalpost*) {
    return {"goalpost", "From where to where an indicator counts.",
        {field<&Goalpost::indicator>("indicator", "Its code.", {.min = 1, .max = 100}),
            field<&Goalpost::low>("low", "The lower post, as the number is measured."), field<&Goalpost::high>("high", "The higher post.")}};
}
Record describe(const NormaliseException*) {
    return {"normalise_exception", "An indicator that is normalised otherwise.",
        {field<&NormaliseException::indicator>("indicator", "Its code.", {.min = 1, .max = 100}), field<&NormaliseException::method>("method", "How.")}};
}
Record describe(const Normalise*) {
    return {"normalise", "Bring all indicators to one scale on which more is better.",
        {field<&Normalise::method>("method", "How.", {.defaulted = true}),
            field<&Normalise::from>("from", "min_max and goalposts: the worst becomes this.", {.min = -1e9, .max = 1e9, .defaulted = true}),
            field<&Normalise::to>("to", "min_max and goalposts: the best becomes this.", {.min = -1e9, .max = 1e9, .defaulted = true}),
            field<&Normalise::mean>("mean", "z_score: the mean that it gets.", {.min = -1e9, .max = 1e9, .defaulted = true}),
            field<&Normalise::deviation>("deviation", "z_score: the standard deviation that it gets.", {.min = 0, .max = 1e9, .defaulted = true}),
            field<&Normalise::low>("low", "scaled: this becomes 0.", {.defaulted = true}),
            field<&Normalise::high>("high", "scaled: this becomes 100.", {.defaulted = true}),
            field<&Normalise::reference>("reference", "distance_to_reference: the unit that gets 1.", {.max = 100, .defaulted = true}),
            field<&Normalise::goalposts>("goalposts", "goalposts: those of every indicator.", {.max = 1000, .defaulted = true}),
            field<&Normalise::exceptions>("exceptions", "Indicators that are normalised otherwise.", {.max = 1000, .defaulted = true})},
        check_normalise};
}
Record describe(const Step*) {
    return {"recipe_step", "One step; one of its fields is given.",
        {field<&Step::denominate>("denominate", "Divide by the denominators."), field<&Step::impute>("impute", "Fill in missing numbers."),
            field<&Step::screen>("screen", "Leave out units with too few numbers."), field<&Step::treat>("treat", "Treat outliers."),
            field<&Step::normalise>("normalise", "Bring all to one scale.")},
        check_step};
}
Record describe(const GivenWeight*) {
    return {"given_weight", "The weight of an indicator or aggregate within its parent.",
        {field<&GivenWeight::code>("code", "Its code.", {.min = 1, .max = 100}), field<&GivenWeight::weight>("weight", "Its weight.", {.min = 0, .max = 1e9})}};
}
Record describe(const LevelWeighting*) {
    return {"level_weighting", "How one level is weighed.",
        {field<&LevelWeighting::level>("level", "The level of what is weighed; 1: the indicators.", {.min = 1, .max = 20}),
            field<&LevelWeighting::method>("method", "How.")}};
}
Record describe(const Comparison*) {
    return {"comparison", "A judgement of two parts of one aggregate.",
        {field<&Comparison::more>("more", "The part that matters `ratio` times as much.", {.min = 1, .max = 100}),
            field<&Comparison::less>("less", "The part that it is compared with.", {.min = 1, .max = 100}),
            field<&Comparison::ratio>("ratio", "How many times; Saaty's scale goes to 9.", {.min = 0.01, .max = 100})}};
}
Record describe(const Weigh*) {
    return {"weigh", "How much each part counts.",
        {field<&Weigh::method>("method", "Where weights come from; given: the table of indicators.", {.defaulted = true}),
            field<&Weigh::levels>("levels", "Levels that are weighed otherwise.", {.max = 20, .defaulted = true}),
            field<&Weigh::given>("given", "Weights in place of those of the table.", {.max = 1000, .defaulted = true}),
            field<&Weigh::sum>("sum", "What the given weights of each aggregate's parts must sum to, such as 1 or 100.", {.min = 0, .max = 1e9}),
            field<&Weigh::judgements>("judgements", "ahp: every two parts of an aggregate, compared.", {.max = 10'000, .defaulted = true}),
            field<&Weigh::consistency_most>("consistency_most", "ahp: the consistency ratio that is still borne.", {.min = 0, .max = 10, .defaulted = true}),
            field<&Weigh::share_least>(
                "share_least", "benefit_of_doubt: the least share of a part in a unit's score.", {.min = 0, .max = 1, .defaulted = true}),
            field<&Weigh::share_most>("share_most", "benefit_of_doubt: the greatest share.", {.min = 0, .max = 1, .defaulted = true})},
        check_weigh};
}
Record describe(const LevelAggregation*) {
    return {"level_aggregation", "How one level is made.",
        {field<&LevelAggregation::level>("level", "The level that is made, from 2 on.", {.min = 2, .max = 20}),
            field<&LevelAggregation::method>("method", "How."),
            field<&LevelAggregation::power>("power", "generalised: the power.", {.min = -100, .max = 100, .defaulted = true})}};
}
Record describe(const Aggregate*) {
    return {"aggregate", "How parts become one number.",
        {field<&Aggregate::method>("method", "The kind of mean, or Copeland's contest.", {.defaulted = true}),
            field<&Aggregate::power>("power", "generalised: the power; 1 arithmetic, 0 geometric, -1 harmonic.", {.min = -100, .max = 100, .defaulted = true}),
            field<&Aggregate::least_available>(
                "least_available", "Share of the parts that must be there; 0: one is enough.", {.min = 0, .max = 1, .defaulted = true}),
            field<&Aggregate::levels>("levels", "Levels that are made otherwise.", {.max = 20, .defaulted = true})}};
}
Record describe(const GroupAtStage*) {
    return {"group_at_stage", "What an aggregate is made of, at some stage.",
        {field<&GroupAtStage::group>("group", "The aggregate's code.", {.min = 1, .max = 100}),
            field<&GroupAtStage::stage>(
                "stage", "The numbers that are looked at; parts that are aggregates themselves need aggregated.", {.defaulted = true})}};
}
Record describe(const Analyse*) {
    return {"analyse", "What is looked at beside the index.",
        {field<&Analyse::correlations>("correlations", "Pearson's, Spearman's and Kendall's.", {.max = 100, .defaulted = true}),
            field<&Analyse::components>("components", "Principal components.", {.max = 100, .defaulted = true}),
            field<&Analyse::reliability>("reliability", "Cronbach's alpha.", {.max = 100, .defaulted = true})}};
}
Record describe(const Alternative*) {
    return {"alternative", "The recipe with a part of it done otherwise.",
        {field<&Alternative::name>("name", "Its name; its files are norm_<name>.csv and agg_<name>.csv.", {.min = 1, .max = 60}),
            field<&Alternative::normalise>("normalise", "Another normalisation."), field<&Alternative::aggregate>("aggregate", "Another aggregation.")},
        check_alternative};
}
Record describe(const WeightSpread*) {
    return {"weight_spread", "How uncertain the weights of a level are.",
        {field<&WeightSpread::level>("level", "The level of what is weighed.", {.min = 1, .max = 20}),
            field<&WeightSpread::spread>("spread", "Each weight is multiplied by a number from 1 - spread to 1 + spread.", {.min = 0, .max = 1})}};
}
Record describe(const Uncertainty*) {
    return {"uncertainty", "What might have been chosen otherwise.",
        {field<&Uncertainty::samples>("samples", "How often the index is computed anew.", {.min = 1, .max = 1'000'000, .defaulted = true}),
            field<&Uncertainty::seed>("seed", "What the draws begin from.", {.min = 0, .defaulted = true}),
            field<&Uncertainty::sensitivity_samples>(
                "sensitivity_samples", "Base samples of Sobol's indices; 0: none.", {.min = 0, .max = 100'000, .defaulted = true}),
            field<&Uncertainty::impute>("impute", "Imputations, equally likely.", {.max = 20, .defaulted = true}),
            field<&Uncertainty::treat>("treat", "Treatments, equally likely.", {.max = 20, .defaulted = true}),
            field<&Uncertainty::normalise>("normalise", "Normalisations, equally likely.", {.max = 20, .defaulted = true}),
            field<&Uncertainty::weigh>("weigh", "Weightings, equally likely.", {.max = 20, .defaulted = true}),
            field<&Uncertainty::aggregate>("aggregate", "Aggregations, equally likely.", {.max = 20, .defaulted = true}),
            field<&Uncertainty::weights>("weights", "Levels whose weights are uncertain.", {.max = 20, .defaulted = true}),
            field<&Uncertainty::leave_one_out>("leave_one_out", "Whether one indicator, or none, is left out.", {.defaulted = true})}};
}
Record describe(const Change*) {
    return {"index_change", "Another number in the data.",
        {field<&Change::unit>("unit", "The unit's code.", {.min = 1, .max = 100}),
            field<&Change::indicator>("indicator", "The indicator's code.", {.min = 1, .max = 100}),
            field<&Change::value>("value", "The number, as it is in the data."),
            field<&Change::time>("time", "The period; none: all.", {.max = 100, .defaulted = true})}};
}
Record describe(const WhatIf*) {
    return {"what_if", "The index with some numbers changed.",
        {field<&WhatIf::name>("name", "What it is called.", {.min = 1, .max = 100}),
            field<&WhatIf::changes>("changes", "What is changed.", {.min = 1, .max = 1000})}};
}
Record describe(const Rise*) {
    return {"rise", "What a unit needs to come higher.",
        {field<&Rise::unit>("unit", "Its code.", {.min = 1, .max = 100}),
            field<&Rise::places>("places", "How many places higher.", {.min = 1, .max = 10'000, .defaulted = true}),
            field<&Rise::time>("time", "The period; none: the last.", {.max = 100, .defaulted = true})}};
}
Record describe(const Recipe*) {
    return {"index_recipe", "How an index is made, step by step.",
        {field<&Recipe::name>("name", "The index.", {.max = 200, .defaulted = true}),
            field<&Recipe::edition>("edition", "The edition of the recipe.", {.max = 200, .defaulted = true}),
            field<&Recipe::source>("source", "Where it stands.", {.max = 500, .defaulted = true}),
            field<&Recipe::status>("status", "Whether it is official.", {.defaulted = true}),
            field<&Recipe::steps>("steps", "What is done to the numbers, in this order.", {.min = 1, .max = 5}),
            field<&Recipe::weigh>("weigh", "How much each part counts.", {.defaulted = true}),
            field<&Recipe::aggregate>("aggregate", "How parts become one number.", {.defaulted = true}),
            field<&Recipe::periods_together>(
                "periods_together", "Whether several periods are treated and normalised as one table, so that they compare.", {.defaulted = true}),
            field<&Recipe::analyse>("analyse", "What is looked at beside the index.", {.defaulted = true}),
            field<&Recipe::alternatives>("alternatives", "The recipe with parts of it done otherwise.", {.max = 100, .defaulted = true}),
            field<&Recipe::what_if>("what_if", "The index with other numbers.", {.max = 100, .defaulted = true}),
            field<&Recipe::remove_one>("remove_one", "Whether the index is also computed without each of its parts.", {.defaulted = true}),
            field<&Recipe::rise>("rise", "Units that want to know what would bring them higher.", {.max = 100, .defaulted = true}),
            field<&Recipe::uncertainty>("uncertainty", "What might have been chosen otherwise, and how often that is drawn.")},
        check_recipe};
}

} // namespace greenbank::cities
