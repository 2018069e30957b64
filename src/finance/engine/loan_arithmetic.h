// loan_arithmetic.h — what a loan pays in each period, once the periods are known. No calendar here.
#pragma once

#include "finance/engine/pricing.h"

namespace greenbank::finance {

/// Part of a period with one rate.
struct RatePart {
    double years = 0, rate = 0;
};
struct LoanPeriod {
    Date from, to, paid_on;
    double years = 0;
    std::vector<RatePart> parts; // one, unless a rate changes within
};

PricingFault repay(const LoanTerms& terms, const std::vector<LoanPeriod>& periods, std::vector<LoanRow>& rows);

} // namespace greenbank::finance
