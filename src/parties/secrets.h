// secrets.h — passwords, random tokens and one-time codes; the one place that knows libsodium, and with sm2.cpp OpenSSL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/time.h"
#include "parties/engine/note.h"

namespace greenbank::parties {

/// Argon2id with libsodium's interactive limits (64 MiB, 2 passes); a PHC string. Slow on purpose: never in a transaction.
std::string hash_password(std::string_view password);
bool verify_password(std::string_view hash, std::string_view password);
/// As slow as a real one, so that an unknown address takes as long as a wrong password.
void verify_nothing(std::string_view password);
/// What is wrong with a new password as an error code, or nothing. (ASVS 5.0 §6.2: length, no composition rules.)
std::optional<std::string_view> weak_password(std::string_view password, std::string_view email);

/// 32 random bytes as text, for links, cookies and API tokens; only token_hash() of it is stored.
std::string random_token();
std::string token_hash(std::string_view token);
std::uint64_t random_number();

/// SHA-256 and SM3 (GB/T 32905-2016), for the transparency log; see engine/merkle.h.
Hash32 sha256(std::span<const std::string_view> parts);
Hash32 sm3(std::span<const std::string_view> parts);

/// Ed25519 (RFC 8032). A seed is 32 secret bytes.
std::string random_seed();
std::string ed25519_public_key(std::string_view seed);
std::string ed25519_sign(std::string_view seed, std::string_view message);
bool ed25519_verify(std::string_view public_key, std::string_view message, std::string_view signature);

/// The log's signatures of either type (sm2.h); witnesses sign with Ed25519.
NoteKey public_key_of(std::string name, SignatureType type, std::string_view seed);
std::string sign_with(SignatureType type, std::string_view seed, std::string_view message);
bool verify_signature(SignatureType type, std::string_view public_key, std::string_view message, std::string_view signature);

/// RFC 6238 with SHA-1, 30 s, 6 digits: what authenticator apps speak.
std::string random_totp_secret(); // base32
/// The time step that `code` is good for (now, one before, one after) if it is later than `last_step`.
std::optional<std::int64_t> check_totp(std::string_view base32_secret, std::string_view code, Time now, std::int64_t last_step);
std::string totp_code(std::string_view base32_secret, std::int64_t step);
/// "xxxx-xxxx", for a lost telephone.
std::string random_recovery_code();

} // namespace greenbank::parties
