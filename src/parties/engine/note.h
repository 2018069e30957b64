// note.h — text signed by several keys: C2SP signed-note (c2sp.org/signed-note) with Ed25519 signatures, and witnesses'
// timestamped cosignatures (c2sp.org/tlog-cosignature). Signing and verifying are arguments. C2SP names no SM2, so a log that signs
// with it (GB/T 32918, with SM3) has keys of the kind that the specification keeps for others: 0xff, then what it is, then the key.
#pragma once

#include <optional>
#include <string>

#include "kernel/time.h"
#include "parties/engine/merkle.h"

namespace greenbank::parties {

/// Standard base64 (RFC 4648 §4) with padding; reading refuses what writing would not have made.
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

enum class SignatureType : unsigned char { ed25519 = 1, cosignature = 4, sm2 = 0xff };

/// A public key under a name such as "bank.example/log". Written "name+id+key", as Go's sumdb writes verifier keys.
struct NoteKey {
    std::string name; // no spaces, no plus
    SignatureType type = SignatureType::ed25519;
    std::string public_key; // 32 bytes; of SM2 64
    bool operator==(const NoteKey&) const = default;
};
bool is_key_name(std::string_view name);
std::uint32_t key_id(Digest digest, const NoteKey& key);
std::string to_text(Digest digest, const NoteKey& key);
Result<NoteKey> parse_note_key(Digest digest, std::string_view text);

struct NoteSignature {
    std::string name;
    std::uint32_t key_id = 0;
    std::string bytes;
    bool operator==(const NoteSignature&) const = default;
};
struct Note {
    std::string text; // ends in a newline
    std::vector<NoteSignature> signatures;
    bool operator==(const Note&) const = default;
};
constexpr std::size_t note_bytes_max = 64 * 1024;
constexpr std::size_t note_signatures_max = 100;

std::string to_text(const Note& note);
/// Any bytes; says what is wrong with them as a note.
Result<Note> parse_note(std::string_view bytes);

/// The signature (64 bytes) of a message.
using Sign = std::function<std::string(std::string_view message)>;
using VerifySignature = bool (*)(SignatureType type, std::string_view public_key, std::string_view message, std::string_view signature);

void sign(Note& note, Digest digest, const NoteKey& key, const Sign& sign);
/// A witness says: at this time, this was the largest tree that I knew to be consistent.
void cosign(Note& note, Digest digest, const NoteKey& key, Time at, const Sign& sign);

struct Signer {
    std::string name;
    std::optional<Time> cosigned_at;
};
/// Who of the known keys signed the note. Signatures of unknown keys say nothing; a wrong one of a known key, or none of a
/// known key at all, is an error.
Result<std::vector<Signer>> check_signatures(const Note& note, Digest digest, std::span<const NoteKey> known, VerifySignature verify);

} // namespace greenbank::parties
