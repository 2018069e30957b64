// note_fuzz.cpp — any bytes as a note, a head and a key: no crash, and what is read is written the same.
#include "parties/engine/tree_head.h"
#include "parties/secrets.h"

using namespace greenbank;
using namespace greenbank::parties;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    if (const auto note = parse_note(text)) {
        require(to_text(note.value()) == text, "a note changed");
        const NoteKey key{"bank.example/log", SignatureType::ed25519, std::string(32, 'k')};
        (void)check_signatures(note.value(), sha256, {&key, 1}, verify_signature);
    }
    if (const auto head = parse_tree_head(text)) {
        require(note_text(head.value()) == text, "a head changed");
        require(!follows(sha256, head.value(), text), "a head cannot name itself");
    }
    if (const auto key = parse_note_key(sha256, text)) require(to_text(sha256, key.value()) == text, "a key changed");
    if (const auto decoded = from_base64(text)) require(to_base64(*decoded) == text, "base64 changed");
    return 0;
}
