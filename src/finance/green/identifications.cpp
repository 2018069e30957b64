// identifications.cpp — proposed by who owns the project, judged by the rules' data, confirmed by somebody else of the bank.
#include <cmath>

#include <fmt/format.h>

#include "finance/green/records.h"
#include "finance/operations.h"
#include "finance/reference.h"
#include "library/reference.h"
#include "projects/access.h"
#include "json/json.h"

namespace greenbank::finance {

Record describe(const ById<GreenIdentification>*) {
    return {"green_identification_key", "Names an identification.", {field<&ById<GreenIdentification>::id>("id", "Its id.")}};
}
struct GreenRefusal {
    Id<GreenIdentification> id;
    std::string reason;
};
Record describe(const GreenRefusal*) {
    return {"green_identification_refusal", "Refuses an identification.",
        {field<&GreenRefusal::id>("id", "Its id."), field<&GreenRefusal::reason>("reason", "Why; who proposed it reads this.", {.min = 1, .max = 1000})}};
}

struct GreenItem {
    std::string code;
    Text name;
    std::int64_t points_max = 0;
};
Record describe(const GreenItem*) {
    return {"green_item", "A criterion, or an item that bars.",
        {field<&GreenItem::code>("code", "Its code."), field<&GreenItem::name>("name", "In words."),
            field<&GreenItem::points_max>("points_max", "Points at most.")}};
}
struct GreenThresholdRow {
    GreenShade shade = GreenShade::none;
    double from = 0;
};
Record describe(const GreenThresholdRow*) {
    return {"green_threshold", "From which score on.",
        {field<&GreenThresholdRow::shade>("shade", "How green."), field<&GreenThresholdRow::from>("from_score", "From which score on.")}};
}
struct GreenRuleRow {
    std::string class_code, standard;
    std::int64_t grade = 1;
    std::string source, status;
};
Record describe(const GreenRuleRow*) {
    using Row = GreenRuleRow;
    return {"green_rule", "What a class asks for.",
        {field<&Row::class_code>("class_code", "Which class."), field<&Row::standard>("standard", "Which standard."),
            field<&Row::grade>("grade", "At this grade or better."), field<&Row::source>("source", "Where that is from."),
            field<&Row::status>("status", "Official, unconfirmed or sample.")}};
}
struct GreenRules {
    std::vector<GreenItem> criteria, bars;
    std::vector<GreenThresholdRow> thresholds;
    std::vector<GreenRuleRow> rules;
    std::string source, status;
};
Record describe(const GreenRules*) {
    using Rules = GreenRules;
    return {"green_rules", "The score card and the rules of classes.",
        {field<&Rules::criteria>("criteria", "What is scored."), field<&Rules::bars>("bars", "What bars."),
            field<&Rules::thresholds>("thresholds", "How green."), field<&Rules::rules>("rules", "Standards and grades."),
            field<&Rules::source>("source", "Where the card is from."), field<&Rules::status>("status", "Official, unconfirmed or sample.")}};
}

struct GreenEmissions {
    double attribution = 0; // %
    std::optional<double> financed_tonnes, financed_reduction_tonnes;
    std::optional<std::int64_t> data_quality;
};
Record describe(const GreenEmissions*) {
    using View = GreenEmissions;
    return {"green_emissions", "What the loan of an identification answers for today.",
        {field<&View::attribution>("attribution", "The loan's part of all that finances it.", {.unit = "%"}),
            field<&View::financed_tonnes>("financed_tonnes", "Emissions a year that the loan answers for.", {.unit = "tCO2e"}),
            field<&View::financed_reduction_tonnes>("financed_reduction_tonnes", "Reductions a year that it brings about.", {.unit = "tCO2e"}),
            field<&View::data_quality>("data_quality", "From 1, the best, to 5; after the PCAF standard, unconfirmed.")}};
}

namespace {

const GreenRules& rules() {
    static const GreenRules read = [] {
        GreenRules all;
        for (const auto& row : reference_rows("green_card.csv")) {
            const Text name{row[3], row[4], row[5]};
            if (row[0] == "criterion") all.criteria.push_back({row[1], name, std::stoll(row[2])});
            else if (row[0] == "bar") all.bars.push_back({row[1], name, 0});
            else all.thresholds.push_back({parse_choice<GreenShade>(row[1]).value_or(GreenShade::none), std::stod(row[2])});
            all.source = row[6];
            all.status = row[7];
        }
        for (const auto& row : reference_rows("green_rules.csv")) all.rules.push_back({row[0], row[1], std::stoll(row[2]), row[3], row[4]});
        return all;
    }();
    return read;
}

std::vector<GreenRecognition> recognised_on(const library::ClassTrees& trees, const library::ClassCode& code, Date day) {
    std::vector<GreenRecognition> found;
    const auto add = [&](const library::ClassCode& one, std::string_view relation, library::ClassStanding standing) {
        const library::ClassEdition* edition = trees.edition(one.tree, one.edition);
        const library::ClassNode* node = trees.find(one);
        if (edition == nullptr || node == nullptr || !edition->in_force(day) || found.size() >= 200) return;
        found.push_back({one.tree, one.edition, one.code, edition->title, node->name, std::string(relation), std::string(library::to_text(standing))});
    };
    const library::ClassNode* named = trees.find(code);
    add(code, "named", named->standing);
    for (const library::Reached& reached : trees.walk(code, {.on = day})) add(reached.to, library::to_text(reached.relation), reached.standing);
    return found;
}

/// Class, rule, card and taxonomies, into the identification; problems name their fields.
Result<Done> judge_it(GreenIdentification& green) {
    const library::ClassTrees& trees = library::reference().classification.trees;
    const library::ClassEdition* edition = trees.edition(green.tree, green.edition, green.day);
    if (edition == nullptr) return invalid({{"tree", "green.no_tree", "There is no such taxonomy or edition."}});
    green.edition = edition->edition;
    const library::ClassCode code{green.tree, green.edition, green.class_code};
    if (trees.find(code) == nullptr)
        return invalid({{"class_code", "green.no_class", "{edition} has no such class.", {{"edition", edition->title.best(Language::en)}}}});
    Problems problems;
    for (std::size_t i = 0; i < green.bars.size(); ++i)
        if (std::none_of(rules().bars.begin(), rules().bars.end(), [&](const GreenItem& one) { return one.code == green.bars[i]; }))
            problems.push_back({fmt::format("bars[{}]", i), "green.no_bar", "The card has no such item."});
    std::vector<GreenCriterion> card;
    std::vector<GreenThreshold> thresholds;
    std::vector<GreenRule> asked;
    for (const GreenItem& one : rules().criteria) card.push_back({one.code, one.points_max});
    for (const GreenThresholdRow& one : rules().thresholds) thresholds.push_back({one.shade, one.from});
    if (green.tree == "gbepc")
        for (const GreenRuleRow& one : rules().rules) asked.push_back({one.class_code, one.standard, one.grade});
    const GreenRule* rule = rule_for(asked, green.class_code);
    green.rule_met = meets(rule, green.standard.value_or(""), green.grade.value_or(0));
    green.rule = rule != nullptr ? std::optional(fmt::format("{} ≤ {}", rule->standard, rule->grade)) : std::nullopt;
    if (rule != nullptr && green.rule_met && green.documents.empty())
        problems.push_back({"documents", "green.documents", "Name the document that shows standard and grade."});
    const GreenVerdict verdict = judge(card, thresholds, green.answers, !green.bars.empty() || !green.rule_met);
    const Parameter criterion{"criterion", verdict.place};
    switch (verdict.flaw) {
    case GreenFlaw::unknown_criterion: problems.push_back({"answers", "green.no_criterion", "The card has no criterion {criterion}.", {criterion}}); break;
    case GreenFlaw::twice: problems.push_back({"answers", "green.twice", "Criterion {criterion} is answered twice.", {criterion}}); break;
    case GreenFlaw::out_of_range: problems.push_back({"answers", "green.points", "Criterion {criterion} has fewer points than that.", {criterion}}); break;
    case GreenFlaw::missing: problems.push_back({"answers", "green.missing", "Criterion {criterion} is not answered.", {criterion}}); break;
    case GreenFlaw::none: break;
    }
    if (!problems.empty()) return invalid(std::move(problems));
    green.score = std::round(verdict.score * 100) / 100;
    green.shade = verdict.shade;
    green.recognised = recognised_on(trees, code, green.day);
    return Done{};
}

Result<GreenIdentification> green_seen(Transaction& transaction, const Caller& caller, const Id<GreenIdentification>& id) {
    GreenIdentification green = TRY(transaction.get(id));
    const std::string& own = caller.actor.organisation;
    if (caller.actor.may(run_finance) || (!own.empty() && own == green.organisation.text)) return green;
    if (green.loan && !own.empty()) // its lender reports it
        if (const auto loan = TRY(transaction.find_one<Loan>("id = $1", {green.loan->text})); loan && loan->lender.text == own) return green;
    return not_found(record_of<GreenIdentification>(), id.text);
}
Result<Page<GreenIdentification>> green_list(Transaction& transaction, const Caller& caller, const ListOf<GreenIdentification>& list) {
    if (caller.actor.may(run_finance)) return list_page<GreenIdentification>(transaction, caller, list);
    return list_page<GreenIdentification>(
        transaction, caller, list, "$1 <> '' AND (organisation = $1 OR loan IN (SELECT id FROM loan WHERE lender = $1))", {caller.actor.organisation});
}

std::int64_t quality_of(PcafOption option) {
    switch (option) {
    case PcafOption::verified: return 1;
    case PcafOption::reported:
    case PcafOption::energy: return 2;
    case PcafOption::production: return 3;
    case PcafOption::revenue: return 4;
    case PcafOption::assets: break;
    }
    return 5;
}

Result<GreenIdentification> green_get(Transaction& transaction, const Caller& caller, const ById<GreenIdentification>& key) {
    return green_seen(transaction, caller, key.id);
}

Result<GreenEmissions> green_emissions(Transaction& transaction, const Caller& caller, const ById<GreenIdentification>& key) {
    const GreenIdentification green = TRY(green_seen(transaction, caller, key.id));
    GreenEmissions view;
    if (green.pcaf_option) view.data_quality = quality_of(*green.pcaf_option);
    if (!green.loan || !green.equity_and_debt) return view;
    const auto loan = TRY(transaction.find_one<Loan>("id = $1", {green.loan->text}));
    if (!loan || loan->amount.currency != green.equity_and_debt->currency) return view;
    const double part = static_cast<double>(attribution_ppm(loan->principal.minor, green.equity_and_debt->minor)) / 1e6;
    view.attribution = std::round(part * 10'000) / 100;
    if (green.emissions_tonnes) view.financed_tonnes = std::round(*green.emissions_tonnes * part * 1000) / 1000;
    if (green.reduction_tonnes) view.financed_reduction_tonnes = std::round(*green.reduction_tonnes * part * 1000) / 1000;
    return view;
}

Result<Reply<GreenIdentification>> green_create(Transaction& transaction, const Caller& caller, const GreenIdentification& draft) {
    GreenIdentification green = draft;
    green.id = caller.new_id<GreenIdentification>();
    green.organisation = TRY(acting_organisation(caller));
    green.organisation_name = TRY(name_of_organisation(transaction, green.organisation));
    if (green.project) {
        const auto project = TRY(transaction.find_one<projects::Project>("id = $1", {green.project->text}));
        if (!project || !project->owner || *project->owner != green.organisation)
            return invalid({{"project", "green.not_own_project", "Name a project of your own organisation."}});
    }
    if (green.loan) {
        const auto loan = TRY(transaction.find_one<Loan>("id = $1", {green.loan->text}));
        if (!loan || (loan->borrower != green.organisation && loan->lender != green.organisation))
            return invalid({{"loan", "green.not_own_loan", "Name a loan of your own organisation."}});
    }
    if (green.day > date_of(caller.now)) return invalid({{"day", "green.future", "This day has not come yet."}});
    TRY(judge_it(green));
    green.made_by = caller.actor.person;
    green.made_by_name = TRY(projects::person_name(transaction, caller));
    green.created_at = green.updated_at = caller.now;
    TRY(transaction.insert(green));
    return Reply<GreenIdentification>{.body = std::move(green), .status = 201};
}

Result<GreenIdentification> to_decide(Transaction& transaction, const Caller& caller, const Id<GreenIdentification>& id) {
    GreenIdentification green = TRY(green_seen(transaction, caller, id));
    TRY(check_expected(caller, green));
    if (green.state != GreenState::proposed) return Error{Failure::conflict, "green.decided", "This is decided already; load it again."};
    if (green.made_by == caller.actor.person || green.organisation.text == caller.actor.organisation)
        return Error{Failure::forbidden, "green.own", "This is your own proposal; somebody else decides."};
    green.checked_by_name = TRY(projects::person_name(transaction, caller));
    green.checked_at = green.updated_at = caller.now;
    return green;
}
Result<GreenIdentification> green_confirm(Transaction& transaction, const Caller& caller, const ById<GreenIdentification>& key) {
    GreenIdentification green = TRY(to_decide(transaction, caller, key.id));
    if (green.shade == GreenShade::none)
        return Error{Failure::conflict, "green.not_green", "By the card, a bar or a rule this is not green; refuse it with that reason."};
    green.state = GreenState::confirmed;
    TRY(transaction.update(green));
    return green;
}
Result<GreenIdentification> green_refuse(Transaction& transaction, const Caller& caller, const GreenRefusal& refusal) {
    GreenIdentification green = TRY(to_decide(transaction, caller, refusal.id));
    green.state = GreenState::refused;
    green.reason = refusal.reason;
    TRY(transaction.update(green));
    return green;
}

Result<GreenRules> green_rules_get(Transaction&, const Caller&) { return rules(); }

} // namespace

SampleStep green_sample() {
    return {.load = [](Transaction& transaction, const SampleFiles&, Time) -> Result<std::int64_t> {
                for (GreenIdentification& green : TRY(transaction.find<GreenIdentification>("sample = true"))) {
                    const std::string before = to_json(green);
                    TRY(judge_it(green));
                    if (to_json(green) != before) TRY(transaction.update(green));
                }
                return std::int64_t{0};
            },
        .remove = [](Transaction&, const SampleFiles&, Time) -> Result<std::int64_t> { return std::int64_t{0}; }};
}

std::vector<Endpoint> green_endpoints() {
    return {
        // clang-format off
        {"green_rules_get", Method::get, "/green-rules", "The score card, what bars, and what classes ask for.", Mode::read, signed_in, call(green_rules_get)},
        {"green_identification_list", Method::get, "/green-identifications", "Green identifications of one's organisation and of loans by it; also as a table for the regulator.", Mode::read, signed_in, call(green_list)},
        {"green_identification_get", Method::get, "/green-identifications/{id}", "One identification.", Mode::read, signed_in, call(green_get)},
        {"green_emissions_get", Method::get, "/green-identifications/{id}/emissions", "Emissions and reductions that its loan answers for, by its part of all that finances the project.", Mode::read, signed_in, call(green_emissions)},
        {"green_identification_create", Method::post, "/green-identifications", "Propose: class, standard, grade, documents and the card's answers.", Mode::write, write_finance, call(green_create)},
        {"green_identification_confirm", Method::post, "/green-identifications/{id}/confirm", "Confirm somebody else's proposal.", Mode::write, run_finance, call(green_confirm)},
        {"green_identification_refuse", Method::post, "/green-identifications/{id}/refuse", "Refuse somebody else's proposal with a reason.", Mode::write, run_finance, call(green_refuse)},
        // clang-format on
    };
}

} // namespace greenbank::finance
