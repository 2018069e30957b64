// json_points_fuzz.cpp — any text as JSON and as CSV of points.
#include "energy/telemetry/json_points.h"

#include <cmath>

using namespace greenbank;
using namespace greenbank::energy;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    for (const auto& read : {read_json_points(text, 1'800'000'000'000), read_csv_points(text, 1'800'000'000'000)})
        if (read)
            for (const NamedPoint& point : read.value().points) require(std::isfinite(point.value), "a point without a number");
    return 0;
}
