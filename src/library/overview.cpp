// overview.cpp — a handful of counts, each one query.
#include "library/overview.h"

#include <algorithm>

#include <fmt/format.h>

#include "library/assessment/steps.h"
#include "library/entries.h"
#include "library/finding/search_documents.h"
#include "json/json.h"

namespace greenbank::library {

Record describe(const Counts*) {
    return {"counts", "How much the bank holds.",
        {field<&Counts::technologies>("technologies", "Published technologies."), field<&Counts::needs>("needs", "Published needs."),
            field<&Counts::capital_offers>("capital_offers", "Published capital offers."), field<&Counts::organisations>("organisations", "Organisations."),
            field<&Counts::people>("people", "People with an account.")}};
}
Record describe(const FieldCount*) {
    return {"field_count", "Entries of one field.",
        {field<&FieldCount::field>("field", "Which field."), field<&FieldCount::technologies>("technologies", "Technologies."),
            field<&FieldCount::needs>("needs", "Needs."), field<&FieldCount::capital_offers>("capital_offers", "Capital offers.")}};
}
Record describe(const LevelCount*) {
    return {"level_count", "Technologies at a level of readiness.",
        {field<&LevelCount::level>("level", "1 to 9."), field<&LevelCount::count>("count", "How many.")}};
}
Record describe(const CountryCount*) {
    return {"country_count", "Entries of one country.",
        {field<&CountryCount::country>("country", "Which country."), field<&CountryCount::technologies>("technologies", "Technologies from there."),
            field<&CountryCount::needs>("needs", "Needs there.")}};
}
Record describe(const Budget*) {
    return {"budget", "Money asked for and offered, in CNY.",
        {field<&Budget::field>("field", "Which field."), field<&Budget::need_budget>("need_budget", "Sum of the needs' budgets."),
            field<&Budget::capital_max>("capital_max", "Sum of the offers' largest amounts.")}};
}
Record describe(const RecentEntry*) {
    return {"recent_entry", "Something new.",
        {field<&RecentEntry::kind>("kind", "technology, need or capital_offer."), field<&RecentEntry::id>("id", "Id."),
            field<&RecentEntry::title>("title", "Title."), field<&RecentEntry::at>("at", "When.")}};
}
Record describe(const WaitingEntry*) {
    return {"waiting_entry", "Something that waits for the caller.",
        {field<&WaitingEntry::kind>("kind", "technology, need, capital_offer, admission, verification or panel."), field<&WaitingEntry::id>("id", "Id."),
            field<&WaitingEntry::title>("title", "Title."),
            field<&WaitingEntry::what>("what", "publish: a draft to finish or a statement; review, answer: a step of an assessment.")}};
}
Record describe(const Overview*) {
    return {"overview", "The bank at one look.",
        {field<&Overview::counts>("counts", "How much there is."), field<&Overview::fields>("fields", "By field."),
            field<&Overview::readiness>("readiness", "By maturity, on a scale of 1 to 9."), field<&Overview::countries>("countries", "By country."),
            field<&Overview::budgets>("budgets", "Money asked for and offered."), field<&Overview::recent>("recent", "What is new."),
            field<&Overview::waiting>("waiting", "What waits for the caller."),
            field<&Overview::failed_jobs>("failed_jobs", "Jobs that failed in the last day.")}};
}

namespace {

struct Kind {
    std::string_view table, owner;
};
constexpr Kind kinds[] = {{"technology", "holder"}, {"need", "owner"}, {"capital_offer", "provider"}};

Result<std::int64_t> count(Transaction& transaction, std::string_view sql) { return as_integer(TRY(transaction.query(sql)).single()); }

Text text_of(const Value& json) {
    Text text;
    (void)read_json_value(as_text(json), TypeOf<Text>::type, &text);
    return text;
}

Result<Done> count_fields(Transaction& transaction, Overview& view) {
    for (std::size_t i = 0; i < std::size(Choices<TechnologyField>::values); ++i) view.fields.push_back({static_cast<TechnologyField>(i)});
    const auto add = [&](std::string_view table, std::int64_t FieldCount::*member) -> Result<Done> {
        for (const auto& row : TRY(transaction.query(fmt::format("SELECT field, COUNT(*) FROM {} WHERE state = 'published' GROUP BY field", table))).rows)
            if (const auto field = parse_choice<TechnologyField>(as_text(row[0]))) view.fields[static_cast<std::size_t>(*field)].*member = as_integer(row[1]);
        return Done{};
    };
    TRY(add("technology", &FieldCount::technologies));
    TRY(add("need", &FieldCount::needs));
    for (FieldCount& row : view.fields) // an offer may name several fields
        row.capital_offers = TRY(count(transaction,
            fmt::format(
                "SELECT COUNT(*) FROM capital_offer WHERE state = 'published' AND (CAST(fields AS TEXT) LIKE '%\"{}\"%' OR CAST(fields AS TEXT) = '[]')",
                name_of(row.field))));
    return Done{};
}

Result<Done> count_readiness(Transaction& transaction, Overview& view) {
    for (std::int64_t level = 1; level <= 9; ++level) view.readiness.push_back({level, 0});
    for (const auto& row :
        TRY(transaction.query(
                "SELECT readiness ->> 'scale', CAST(readiness ->> 'level' AS BIGINT), COUNT(*) FROM technology WHERE state = 'published' GROUP BY 1, 2"))
            .rows) {
        const std::int64_t level = common_level({parse_choice<ReadinessScale>(as_text(row[0])).value_or(ReadinessScale::gbt22900), as_integer(row[1])});
        view.readiness[static_cast<std::size_t>(level - 1)].count += as_integer(row[2]);
    }
    return Done{};
}

Result<Done> count_countries(Transaction& transaction, Overview& view) {
    for (const auto& row :
        TRY(transaction.query("SELECT country, SUM(technologies), SUM(needs) FROM ("
                              "SELECT origin AS country, 1 AS technologies, 0 AS needs FROM technology WHERE state = 'published' UNION ALL "
                              "SELECT country, 0, 1 FROM need WHERE state = 'published') AS entries GROUP BY country ORDER BY 2 DESC, 3 DESC, 1 LIMIT 40"))
            .rows)
        view.countries.push_back({as_text(row[0]), as_integer(row[1]), as_integer(row[2])});
    return Done{};
}

Result<Done> sum_budgets(Transaction& transaction, Overview& view) {
    for (const FieldCount& row : view.fields) {
        Budget budget{row.field, {0, "CNY"}, {0, "CNY"}};
        budget.need_budget.minor =
            TRY(count(transaction, fmt::format("SELECT COALESCE(SUM(budget_amount), 0) FROM need WHERE state = 'published' AND budget_currency = 'CNY' AND "
                                               "CAST(disclosure AS TEXT) NOT LIKE '%\"budget\"%' AND field = '{}'",
                                       name_of(row.field))));
        budget.capital_max.minor = TRY(count(transaction,
            fmt::format("SELECT COALESCE(SUM(amount_max_amount), 0) FROM capital_offer WHERE state = 'published' "
                        "AND amount_max_currency = 'CNY' AND CAST(disclosure AS TEXT) NOT LIKE '%\"amount_max\"%' AND CAST(fields AS TEXT) LIKE '%\"{}\"%'",
                name_of(row.field))));
        view.budgets.push_back(budget);
    }
    return Done{};
}

/// What of assessment waits for the caller: for the bank, for a holder, for a verifier, for an expert.
Result<Done> add_assessment(Transaction& transaction, const Caller& caller, Overview& view) {
    const auto add = [&](std::string_view kind, std::string_view what, std::string_view where, std::vector<Value> parameters) -> Result<Done> {
        for (const auto& row :
            TRY(transaction.query(fmt::format("SELECT id, title FROM {} WHERE {} ORDER BY updated_at LIMIT 10", kind, where), parameters)).rows)
            view.waiting.push_back({std::string(kind), as_text(row[0]), std::string(what), text_of(row[1])});
        return Done{};
    };
    if (caller.actor.may(assess_entries)) {
        TRY(add("admission", "review", "state IN ('declared', 'reviewed', 'recommended', 'selected')", {}));
        TRY(add("verification", "publish", "state = 'issued'", {}));
    }
    if (!caller.actor.organisation.empty()) {
        TRY(add("admission", "answer", "state = 'returned' AND holder = $1", {caller.actor.organisation}));
        TRY(add("verification", "answer", "state = 'returned' AND applicant = $1", {caller.actor.organisation}));
        TRY(add(
            "verification", "review", "state IN ('applied', 'pre_verification', 'verification', 'reporting') AND verifier = $1", {caller.actor.organisation}));
    }
    if (caller.actor.person.empty()) return Done{};
    return add("panel", "answer",
        "state = 'open' AND id IN (SELECT s.panel FROM panel_seat s JOIN expert e ON e.id = s.expert WHERE e.person = $1 AND s.state IN ('invited', "
        "'accepted'))",
        {caller.actor.person});
}

} // namespace

Result<Overview> overview(Transaction& transaction, const Caller& caller) {
    Overview view;
    view.counts.technologies = TRY(count(transaction, "SELECT COUNT(*) FROM technology WHERE state = 'published'"));
    view.counts.needs = TRY(count(transaction, "SELECT COUNT(*) FROM need WHERE state = 'published'"));
    view.counts.capital_offers = TRY(count(transaction, "SELECT COUNT(*) FROM capital_offer WHERE state = 'published'"));
    view.counts.organisations = TRY(count(transaction, "SELECT COUNT(*) FROM organisation"));
    view.counts.people = TRY(count(transaction, "SELECT COUNT(*) FROM person"));
    TRY(count_fields(transaction, view));
    TRY(count_readiness(transaction, view));
    TRY(count_countries(transaction, view));
    TRY(sum_budgets(transaction, view));
    for (const Kind& kind : kinds) {
        for (const auto& row : TRY(transaction.query(fmt::format(
                                       "SELECT id, title, updated_at FROM {} WHERE state = 'published' ORDER BY updated_at DESC, id LIMIT 6", kind.table)))
                                   .rows)
            view.recent.push_back({std::string(kind.table), as_text(row[0]), text_of(row[1]), Time{as_integer(row[2])}});
        if (caller.actor.organisation.empty()) continue;
        for (const auto& row : TRY(transaction.query(fmt::format("SELECT id, title FROM {} WHERE state = 'draft' AND {} = $1 ORDER BY updated_at DESC LIMIT 10",
                                                         kind.table, kind.owner),
                                       {caller.actor.organisation}))
                                   .rows)
            view.waiting.push_back({std::string(kind.table), as_text(row[0]), "publish", text_of(row[1])});
    }
    TRY(add_assessment(transaction, caller, view));
    std::stable_sort(view.recent.begin(), view.recent.end(), [](const RecentEntry& a, const RecentEntry& b) { return a.at > b.at; });
    if (view.recent.size() > 8) view.recent.resize(8);
    if (!caller.actor.person.empty())
        view.failed_jobs = as_integer(TRY(transaction.query("SELECT COUNT(*) FROM job WHERE state = 'failed' AND created_by = $1 AND finished_at > $2",
                                              {caller.actor.person, (caller.now - hours(24)).microseconds}))
                                          .single());
    return view;
}

} // namespace greenbank::library
