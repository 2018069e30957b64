// merkle_test.cpp — the tree agrees with the RFC's definitions, every proof verifies, and no changed one does.
#include <doctest/doctest.h>

#include <bit>

#include "kernel/random.h"
#include "kernel/text.h"
#include "parties/engine/naive_merkle.h"
#include "parties/secrets.h"

namespace greenbank::parties {
namespace {

struct Log {
    MerkleEdge edge{sha256};
    std::vector<Hash32> nodes, leaves;
    std::size_t reads = 0;

    void append(std::string_view leaf) {
        leaves.push_back(leaf_hash(sha256, leaf));
        edge.append(leaves.back(), nodes);
    }
    ReadNodes reader() {
        return [this](std::span<const std::uint64_t> numbers, std::span<Hash32> hashes) -> Result<Done> {
            reads += numbers.size();
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                if (numbers[i] >= nodes.size()) return Error{Failure::internal, "log.test", "A node that is not stored yet."};
                hashes[i] = nodes[numbers[i]];
            }
            return Done{};
        };
    }
};

Log log_of(std::size_t size) {
    Log log;
    for (std::size_t i = 0; i < size; ++i) log.append("record " + std::to_string(i));
    return log;
}

std::string hex(const Hash32& hash) { return to_hex(bytes_of(hash)); }

} // namespace

TEST_CASE("published roots: the empty tree and the eight leaves of RFC 6962's reference tests") {
    using namespace std::string_view_literals;
    CHECK(hex(empty_root(sha256)) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    const std::string_view leaves[] = {""sv, "\x00"sv, "\x10"sv, "\x20\x21"sv, "\x30\x31"sv, "@ABC"sv, "PQRSTUVW"sv, "`abcdefghijklmno"sv};
    const std::string_view roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Log log;
    for (std::size_t i = 0; i < 8; ++i) {
        log.append(leaves[i]);
        CHECK(hex(log.edge.root()) == roots[i]);
    }
    CHECK(root_of(sha256, log.leaves) == log.edge.root());
}

TEST_CASE("roots, nodes and proofs are those of the definitions, at every size up to 130") {
    Log log;
    for (std::size_t size = 1; size <= 130; ++size) {
        INFO("size " << size);
        log.append("record " + std::to_string(size));
        const std::span<const Hash32> leaves = log.leaves;
        REQUIRE(log.edge.root() == naive_root(sha256, leaves));
        REQUIRE(log.nodes.size() == node_count(size));
        for (std::size_t index = 0; index < size; index += 1 + size / 40) {
            const auto proof = inclusion_proof(sha256, log.reader(), index, size);
            REQUIRE(proof);
            REQUIRE(proof.value() == naive_inclusion(sha256, leaves, index));
            REQUIRE(verify_inclusion(sha256, index, size, leaves[index], proof.value(), log.edge.root()));
        }
        for (std::size_t first = 1; first <= size; first += 1 + size / 40) {
            const auto proof = consistency_proof(sha256, log.reader(), first, size);
            REQUIRE(proof);
            REQUIRE(proof.value() == naive_consistency(sha256, leaves, first));
            REQUIRE(verify_consistency(sha256, first, size, proof.value(), naive_root(sha256, leaves.first(first)), log.edge.root()));
        }
    }
}

TEST_CASE("a node's number is its place in the sequence, whatever the size") {
    const Log log = log_of(300);
    for (unsigned level = 0; level < 9; ++level)
        for (std::uint64_t index = 0; ((index + 1) << level) <= 300; ++index) {
            const std::size_t begin = index << level, width = std::size_t{1} << level;
            REQUIRE(log.nodes[node_number(level, index)] == naive_root(sha256, std::span(log.leaves).subspan(begin, width)));
        }
    CHECK(node_number(0, 0) == 0);
    CHECK(node_number(1, 0) == 2);
    CHECK(node_number(62, 1) == node_count((std::uint64_t{1} << 63) - 1) + 62);
}

TEST_CASE("appending goes on after a restart from the stored nodes") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        Log log = log_of(1 + random.below(300));
        const std::uint64_t size = log.edge.size();
        const auto numbers = nodes_of(0, size);
        std::vector<Hash32> peaks(numbers.size());
        REQUIRE(log.reader()(numbers, peaks));
        MerkleEdge again(sha256, size, peaks);
        CHECK(again.root() == log.edge.root());
        std::vector<Hash32> more;
        const std::size_t before = log.nodes.size();
        for (int i = 0; i < 20; ++i) {
            log.append("more " + std::to_string(i));
            again.append(log.leaves.back(), more);
        }
        CHECK(again.root() == log.edge.root());
        CHECK(more == std::vector<Hash32>(log.nodes.begin() + static_cast<std::ptrdiff_t>(before), log.nodes.end()));
    }
}

TEST_CASE("no proof with any change verifies") {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        Log log = log_of(2 + random.below(200));
        const std::uint64_t size = log.edge.size(), index = random.below(size), first = 1 + random.below(size - 1);
        const Hash32 root = log.edge.root(), first_root = naive_root(sha256, std::span(log.leaves).first(first));
        const Proof inclusion = inclusion_proof(sha256, log.reader(), index, size).value(),
                    consistency = consistency_proof(sha256, log.reader(), first, size).value();
        const auto changed = [&](Proof proof) {
            switch (random.below(proof.empty() ? 1 : 4)) {
            case 0: proof.insert(proof.begin() + static_cast<std::ptrdiff_t>(random.below(proof.size() + 1)), random.chance(0.5) ? root : Hash32{}); break;
            case 1: proof.erase(proof.begin() + static_cast<std::ptrdiff_t>(random.below(proof.size()))); break;
            default: proof[random.below(proof.size())][random.below(32)] ^= static_cast<unsigned char>(1 << random.below(8));
            }
            return proof;
        };
        const auto flipped = [&](Hash32 hash) { return hash[random.below(32)] ^= 1, hash; };
        for (int i = 0; i < 20; ++i) {
            const Proof wrong = changed(inclusion);
            if (wrong != inclusion) CHECK(!verify_inclusion(sha256, index, size, log.leaves[index], wrong, root));
            const Proof wrong_too = changed(consistency);
            if (wrong_too != consistency) CHECK(!verify_consistency(sha256, first, size, wrong_too, first_root, root));
        }
        CHECK(!verify_inclusion(sha256, index, size, flipped(log.leaves[index]), inclusion, root));
        CHECK(!verify_inclusion(sha256, index, size, log.leaves[index], inclusion, flipped(root)));
        CHECK(!verify_consistency(sha256, first, size, consistency, flipped(first_root), root));
        CHECK(!verify_consistency(sha256, first, size, consistency, first_root, flipped(root)));
        const std::uint64_t other = random.below(size);
        if (other != index) CHECK(!verify_inclusion(sha256, other, size, log.leaves[index], inclusion, root));
        CHECK(!verify_inclusion(sha256, size, size, log.leaves[index], inclusion, root));
        CHECK(!verify_consistency(sha256, 0, size, {}, empty_root(sha256), root));
        CHECK(!verify_consistency(sha256, size, first, consistency, root, first_root));
    }
}

TEST_CASE("sizes that make no sense are refused, and a proof reads few nodes") {
    Log log = log_of(1000);
    CHECK(inclusion_proof(sha256, log.reader(), 1000, 1000).error().code == "log.no_such_leaf");
    CHECK(consistency_proof(sha256, log.reader(), 0, 5).error().code == "log.sizes_reversed");
    CHECK(consistency_proof(sha256, log.reader(), 6, 5).error().code == "log.sizes_reversed");
    CHECK(consistency_proof(sha256, log.reader(), 5, 5).value().empty());
    for (std::uint64_t index = 0; index < 1000; ++index) {
        log.reads = 0;
        REQUIRE(inclusion_proof(sha256, log.reader(), index, 1000));
        REQUIRE(log.reads <= 20);
    }
    const auto unreadable = [](std::span<const std::uint64_t>, std::span<Hash32>) -> Result<Done> {
        return Error{Failure::unavailable, "store.gone", "Gone."};
    };
    CHECK(inclusion_proof(sha256, unreadable, 3, 1000).error().code == "store.gone");
}

} // namespace greenbank::parties
