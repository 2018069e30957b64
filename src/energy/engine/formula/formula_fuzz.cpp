// formula_fuzz.cpp — any bytes as a formula: refused with a place, or computed without harm.
#include "energy/engine/formula/formula.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    using namespace greenbank::energy;
    const auto formula = parse_formula({reinterpret_cast<const char*>(bytes), size});
    if (!formula) return 0;
    NamedUnits units;
    for (const std::string& name : formula.value().names) units[name] = name.size() % 2 == 0 ? "kW" : "kWh";
    (void)dimension_of(formula.value(), units);
    const Evaluator evaluator(formula.value(), units, "1");
    (void)evaluator.at(std::vector<double>(formula.value().names.size(), 1.5));
    return 0;
}
