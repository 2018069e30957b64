// web_address_fuzz.cpp — any text as an address, and as where an answer sends on.
#include <cstdint>

#include "http/web_address.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace greenbank;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto check = [](const http::WebAddress& address) {
        const auto again = http::parse_web_address(address.origin() + address.target);
        require(again && again.value() == address, "an address that was understood is understood again as the same");
    };
    if (const auto address = http::parse_web_address(text)) check(address.value());
    const http::WebAddress base = http::parse_web_address("https://bank.example:8443/a/b?c").value();
    if (const auto next = http::resolve_location(base, text)) check(next.value());
    return 0;
}
