// readings_fuzz.cpp — any bytes as a table of readings: refused, or series of one length for each parameter, which come back as they were written.
#include <cmath>

#include "carbon/reductions/methodologies.h"
#include "carbon/reductions/readings.h"

using namespace greenbank;
using namespace greenbank::carbon;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto table = sheets::open_table(sheets::Bytes{std::string(reinterpret_cast<const char*>(bytes), size)}, {.strip_apostrophe = true});
    if (!table) return 0;
    const auto all = read_readings(methodology_of("island_diesel").value(), *table.value(), {Date{20'000}, Date{20'001}});
    if (!all) return 0;
    for (const MonitoredSeries& one : all.value()) {
        require(one.series.readings.size() == 48, "a series is as long as its period");
        require(from_readings(to_readings(one.series.readings)).size() == 48, "readings did not come back");
    }
    return 0;
}
