// note.cpp — notes as text, keys, signatures.
#include "parties/engine/note.h"

#include <algorithm>

#include "kernel/text.h"

namespace greenbank::parties {

namespace {

constexpr std::string_view dash = "\xE2\x80\x94 "; // em dash, space

std::string big_endian(std::uint64_t number, int bytes) {
    std::string out;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 255);
    return out;
}
std::uint64_t from_big_endian(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
    return number;
}

std::string cosigned_message(std::string_view text, std::uint64_t seconds) {
    return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + std::string(text);
}

Error malformed(std::string_view what) {
    return {Failure::malformed, "log.note_malformed", "This is not a signed note: {what}.", {{"what", std::string(what)}}};
}

/// What stands before the public key wherever a key is written or hashed.
std::string type_bytes(SignatureType type) {
    const std::string byte(1, static_cast<char>(type));
    return type == SignatureType::sm2 ? byte + "GB/T 32918.2 SM2 with SM3\n" : byte;
}

std::string hex_of(std::uint32_t id) { return to_hex(big_endian(id, 4)); }

} // namespace

/// Unicode's White_Space and the plus sign may not stand in a key's name.
bool is_key_name(std::string_view name) {
    if (name.empty() || !is_utf8(name)) return false;
    for (const char c : name)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '+') return false;
    static constexpr std::string_view spaces[] = {"\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83",
        "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8", "\xE2\x80\xA9",
        "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
    return std::none_of(std::begin(spaces), std::end(spaces), [&](std::string_view space) { return name.find(space) != std::string_view::npos; });
}

std::string to_base64(std::string_view bytes) {
    std::string text = to_base64url(bytes);
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
    text.resize((text.size() + 3) / 4 * 4, '=');
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string url(text.substr(0, text.find('=')));
    for (char& c : url) c = c == '+' ? '-' : c == '/' ? '_' : c == '-' || c == '_' ? '=' : c;
    auto bytes = from_base64url(url);
    if (!bytes || to_base64(*bytes) != text) return {};
    return bytes;
}

std::uint32_t key_id(Digest digest, const NoteKey& key) {
    const std::string type = type_bytes(key.type);
    const std::array<std::string_view, 4> parts{key.name, "\n", type, key.public_key};
    return static_cast<std::uint32_t>(from_big_endian(bytes_of(digest(parts)).substr(0, 4)));
}

std::string to_text(Digest digest, const NoteKey& key) {
    return key.name + "+" + hex_of(key_id(digest, key)) + "+" + to_base64(type_bytes(key.type) + key.public_key);
}

Result<NoteKey> parse_note_key(Digest digest, std::string_view text) {
    const Error wrong{Failure::malformed, "log.key_malformed", "This is not a key of a log; it is written name+id+key."};
    const std::size_t first = text.find('+'), second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second == std::string_view::npos || !is_key_name(text.substr(0, first))) return wrong;
    const auto key = from_base64(text.substr(second + 1));
    if (!key) return wrong;
    std::optional<NoteKey> found;
    for (const auto& [type, bytes] : {std::pair(SignatureType::ed25519, 32), std::pair(SignatureType::cosignature, 32), std::pair(SignatureType::sm2, 64)})
        if (const std::string before = type_bytes(type); key->starts_with(before) && key->size() == before.size() + static_cast<std::size_t>(bytes))
            found = NoteKey{std::string(text.substr(0, first)), type, key->substr(before.size())};
    if (!found) return wrong;
    NoteKey& read = *found;
    if (text.substr(first + 1, second - first - 1) != hex_of(key_id(digest, read))) return wrong;
    return std::move(read);
}

std::string to_text(const Note& note) {
    std::string out = note.text + "\n";
    for (const NoteSignature& signature : note.signatures) {
        out += dash;
        out += signature.name + " " + to_base64(big_endian(signature.key_id, 4) + signature.bytes) + "\n";
    }
    return out;
}

Result<Note> parse_note(std::string_view bytes) {
    if (bytes.size() > note_bytes_max) return malformed("it is longer than 64 KiB");
    if (!is_utf8(bytes)) return malformed("it is not UTF-8");
    for (const char c : bytes)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n') return malformed("it has control characters");
    const std::size_t blank = bytes.rfind("\n\n");
    if (blank == std::string_view::npos) return malformed("a blank line must divide text and signatures");
    Note note{std::string(bytes.substr(0, blank + 1)), {}};
    std::string_view rest = bytes.substr(blank + 2);
    if (rest.empty()) return malformed("it has no signature");
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) return malformed("its last line does not end");
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        if (!line.starts_with(dash)) return malformed("a signature line begins with a dash and a space");
        line.remove_prefix(dash.size());
        const std::size_t space = line.find(' ');
        if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return malformed("a signature has no name");
        const auto signature = from_base64(line.substr(space + 1));
        if (!signature || signature->size() < 5) return malformed("a signature is not base64 of a key's id and a signature");
        if (note.signatures.size() == note_signatures_max) return malformed("it has more than 100 signatures");
        note.signatures.push_back(
            {std::string(line.substr(0, space)), static_cast<std::uint32_t>(from_big_endian(signature->substr(0, 4))), signature->substr(4)});
    }
    return note;
}

void sign(Note& note, Digest digest, const NoteKey& key, const Sign& sign) {
    require(key.type != SignatureType::cosignature && is_key_name(key.name), "a log signs with its own key");
    note.signatures.push_back({key.name, key_id(digest, key), sign(note.text)});
}

void cosign(Note& note, Digest digest, const NoteKey& key, Time at, const Sign& sign) {
    require(key.type == SignatureType::cosignature && is_key_name(key.name), "a witness signs with a witness's key");
    const auto seconds = static_cast<std::uint64_t>(at.microseconds / 1'000'000);
    note.signatures.push_back({key.name, key_id(digest, key), big_endian(seconds, 8) + sign(cosigned_message(note.text, seconds))});
}

Result<std::vector<Signer>> check_signatures(const Note& note, Digest digest, std::span<const NoteKey> known, VerifySignature verify) {
    std::vector<Signer> signers;
    for (const NoteSignature& signature : note.signatures)
        for (const NoteKey& key : known) {
            if (key.name != signature.name || key_id(digest, key) != signature.key_id) continue;
            Signer signer{key.name, {}};
            bool good = false;
            if (key.type != SignatureType::cosignature) good = signature.bytes.size() == 64 && verify(key.type, key.public_key, note.text, signature.bytes);
            else if (signature.bytes.size() == 72) {
                const std::uint64_t seconds = from_big_endian(std::string_view(signature.bytes).substr(0, 8));
                constexpr std::uint64_t end_of_time = INT64_MAX / 1'000'000;
                good = seconds <= end_of_time &&
                       verify(key.type, key.public_key, cosigned_message(note.text, seconds), std::string_view(signature.bytes).substr(8));
                signer.cosigned_at = Time{static_cast<std::int64_t>(good ? seconds : 0) * 1'000'000};
            }
            if (!good)
                return Error{Failure::invalid, "log.signature_wrong", "The signature of {name} is wrong; trust nothing in this note.", {{"name", key.name}}};
            signers.push_back(signer);
        }
    if (signers.empty()) return Error{Failure::invalid, "log.not_signed", "No known key has signed this note; trust nothing in it."};
    return signers;
}

} // namespace greenbank::parties
