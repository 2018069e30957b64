// batch_fuzz.cpp — any bytes as a batch, also with a checksum that fits; what is read is written and read the same.
#include "energy/engine/telemetry/batch.h"
#include "energy/engine/telemetry/checksum.h"
#include "kernel/result.h"

#include <cstring>

using namespace greenbank;
using namespace greenbank::energy;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    std::string text(reinterpret_cast<const char*>(bytes), size);
    for (int sealed = 0; sealed < 2; ++sealed) {
        std::vector<SeriesPoints> batch, again;
        if (decode_batch(text, batch) == ChunkFault::none) {
            require(decode_batch(encode_batch(batch), again) == ChunkFault::none && again.size() == batch.size(), "a batch did not come back");
            for (std::size_t i = 0; i < batch.size(); ++i) {
                const Points &one = batch[i].points, &other = again[i].points;
                require(batch[i].series == again[i].series && one.times == other.times, "moments did not come back");
                require(std::memcmp(one.values.data(), other.values.data(), one.size() * sizeof(double)) == 0, "values did not come back");
            }
        }
        const std::uint32_t sum = checksum(text);
        text.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    }
    return 0;
}
