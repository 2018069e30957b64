// basic.cpp — Basic authentication (RFC 7617).
#include "ocpp/ocpp.h"

#include "kernel/text.h"

namespace greenbank::ocpp {

bool read_basic(std::string_view header, std::string& user, std::string& password) {
    constexpr std::string_view scheme = "basic ";
    if (header.size() < scheme.size()) return false;
    for (std::size_t i = 0; i < scheme.size(); ++i)
        if ((header[i] | 0x20) != scheme[i] && header[i] != scheme[i]) return false;
    std::string coded(trim(header.substr(scheme.size())));
    while (coded.ends_with('=')) coded.pop_back();
    for (char& c : coded) c = c == '+' ? '-' : c == '/' ? '_' : c;
    const auto plain = from_base64url(coded);
    const std::size_t colon = plain ? plain->find(':') : std::string::npos;
    if (colon == std::string::npos) return false;
    user = plain->substr(0, colon);
    password = plain->substr(colon + 1);
    return true;
}

} // namespace greenbank::ocpp
