// records.cpp — descriptions of warnings and of what is done about them.
#include "finance/watch/records.h"

namespace greenbank::finance {

Record describe(const WarningAction*) {
    using Action = WarningAction;
    return {"warning_action", "What is done about a warning.",
        {field<&Action::kind>("kind", "What."), field<&Action::text>("text", "In words."), field<&Action::due_on>("due_on", "Until when."),
            field<&Action::person_name>("person_name", "Who has entered it."), field<&Action::at>("at", "When."),
            field<&Action::done_at>("done_at", "When it was done.")}};
}
Record describe(const WarningStep*) {
    return {
        "warning_step", "A level that was reached.", {field<&WarningStep::day>("day", "On which day."), field<&WarningStep::level>("level", "Which level.")}};
}
Record describe(const LoanWarning*) {
    using Warning = LoanWarning;
    return {"loan_warning", "An early warning about a loan.",
        {
            field<&Warning::id>("id", "Id."),
            field<&Warning::loan>("loan", "Which loan.", {.filter = true}),
            field<&Warning::number>("number", "The loan's number."),
            field<&Warning::lender>("lender", "Who lends.", {.filter = true}),
            field<&Warning::borrower>("borrower", "Who owes.", {.filter = true}),
            field<&Warning::borrower_name>("borrower_name", "What the borrower is called."),
            field<&Warning::principal>("principal", "Principal owed."),
            field<&Warning::level>("level", "How grave it is.", {.filter = true}),
            field<&Warning::level_worst>("level_worst", "How grave it was at its worst."),
            field<&Warning::reasons>("reasons", "Why.", {.max = 20}),
            field<&Warning::steps>("steps", "How it went up and down.", {.max = 200}),
            field<&Warning::opened_on>("opened_on", "Since when.", {.sort = true}),
            field<&Warning::act_by>("act_by", "When the next payment is due."),
            field<&Warning::missed_on>("missed_on", "When the first payment was missed."),
            field<&Warning::closed_on>("closed_on", "Until when."),
            field<&Warning::lead_days>("lead_days", "Days from the first warning to the payment that was missed, or to the next one.", {.unit = "d"}),
            field<&Warning::open>("open", "It stands.", {.filter = true}),
            field<&Warning::actions>("actions", "What is done about it.", {.max = 100}),
            field<&Warning::sample>("sample", "Part of the sample bank."),
            field<&Warning::created_at>("created_at", "When it was made."),
            field<&Warning::updated_at>("updated_at", "When it last changed.", {.sort = true}),
            field<&Warning::version>("version", "Version."),
        }};
}

} // namespace greenbank::finance
