// convert_fuzz.cpp — any page of a peer as entries: whatever comes is refused or is an entry that stands up to validation.
#include <cstdint>

#include "library/publishing/oai_repository.h"
#include "library/reference.h"
#include "peers/convert.h"
#include "peers/engine/harvest_rules.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const library::Reference reference;
    library::set_reference(&reference);
    peers::Peer peer;
    peer.id = Id<peers::Peer>("peer_1");
    peer.name = "Peer";
    peer.country = "KZ";
    peer.field = peers::TechnologyField::water;
    const auto page = oai::read_page({reinterpret_cast<const char*>(bytes), size}, {.full_space = std::string(library::full_format_space)});
    if (!page) return 0;
    for (const oai::HarvestedRecord& record : page.value().records) {
        (void)peers::home_of(record.header.identifier);
        (void)peers::number_of(record);
        const auto entry = peers::entry_of(record, peer, Time{});
        if (!entry) continue;
        std::visit(
            [](const auto& value) {
                require(static_cast<bool>(validate(value)), "an entry came through that a person could not have entered");
                require(value.provenance.has_value() && value.peer == "peer_1", "an entry does not say where it came from");
            },
            entry.value());
    }
    return 0;
}
