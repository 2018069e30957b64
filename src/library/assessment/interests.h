// interests.h — which interest keeps an expert from judging or advising on what somebody owns.
#pragma once

#include "library/assessment/experts.h"
#include "library/engine/panel.h"

namespace greenbank::library {

/// Whose it is, and who entered it.
struct Judged {
    std::vector<std::string> owners;
    std::string entered_by;
};
/// Every reason, the likeliest first; empty: none.
Result<std::vector<Interest>> interests_of(Transaction& transaction, const Expert& expert, const Judged& judged);
Problem interest_problem(std::string field, Interest interest);

} // namespace greenbank::library
