// event_fuzz.cpp — any bytes as an event: an error or an event, never more; what was read of a footprint can be written and read again.
#include "pact/events.h"
#include "json/value_tree.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace greenbank;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const pact::Protocol protocol : {pact::Protocol::v2, pact::Protocol::v3}) {
        const auto event = pact::read_event(text, protocol);
        if (!event) continue;
        for (const pact::Received& one : event.value().footprints) {
            const auto tree = read_value_tree(pact::write(one.footprint, pact::Protocol::v3));
            require(static_cast<bool>(tree) && static_cast<bool>(pact::read_footprint(tree.value())));
        }
    }
    return 0;
}
