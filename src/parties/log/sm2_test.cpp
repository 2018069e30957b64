// sm2_test.cpp — the standard's own example, and that nothing else passes.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "kernel/text.h"
#include "parties/engine/leaf.h"
#include "parties/log/sm2.h"
#include "parties/secrets.h"

namespace greenbank::parties {
namespace {

std::string from_hex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 64) bytes += bytes_of(*hash_from_hex(hex.substr(i, 64)));
    return bytes;
}

} // namespace

TEST_CASE("the example of GB/T 32918.5, annex A: message, key and signature") {
    // d = 3945208f…c5b8 is 1 + seed here.
    const std::string seed = from_hex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b7");
    const std::string key =
        from_hex("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
    const std::string signature =
        from_hex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    CHECK(sm2_public_key(seed) == key);
    CHECK(sm2_verify(key, "message digest", signature));
    CHECK(!sm2_verify(key, "message digesT", signature));
    CHECK(sm2_verify(key, "message digest", sm2_sign(seed, "message digest")));
}

TEST_CASE("a signature holds for its key and message only, and any bytes are refused quietly") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto random_bytes = [&](std::size_t count) {
            std::string bytes(count, '\0');
            for (char& byte : bytes) byte = static_cast<char>(random.below(256));
            return bytes;
        };
        const std::string secret = random_bytes(32), other = random_bytes(32), message = random_bytes(random.below(300));
        const std::string key = sm2_public_key(secret), signature = sm2_sign(secret, message);
        REQUIRE(key.size() == 64);
        REQUIRE(signature.size() == 64);
        CHECK(sm2_verify(key, message, signature));
        CHECK(!sm2_verify(sm2_public_key(other), message, signature));
        CHECK(!sm2_verify(key, message + "x", signature));
        std::string changed = signature;
        changed[random.below(64)] ^= static_cast<char>(1 << random.below(8));
        CHECK(!sm2_verify(key, message, changed));
        CHECK(!sm2_verify(key, message, random_bytes(64)));
        CHECK(!sm2_verify(key, message, std::string(64, '\0')));
        CHECK(!sm2_verify(key, message, std::string(64, '\xff')));
        CHECK(!sm2_verify(key, message, signature.substr(1)));
        CHECK(!sm2_verify(random_bytes(64), message, signature)); // no point of the curve
        CHECK(!sm2_verify("", message, signature));
    }
    CHECK(sm2_public_key(std::string(32, '\xff')).size() == 64); // beyond the curve's order
    CHECK(sm2_public_key(std::string(32, '\0')).size() == 64);
}

} // namespace greenbank::parties
