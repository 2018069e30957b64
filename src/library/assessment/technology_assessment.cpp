// technology_assessment.cpp — what shows that a technology is as good as it says: readiness, statements, admissions.
#include "library/assessment/verifications.h"
#include "library/engine/readiness.h"
#include "library/reference.h"

namespace greenbank::library {

struct StatementLine {
    Id<Verification> id;
    std::string statement_number;
    Id<Organisation> verifier;
    Text verifier_name;
    std::optional<Date> issued_on, valid_until;
    Standing standing = Standing::valid;
    std::vector<Claim> claims;
    std::vector<ClaimVerdict> verdicts;
};
Record describe(const StatementLine*) {
    return {"statement_line", "A published verification statement.",
        {
            field<&StatementLine::id>("id", "The verification."),
            field<&StatementLine::statement_number>("statement_number", "Its number."),
            field<&StatementLine::verifier>("verifier", "Who verified."),
            field<&StatementLine::verifier_name>("verifier_name", "The verifier's name."),
            field<&StatementLine::issued_on>("issued_on", "When it was issued."),
            field<&StatementLine::valid_until>("valid_until", "The last day it is valid."),
            field<&StatementLine::standing>("standing", "What it is worth today."),
            field<&StatementLine::claims>("claims", "What was claimed and found."),
            field<&StatementLine::verdicts>("verdicts", "Of each claim with a result, in their order."),
        }};
}

struct AdmissionLine {
    Id<Admission> id;
    Id<Edition> edition;
    std::int64_t edition_number = 1;
    Text edition_title;
    AdmissionClass class_ = AdmissionClass::demonstration;
    AdmissionState state = AdmissionState::declared;
    std::optional<Date> valid_until;
    bool expired = false;
};
Record describe(const AdmissionLine*) {
    return {"admission_line", "An edition that admitted it.",
        {
            field<&AdmissionLine::id>("id", "The admission."),
            field<&AdmissionLine::edition>("edition", "The edition."),
            field<&AdmissionLine::edition_number>("edition_number", "The edition's number."),
            field<&AdmissionLine::edition_title>("edition_title", "The edition's title."),
            field<&AdmissionLine::class_>("class", "For demonstration or for promotion."),
            field<&AdmissionLine::state>("state", "Where it stands."),
            field<&AdmissionLine::valid_until>("valid_until", "The last day it is valid."),
            field<&AdmissionLine::expired>("expired", "Its validity has ended."),
        }};
}

struct TechnologyAssessment {
    std::string scale;
    Text scale_name, level_name, level_definition;
    std::int64_t level = 1, shown_level = 0;
    std::vector<std::int64_t> levels_without_evidence;
    std::vector<Remark> remarks;
    std::vector<StatementLine> statements;
    std::vector<AdmissionLine> admissions;
};
Record describe(const TechnologyAssessment*) {
    return {"technology_assessment", "What shows that a technology is as good as it says.",
        {
            field<&TechnologyAssessment::scale>("scale", "The scale of readiness it names."),
            field<&TechnologyAssessment::scale_name>("scale_name", "The scale's name."),
            field<&TechnologyAssessment::level>("level", "The level it claims."),
            field<&TechnologyAssessment::level_name>("level_name", "That level's name."),
            field<&TechnologyAssessment::level_definition>("level_definition", "What must be true at that level."),
            field<&TechnologyAssessment::shown_level>("shown_level", "The highest level with evidence; 0: none."),
            field<&TechnologyAssessment::levels_without_evidence>("levels_without_evidence", "Levels up to the claim without evidence of their own."),
            field<&TechnologyAssessment::remarks>("remarks", "What a reader should know."),
            field<&TechnologyAssessment::statements>("statements", "Published verification statements, newest first."),
            field<&TechnologyAssessment::admissions>("admissions", "Editions of the catalogue that admitted it, newest first."),
        }};
}

/// Names a scale.
struct ScaleKey {
    ReadinessScale scale = ReadinessScale::gbt22900;
};
Record describe(const ScaleKey*) { return {"scale_key", "Names a scale.", {field<&ScaleKey::scale>("scale", "gbt22900, iso16290 or iea.")}}; }

namespace {

void add_readiness(TechnologyAssessment& view, const Technology& technology, Language language) {
    view.scale = name_of(technology.readiness.scale);
    view.level = technology.readiness.level;
    std::vector<std::int64_t> levels;
    for (const ReadinessEvidence& one : technology.readiness_evidence) levels.push_back(one.level);
    ReadinessJudgement judgement = judge_readiness(view.level, levels);
    view.shown_level = judgement.shown;
    view.levels_without_evidence = std::move(judgement.without);
    view.remarks = readiness_remarks(technology, language);
    const Scale* scale = reference().assessment.scale(view.scale);
    if (!scale) return;
    view.scale_name = scale->name;
    for (const ScaleLevel& one : scale->levels)
        if (one.level == view.level) {
            view.level_name = one.name;
            view.level_definition = one.definition;
        }
}

Result<Done> add_statements(Transaction& transaction, TechnologyAssessment& view, const Id<Technology>& id, Date today) {
    for (Verification& one :
        TRY(transaction.find<Verification>("technology = $1 AND state = 'published' ORDER BY published_on DESC, id DESC LIMIT 50", {id.text}))) {
        StatementLine line{.id = one.id,
            .statement_number = one.statement_number.value_or(""),
            .verifier = one.verifier,
            .issued_on = one.issued_on,
            .valid_until = one.valid_until,
            .standing = standing_of(one.state, one.valid_until, today)};
        if (const auto verifier = TRY(transaction.find_one<Organisation>("id = $1", {one.verifier.text}))) line.verifier_name = verifier->name;
        for (const Claim& claim : one.claims)
            if (claim.result) line.verdicts.push_back(judge_claim({claim.min, claim.max}, {claim.result->value, claim.result->uncertainty}));
        line.claims = std::move(one.claims);
        view.statements.push_back(std::move(line));
    }
    return Done{};
}

Result<Done> add_admissions(Transaction& transaction, TechnologyAssessment& view, const Id<Technology>& id, Date today) {
    for (const Admission& one :
        TRY(transaction.find<Admission>("technology = $1 AND published_on IS NOT NULL ORDER BY published_on DESC, id DESC LIMIT 50", {id.text}))) {
        const Edition edition = TRY(transaction.get(one.edition));
        view.admissions.push_back({.id = one.id,
            .edition = edition.id,
            .edition_number = edition.number,
            .edition_title = edition.title,
            .class_ = one.class_,
            .state = one.state,
            .valid_until = one.valid_until,
            .expired = one.valid_until && *one.valid_until < today});
    }
    return Done{};
}

Result<TechnologyAssessment> technology_assessment(Transaction& transaction, const Caller& caller, const Key<Technology>& key) {
    const Technology technology = TRY(entry_get(transaction, caller, key));
    TechnologyAssessment view;
    add_readiness(view, technology, caller.language);
    TRY(add_statements(transaction, view, key.id, date_of(caller.now)));
    TRY(add_admissions(transaction, view, key.id, date_of(caller.now)));
    return view;
}

Result<Scale> scale_get(Transaction&, const Caller&, const ScaleKey& key) {
    const Scale* scale = reference().assessment.scale(name_of(key.scale));
    if (!scale) return Error{Failure::not_found, "scale.unknown", "There is no such scale; there are gbt22900, iso16290 and iea."};
    return *scale;
}

} // namespace

std::vector<Endpoint> technology_assessment_endpoints() {
    return {
        // clang-format off
        {"technology_assessment", Method::get, "/technologies/{id}/assessment", "What shows that a technology is as good as it says.", Mode::read, open_to_all, call(technology_assessment)},
        {"scale_get", Method::get, "/readiness-scales/{scale}", "A scale of readiness with the definition of each level.", Mode::read, open_to_all, call(scale_get)},
        // clang-format on
    };
}

} // namespace greenbank::library
