// secrets.cpp — thin calls into libsodium; HMAC-SHA-1 from OpenSSL.
#include "parties/secrets.h"

#include <array>
#include <memory>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include "kernel/result.h"
#include "kernel/text.h"
#include "parties/log/sm2.h"

namespace greenbank::parties {

namespace {

void start_sodium() {
    static const bool started = sodium_init() >= 0;
    require(started, "libsodium cannot start");
}

std::string random_bytes(std::size_t count) {
    start_sodium();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), count);
    return bytes;
}

constexpr std::string_view base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

std::string base32_decode(std::string_view text) {
    std::string out;
    unsigned held = 0;
    int bits = 0;
    for (const char c : text) {
        const std::size_t digit = base32.find(c);
        if (digit == std::string_view::npos) continue;
        held = (held << 5) | static_cast<unsigned>(digit);
        if ((bits += 5) >= 8) out += static_cast<char>((held >> (bits -= 8)) & 255);
    }
    return out;
}

} // namespace

std::string hash_password(std::string_view password) {
    start_sodium();
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    require(crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                crypto_pwhash_ALG_ARGON2ID13) == 0,
        "no memory to hash a password");
    return hash.data();
}

bool verify_password(std::string_view hash, std::string_view password) {
    start_sodium();
    return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

void verify_nothing(std::string_view password) {
    static const std::string hash = hash_password("nobody has this password");
    (void)verify_password(hash, password);
}

std::optional<std::string_view> weak_password(std::string_view password, std::string_view email) {
    if (length_in_characters(password) < 10) return "password.too_short";
    if (password.size() > 512) return "password.too_long";
    std::string lower(password);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    static constexpr std::string_view common[] = {"password", "passw0rd", "12345678", "87654321", "qwertyui", "asdfghjk", "letmein", "iloveyou", "admin123",
        "adminadmin", "welcome1", "greenbank", "11111111", "00000000", "abcdefgh", "abc12345", "1q2w3e4r", "woaini", "changeme", "пароль", "йцукен"};
    for (const std::string_view word : common)
        if (lower.find(word) != std::string::npos && lower.size() < word.size() + 6) return "password.too_common";
    std::array<bool, 256> seen{};
    int different = 0;
    for (const char c : lower)
        if (!std::exchange(seen[static_cast<unsigned char>(c)], true)) ++different;
    if (different < 5) return "password.too_common";
    const std::string_view name = email.substr(0, email.find('@'));
    if (name.size() >= 4 && lower.find(name) != std::string::npos && lower.size() < name.size() + 6) return "password.too_common";
    return {};
}

std::string random_token() { return to_base64url(random_bytes(32)); }

std::string token_hash(std::string_view token) {
    start_sodium();
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(token.data()), token.size());
    return to_hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

std::uint64_t random_number() {
    start_sodium();
    std::uint64_t number = 0;
    randombytes_buf(&number, sizeof number);
    return number;
}

namespace {

Hash32 hash_by(EVP_MD_CTX* context, const EVP_MD* algorithm, std::span<const std::string_view> parts) {
    Hash32 hash{};
    bool done = EVP_DigestInit_ex2(context, algorithm, nullptr) == 1;
    for (const std::string_view part : parts) done = done && EVP_DigestUpdate(context, part.data(), part.size()) == 1;
    require(done && EVP_DigestFinal_ex(context, hash.data(), nullptr) == 1, "OpenSSL cannot hash");
    return hash;
}

// One context a thread, made once: making one costs more than the two blocks of a tree's node.
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

} // namespace

Hash32 sha256(std::span<const std::string_view> parts) {
    thread_local const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return hash_by(context.get(), algorithm, parts);
}

Hash32 sm3(std::span<const std::string_view> parts) {
    thread_local const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SM3", nullptr);
    return hash_by(context.get(), algorithm, parts);
}

std::string random_seed() { return random_bytes(crypto_sign_SEEDBYTES); }

namespace {

using SigningKey = std::array<unsigned char, crypto_sign_SECRETKEYBYTES>;

SigningKey signing_key(std::string_view seed, unsigned char* public_key) {
    start_sodium();
    require(seed.size() == crypto_sign_SEEDBYTES, "a seed has 32 bytes");
    SigningKey key{};
    crypto_sign_seed_keypair(public_key, key.data(), reinterpret_cast<const unsigned char*>(seed.data()));
    return key;
}

} // namespace

std::string ed25519_public_key(std::string_view seed) {
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> key{};
    SigningKey secret = signing_key(seed, key.data());
    sodium_memzero(secret.data(), secret.size());
    return {reinterpret_cast<const char*>(key.data()), key.size()};
}

std::string ed25519_sign(std::string_view seed, std::string_view message) {
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> key{};
    SigningKey secret = signing_key(seed, key.data());
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(
        reinterpret_cast<unsigned char*>(signature.data()), nullptr, reinterpret_cast<const unsigned char*>(message.data()), message.size(), secret.data());
    sodium_memzero(secret.data(), secret.size());
    return signature;
}

bool ed25519_verify(std::string_view public_key, std::string_view message, std::string_view signature) {
    start_sodium();
    if (public_key.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES) return false;
    return crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature.data()), reinterpret_cast<const unsigned char*>(message.data()),
               message.size(), reinterpret_cast<const unsigned char*>(public_key.data())) == 0;
}

NoteKey public_key_of(std::string name, SignatureType type, std::string_view seed) {
    return {std::move(name), type, type == SignatureType::sm2 ? sm2_public_key(seed) : ed25519_public_key(seed)};
}

std::string sign_with(SignatureType type, std::string_view seed, std::string_view message) {
    return type == SignatureType::sm2 ? sm2_sign(seed, message) : ed25519_sign(seed, message);
}

bool verify_signature(SignatureType type, std::string_view public_key, std::string_view message, std::string_view signature) {
    return type == SignatureType::sm2 ? sm2_verify(public_key, message, signature) : ed25519_verify(public_key, message, signature);
}

std::string random_totp_secret() {
    std::string secret;
    for (const char c : random_bytes(32)) secret += base32[static_cast<unsigned char>(c) & 31];
    return secret;
}

std::string totp_code(std::string_view base32_secret, std::int64_t step) {
    const std::string key = base32_decode(base32_secret);
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < 8; ++i) counter[7 - i] = static_cast<unsigned char>((step >> (8 * i)) & 255);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(), digest.data(), &length);
    const std::size_t offset = digest[length - 1] & 15;
    const std::uint32_t number = (static_cast<std::uint32_t>(digest[offset] & 0x7f) << 24) | (static_cast<std::uint32_t>(digest[offset + 1]) << 16) |
                                 (static_cast<std::uint32_t>(digest[offset + 2]) << 8) | digest[offset + 3];
    return fmt::format("{:06}", number % 1'000'000);
}

std::optional<std::int64_t> check_totp(std::string_view base32_secret, std::string_view code, Time now, std::int64_t last_step) {
    const std::int64_t step = now.microseconds / 30'000'000;
    std::optional<std::int64_t> good;
    for (const std::int64_t candidate : {step, step - 1, step + 1}) {
        const std::string expected = totp_code(base32_secret, candidate);
        if (code.size() == expected.size() && sodium_memcmp(code.data(), expected.data(), expected.size()) == 0 && candidate > last_step) good = candidate;
    }
    return good;
}

std::string random_recovery_code() {
    std::string code;
    for (const char c : random_bytes(8)) {
        if (code.size() == 4) code += '-';
        code += "abcdefghjkmnpqrstuvwxyz23456789x"[static_cast<unsigned char>(c) & 31];
    }
    return code;
}

} // namespace greenbank::parties
