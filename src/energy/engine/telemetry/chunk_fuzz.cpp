// chunk_fuzz.cpp — any bytes as a chunk and as steps of a tier, also with a checksum that fits; what is read is written and read the same.
#include "energy/engine/telemetry/checksum.h"
#include "energy/engine/telemetry/chunk.h"
#include "energy/engine/telemetry/tier.h"
#include "kernel/result.h"

#include <cstring>

using namespace greenbank;
using namespace greenbank::energy;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    std::string text(reinterpret_cast<const char*>(bytes), size);
    for (int sealed = 0; sealed < 2; ++sealed) {
        Points points, again;
        if (decode_chunk(text, points) == ChunkFault::none) {
            require(!points.empty(), "a chunk of nothing was read");
            require(decode_chunk(encode_chunk(points), again) == ChunkFault::none && again.times == points.times, "times did not come back");
            require(std::memcmp(again.values.data(), points.values.data(), points.size() * sizeof(double)) == 0, "values did not come back");
        }
        std::vector<Step> steps;
        (void)decode_steps(text, steps);
        std::uint32_t sum = checksum(text);
        text.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    }
    return 0;
}
