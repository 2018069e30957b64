// bundle_fuzz.cpp — any bytes as a bundle of the log: they are refused, or read to their end.
#include <algorithm>

#include "parties/log/bundle.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace greenbank;
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    CheckRun run{.found = [](Problem problem) { require(!problem.code.empty(), "what is found has a code"); }};
    const auto verified = parties::verify_bundle(
        [&](std::span<char> buffer) -> Result<std::size_t> {
            const std::size_t length = std::min({buffer.size(), rest.size(), std::size_t{100}});
            std::copy_n(rest.begin(), length, buffer.begin());
            rest.remove_prefix(length);
            return length;
        },
        "", run);
    require(verified || !verified.error().code.empty(), "a refusal has a code");
    return 0;
}
