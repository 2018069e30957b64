// biodiversity.cpp — review, needs, gap and plan; products with outcomes, measured, checked by others, reported beside the climate.
#include <cmath>

#include "carbon/carbon.h"
#include "finance/biodiversity/records.h"
#include "finance/operations.h"
#include "finance/products/running.h"
#include "projects/access.h"

namespace greenbank::finance {

Record describe(const ById<BiodiversityLine>*) { return {"biodiversity_line_key", "Names a line.", {field<&ById<BiodiversityLine>::id>("id", "Its id.")}}; }
Record describe(const ById<BiodiversityProduct>*) {
    return {"biodiversity_product_key", "Names a product.", {field<&ById<BiodiversityProduct>::id>("id", "Its id.")}};
}
struct OutcomeEntry {
    Id<BiodiversityProduct> id;
    std::int64_t indicator = 0;
    double value = 0;
    Date day;
    std::string evidence;
};
Record describe(const OutcomeEntry*) {
    using One = OutcomeEntry;
    return {"outcome_entry", "Enters a measurement of an outcome.",
        {field<&One::id>("id", "Which product."), field<&One::indicator>("indicator", "Which indicator, from 0.", {.min = 0, .max = 19}),
            field<&One::value>("value", "What was measured."), field<&One::day>("day", "When."),
            field<&One::evidence>("evidence", "Which paper or data set, and where it lies.", {.min = 1, .max = 500})}};
}
struct OutcomeDecision {
    Id<BiodiversityProduct> id;
    std::int64_t measurement = 0;
    bool confirmed = true;
    std::optional<std::string> reason;
};
Record describe(const OutcomeDecision*) {
    using One = OutcomeDecision;
    return {"outcome_decision", "Decides on a measurement.",
        {field<&One::id>("id", "Which product."), field<&One::measurement>("measurement", "Which measurement, from 0.", {.min = 0, .max = 499}),
            field<&One::confirmed>("confirmed", "The evidence shows it."), field<&One::reason>("reason", "Of a refusal: why.", {.min = 1, .max = 1000})}};
}

struct BiodiversityAsk {
    std::int64_t review_from = 2023, review_until = 2025, plan_from = 2026, plan_until = 2030;
    std::string currency = "CNY";
    std::optional<std::string> country, place;
};
Record describe(const BiodiversityAsk*) {
    using One = BiodiversityAsk;
    return {"biodiversity_question", "Over which years, where, in which currency.",
        {field<&One::review_from>("review_from", "The first year of the review.", {.min = 1990, .max = 2100, .defaulted = true}),
            field<&One::review_until>("review_until", "Its last year.", {.min = 1990, .max = 2100, .defaulted = true}),
            field<&One::plan_from>("plan_from", "The first year of the plan.", {.min = 1990, .max = 2100, .defaulted = true}),
            field<&One::plan_until>("plan_until", "Its last year.", {.min = 1990, .max = 2100, .defaulted = true}),
            field<&One::currency>("currency", "Amounts in this currency only.", {.min = 3, .max = 3, .defaulted = true}),
            field<&One::country>("country", "In that country only.", {.min = 2, .max = 2}),
            field<&One::place>("place", "In that place only.", {.min = 1, .max = 100})}};
}
struct BiodiversityRow {
    BiodiversityTag tag = BiodiversityTag::restoration;
    Money spent, expected, needed, gap, planned, left;
};
Record describe(const BiodiversityRow*) {
    using One = BiodiversityRow;
    return {"biodiversity_row", "One purpose.",
        {field<&One::tag>("tag", "What for."), field<&One::spent>("spent", "Spent in the years of the review."),
            field<&One::expected>("expected", "In the years of the plan, if it goes on so."), field<&One::needed>("needed", "Needed in these."),
            field<&One::gap>("gap", "What is missing."), field<&One::planned>("planned", "Planned to close it."),
            field<&One::left>("left_open", "Still missing then.")}};
}
/// An outcome and where it stands, the climate beside it.
struct OutcomeRow {
    std::string product;
    Text title, project_title;
    std::string indicator, unit;
    double baseline = 0, target = 0;
    std::optional<double> measured; // the newest that was confirmed
    std::optional<Date> day;
    double progress = 0;        // %
    double verified_tonnes = 0; // of the project, since the product began
};
Record describe(const OutcomeRow*) {
    using One = OutcomeRow;
    return {"outcome_row", "An outcome and where it stands.",
        {field<&One::product>("product", "Of which product."), field<&One::title>("title", "What it is called."),
            field<&One::project_title>("project_title", "Whose project."), field<&One::indicator>("indicator", "What is counted."),
            field<&One::unit>("unit", "In which unit."), field<&One::baseline>("baseline", "Where it began."),
            field<&One::target>("target", "Where it should be."), field<&One::measured>("measured", "The newest value that was confirmed."),
            field<&One::day>("day", "When."), field<&One::progress>("progress", "Of the way.", {.unit = "%"}),
            field<&One::verified_tonnes>("verified_tonnes", "Beside it: reductions of the project, verified since the product began.", {.unit = "tCO2e"})}};
}
struct BiodiversityReport {
    std::vector<BiodiversityRow> purposes;
    BiodiversityRow total;
    std::vector<OutcomeRow> outcomes;
    Money promised; // of products in force, in the currency
    std::int64_t sample_lines = 0;
};
Record describe(const BiodiversityReport*) {
    using One = BiodiversityReport;
    return {"biodiversity_report", "Review, needs, gap and plan, and what products brought about.",
        {field<&One::purposes>("purposes", "Purpose by purpose.", {.max = 20}), field<&One::total>("total", "All of them."),
            field<&One::outcomes>("outcomes", "Outcomes of products, the climate beside them.", {.max = 2000}),
            field<&One::promised>("promised", "Money of products with outcomes."), field<&One::sample_lines>("sample_lines", "So many lines are samples.")}};
}

namespace {

Result<Page<BiodiversityLine>> line_list(Transaction& transaction, const Caller& caller, const ListOf<BiodiversityLine>& list) {
    return list_page<BiodiversityLine>(transaction, caller, list);
}
Result<Reply<BiodiversityLine>> line_create(Transaction& transaction, const Caller& caller, const BiodiversityLine& draft) {
    BiodiversityLine line = draft;
    line.id = caller.new_id<BiodiversityLine>();
    line.organisation = TRY(acting_organisation(caller));
    line.organisation_name = TRY(name_of_organisation(transaction, line.organisation));
    line.created_at = line.updated_at = caller.now;
    TRY(transaction.insert(line));
    return Reply<BiodiversityLine>{.body = std::move(line), .status = 201};
}
Result<Done> line_delete(Transaction& transaction, const Caller& caller, const ById<BiodiversityLine>& key) {
    const BiodiversityLine line = TRY(transaction.get(key.id));
    if (!caller.actor.may(run_finance) && (caller.actor.organisation.empty() || caller.actor.organisation != line.organisation.text))
        return Error{Failure::forbidden, "biodiversity.not_yours", "This is for the organisation that entered it."};
    return transaction.erase(line.id);
}

Result<Page<BiodiversityProduct>> product_list(Transaction& transaction, const Caller& caller, const ListOf<BiodiversityProduct>& list) {
    return list_page<BiodiversityProduct>(transaction, caller, list);
}
Result<BiodiversityProduct> product_get(Transaction& transaction, const Caller&, const ById<BiodiversityProduct>& key) { return transaction.get(key.id); }

/// The contract is there and the caller has a part in it: the table by the id's prefix, and the column of who promises.
Result<bool> takes_part(Transaction& transaction, const std::string& contract, const std::string& own) {
    constexpr std::pair<std::string_view, std::string_view> tables[] = {{"loan_", "loan WHERE id = $1 AND borrower = $2"},
        {"bond_", "green_bond WHERE id = $1 AND issuer = $2"}, {"lease_", "finance_lease WHERE id = $1 AND lessee = $2"},
        {"revolvingline_", "revolving_line WHERE id = $1 AND borrower = $2"}, {"greenfund_", "green_fund WHERE id = $1 AND manager = $2"}};
    for (const auto& [prefix, from] : tables)
        if (contract.starts_with(prefix)) return !TRY(transaction.query("SELECT 1 FROM " + std::string(from), {contract, own})).empty();
    return false;
}
Result<Reply<BiodiversityProduct>> product_create(Transaction& transaction, const Caller& caller, const BiodiversityProduct& draft) {
    BiodiversityProduct product = draft;
    product.id = caller.new_id<BiodiversityProduct>();
    product.organisation = TRY(acting_organisation(caller));
    product.organisation_name = TRY(name_of_organisation(transaction, product.organisation));
    const auto project = TRY(transaction.find_one<projects::Project>("id = $1 AND state = 'published'", {product.project.text}));
    if (!project) return invalid({{"project", "insurance.no_project", "The bank has no such project."}});
    if (!TRY(takes_part(transaction, product.contract, product.organisation.text)))
        return invalid({{"contract", "biodiversity.no_contract", "Your organisation owes no such loan, bond, lease or line, and manages no such fund."}});
    product.project_title = project->title;
    product.measurements.clear();
    product.created_at = product.updated_at = caller.now;
    TRY(transaction.insert(product));
    return Reply<BiodiversityProduct>{.body = std::move(product), .status = 201};
}

Result<BiodiversityProduct> outcome_enter(Transaction& transaction, const Caller& caller, const OutcomeEntry& entry) {
    BiodiversityProduct product = TRY(transaction.get(entry.id));
    if (caller.actor.organisation.empty() || product.organisation.text != caller.actor.organisation)
        return Error{Failure::forbidden, "biodiversity.not_yours", "This is for the organisation that entered it."};
    TRY(check_expected(caller, product));
    if (static_cast<std::size_t>(entry.indicator) >= product.indicators.size())
        return invalid({{"indicator", "biodiversity.no_indicator", "This product has no such indicator."}});
    if (entry.day > date_of(caller.now)) return invalid({{"day", "biodiversity.future", "What has not been yet is not measured."}});
    if (product.measurements.size() >= 500) return Error{Failure::conflict, "biodiversity.full", "This product has five hundred measurements already."};
    auto made_by_name = TRY(projects::person_name(transaction, caller));
    product.measurements.push_back({.indicator = entry.indicator,
        .value = entry.value,
        .day = entry.day,
        .evidence = entry.evidence,
        .made_by = caller.actor.person,
        .made_by_name = std::move(made_by_name),
        .checked_by_name = "",
        .reason = {}});
    product.updated_at = caller.now;
    TRY(transaction.update(product));
    return product;
}
Result<BiodiversityProduct> outcome_decide(Transaction& transaction, const Caller& caller, const OutcomeDecision& decision) {
    BiodiversityProduct product = TRY(transaction.get(decision.id));
    TRY(check_expected(caller, product));
    const auto place = static_cast<std::size_t>(decision.measurement);
    if (place >= product.measurements.size()) return invalid({{"measurement", "biodiversity.no_measurement", "This product has no such measurement."}});
    OutcomeMeasurement& one = product.measurements[place];
    if (one.state != OutcomeState::waiting) return Error{Failure::conflict, "biodiversity.decided", "This measurement is decided on already."};
    if (one.made_by == caller.actor.person || product.organisation.text == caller.actor.organisation)
        return Error{Failure::forbidden, "biodiversity.own", "This is your own measurement; somebody else decides."};
    if (!decision.confirmed && !decision.reason) return invalid({{"reason", "biodiversity.no_reason", "Say why it is refused."}});
    one.state = decision.confirmed ? OutcomeState::confirmed : OutcomeState::refused;
    one.reason = decision.confirmed ? std::nullopt : decision.reason;
    one.checked_by_name = TRY(projects::person_name(transaction, caller));
    product.updated_at = caller.now;
    TRY(transaction.update(product));
    return product;
}

Result<Done> add_outcomes(Transaction& transaction, const Caller& caller, const BiodiversityAsk& ask, BiodiversityReport& report) {
    for (const BiodiversityProduct& product : TRY(transaction.find<BiodiversityProduct>("ORDER BY created_at, id LIMIT 500", {}))) {
        const auto project = TRY(transaction.find_one<projects::Project>("id = $1", {product.project.text}));
        if (!project || (ask.country && project->country != *ask.country)) continue;
        if (product.amount.currency == ask.currency) report.promised.minor += product.amount.minor;
        std::int64_t kilograms = 0;
        for (const carbon::VerifiedReduction& one : TRY(carbon::verified_reductions(transaction, product.project, Date{0}, date_of(caller.now))))
            if (one.until >= product.begins_on) kilograms += one.verified_kg;
        for (std::size_t i = 0; i < product.indicators.size() && report.outcomes.size() < 2000; ++i) {
            const OutcomeIndicator& indicator = product.indicators[i];
            OutcomeRow row{.product = product.id.text,
                .title = product.title,
                .project_title = product.project_title,
                .indicator = indicator.name,
                .unit = indicator.unit,
                .baseline = indicator.baseline,
                .target = indicator.target,
                .measured = {},
                .day = {},
                .verified_tonnes = static_cast<double>(kilograms) / 1000};
            for (const OutcomeMeasurement& one : product.measurements)
                if (one.indicator == static_cast<std::int64_t>(i) && one.state == OutcomeState::confirmed && (!row.day || *row.day <= one.day)) {
                    row.measured = one.value;
                    row.day = one.day;
                }
            if (row.measured) row.progress = static_cast<double>(outcome_progress_ppm(indicator.baseline, indicator.target, *row.measured)) / 10'000;
            report.outcomes.push_back(std::move(row));
        }
    }
    return Done{};
}

Result<BiodiversityReport> biodiversity_report(Transaction& transaction, const Caller& caller, const BiodiversityAsk& ask) {
    if (ask.review_until < ask.review_from) return invalid({{"review_until", "finance.dates_order", "The end comes after the start."}});
    if (ask.plan_until < ask.plan_from) return invalid({{"plan_until", "finance.dates_order", "The end comes after the start."}});
    BiodiversityReport report{.purposes = {}, .total = {}, .outcomes = {}, .promised = {0, ask.currency}};
    std::vector<BiodiversityFlow> flows;
    for (const BiodiversityLine& line : TRY(transaction.find<BiodiversityLine>("amount_currency = $1 ORDER BY id LIMIT 50000", {ask.currency}))) {
        if (ask.country && line.country != *ask.country) continue;
        if (ask.place && line.place.zh != *ask.place && line.place.en != *ask.place && line.place.ru != *ask.place) continue;
        flows.push_back({line.part, static_cast<std::size_t>(line.tag), line.year_from, line.year_until, line.amount.minor, ppm_of(line.share)});
        report.sample_lines += line.sample || line.status == ledger::RateStatus::sample;
    }
    const std::size_t tags = std::size(Choices<BiodiversityTag>::values);
    const auto gaps = biodiversity_gaps(flows, {ask.review_from, ask.review_until, ask.plan_from, ask.plan_until}, tags);
    const auto money = [&](std::int64_t minor) { return Money{minor, ask.currency}; };
    BiodiversityGap sum;
    const auto row_of = [&](std::size_t tag, const BiodiversityGap& one) {
        return BiodiversityRow{
            static_cast<BiodiversityTag>(tag), money(one.spent), money(one.expected), money(one.needed), money(one.gap), money(one.planned), money(one.left)};
    };
    for (std::size_t tag = 0; tag < tags; ++tag) {
        const BiodiversityGap& one = gaps[tag];
        if (one.spent + one.needed + one.planned > 0) report.purposes.push_back(row_of(tag, one));
        sum.spent += one.spent;
        sum.expected += one.expected;
        sum.needed += one.needed;
        sum.gap += one.gap;
        sum.planned += one.planned;
        sum.left += one.left;
    }
    report.total = row_of(0, sum);
    TRY(add_outcomes(transaction, caller, ask, report));
    return report;
}

} // namespace

std::vector<Endpoint> biodiversity_endpoints() {
    return {
        // clang-format off
        {"biodiversity_line_list", Method::get, "/biodiversity-lines", "What is spent on living nature, needed and planned.", Mode::read, signed_in, call(line_list)},
        {"biodiversity_line_create", Method::post, "/biodiversity-lines", "Enter what was spent, is needed or is planned, with its tag and source.", Mode::write, write_finance, call(line_create)},
        {"biodiversity_line_delete", Method::remove, "/biodiversity-lines/{id}", "Take a line out.", Mode::write, write_finance, call(line_delete)},
        {"biodiversity_report_get", Method::get, "/biodiversity-report", "Review, needs, gap and plan; outcomes of products beside the climate.", Mode::read, signed_in, call(biodiversity_report)},
        {"biodiversity_product_list", Method::get, "/biodiversity-products", "Contracts that promise outcomes for living nature.", Mode::read, signed_in, call(product_list)},
        {"biodiversity_product_get", Method::get, "/biodiversity-products/{id}", "One of them with what was measured.", Mode::read, signed_in, call(product_get)},
        {"biodiversity_product_create", Method::post, "/biodiversity-products", "Promise outcomes for a contract of one's own organisation.", Mode::write, sign_finance, call(product_create)},
        {"biodiversity_outcome_enter", Method::post, "/biodiversity-products/{id}/measurements", "Enter what was measured, with its evidence.", Mode::write, write_finance, call(outcome_enter)},
        {"biodiversity_outcome_decide", Method::post, "/biodiversity-products/{id}/decide", "Confirm or refuse a measurement of somebody else.", Mode::write, run_finance, call(outcome_decide)},
        // clang-format on
    };
}

} // namespace greenbank::finance
