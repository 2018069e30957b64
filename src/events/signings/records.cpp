// records.cpp — descriptions of signings and of what followed.
#include "events/signings/records.h"

#include <fmt/format.h>

#include "library/rules.h"

namespace greenbank::events {

namespace {

void check_signing(const void* value, Problems& problems) {
    const auto& signing = *static_cast<const Signing*>(value);
    library::check_country(signing.country, "country", problems);
    check_standing(signing.amount, signing.standing, signing.source, problems);
    for (std::size_t i = 0; i < signing.parties.size(); ++i)
        if (signing.parties[i].country) library::check_country(*signing.parties[i].country, fmt::format("parties[{}].country", i), problems);
    for (std::size_t i = 0; i < signing.planned.size(); ++i) {
        if (!signing.amount)
            problems.push_back({fmt::format("planned[{}].amount", i), "promise.no_amount", "Nothing was signed for an amount that could be planned."});
        else if (signing.planned[i].amount.currency != signing.amount->currency)
            problems.push_back({fmt::format("planned[{}].amount", i), "promise.currency", "Promises are kept in the currency that was signed, {currency}.",
                {{"currency", signing.amount->currency}}});
    }
}

} // namespace

Record describe(const SigningParty*) {
    return {"signing_party", "Who signs.",
        {field<&SigningParty::name>("name", "What it is called.", {.min = 1, .max = 300}),
            field<&SigningParty::country>("country", "From which country.", {.min = 2, .max = 2}),
            field<&SigningParty::organisation>("organisation", "Its entry in the bank, if it has one.")}};
}

Record describe(const PlannedStep*) {
    return {"planned_step", "What was promised to follow a signature, and until when.",
        {field<&PlannedStep::stage>("stage", "Contracted, invested or running."), field<&PlannedStep::due_on>("due_on", "Until which day."),
            field<&PlannedStep::amount>("amount", "How much more by then.", {.min = 0})}};
}

Record describe(const Signing*) {
    return {"signing", "Something that is signed at an event.",
        {
            field<&Signing::id>("id", "Id.", {.read_only = true}),
            field<&Signing::event>("event", "At which event.", {.filter = true}),
            field<&Signing::sub_event>("sub_event", "In which ceremony.", {.filter = true}),
            field<&Signing::kind>("kind", "What is signed.", {.filter = true, .sort = true}),
            field<&Signing::title>("title", "What it is about.", {.min = 1, .max = 300, .sort = true}),
            field<&Signing::parties>("parties", "Who signs.", {.max = 20}),
            field<&Signing::amount>("amount", "For how much; a contract of the bank brings its own amount.", {.min = 0, .sort = true}),
            field<&Signing::standing>("standing", "Whose word the amount is.", {.defaulted = true}),
            field<&Signing::source>("source", "Where it is from.", {.min = 1, .max = 500}),
            field<&Signing::contract>("contract", "The contract of the bank that is signed.", {.filter = true}),
            field<&Signing::project>("project", "The project of the bank that it builds.", {.filter = true}),
            field<&Signing::country>("country", "Where it will be done.", {.min = 2, .max = 2, .filter = true}),
            field<&Signing::place>("place", "In which place.", {.max = 200}),
            field<&Signing::planned>("planned", "What was promised to follow, and until when.", {.max = 40}),
            field<&Signing::state>("state", "Planned, signed or withdrawn.", {.read_only = true, .filter = true}),
            field<&Signing::signed_at>("signed_at", "When it was signed.", {.read_only = true, .sort = true}),
            field<&Signing::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Signing::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Signing::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&Signing::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_signing};
}

Record describe(const PromiseStep*) {
    return {"promise_step", "What became of something that was signed.",
        {
            field<&PromiseStep::id>("id", "Id.", {.read_only = true}),
            field<&PromiseStep::event>("event", "At which event it was signed.", {.read_only = true, .filter = true}),
            field<&PromiseStep::signing>("signing", "What was signed.", {.filter = true}),
            field<&PromiseStep::stage>("stage", "Contracted, invested or running.", {.filter = true, .sort = true}),
            field<&PromiseStep::amount>("amount", "How much more.", {.min = 1}),
            field<&PromiseStep::happened_on>("happened_on", "When.", {.sort = true}),
            field<&PromiseStep::evidence>("evidence", "What shows it: a contract, an invoice, an acceptance, a visit.", {.min = 1, .max = 500}),
            field<&PromiseStep::source>("source", "Who says so, and where.", {.min = 1, .max = 500}),
            field<&PromiseStep::standing>("standing", "Whose word it is.", {.defaulted = true}),
            field<&PromiseStep::entered_by>("entered_by", "Who entered it.", {.read_only = true}),
            field<&PromiseStep::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&PromiseStep::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&PromiseStep::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

} // namespace greenbank::events
