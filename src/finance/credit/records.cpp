// records.cpp — descriptions of the green credit file.
#include "finance/credit/records.h"

#include "kernel/units.h"

namespace greenbank::finance {

namespace {

void check_entry(const void* value, Problems& problems) {
    const auto& entry = *static_cast<const CreditEntry*>(value);
    if (entry.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
    if (entry.value.has_value() != entry.unit.has_value()) problems.push_back({"unit", "credit.unit", "A value and its unit belong together."});
    if (entry.unit && !parse_unit(*entry.unit)) problems.push_back({"unit", "credit.unknown_unit", "Name a unit of measurement, such as MWh or t."});
    if (entry.valid_to && *entry.valid_to < entry.day) problems.push_back({"valid_to", "finance.dates_order", "The end comes after the start."});
}

} // namespace

Record describe(const CreditEntry*) {
    using Entry = CreditEntry;
    return {"credit_entry", "What the credit file says of an organisation.",
        {
            field<&Entry::id>("id", "Id.", {.read_only = true}),
            field<&Entry::subject>("subject", "Of whom.", {.filter = true}),
            field<&Entry::kind>("kind", "What kind.", {.filter = true}),
            field<&Entry::title>("title", "In a few words."),
            field<&Entry::detail>("detail", "In more words.", {.max = 2000}),
            field<&Entry::amount>("amount", "Money, of a penalty.", {.min = 0}),
            field<&Entry::value>("value", "A number, of a measurement."),
            field<&Entry::unit>("unit", "Its unit.", {.min = 1, .max = 20}),
            field<&Entry::day>("day", "On which day.", {.sort = true}),
            field<&Entry::valid_to>("valid_to", "Until when it holds."),
            field<&Entry::source>("source", "Who says so, and where.", {.min = 1, .max = 500}),
            field<&Entry::state>("state", "Standing, disputed or withdrawn.", {.read_only = true, .filter = true}),
            field<&Entry::entered_by_name>("entered_by_name", "Who has entered it.", {.read_only = true}),
            field<&Entry::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Entry::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Entry::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&Entry::version>("version", "Version.", {.read_only = true}),
        },
        check_entry};
}
Record describe(const CreditConsent*) {
    using Consent = CreditConsent;
    return {"credit_consent", "An organisation lets another read its credit file.",
        {
            field<&Consent::id>("id", "Id.", {.read_only = true}),
            field<&Consent::subject>("subject", "Whose file.", {.read_only = true, .filter = true}),
            field<&Consent::reader>("reader", "Who may read.", {.filter = true}),
            field<&Consent::subject_name>("subject_name", "What it is called.", {.read_only = true}),
            field<&Consent::reader_name>("reader_name", "What the reader is called.", {.read_only = true}),
            field<&Consent::purpose>("purpose", "What for, and for nothing else.", {.filter = true}),
            field<&Consent::until>("until_day", "The last day.", {.sort = true}),
            field<&Consent::revoked_at>("revoked_at", "When it was taken back.", {.read_only = true}),
            field<&Consent::made_by_name>("made_by_name", "Who gave it.", {.read_only = true}),
            field<&Consent::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Consent::created_at>("created_at", "When it was given.", {.read_only = true}),
            field<&Consent::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&Consent::version>("version", "Version.", {.read_only = true}),
        }};
}
Record describe(const CreditLine*) {
    using Line = CreditLine;
    return {"credit_line", "An entry in a report.",
        {field<&Line::kind>("kind", "What kind."), field<&Line::title>("title", "In a few words."), field<&Line::detail>("detail", "In more words."),
            field<&Line::day>("day", "On which day."), field<&Line::source>("source", "Who says so."),
            field<&Line::disputed>("disputed", "The subject says otherwise.")}};
}
Record describe(const CreditLoans*) {
    using Loans = CreditLoans;
    return {"credit_loans", "Loans in one currency.",
        {field<&Loans::currency>("currency", "Which currency."), field<&Loans::running>("running", "How many run."),
            field<&Loans::repaid>("repaid", "How many were paid back."), field<&Loans::written_off>("written_off", "How many were given up."),
            field<&Loans::owed>("owed", "Principal owed."), field<&Loans::late>("late", "Of it late."),
            field<&Loans::days_late_worst>("days_late_worst", "Days late, of the latest.", {.unit = "d"})}};
}
Record describe(const CreditProject*) {
    using Project = CreditProject;
    return {"credit_project", "A project and what it has delivered.",
        {field<&Project::project>("project", "Which."), field<&Project::title>("title", "What it is called."),
            field<&Project::stage>("stage", "How far it is."),
            field<&Project::verified_kg>("verified_kg", "Reductions that were verified.", {.unit = "kgCO2e"})}};
}
Record describe(const CreditGreen*) {
    using Green = CreditGreen;
    return {"credit_green", "A green identification.",
        {field<&Green::title>("title", "Of what."), field<&Green::shade>("shade", "How green."), field<&Green::score>("score", "Its score."),
            field<&Green::day>("day", "Since when.")}};
}
Record describe(const CreditReport*) {
    using Report = CreditReport;
    return {"credit_report", "What the green credit file says of an organisation.",
        {
            field<&Report::subject>("subject", "Of whom."),
            field<&Report::subject_name>("subject_name", "What it is called."),
            field<&Report::country>("country", "In which country."),
            field<&Report::organisation_kind>("organisation_kind", "What it is."),
            field<&Report::on>("on_day", "On which day."),
            field<&Report::entries>("entries", "Permits, penalties, measurements, ratings.", {.max = 2000}),
            field<&Report::loans>("loans", "Loans at this bank.", {.max = 50}),
            field<&Report::projects>("projects", "Projects and what they have delivered.", {.max = 500}),
            field<&Report::identifications>("identifications", "Green identifications.", {.max = 500}),
            field<&Report::verified_kg>("verified_kg", "Reductions that were verified, in all.", {.unit = "kgCO2e"}),
        }};
}
Record describe(const CreditQuery*) {
    using Query = CreditQuery;
    return {"credit_query", "A reading of a credit file, kept with what was read.",
        {
            field<&Query::id>("id", "Id."),
            field<&Query::subject>("subject", "Whose file.", {.filter = true}),
            field<&Query::reader>("reader", "Who read.", {.filter = true}),
            field<&Query::subject_name>("subject_name", "What it is called."),
            field<&Query::reader_name>("reader_name", "What the reader is called."),
            field<&Query::person_name>("person_name", "Which person."),
            field<&Query::purpose>("purpose", "What for.", {.filter = true}),
            field<&Query::consent>("consent", "By which consent; absent: the subject itself."),
            field<&Query::report>("report", "What was read."),
            field<&Query::digest>("digest", "SHA-256 of the report.", {.max = 64}),
            field<&Query::proof_code>("proof_code", "Its place in the transparency log.", {.max = 200}),
            field<&Query::sample>("sample", "Part of the sample bank."),
            field<&Query::created_at>("created_at", "When.", {.sort = true}),
        }};
}
Record describe(const CreditDispute*) {
    using Dispute = CreditDispute;
    return {"credit_dispute", "The subject says that an entry is wrong.",
        {
            field<&Dispute::id>("id", "Id.", {.read_only = true}),
            field<&Dispute::entry>("entry", "Which entry.", {.filter = true}),
            field<&Dispute::subject>("subject", "Of whom.", {.read_only = true, .filter = true}),
            field<&Dispute::text>("text", "What is wrong.", {.min = 1, .max = 2000}),
            field<&Dispute::state>("state", "Open, upheld or rejected.", {.read_only = true, .filter = true}),
            field<&Dispute::answer>("answer", "What the bank says.", {.read_only = true}),
            field<&Dispute::made_by_name>("made_by_name", "Who disputes.", {.read_only = true}),
            field<&Dispute::answered_by_name>("answered_by_name", "Who has answered.", {.read_only = true}),
            field<&Dispute::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Dispute::created_at>("created_at", "When it was made.", {.read_only = true}),
            field<&Dispute::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&Dispute::version>("version", "Version.", {.read_only = true}),
        }};
}

} // namespace greenbank::finance
