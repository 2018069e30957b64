// records.cpp — descriptions of certificates and criteria, and what the log is told.
#include "cities/certificates/records.h"

#include "library/rules.h"
#include "json/json.h"

namespace greenbank::cities {

namespace {

void check_evidence(const void* value, Problems& problems) {
    const auto& evidence = *static_cast<const CertificateEvidence*>(value);
    if (evidence.link) library::check_link(*evidence.link, "link", problems);
}

} // namespace

Record describe(const IslandCriterion*) {
    using C = IslandCriterion;
    return {"island_criterion", "What a zero-carbon island must show.",
        {field<&C::code>("code", "Its code.", {.min = 1, .max = 40}), field<&C::title>("title", "What is asked.", {.min = 1, .max = 400}),
            field<&C::rule>("rule", "Judged by evidence, or by a figure against a limit."), field<&C::limit>("limit", "The limit.", {.defaulted = true})}};
}
Record describe(const CriteriaEdition*) {
    using E = CriteriaEdition;
    return {"criteria_edition", "Criteria that hold in a period.",
        {field<&E::edition>("edition", "Which edition.", {.min = 1, .max = 40}), field<&E::valid_from>("valid_from", "First day."),
            field<&E::valid_until>("valid_until", "Last day."), field<&E::status>("status", "Official, unconfirmed or sample."),
            field<&E::source>("source", "Who set them.", {.min = 1, .max = 1000}), field<&E::criteria>("criteria", "The criteria.", {.max = 50})}};
}
Record describe(const CertificateEvidence*) {
    using E = CertificateEvidence;
    return {"certificate_evidence", "Evidence for a criterion.",
        {field<&E::criterion>("criterion", "The criterion's code.", {.min = 1, .max = 40}),
            field<&E::statement>("statement", "What it shows and where it is.", {.min = 1, .max = 2000}),
            field<&E::link>("link", "Where it can be read.", {.max = 500})},
        check_evidence};
}
Record describe(const CriterionOutcome*) {
    using O = CriterionOutcome;
    return {"criterion_outcome", "How a criterion was judged.",
        {field<&O::criterion>("criterion", "Its code."), field<&O::met>("met", "It is met."),
            field<&O::figure>("figure", "The figure that was held against the limit.")}};
}
Record describe(const CertifiedPlan*) {
    using P = CertifiedPlan;
    return {"certified_plan", "The plan to zero on which a certificate rests, as it was then.",
        {field<&P::title>("title", "Its name."), field<&P::base_year>("base_year", "The year it starts from."),
            field<&P::base_kg>("base_kg", "The net balance of that year.", {.unit = "kgCO2e"}),
            field<&P::zero_year>("zero_year", "The year in which nothing is left."), field<&P::steps>("steps", "Its steps."),
            field<&P::years>("years", "Year by year.")}};
}
Record describe(const IslandCertificate*) {
    using C = IslandCertificate;
    return {"island_certificate", "A zero-carbon island: criteria, evidence, net balance, verified and issued.",
        {
            field<&C::id>("id", "Id.", {.read_only = true}),
            field<&C::number>("number", "Its number.", {.max = 40, .unique = true, .read_only = true}),
            field<&C::territory>("territory", "The island.", {.read_only = true, .filter = true}),
            field<&C::inventory>("inventory", "The inventory on which it rests."),
            field<&C::owner>("owner", "Who applies.", {.read_only = true, .filter = true}),
            field<&C::assessor>("assessor", "Who reviews and verifies."),
            field<&C::title>("title", "The island's name.", {.read_only = true, .sort = true}),
            field<&C::year>("year", "The inventory's year.", {.min = 0, .max = 2100, .read_only = true, .filter = true, .sort = true}),
            field<&C::criteria>("criteria", "Which edition of criteria.", {.max = 40, .read_only = true, .filter = true}),
            field<&C::evidence>("evidence", "Evidence by criterion.", {.max = 100}),
            field<&C::zero_plan>("zero_plan", "The island's plan to zero; left out: its newest."),
            field<&C::plan_to_zero>("plan_to_zero", "That plan as it was when the certificate was applied for.", {.read_only = true}),
            field<&C::emissions_kg>("emissions_kg", "All sources.", {.unit = "kgCO2e", .read_only = true}),
            field<&C::removals_kg>("removals_kg", "All sinks.", {.unit = "kgCO2e", .read_only = true}),
            field<&C::net_kg>("net_kg", "Sources less sinks.", {.unit = "kgCO2e", .read_only = true, .sort = true}),
            field<&C::low_kg>("low_kg", "Lower end of 95 %.", {.unit = "kgCO2e", .read_only = true}),
            field<&C::high_kg>("high_kg", "Upper end.", {.unit = "kgCO2e", .read_only = true}),
            field<&C::retired_kg>("retired_kg", "Credits retired for the year; not in the balance.", {.unit = "kgCO2e", .read_only = true}),
            field<&C::at_most_zero>("at_most_zero", "How sure it is that the balance is at or below 0.", {.read_only = true}),
            field<&C::outcomes>("outcomes", "Criterion by criterion.", {.read_only = true}),
            field<&C::status>("status", "The weaker of figures and criteria.", {.read_only = true}),
            field<&C::submitted_by>("submitted_by", "Who applied.", {.max = 60, .read_only = true, .secret = true}),
            field<&C::reviewed_by>("reviewed_by", "Who reviewed.", {.max = 60, .read_only = true, .secret = true}),
            field<&C::verified_by>("verified_by", "Who verified.", {.max = 60, .read_only = true, .secret = true}),
            field<&C::state>("state", "Draft, submitted, reviewed, verified, issued or withdrawn.", {.read_only = true, .filter = true}),
            field<&C::issued_on>("issued_on", "When it was issued.", {.read_only = true}),
            field<&C::valid_until>("valid_until", "Its last day.", {.read_only = true}),
            field<&C::statement>("statement", "SHA-256 of its statement in the log.", {.max = 64, .read_only = true}),
            field<&C::proof>("proof", "Where its proof is.", {.max = 80, .read_only = true}),
            field<&C::reason>("reason", "Why it was withdrawn.", {.max = 4000, .read_only = true}),
            field<&C::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&C::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&C::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&C::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

std::string statement_of(const IslandCertificate& certificate) {
    JsonWriter json;
    json.begin_object()
        .member("statement", "island_certificate")
        .member("id", certificate.id.text)
        .member("number", certificate.number.value_or(""))
        .member("owner", certificate.owner.text)
        .member("territory", certificate.territory.text);
    std::string title;
    write_json_value(title, TypeOf<Text>::type, &certificate.title);
    json.key("title").raw(title).member("year", certificate.year).member("inventory", certificate.inventory.text).member("criteria", certificate.criteria);
    json.member("emissions_kg", certificate.emissions_kg)
        .member("removals_kg", certificate.removals_kg)
        .member("net_kg", certificate.net_kg)
        .member("low_kg", certificate.low_kg)
        .member("high_kg", certificate.high_kg)
        .member("retired_kg", certificate.retired_kg);
    if (certificate.plan_to_zero) { // what was stated before plans were asked for stays as it was
        json.member("zero_plan", certificate.zero_plan ? certificate.zero_plan->text : "").member("zero_year", certificate.plan_to_zero->zero_year);
        json.member("plan_base_year", certificate.plan_to_zero->base_year).member("plan_base_kg", certificate.plan_to_zero->base_kg);
        for (const ZeroYear& one : certificate.plan_to_zero->years) json.member("plan_" + std::to_string(one.year), one.planned_kg);
    }
    for (const CriterionOutcome& one : certificate.outcomes) json.member("criterion_" + one.criterion, one.met);
    json.member("assessor", certificate.assessor.text).member("status", name_of(certificate.status)).member("state", name_of(certificate.state));
    json.member("issued_on", certificate.issued_on ? to_text(*certificate.issued_on) : "")
        .member("valid_until", certificate.valid_until ? to_text(*certificate.valid_until) : "");
    json.end_object();
    return json.take();
}

} // namespace greenbank::cities
