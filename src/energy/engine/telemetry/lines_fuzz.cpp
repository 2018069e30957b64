// lines_fuzz.cpp — any text as line protocol: every point has a channel, and what is no number is no point.
#include "energy/engine/telemetry/lines.h"

#include <cmath>

#include "kernel/result.h"

using namespace greenbank;
using namespace greenbank::energy;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    for (const std::int64_t unit : {1, 1000, 1'000'000, 1'000'000'000}) {
        const ReadPoints read = read_lines(text, unit, 1'800'000'000'000);
        for (const NamedPoint& point : read.points) require(!point.channel.empty() && !std::isnan(point.value), "a point without a name or a number");
        require(read.faults.size() <= ReadPoints::faults_told_max && read.faults.size() <= read.faults_in_all, "faults are counted");
    }
    return 0;
}
