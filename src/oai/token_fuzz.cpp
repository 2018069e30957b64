// token_fuzz.cpp — any bytes as a token, and any bytes under a right checksum: what is read is written again the same.
#include "kernel/text.h"
#include "oai/token.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    static const oai::Checksum checksum = [](std::string_view) { return std::string(16, 'c'); };
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    for (const std::string& candidate : {std::string(text), to_base64url(std::string(16, 'c') + std::string(text))})
        if (const auto token = oai::read_token(candidate, checksum))
            require(oai::read_token(oai::write_token(*token, checksum), checksum) == token, "a token changed");
    return 0;
}
