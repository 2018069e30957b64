// sm2.cpp — keys, signatures and their plain form over OpenSSL's.
#include "parties/log/sm2.h"

#include <memory>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include "kernel/result.h"

namespace greenbank::parties {

namespace {

template <auto Free> struct Freed {
    template <class T> void operator()(T* held) const { Free(held); }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Curve = std::unique_ptr<EC_GROUP, Freed<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Freed<EC_POINT_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

constexpr std::string_view usual_id = "1234567812345678";
constexpr std::size_t number_bytes = 32;

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Number number(std::string_view big_endian) { return Number(BN_bin2bn(bytes(big_endian), static_cast<int>(big_endian.size()), nullptr)); }

struct PrivateKey {
    Number number;
    std::string point; // 0x04, x, y
};

PrivateKey private_key(std::string_view seed) {
    require(seed.size() == number_bytes, "a seed has 32 bytes");
    const Curve curve(EC_GROUP_new_by_curve_name(NID_sm2));
    Number secret = number(seed), limit(BN_dup(EC_GROUP_get0_order(curve.get())));
    const std::unique_ptr<BN_CTX, Freed<BN_CTX_free>> work(BN_CTX_secure_new());
    const Point point(EC_POINT_new(curve.get()));
    std::string encoded(1 + 2 * number_bytes, '\0');
    const bool made = BN_sub_word(limit.get(), 2) == 1 && BN_nnmod(secret.get(), secret.get(), limit.get(), work.get()) == 1 &&
                      BN_add_word(secret.get(), 1) == 1 && EC_POINT_mul(curve.get(), point.get(), secret.get(), nullptr, nullptr, work.get()) == 1 &&
                      EC_POINT_point2oct(curve.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes(encoded), encoded.size(), work.get()) == encoded.size();
    require(made, "OpenSSL has no SM2");
    return {std::move(secret), std::move(encoded)};
}

/// Null where the point is not one of the curve.
Key key_of(std::string_view point, const BIGNUM* secret) {
    const Builder builder(OSSL_PARAM_BLD_new());
    bool good = OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, SN_sm2, 0) == 1 &&
                OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1;
    if (secret) good = good && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret) == 1;
    const Parameters parameters(good ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr);
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return {};
    if (EVP_PKEY_fromdata(context.get(), &key, secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) return {};
    return Key(key);
}

/// A digest's context with the key and the usual id; the id must be there before the first byte is hashed.
struct Signing {
    DigestContext digest{EVP_MD_CTX_new()};
    KeyContext key;

    explicit Signing(EVP_PKEY* of) : key(EVP_PKEY_CTX_new_from_pkey(nullptr, of, nullptr)) {
        require(key && EVP_PKEY_CTX_set1_id(key.get(), usual_id.data(), static_cast<int>(usual_id.size())) == 1, "OpenSSL knows SM2's id");
        EVP_MD_CTX_set_pkey_ctx(digest.get(), key.get());
    }
};

} // namespace

std::string sm2_public_key(std::string_view seed) { return private_key(seed).point.substr(1); }

std::string sm2_sign(std::string_view seed, std::string_view message) {
    const PrivateKey secret = private_key(seed);
    const Key key = key_of(secret.point, secret.number.get());
    require(key != nullptr, "OpenSSL has no SM2");
    const Signing signing(key.get());
    std::string encoded(80, '\0'); // DER of two numbers takes 72 at most
    std::size_t length = encoded.size();
    const bool made = EVP_DigestSignInit_ex(signing.digest.get(), nullptr, "SM3", nullptr, nullptr, key.get(), nullptr) == 1 &&
                      EVP_DigestSign(signing.digest.get(), bytes(encoded), &length, bytes(message), message.size()) == 1;
    const unsigned char* at = bytes(encoded);
    const Signature pair(made ? d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(length)) : nullptr);
    std::string signature(2 * number_bytes, '\0');
    require(pair && BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), bytes(signature), number_bytes) == number_bytes &&
                BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), bytes(signature) + number_bytes, number_bytes) == number_bytes,
        "OpenSSL cannot sign with SM2");
    return signature;
}

bool sm2_verify(std::string_view public_key, std::string_view message, std::string_view signature) {
    if (public_key.size() != 2 * number_bytes || signature.size() != 2 * number_bytes) return false;
    const Key key = key_of("\x04" + std::string(public_key), nullptr);
    if (!key) return false;
    const Signature pair(ECDSA_SIG_new());
    Number r = number(signature.substr(0, number_bytes)), s = number(signature.substr(number_bytes));
    if (ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return false;
    (void)r.release(), (void)s.release(); // the pair's now
    unsigned char* encoded = nullptr;
    const int length = i2d_ECDSA_SIG(pair.get(), &encoded);
    const std::unique_ptr<unsigned char, decltype([](unsigned char* held) { OPENSSL_free(held); })> freed(encoded);
    const Signing signing(key.get());
    return length > 0 && EVP_DigestVerifyInit_ex(signing.digest.get(), nullptr, "SM3", nullptr, nullptr, key.get(), nullptr) == 1 &&
           EVP_DigestVerify(signing.digest.get(), encoded, static_cast<std::size_t>(length), bytes(message), message.size()) == 1;
}

} // namespace greenbank::parties
