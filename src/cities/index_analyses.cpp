// index_analyses.cpp — how the parts of an aggregate hang together, and how each part does with what it is part of.
#include <algorithm>

#include "cities/engine/association.h"
#include "cities/index_reporting.h"
#include "cities/recipe_records.h"

namespace greenbank::cities {

namespace {

std::string capital(std::string_view word) {
    std::string text(word);
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

struct Parts {
    std::string group;
    std::vector<std::string> codes; // in the order of the alphabet
    Columns columns;
};
Result<Parts> parts_of(const Reporting& r, const GroupAtStage& what) {
    const auto group = r.framework.find(what.group);
    if (!group || *group < r.framework.indicators)
        return Error{Failure::invalid, "cities.index_aggregate_unknown", "To analyse {group}: there is no such aggregate in the table of indicators.",
            {{"group", what.group}}};
    const Table* table = r.computed.at(what.stage);
    std::vector<std::size_t> nodes = r.framework.children[*group];
    std::sort(nodes.begin(), nodes.end(), [&](std::size_t a, std::size_t b) { return r.code(a) < r.code(b); });
    if (!table || std::any_of(nodes.begin(), nodes.end(), [&](std::size_t node) { return node >= table->columns.size(); }))
        return Error{Failure::invalid, "cities.index_stage_missing", "To analyse {group}: the stage {stage} is not in the recipe, or does not have its parts.",
            {{"group", what.group}, {"stage", std::string(name_of(what.stage))}}};
    Parts parts{what.group, {}, {}};
    for (const std::size_t node : nodes) {
        parts.codes.push_back(r.code(node));
        parts.columns.push_back(table->columns[node]);
    }
    return parts;
}

Result<Done> components(Reporting& r, const GroupAtStage& what) {
    const Parts parts = TRY(parts_of(r, what));
    const auto found = components_of(parts.columns, parts.codes);
    if (!found) {
        r.notes.push_back(fmt::format("{} has no principal components: a part does not vary, or fewer than three units have all.", what.group));
        return Done{};
    }
    std::string header = "ind";
    CsvText deviations("sdev");
    for (std::size_t k = 0; k < found->deviations.size(); ++k) {
        header += fmt::format(",PC{}", k + 1);
        deviations.cell(found->deviations[k]).end();
    }
    CsvText rotation(header);
    for (std::size_t i = 0; i < parts.codes.size(); ++i) {
        rotation.cell(parts.codes[i]);
        for (const auto& loadings : found->loadings) rotation.cell(loadings[i]);
        rotation.end();
    }
    r.files[fmt::format("pca_{}_sdev.csv", in_file_name(what.group))] = deviations.take();
    r.files[fmt::format("pca_{}_rotation.csv", in_file_name(what.group))] = rotation.take();
    return Done{};
}

/// Whether a part goes the way of what it is part of: one that goes against it, or hardly with it, is worth a look.
void with_parents(Reporting& r) {
    CsvText csv("iCode,Level,Parent,WithParent,WithIndex");
    const Columns& columns = r.last().columns;
    for (std::size_t group = r.framework.indicators; group < r.framework.nodes.size(); ++group)
        for (const std::size_t part : r.framework.children[group])
            csv.cell(r.code(part))
                .cell(static_cast<double>(r.framework.nodes[part].level))
                .cell(r.code(group))
                .cell(correlation_of(columns[part], columns[group], Correlation::pearson))
                .cell(correlation_of(columns[part], columns[r.framework.root()], Correlation::pearson))
                .end();
    r.files["corr_with_parents.csv"] = csv.take();
}

} // namespace

Result<Done> report_analyses(Reporting& r) {
    with_parents(r);
    for (const GroupAtStage& what : r.recipe.analyse.correlations) {
        const Parts parts = TRY(parts_of(r, what));
        for (const auto& [method, name] :
            {std::pair{Correlation::pearson, "pearson"}, {Correlation::spearman, "spearman"}, {Correlation::kendall, "kendall"}}) {
            CsvText csv("Var1,Var2,Correlation");
            for (std::size_t j = 0; j < parts.codes.size(); ++j)
                for (std::size_t i = 0; i < parts.codes.size(); ++i)
                    csv.cell(parts.codes[i]).cell(parts.codes[j]).cell(i == j ? 1 : correlation_of(parts.columns[i], parts.columns[j], method)).end();
            r.files[fmt::format("corr_{}_{}.csv", in_file_name(what.group), name)] = csv.take();
        }
    }
    for (const GroupAtStage& what : r.recipe.analyse.components) TRY(components(r, what));
    if (r.recipe.analyse.reliability.empty()) return Done{};
    CsvText csv("what,alpha");
    for (const GroupAtStage& what : r.recipe.analyse.reliability)
        csv.cell(capital(name_of(what.stage)) + "." + what.group).cell(cronbach_of(TRY(parts_of(r, what)).columns)).end();
    r.files["cronbach.csv"] = csv.take();
    return Done{};
}

} // namespace greenbank::cities
