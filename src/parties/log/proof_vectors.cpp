// proof_vectors.cpp — vectors by description, then the two verifications.
#include "parties/log/proof_vectors.h"

#include "api/files.h"
#include "parties/secrets.h"
#include "json/json.h"

namespace greenbank::parties {

namespace {

/// Both kinds of vector in one; which it is follows from the sizes it gives. Names are those of the files.
struct ProofVector {
    std::optional<std::int64_t> leaf_index, tree_size, first_size, second_size;
    std::optional<std::string> root, leaf_hash, first_root, second_root;
    std::optional<std::vector<std::string>> proof; // Go writes an empty list as null
};

Record describe(const ProofVector*) {
    return {"proof_vector", "A proof of the transparency log, hashes in base64.",
        {
            field<&ProofVector::leaf_index>("leafIdx", "Inclusion: the record's place, from 0.", {.min = 0}),
            field<&ProofVector::tree_size>("treeSize", "Inclusion: the log's size.", {.min = 0}),
            field<&ProofVector::root>("root", "Inclusion: the log's root."),
            field<&ProofVector::leaf_hash>("leafHash", "Inclusion: the record's hash."),
            field<&ProofVector::first_size>("size1", "Consistency: the earlier size.", {.min = 0}),
            field<&ProofVector::second_size>("size2", "Consistency: the later size.", {.min = 0}),
            field<&ProofVector::first_root>("root1", "Consistency: the earlier root."),
            field<&ProofVector::second_root>("root2", "Consistency: the later root."),
            field<&ProofVector::proof>("proof", "The hashes on the way up.", {.max = 64}),
        }};
}

std::optional<Hash32> hash_from(const std::optional<std::string>& base64) {
    const auto bytes = from_base64(base64.value_or(""));
    if (!bytes || bytes->size() != std::tuple_size_v<Hash32>) return {};
    Hash32 hash{};
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

std::optional<Proof> proof_from(const std::optional<std::vector<std::string>>& texts) {
    Proof proof;
    for (const std::string& text : texts.value_or(std::vector<std::string>{})) {
        const auto hash = hash_from(text);
        if (!hash) return {};
        proof.push_back(*hash);
    }
    return proof;
}

struct LogCheckOptions {
    std::string in;
};
Record describe(const LogCheckOptions*) {
    return {"log_check_options", "A proof to check.",
        {field<&LogCheckOptions::in>("in", "A JSON vector of transparency-dev: an inclusion or a consistency proof; - reads standard input.", {.min = 1})}};
}

Result<int> run_log_check(const LogCheckOptions& options, Console& console) {
    const bool good = TRY(check_vector(TRY(read_file(options.in))));
    if (console.json) console.out(good ? "{\"valid\":true}\n" : "{\"valid\":false}\n");
    else console.out(good ? "valid\n" : "not valid\n");
    return good ? 0 : 1;
}

std::uint64_t size_from(std::int64_t size) { return static_cast<std::uint64_t>(size); }

} // namespace

Result<bool> check_vector(std::string_view json) {
    const auto vector = TRY(from_json<ProofVector>(json, {.stored = true}));
    const bool inclusion = vector.leaf_index && vector.tree_size, consistency = vector.first_size && vector.second_size;
    if (inclusion == consistency)
        return Error{Failure::invalid, "log.not_a_vector", "The file must give leafIdx and treeSize, or size1 and size2, of one proof."};
    const auto proof = proof_from(vector.proof);
    if (!proof) return false;
    if (inclusion) {
        const auto leaf = hash_from(vector.leaf_hash), root = hash_from(vector.root);
        return leaf && root && verify_inclusion(sha256, size_from(*vector.leaf_index), size_from(*vector.tree_size), *leaf, *proof, *root);
    }
    // Trees of one size are consistent if they are the same, whatever stands for their roots.
    if (*vector.first_size == *vector.second_size && *vector.first_size > 0)
        return proof->empty() && vector.first_root && vector.first_root == vector.second_root;
    const auto first = hash_from(vector.first_root), second = hash_from(vector.second_root);
    return first && second && verify_consistency(sha256, size_from(*vector.first_size), size_from(*vector.second_size), *proof, *first, *second);
}

Command log_check_command() { return command("log", "check", "Check a proof of a transparency log, from a file only.", run_log_check); }

} // namespace greenbank::parties
