// sm2.h — SM2 signatures with SM3 (GB/T 32918.2-2016 on the curve of GB/T 32918.5-2017, id "1234567812345678"), by OpenSSL.
#pragma once

#include <string>
#include <string_view>

namespace greenbank::parties {

/// A seed is 32 secret bytes; the private key is 1 + seed modulo (n - 2), which leaves a random seed as it is but for one.
std::string sm2_public_key(std::string_view seed); // 64 bytes: x, y
/// 64 bytes: r, s. Another one each time.
std::string sm2_sign(std::string_view seed, std::string_view message);
bool sm2_verify(std::string_view public_key, std::string_view message, std::string_view signature);

} // namespace greenbank::parties
