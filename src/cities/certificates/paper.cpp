// paper.cpp — the certificate on paper, with its number, its figures, and a code that leads to its proof.
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "api/figures.h"
#include "api/words.h"
#include "cities/certificates/certificates.h"
#include "library/publishing/documents.h"
#include "library/publishing/publication.h"
#include "paper/paper.h"

namespace greenbank::cities {

namespace {

paper::Status status_of(FactorStatus status) {
    return status == FactorStatus::official      ? paper::Status::official
           : status == FactorStatus::unconfirmed ? paper::Status::unconfirmed
                                                 : paper::Status::sample;
}

Result<Response> certificate_pdf(const library::PublicAddress& address, Transaction& transaction, const Caller& caller, const CertificateKey& key) {
    const CertificateView view = TRY(certificate_view(transaction, caller, key));
    const IslandCertificate& one = view.certificate;
    if (!one.number) return Error{Failure::conflict, "certificate.not_issued", "A certificate is printed once it is issued."};
    const Language language = caller.language;
    const Figures figures(language);
    const auto of = [&](std::string_view name) { return word(fmt::format("field.island_certificate.{}", name), language); };
    const auto tonnes = [&](std::int64_t kg) { return figures.number(static_cast<double>(kg) / 1000) + " tCO2e"; };
    paper::Document document{.front = library::front(caller, word("cities.certificate", language), one.sample), .blocks = {}};
    document.front.title_page = false;
    document.front.numbered = false;
    document.front.contents_levels = 0;
    document.front.subtitle = std::string(one.title.best(language)) + " · " + *one.number;
    paper::Facts facts;
    facts.facts = {{of("number"), *one.number}, {of("title"), std::string(one.title.best(language))}, {of("year"), std::to_string(one.year)},
        {of("net_kg"), tonnes(one.net_kg), {}, status_of(one.status)}, {word("cities.interval", language), tonnes(one.low_kg) + " … " + tonnes(one.high_kg)},
        {of("at_most_zero"), figures.number(std::floor(one.at_most_zero * 1000) / 10) + " %"}, {of("emissions_kg"), tonnes(one.emissions_kg)},
        {of("removals_kg"), tonnes(one.removals_kg)}};
    if (one.retired_kg > 0) facts.facts.push_back({of("retired_kg"), tonnes(one.retired_kg)});
    facts.facts.push_back({of("owner"), std::string(view.owner_name.best(language))});
    facts.facts.push_back({of("assessor"), std::string(view.assessor_name.best(language))});
    facts.facts.push_back({of("criteria"), one.criteria, view.criteria_source, status_of(view.criteria_status)});
    if (one.issued_on) facts.facts.push_back({of("issued_on"), to_text(*one.issued_on)});
    if (one.valid_until) facts.facts.push_back({of("valid_until"), to_text(*one.valid_until)});
    facts.facts.push_back({of("state"), word(fmt::format("choice.certificate_state.{}", name_of(one.state)), language)});
    if (one.statement) facts.facts.push_back({of("statement"), *one.statement});
    document.blocks.push_back(std::move(facts));
    paper::Table table{
        .title = of("outcomes"), .columns = {{word("field.certificate_evidence.criterion", language)}, {word("cities.met", language)}}, .rows = {}};
    for (const CriterionOutcome& outcome : one.outcomes) {
        std::string title = outcome.criterion;
        for (const IslandCriterion& criterion : view.criteria)
            if (criterion.code == outcome.criterion) title = criterion.title.best(language);
        table.rows.push_back({{title, word(outcome.met ? "cities.is_met" : "cities.is_not_met", language)}});
    }
    if (!table.rows.empty()) document.blocks.push_back(std::move(table));
    if (one.plan_to_zero) {
        const CertifiedPlan& plan = *one.plan_to_zero;
        const auto step_word = [&](std::string_view name) { return word(fmt::format("field.zero_step.{}", name), language); };
        paper::Table steps{.title = fmt::format("{}: {}", of("zero_plan"), plan.title.best(language)),
            .columns = {{step_word("year")}, {step_word("measure")}, {step_word("kg")}, {word("field.zero_year.planned_kg", language)}},
            .rows = {}};
        steps.rows.push_back({{std::to_string(plan.base_year), word("field.certified_plan.base_kg", language), "", tonnes(plan.base_kg)}});
        for (const ZeroYear& year : plan.years) {
            bool first = true;
            for (const ZeroStep& step : plan.steps)
                if (step.year == year.year)
                    steps.rows.push_back({{first ? std::to_string(year.year) : "", std::string(step.measure.best(language)), tonnes(step.kg),
                        std::exchange(first, false) ? tonnes(year.planned_kg) : ""}});
            if (first && year.year > plan.base_year) steps.rows.push_back({{std::to_string(year.year), "—", "", tonnes(year.planned_kg)}});
        }
        document.blocks.push_back(std::move(steps));
        if (one.zero_plan) document.blocks.push_back(library::online(caller, address.base + "/cities/zero-plans/" + one.zero_plan->text));
    }
    document.blocks.push_back(library::online(caller, address.base + "/cities/certificates/" + one.id.text));
    if (one.proof) document.blocks.push_back(paper::Proof{word("document.proof", language), address.base + "/proof/" + *one.proof});
    return inline_pdf(TRY(paper::to_pdf(document)), *one.number);
}

} // namespace

std::vector<Endpoint> certificate_paper_endpoints(const library::PublicAddress& address) {
    return {{"island_certificate_pdf", Method::get, "/island-certificates/{id}/pdf", "A certificate on paper.", Mode::read, open_to_all,
        as_file("application/pdf", call(address, certificate_pdf))}};
}

} // namespace greenbank::cities
