// steps.cpp — writing and reading steps, and remarks in words.
#include "library/assessment/steps.h"

#include <fmt/format.h>

#include "api/words.h"
#include "library/engine/readiness.h"
#include "library/reference.h"

namespace greenbank::library {

Result<Done> add_step(Transaction& transaction, const Caller& caller, StepDone step) {
    AssessmentStep row{.id = caller.new_id<AssessmentStep>(),
        .subject = std::move(step.subject),
        .action = std::move(step.action),
        .before = step.before.empty() ? std::nullopt : std::optional(std::move(step.before)),
        .after = std::move(step.after),
        .person = caller.actor.person,
        .organisation = caller.actor.organisation,
        .at = caller.now,
        .comment = std::move(step.comment),
        .content_version = step.content_version,
        .sample = step.sample};
    row.person_name = as_text(TRY(transaction.query("SELECT name FROM person WHERE id = $1", {row.person})).single());
    return transaction.insert(row);
}

Result<std::vector<AssessmentStep>> steps_of(Transaction& transaction, const Caller& caller, const std::string& subject) {
    std::vector<AssessmentStep> steps = TRY(transaction.find<AssessmentStep>("subject = $1 ORDER BY at, id", {subject}));
    for (AssessmentStep& step : steps)
        if (!caller.actor.may(assess_entries) && (caller.actor.organisation.empty() || step.organisation != caller.actor.organisation)) {
            step.person.clear();
            step.person_name.clear();
        }
    return steps;
}

Result<bool> is_member(Transaction& transaction, const std::string& person, const std::vector<std::string>& organisations) {
    for (const std::string& organisation : organisations)
        if (!TRY(transaction.query("SELECT id FROM membership WHERE person = $1 AND organisation = $2", {person, organisation})).empty()) return true;
    return false;
}

Record describe(const Remark*) {
    return {"remark", "What an assessor should ask about.",
        {field<&Remark::code>("code", "Stable, for machines."), field<&Remark::sentence>("sentence", "For people, in the caller's language.")}};
}

Remark remark(std::string code, Language language, std::vector<Parameter> parameters) {
    std::string sentence = fill_in(word("remark." + code, language), parameters);
    return {std::move(code), std::move(sentence)};
}

std::vector<Remark> readiness_remarks(const Technology& technology, Language language) {
    std::vector<std::int64_t> levels;
    for (const ReadinessEvidence& one : technology.readiness_evidence) levels.push_back(one.level);
    const ReadinessJudgement judgement = judge_readiness(technology.readiness.level, levels);
    std::vector<Remark> remarks;
    for (const ReadinessRemark one : judgement.remarks)
        remarks.push_back(remark(fmt::format("readiness_{}", name_of(one)), language,
            {{"level", std::to_string(technology.readiness.level)}, {"shown", std::to_string(judgement.shown)}}));
    return remarks;
}

} // namespace greenbank::library
