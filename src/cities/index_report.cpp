// index_report.cpp — the parts of a report put together, and what matters of them as JSON.
#include "cities/index_reporting.h"
#include "cities/recipe_records.h"
#include "json/json.h"

namespace greenbank::cities {

namespace {

void ranking(JsonWriter& json, const Reporting& r) {
    json.member("units", static_cast<std::int64_t>(r.last().rows.size())).member("indicators", static_cast<std::int64_t>(r.framework.indicators));
    json.key("treated").begin_list();
    for (const Treatment& one : r.computed.treatments) json.text(r.code(one.indicator));
    json.end_list().key("consistency_ratios").begin_object();
    for (const Consistency& one : r.computed.weights.consistency) json.member(r.code(one.group), one.ratio);
    json.end_object().key("ranking").begin_list();
    for (const std::size_t row : r.by_rank()) {
        json.begin_object().member("unit", r.unit(r.last(), row).code);
        if (r.periods) json.member("time", r.unit(r.last(), row).time);
        json.key("rank").real(r.computed.ranks[row]).member("score", r.last().columns[r.framework.root()][row]).end_object();
    }
    json.end_list();
}

void uncertainty(JsonWriter& json, const Reporting& r) {
    json.key("uncertainty").begin_object().member("samples", r.recipe.uncertainty->samples).member("seed", r.recipe.uncertainty->seed);
    json.key("factors").begin_list();
    for (const std::string& factor : r.factors) json.text(factor);
    json.end_list().end_object();
}

} // namespace

Result<Files> report(const Framework& framework, const Dataset& data, const Recipe& recipe, unsigned threads) {
    const Computed computed = TRY(compute(framework, data, recipe));
    Reporting r{framework, data, recipe, computed, threads, data.times().size() > 1};
    report_stages(r);
    TRY(report_analyses(r));
    TRY(report_robustness(r));
    JsonWriter json;
    json.begin_object().member("name", recipe.name).member("edition", recipe.edition).member("status", name_of(recipe.status));
    ranking(json, r);
    if (recipe.uncertainty) uncertainty(json, r);
    json.key("notes").begin_list();
    for (const std::string& note : r.notes) json.text(note);
    json.end_list().end_object();
    r.files["summary.json"] = indented(json.take()) + "\n";
    return std::move(r.files);
}

} // namespace greenbank::cities
