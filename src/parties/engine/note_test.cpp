// note_test.cpp — notes, keys and heads against published examples; changed bytes are found; junk is refused.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "parties/engine/tree_head.h"
#include "parties/secrets.h"

namespace greenbank::parties {
namespace {

// The example of Go's golang.org/x/mod/sumdb/note.
constexpr std::string_view published_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view published_note = "If you think cryptography is the answer to your problem,\n"
                                            "then you don't know what your problem is.\n\n"
                                            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

// The example of c2sp.org/tlog-cosignature.
constexpr std::string_view published_head =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

struct Key {
    std::string seed;
    NoteKey key;
    Sign sign = [this](std::string_view message) { return ed25519_sign(seed, message); };

    Key(char fill, std::string name, SignatureType type) : seed(32, fill), key{std::move(name), type, ed25519_public_key(seed)} {}
};

std::string code_of(const auto& result) { return result ? "ok" : result.error().code; }

} // namespace

TEST_CASE("base64 reads only what it writes") {
    for (const auto& [bytes, text] : std::vector<std::pair<std::string, std::string>>{
             {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"\xfb\xff", "+/8="}}) {
        CHECK(to_base64(bytes) == text);
        CHECK(from_base64(text) == bytes);
    }
    for (const char* text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9", "-_8=", "Z", "Zm9v\n", " Zm9v", "Zm9v=", "===="}) CHECK(!from_base64(text));
}

TEST_CASE("the published note is read, written and verified") {
    const auto key = parse_note_key(sha256, published_key);
    REQUIRE(key);
    CHECK(key.value().name == "PeterNeumann");
    CHECK(to_text(sha256, key.value()) == published_key);
    const auto note = parse_note(published_note);
    REQUIRE(note);
    CHECK(to_text(note.value()) == published_note);
    const auto signers = check_signatures(note.value(), sha256, {&key.value(), 1}, verify_signature);
    REQUIRE(signers);
    CHECK(signers.value().size() == 1);
    for (std::size_t i = 0; i < note.value().text.size(); ++i) {
        Note changed = note.value();
        changed.text[i] ^= 1;
        CHECK(code_of(check_signatures(changed, sha256, {&key.value(), 1}, verify_signature)) == "log.signature_wrong");
    }
}

TEST_CASE("the published checkpoint is a head") {
    const auto note = parse_note(published_head);
    REQUIRE(note);
    CHECK(to_text(note.value()) == published_head);
    REQUIRE(note.value().signatures.size() == 2);
    CHECK(note.value().signatures[1].bytes.size() == 72);
    const auto head = parse_tree_head(note.value().text);
    REQUIRE(head);
    CHECK(head.value().origin == "example.com/behind-the-sofa");
    CHECK(head.value().size == 20852163);
    CHECK(note_text(head.value()) == note.value().text);
}

TEST_CASE("a log signs, witnesses cosign, and each is known by name and key") {
    const Key log('l', "bank.example/log", SignatureType::ed25519), witness('w', "witness.example/one", SignatureType::cosignature),
        stranger('s', "bank.example/log", SignatureType::ed25519);
    const TreeHead head{"bank.example/log", 5, leaf_hash(sha256, "x"), {}};
    Note note{note_text(head), {}};
    sign(note, sha256, log.key, log.sign);
    const Time at = *parse_time("2026-11-20T08:00:00Z");
    cosign(note, sha256, witness.key, at, witness.sign);
    sign(note, sha256, stranger.key, stranger.sign); // the same name, another key: ignored
    const auto again = parse_note(to_text(note));
    REQUIRE(again);
    CHECK(again.value() == note);
    const std::vector<NoteKey> both{log.key, witness.key};
    const auto signers = check_signatures(again.value(), sha256, both, verify_signature);
    REQUIRE(signers);
    REQUIRE(signers.value().size() == 2);
    CHECK(!signers.value()[0].cosigned_at);
    CHECK(signers.value()[1].cosigned_at == at);
    const NoteKey nobody{"nobody.example", SignatureType::ed25519, log.key.public_key};
    CHECK(code_of(check_signatures(note, sha256, {&nobody, 1}, verify_signature)) == "log.not_signed");
    Note later = note; // the time is signed too
    later.signatures[1].bytes[7] ^= 1;
    CHECK(code_of(check_signatures(later, sha256, both, verify_signature)) == "log.signature_wrong");
    Note cut = note;
    cut.signatures[0].bytes.pop_back();
    CHECK(code_of(check_signatures(cut, sha256, both, verify_signature)) == "log.signature_wrong");
    CHECK(code_of(parse_note_key(sha256, to_text(sha256, witness.key))) == "ok");
    CHECK(parse_note_key(sha256, to_text(sha256, witness.key)).value() == witness.key);
}

TEST_CASE("heads are a chain") {
    const TreeHead first{"bank.example/log", 5, leaf_hash(sha256, "x"), {}};
    const TreeHead second = next_head(sha256, note_text(first), first.origin, 9, leaf_hash(sha256, "y"));
    CHECK(follows(sha256, second, note_text(first)));
    CHECK(parse_tree_head(note_text(second)).value() == second);
    for (std::size_t i = 0; i < note_text(first).size(); ++i) {
        std::string changed = note_text(first);
        changed[i] ^= 1;
        CHECK(!follows(sha256, second, changed));
    }
    TreeHead shrunk = second;
    shrunk.size = 4;
    CHECK(!follows(sha256, shrunk, note_text(first)));
    TreeHead other = second;
    other.origin = "other.example/log";
    CHECK(!follows(sha256, other, note_text(first)));
    CHECK(!follows(sha256, first, note_text(second)));
}

TEST_CASE("what is no note and no head says what is wrong") {
    const std::string good(published_note), head = "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    for (const std::string& bad :
        {std::string(), std::string("text"), std::string("text\n\n"), std::string("text\n\nno dash\n"), good.substr(0, good.size() - 1), "\x01" + good,
            good + "— x\n", good + "— x y\n", good + "— a+b x08g\n", good + "— x x08g\n", good + "\xff\n", std::string(note_bytes_max + 1, 'x')})
        CHECK(code_of(parse_note(bad)) == "log.note_malformed");
    for (const char* bad :
        {"", "a\n", "a\n1\n", "a\n1\nx\n", "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "a\n18446744073709551616\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nx\n"})
        CHECK(code_of(parse_tree_head(bad)) == "log.head_malformed");
    CHECK(code_of(parse_tree_head(head)) == "ok");
    for (const char* bad :
        {"", "x", "x+y", "a b+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+Axpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a3+ARpc"})
        CHECK(code_of(parse_note_key(sha256, bad)) == "log.key_malformed");
}

} // namespace greenbank::parties
