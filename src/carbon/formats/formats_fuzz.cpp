// formats_fuzz.cpp — bytes of strangers as any of the formats: an error or an inventory that can be written and read again.
#include "carbon/engine/matrix.h"
#include "carbon/formats/formats.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace greenbank::carbon;
    if (size == 0) return 0;
    static constexpr const char* names[] = {"a.json", "a.xml", "a.spold", "a.csv", "a.zip"};
    auto archive = Archive::of_bytes(std::string(reinterpret_cast<const char*>(data) + 1, size - 1), names[data[0] % 5]);
    if (!archive) return 0;
    auto read = read_inventory(archive.value());
    if (!read) return 0;
    (void)static_cast<bool>(build_matrix(read.value().inventory));
    (void)write_json_ld(read.value().inventory);
    return 0;
}
