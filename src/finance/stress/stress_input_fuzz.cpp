// stress_input_fuzz.cpp — any bytes as a book; what is taken has losses that add up.
#include "finance/stress/records.h"
#include "json/json.h"

using namespace greenbank;
using namespace greenbank::finance;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto input = from_json<StressInput>({reinterpret_cast<const char*>(bytes), size});
    if (!input) return 0;
    const auto report = report_of(input.value());
    if (!report) return 0;
    std::int64_t sum = 0;
    for (const StressPart& one : report.value().losses) sum += one.amount;
    require(sum == report.value().total, "losses by party do not add up");
    return 0;
}
