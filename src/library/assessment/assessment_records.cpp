// assessment_records.cpp — descriptions of editions, admissions, verifications and steps.
#include "library/assessment/assessment_records.h"

#include "library/reference.h"
#include "library/rules.h"

namespace greenbank::library {

namespace {

void check_claim(const void* value, Problems& problems) {
    const auto& claim = *static_cast<const Claim*>(value);
    check_figure_unit(claim.indicator, claim.unit, "", problems);
    if (claim.max < claim.min) problems.push_back({"max", "claim.order", "The highest performance must not be below the lowest."});
}

} // namespace

Record describe(const Edition*) {
    return {"edition", "A numbered edition of the catalogue.",
        {
            field<&Edition::id>("id", "Id.", {.read_only = true}),
            field<&Edition::number>("number", "Its number; no two have the same.", {.min = 1, .max = 9999, .sort = true}),
            field<&Edition::year>("year", "Its year.", {.min = 2000, .max = 2100, .filter = true, .sort = true}),
            field<&Edition::title>("title", "What it is called.", {.min = 1, .max = 300}),
            field<&Edition::summary>("summary", "What it asks for, and of whom.", {.max = 2000}),
            field<&Edition::panel_needed>("panel_needed", "Experts select by scores; else a meeting does.", {.defaulted = true}),
            field<&Edition::state>("state", "draft, open for declarations, closed, or published.", {.read_only = true, .filter = true}),
            field<&Edition::opened_on>("opened_on", "Since when it takes declarations.", {.read_only = true}),
            field<&Edition::closed_on>("closed_on", "When it stopped taking them.", {.read_only = true}),
            field<&Edition::published_on>("published_on", "When it was published.", {.read_only = true}),
            field<&Edition::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Edition::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Edition::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&Edition::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const Admission*) {
    return {"admission", "A technology's way into an edition of the catalogue.",
        {
            field<&Admission::id>("id", "Id.", {.read_only = true}),
            field<&Admission::edition>("edition", "Which edition.", {.read_only = true, .filter = true}),
            field<&Admission::technology>("technology", "Which technology.", {.read_only = true, .filter = true}),
            field<&Admission::title>("title", "The technology's name.", {.read_only = true, .sort = true}),
            field<&Admission::holder>("holder", "Who holds it.", {.read_only = true, .filter = true}),
            field<&Admission::field>("field", "Its field.", {.read_only = true, .filter = true, .sort = true}),
            field<&Admission::class_>("class", "For demonstration or for promotion.", {.read_only = true, .filter = true}),
            field<&Admission::state>("state", "Where it stands.", {.read_only = true, .filter = true, .sort = true}),
            field<&Admission::since>("since", "Since when it stands there.", {.read_only = true, .sort = true}),
            field<&Admission::declared_on>("declared_on", "When it was declared.", {.read_only = true}),
            field<&Admission::cases>("cases", "Cases that had run long enough for the class on that day.", {.read_only = true}),
            field<&Admission::content_version>("content_version", "The version of the technology that was admitted.", {.read_only = true}),
            field<&Admission::published_on>("published_on", "When it was published or last renewed.", {.read_only = true}),
            field<&Admission::valid_until>("valid_until", "The last day it is valid.", {.read_only = true}),
            field<&Admission::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Admission::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Admission::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&Admission::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const ClaimResult*) {
    return {"claim_result", "What was measured.",
        {field<&ClaimResult::value>("value", "The value, in the claim's unit."),
            field<&ClaimResult::uncertainty>("uncertainty", "Expanded uncertainty (coverage factor 2), in the same unit.", {.min = 0})}};
}

Record describe(const Claim*) {
    return {"claim", "A performance that is claimed, and what was verified of it.",
        {
            field<&Claim::indicator>("indicator", "What is measured: a code of /reference/indicators.", {.min = 1, .max = 60}),
            field<&Claim::min>("min", "The lowest performance claimed."),
            field<&Claim::max>("max", "The highest performance claimed."),
            field<&Claim::unit>("unit", "Unit, written like kWh/m3.", {.min = 1, .max = 40}),
            field<&Claim::conditions>("conditions", "Under which conditions of operation.", {.min = 1, .max = 1000}),
            field<&Claim::result>("result", "What the verifier found.", {.read_only = true}),
        },
        check_claim};
}

Record describe(const Verification*) {
    return {"verification", "An environmental technology verification after ISO 14034.",
        {
            field<&Verification::id>("id", "Id.", {.read_only = true}),
            field<&Verification::technology>("technology", "Which technology.", {.read_only = true, .filter = true}),
            field<&Verification::title>("title", "The technology's name.", {.read_only = true, .sort = true}),
            field<&Verification::holder>("holder", "Who holds it.", {.read_only = true, .filter = true}),
            field<&Verification::applicant>("applicant", "Who asked for it.", {.read_only = true, .filter = true}),
            field<&Verification::verifier>("verifier", "The independent verifier.", {.read_only = true, .filter = true}),
            field<&Verification::claims>("claims", "The performance to be verified.", {.min = 1, .max = 30}),
            field<&Verification::existing_data>("existing_data", "Test data that is there already.", {.max = 2000}),
            field<&Verification::plan_reference>("plan_reference", "Number or title of the verification and test plan.", {.max = 300, .read_only = true}),
            field<&Verification::report_reference>("report_reference", "Number or title of the verification report.", {.max = 300, .read_only = true}),
            field<&Verification::report_link>("report_link", "Where the report can be read.", {.max = 500, .read_only = true}),
            field<&Verification::statement_number>(
                "statement_number", "Number of the verification statement; no two are the same.", {.max = 100, .read_only = true}),
            field<&Verification::statement>("statement", "The statement in a few sentences.", {.max = 4000, .read_only = true}),
            field<&Verification::issued_on>("issued_on", "When the statement was issued.", {.read_only = true}),
            field<&Verification::valid_until>("valid_until", "The last day it is valid.", {.read_only = true}),
            field<&Verification::published_on>("published_on", "When the bank published it.", {.read_only = true}),
            field<&Verification::state>("state", "Where it stands.", {.read_only = true, .filter = true, .sort = true}),
            field<&Verification::since>("since", "Since when it stands there.", {.read_only = true, .sort = true}),
            field<&Verification::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Verification::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Verification::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&Verification::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const AssessmentStep*) {
    return {"assessment_step", "What was done to an admission or a verification.",
        {
            field<&AssessmentStep::id>("id", "Id.", {.read_only = true}),
            field<&AssessmentStep::subject>("subject", "The admission or verification.", {.read_only = true}),
            field<&AssessmentStep::action>("action", "What was done.", {.read_only = true}),
            field<&AssessmentStep::before>("before", "The state before; absent: it began here.", {.read_only = true}),
            field<&AssessmentStep::after>("after", "The state after.", {.read_only = true}),
            field<&AssessmentStep::person>("person", "Who; only its own organisation and the bank see this.", {.read_only = true}),
            field<&AssessmentStep::person_name>("person_name", "That person's name.", {.read_only = true}),
            field<&AssessmentStep::organisation>("organisation", "The organisation that person acted for.", {.read_only = true}),
            field<&AssessmentStep::at>("at", "When.", {.read_only = true}),
            field<&AssessmentStep::comment>("comment", "Why, or what to do.", {.max = 4000, .read_only = true}),
            field<&AssessmentStep::content_version>("content_version", "The version of the technology it was about.", {.read_only = true}),
            field<&AssessmentStep::sample>("sample", "Part of the sample bank.", {.read_only = true}),
        }};
}

} // namespace greenbank::library
