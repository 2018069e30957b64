// interests.cpp — what the bank knows of an expert's ties.
#include "library/assessment/interests.h"

namespace greenbank::library {

Result<std::vector<Interest>> interests_of(Transaction& transaction, const Expert& expert, const Judged& judged) {
    InterestFacts facts{.person = expert.person ? expert.person->text : "",
        .organisation = expert.organisation ? expert.organisation->text : "",
        .entered_by = judged.entered_by,
        .owners = judged.owners};
    for (const DeclaredInterest& one : expert.interests)
        if (one.organisation) facts.declared.push_back(one.organisation->text);
    for (const auto& row : TRY(transaction.query("SELECT organisation FROM membership WHERE person = $1", {facts.person})).rows)
        facts.memberships.push_back(as_text(row[0]));
    return interests(facts);
}

Problem interest_problem(std::string field, Interest interest) {
    switch (interest) {
    case Interest::own_entry: return {std::move(field), "panel.own_entry", "This expert entered what is to be judged."};
    case Interest::same_organisation: return {std::move(field), "panel.same_organisation", "This expert works for an organisation whose technology is judged."};
    case Interest::member: return {std::move(field), "panel.member", "This expert's account is a member of an organisation whose technology is judged."};
    case Interest::declared:
        return {std::move(field), "panel.declared_interest", "This expert has declared an interest in an organisation whose technology is judged."};
    case Interest::own_word: break;
    }
    return {std::move(field), "panel.own_word", "This expert has said that there is an interest."};
}

} // namespace greenbank::library
