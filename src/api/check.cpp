// check.cpp — running checks, and the one that descriptions give for nothing.
#include "api/check.h"

#include <map>

namespace greenbank {

namespace {

constexpr std::int64_t dangling_told_max = 1'000;

struct Reference {
    std::string record, field, target;
};

std::vector<Reference> references_between(std::span<const Record* const> records) {
    std::map<std::string_view, std::string_view> tables; // by the prefix of their ids
    for (const Record* record : records)
        if (const Field* id = record->find("id"); id && id->type->kind == Kind::id) tables.emplace(id->type->name, record->name);
    std::vector<Reference> references;
    for (const Record* record : records)
        for (const Field& field : record->fields)
            if (field.name != "id" && field.type->kind == Kind::id)
                if (const auto target = tables.find(field.type->name); target != tables.end())
                    references.push_back({std::string(record->name), std::string(field.name), std::string(target->second)});
    return references;
}

} // namespace

Check reference_check(std::span<const Record* const> records) {
    return {"references", "What a record refers to is there.",
        [references = references_between(records)](Transaction& transaction, CheckRun& run) -> Result<std::int64_t> {
            std::int64_t examined = 0, done = 0;
            for (const auto& [record, field, target] : references) {
                const std::string table = quoted_name(record), column = quoted_name(field);
                examined += as_integer(TRY(transaction.query("SELECT COUNT(" + column + ") FROM " + table)).single());
                const Rows dangling = TRY(transaction.query("SELECT t.id, t." + column + " FROM " + table + " t WHERE t." + column +
                                                                " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + quoted_name(target) + " o WHERE o.id = t." + column +
                                                                ") ORDER BY t.id LIMIT $1",
                    {dangling_told_max}));
                for (const auto& row : dangling.rows)
                    run.found({record + "/" + as_text(row[0]), "verify.dangling", "Its {name} is {id}, and there is no such record.",
                        {{"name", field}, {"id", as_text(row[1])}}});
                run.progress(++done, static_cast<std::int64_t>(references.size()));
            }
            return examined;
        }};
}

Result<std::vector<CheckOutcome>> run_checks(Store& store, std::span<const Check> checks, const CheckProgress& progress) {
    std::vector<CheckOutcome> outcomes;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        outcomes.clear();
        for (const Check& check : checks) {
            CheckOutcome& outcome = outcomes.emplace_back(CheckOutcome{std::string(check.name), std::string(check.doc)});
            CheckRun run{.found =
                             [&](Problem problem) {
                                 if (++outcome.found <= static_cast<std::int64_t>(problems_told_max)) outcome.problems.push_back(std::move(problem));
                             },
                .progress = [&](std::int64_t done, std::int64_t total) { progress(check.name, done, total); }};
            outcome.examined = TRY(check.run(transaction, run));
        }
        return Done{};
    }));
    return outcomes;
}

} // namespace greenbank
