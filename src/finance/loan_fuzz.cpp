// loan_fuzz.cpp — any bytes as a loan; one that is taken is paid back to the last part, or refused by its reason.
#include "finance/pricing_records.h"
#include "json/json.h"

using namespace greenbank;
using namespace greenbank::finance;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    static const Pricing pricing;
    const auto loan = from_json<LoanFile>({reinterpret_cast<const char*>(bytes), size});
    if (!loan) return 0;
    std::vector<LoanRow> rows;
    const PricingFault fault = pricing.schedule(terms_of(loan.value()), rows);
    if (fault.flaw == PricingFlaw::none) require(!rows.empty() && rows.back().closing == 0, "something is still owed");
    else require(!problem_of(fault).code.empty(), "no reason is given");
    return 0;
}
