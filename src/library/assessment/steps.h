// steps.h — the steps of admissions and verifications, and the remarks an assessor should read.
#pragma once

#include "api/call.h"
#include "library/assessment/assessment_records.h"
#include "library/library.h"

namespace greenbank::library {

/// Review, recommend, select, publish; editions, panels and experts.
inline constexpr Right assess_entries{"bank.assessment"};

struct StepDone {
    std::string subject, action, before, after; // before: empty where it began here
    std::optional<std::string> comment;
    std::optional<std::int64_t> content_version = {};
    bool sample = false; // what hangs on a sample is a sample
};
Result<Done> add_step(Transaction& transaction, const Caller& caller, StepDone step);
/// Oldest first, with the people a caller may know: the bank knows all, others those of their own organisation.
Result<std::vector<AssessmentStep>> steps_of(Transaction& transaction, const Caller& caller, const std::string& subject);

/// Is this person a member of any of these organisations, in whatever role?
Result<bool> is_member(Transaction& transaction, const std::string& person, const std::vector<std::string>& organisations);

/// What an assessor should ask about; refuses nothing.
struct Remark {
    std::string code, sentence; // the sentence in the caller's language
};
Record describe(const Remark*);
Remark remark(std::string code, Language language, std::vector<Parameter> parameters = {});
/// On the readiness that a technology claims.
std::vector<Remark> readiness_remarks(const Technology& technology, Language language);

} // namespace greenbank::library
