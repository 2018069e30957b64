// page_fuzz.cpp — any bytes as the answer of a peer; full records that are read are written and read again the same.
#include "oai/harvester.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto page = oai::read_page(text, {.full_space = "urn:full"});
    (void)oai::read_identity(text);
    (void)oai::read_formats(text);
    if (!page) return 0;
    oai::Walk walk;
    (void)oai::advance(walk, page.value());
    for (const oai::HarvestedRecord& record : page.value().records) {
        require(!record.header.identifier.empty(), "a record without identifier came through");
        if (!record.full) continue;
        oai::Tree full = *record.full;
        full.name.clear(); // of the element it came in
        const auto again = xml::read(oai::write_tree(full, "r", "urn:full"));
        require(again && oai::read_tree(again.value().root).value() == full, "a full record changed");
        (void)oai::json_of(*record.full);
    }
    return 0;
}
