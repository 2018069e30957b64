// formula_fuzz.cpp — any text as a formula: a finite number or an error, in bounded work.
#include <cmath>

#include "carbon/engine/formula.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    greenbank::carbon::Formulas all;
    all.set("a", text);
    all.set("b", 2);
    const auto value = all.evaluate(text);
    if (value && !std::isfinite(value.value())) std::abort();
    return 0;
}
