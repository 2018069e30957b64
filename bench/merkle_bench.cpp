// The transparency log's tree at a million records: appending, proofs, verifying everything, beside hashing alone (what no tree can
// be faster than) and beside the RFC's recursive definitions.
//   merkle_bench [records]
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <string>

#include "cpu.h"
#include "kernel/random.h"
#include "parties/engine/naive_merkle.h"
#include "parties/secrets.h"

namespace greenbank::parties {
namespace {

using greenbank::bench::timed;

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

int run(std::size_t size) {
    Random random(20261121);
    std::vector<std::string> records(size); // as long as an audit line
    for (std::size_t i = 0; i < size; ++i)
        records[i] = fmt::format(
            "{{\"number\":{},\"who\":\"person_{:016x}\",\"what\":\"transfer_create\",\"amount\":\"{}\"}}", i, random.next(), random.below(1'000'000));

    std::vector<double> appends, hashes;
    std::vector<Hash32> nodes;
    Hash32 root{};
    for (int round = 0; round < 3; ++round) {
        nodes.clear();
        MerkleEdge edge(sha256);
        appends.push_back(timed([&] {
            for (const std::string& record : records) edge.append(leaf_hash(sha256, record), nodes);
        }));
        root = edge.root();
        Hash32 sum{};
        hashes.push_back(timed([&] { // a leaf and a node for each record, and nothing else
            for (const std::string& record : records) sum = node_hash(sha256, sum, leaf_hash(sha256, record));
        }));
    }
    const double records_count = static_cast<double>(size);
    fmt::print("append: {:.0f} records/CPU-s; hashing alone {:.0f}/CPU-s, ratio {:.2f}; {:.1f} MB of nodes\n", records_count / median(appends),
        records_count / median(hashes), median(hashes) / median(appends), static_cast<double>(nodes.size() * sizeof(Hash32)) / 1e6);

    const ReadNodes read = [&](std::span<const std::uint64_t> numbers, std::span<Hash32> found) -> Result<Done> {
        for (std::size_t i = 0; i < numbers.size(); ++i) found[i] = nodes[numbers[i]];
        return Done{};
    };
    constexpr std::size_t proofs = 20'000;
    std::vector<std::uint64_t> places(proofs);
    for (std::uint64_t& place : places) place = 1 + random.below(size - 1);
    std::vector<Proof> inclusion(proofs), consistency(proofs);
    const double inclusion_time = timed([&] {
        for (std::size_t i = 0; i < proofs; ++i) inclusion[i] = inclusion_proof(sha256, read, places[i], size).value();
    });
    const double consistency_time = timed([&] {
        for (std::size_t i = 0; i < proofs; ++i) consistency[i] = consistency_proof(sha256, read, places[i], size).value();
    });
    std::size_t good = 0;
    const double check_time = timed([&] {
        for (std::size_t i = 0; i < proofs; ++i) good += verify_inclusion(sha256, places[i], size, nodes[node_number(0, places[i])], inclusion[i], root);
    });
    require(good == proofs, "every proof must verify");
    const auto each = [](double time) { return time / static_cast<double>(proofs) * 1e6; };
    fmt::print("one proof, nodes in memory: inclusion {:.2f} us, consistency {:.2f} us CPU; verifying one {:.2f} us\n", each(inclusion_time),
        each(consistency_time), each(check_time));

    // The leaves in order of their numbers, and the definitions over them.
    std::vector<Hash32> leaves(size);
    std::vector<double> verifies;
    for (int round = 0; round < 3; ++round)
        verifies.push_back(timed([&] { // every record hashed again, every stored node and the root compared
            MerkleEdge edge(sha256);
            std::vector<Hash32> made;
            std::size_t number = 0;
            for (std::size_t i = 0; i < size; ++i) {
                made.clear();
                edge.append(leaves[i] = leaf_hash(sha256, records[i]), made);
                for (const Hash32& node : made) require(node == nodes[number++], "a stored node is wrong");
            }
            require(edge.root() == root, "the root is wrong");
        }));
    Hash32 naive{};
    const double naive_time = timed([&] { naive = naive_root(sha256, leaves); });
    require(naive == root, "the twin must agree");
    double naive_proof_time = 0;
    constexpr std::size_t few = 3;
    for (std::size_t i = 0; i < few; ++i) {
        Proof proof;
        naive_proof_time += timed([&] { proof = naive_inclusion(sha256, leaves, places[i]); });
        require(proof == inclusion[i], "the twin must agree");
    }
    fmt::print("verify all {} records and nodes: {:.2f} s CPU; the root by definition from leaf hashes {:.2f} s; a proof by definition {:.0f} ms, {:.0f} times "
               "as long\n",
        size, median(verifies), naive_time, naive_proof_time / few * 1e3, naive_proof_time / few * 1e6 / each(inclusion_time));
    return 0;
}

} // namespace
} // namespace greenbank::parties

int main(int argc, char** argv) { return greenbank::parties::run(argc > 1 ? std::stoul(argv[1]) : 1'000'000); }
