// equation_fuzz.cpp — any text as a formula: read or refused, and what is read has a value or says that it has none.
#include <cmath>

#include "carbon/engine/equation.h"

using namespace greenbank;
using namespace greenbank::carbon;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto formula = Equation::parse(std::string_view(reinterpret_cast<const char*>(bytes), size));
    if (!formula) return 0;
    const std::size_t count = formula.value().names().size();
    for (const double number : {0.0, 1.0, -2.5, 1e300}) {
        const auto value = formula.value().value(std::vector<double>(count, number));
        require(!value || std::isfinite(value.value().value), "a formula gave no number and did not say so");
    }
    (void)formula.value().dimension(std::vector<Dimension>(count));
    return 0;
}
