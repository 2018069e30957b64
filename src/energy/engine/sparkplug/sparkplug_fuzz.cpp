// sparkplug_fuzz.cpp — any bytes as payloads of a node: what is read is written and read the same, and a host bears them all.
#include "energy/engine/sparkplug/host.h"
#include "kernel/result.h"

using namespace greenbank;
using namespace greenbank::energy::sparkplug;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    if (const auto payload = decode(text)) {
        const auto again = decode(encode(*payload));
        require(again.has_value(), "what was written cannot be read");
        require(again->metrics.size() == payload->metrics.size() && again->sequence == payload->sequence, "what was read again differs");
    }
    (void)parse_topic(text);
    Host host({.nodes_max = 4, .metrics_per_node_max = 100, .reordered_max = 4});
    Outcome outcome;
    Time now{1'767'268'800'000'000};
    // Messages are parted by a byte 0xFF; the first byte of each chooses its type.
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\xFF', begin), text.size());
        const auto type = static_cast<MessageType>(static_cast<unsigned char>(text[begin]) % 8);
        host.receive({"g", "n", "d", type}, text.substr(begin + 1 > end ? end : begin + 1, end - std::min(end, begin + 1)), now, outcome);
        now = now + milliseconds(700);
        host.tick(now, outcome);
        begin = end + 1;
    }
    return 0;
}
