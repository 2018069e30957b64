// criteria.cpp — the compiled-in editions of criteria, and an inventory held against one.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "cities/certificates/certificates.h"
#include "cities/territories/territories.h"
#include "kernel/embedded.h"
#include "json/json.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile cities_criteria[];
extern const std::size_t cities_criteria_count;
} // namespace embedded

namespace cities {

const std::vector<CriteriaEdition>& criteria_editions() {
    static const std::vector<CriteriaEdition> all = [] {
        std::vector<CriteriaEdition> read;
        for (std::size_t i = 0; i < embedded::cities_criteria_count; ++i) {
            auto list = list_from_json<CriteriaEdition>(embedded::cities_criteria[i].bytes());
            require(static_cast<bool>(list)); // compiled in, read by a test
            read.insert(read.end(), list.value().begin(), list.value().end());
        }
        return read;
    }();
    return all;
}

Result<CriteriaEdition> criteria_on(Date day) {
    for (const CriteriaEdition& one : criteria_editions())
        if (one.valid_from <= day && day <= one.valid_until) return one;
    return Error{Failure::conflict, "certificate.no_criteria", "No edition of the criteria holds today."};
}

Result<Done> take_plan(Transaction& transaction, IslandCertificate& certificate) {
    const auto newest = TRY(newest_zero_plan(transaction, certificate.territory));
    if (!newest)
        return invalid({{"zero_plan", "certificate.no_plan",
            "Enter a plan to zero for this island first, with its yearly steps; a certificate of a zero-carbon island rests on one."}});
    if (certificate.zero_plan && certificate.zero_plan->text != newest->id.text)
        return invalid({{"zero_plan", "certificate.plan_not_current",
            "A newer plan to zero has taken the place of this one; choose the newest, or leave the field empty."}});
    certificate.zero_plan = newest->id;
    certificate.plan_to_zero = CertifiedPlan{newest->title, newest->base_year, newest->base_kg, newest->zero_year, newest->steps, path_of(*newest, {}).years};
    return Done{};
}

Result<Done> take_figures(Transaction& transaction, IslandCertificate& certificate, Date today) {
    const TerritoryInventory inventory = TRY(transaction.get(certificate.inventory));
    const Territory territory = TRY(transaction.get(inventory.territory));
    const auto edition =
        std::find_if(criteria_editions().begin(), criteria_editions().end(), [&](const CriteriaEdition& one) { return one.edition == certificate.criteria; });
    if (edition == criteria_editions().end()) return Error{Failure::conflict, "certificate.no_criteria", "No edition of the criteria holds today."};
    const BalanceReport report = TRY(balance_report(transaction, inventory)); // of its people: nothing is absent
    certificate.territory = territory.id;
    certificate.title = territory.title;
    certificate.year = inventory.year;
    certificate.emissions_kg = *report.emissions_kg;
    certificate.removals_kg = *report.removals_kg;
    certificate.net_kg = *report.net_kg;
    certificate.low_kg = *report.low_kg;
    certificate.high_kg = *report.high_kg;
    certificate.retired_kg = report.retired_kg;
    certificate.at_most_zero = *report.at_most_zero;
    certificate.status = std::max(report.status, edition->status);
    CertificateFigures figures{.final_ = inventory.state == BalanceState::final_,
        .net_kg = static_cast<double>(*report.net_kg),
        .at_most_zero = *report.at_most_zero,
        .missing = report.missing.size(),
        .unstated = static_cast<std::size_t>(report.unstated),
        .age_years = static_cast<double>(std::stoi(to_text(today).substr(0, 4)) - inventory.year),
        .evidence = {}};
    for (const CertificateEvidence& one : certificate.evidence) figures.evidence.insert(one.criterion);
    std::vector<CriterionTest> tests;
    for (const IslandCriterion& one : edition->criteria) tests.push_back({one.code, one.rule, one.limit});
    certificate.outcomes.clear();
    for (const CriterionJudgement& one : judged(tests, figures)) certificate.outcomes.push_back({one.code, one.met, one.figure});
    return Done{};
}

} // namespace cities
} // namespace greenbank
