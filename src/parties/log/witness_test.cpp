// witness_test.cpp — a witness follows an honest log and refuses one that tells another story.
#include "parties/engine/tree_head.h"
#include "parties/log/log_under_test.h"
#include "parties/log/witness.h"

namespace greenbank::parties {
namespace {

/// A log in memory that signs with the same key whatever it is made of.
struct SignedLog {
    std::string origin = "greenbank/test", seed = std::string(32, 'k');
    SignatureType type = SignatureType::ed25519;
    MerkleEdge edge{sha256};
    std::vector<Hash32> nodes;
    std::string previous;

    NoteKey key() const { return public_key_of(origin, type, seed); }
    void append(std::string_view what, std::uint64_t times) {
        for (std::uint64_t i = 0; i < times; ++i) edge.append(leaf_hash(sha256, std::string(what) + std::to_string(edge.size())), nodes);
    }
    LogUnderWitness seen() {
        Note note{note_text(next_head(sha256, previous, origin, edge.size(), edge.root())), {}};
        previous = note.text;
        sign(note, sha256, key(), [this](std::string_view message) { return sign_with(type, seed, message); });
        return {"sha256", to_text(note), [this](std::uint64_t from, std::uint64_t to) {
                    return consistency_proof(
                        sha256,
                        [this](std::span<const std::uint64_t> numbers, std::span<Hash32> hashes) -> Result<Done> {
                            for (std::size_t i = 0; i < numbers.size(); ++i) hashes[i] = nodes[numbers[i]];
                            return Done{};
                        },
                        from, to);
                }};
    }
};

std::string outcome(WitnessMemory& memory, const LogUnderWitness& log) {
    const auto text = next_to_witness(memory, log);
    if (!text) return text.error().code;
    if (!text.value()) return "known";
    memory.note = log.note;
    return "signed";
}

} // namespace

TEST_CASE("heads that go on from the last one are signed, whatever the sizes and the kind of signature") {
    for (const SignatureType type : {SignatureType::ed25519, SignatureType::sm2})
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            CAPTURE(seed);
            Random random(seed);
            SignedLog log;
            log.type = type;
            WitnessMemory memory{"witness.example", to_text(sha256, log.key()), ""};
            for (int visit = 0; visit < 6; ++visit) {
                log.append("honest", 1 + random.below(40));
                const LogUnderWitness seen = log.seen();
                CHECK(outcome(memory, seen) == "signed");
                CHECK(outcome(memory, seen) == "known");
            }
        }
}

TEST_CASE("a log of the same size or more that is another one, a shorter one, another key and another log are refused") {
    SignedLog log;
    log.append("honest", 20);
    WitnessMemory memory{"witness.example", to_text(sha256, log.key()), ""};
    REQUIRE(outcome(memory, log.seen()) == "signed");
    const std::string kept = memory.note;
    for (const std::uint64_t size : {1, 7, 19, 20, 21, 32, 100}) {
        CAPTURE(size);
        SignedLog fork;
        fork.append("forged", size);
        CHECK(outcome(memory, fork.seen()) == "log.forked");
    }
    SignedLog late; // one record changed, the rest as it was
    late.append("honest", 19), late.append("forged", 1), late.append("honest", 5);
    CHECK(outcome(memory, late.seen()) == "log.forked");
    SignedLog shorter;
    shorter.append("honest", 12);
    CHECK(outcome(memory, shorter.seen()) == "log.forked");

    log.append("honest", 3);
    LogUnderWitness lying = log.seen();
    lying.prove = [](std::uint64_t, std::uint64_t) -> Result<Proof> { return Proof{}; };
    CHECK(outcome(memory, lying) == "log.forked");
    SignedLog other_key = log;
    other_key.seed = std::string(32, 'x');
    CHECK(outcome(memory, other_key.seen()) != "signed");
    SignedLog other_log = log;
    other_log.origin = "greenbank/other";
    CHECK(outcome(memory, other_log.seen()) != "signed");
    CHECK(outcome(memory, {"md5", kept, {}}) == "log.hash_unknown");
    CHECK(outcome(memory, {"sha256", "no note", {}}) == "log.note_malformed");
    CHECK(memory.note == kept);
    CHECK(outcome(memory, log.seen()) == "signed"); // and the honest one goes on
}

} // namespace greenbank::parties
