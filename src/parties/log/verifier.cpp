// verifier.cpp — leaf by leaf, head by head.
#include "parties/log/verifier.h"

#include <algorithm>

#include "kernel/text.h"
#include "parties/engine/tree_head.h"
#include "parties/secrets.h"

namespace greenbank::parties {

namespace {

Hash32 digest_of(Digest digest, std::string_view content) { return digest({&content, 1}); }

std::string number_text(std::uint64_t number) { return std::to_string(number); }

std::vector<Parameter> facts_of(const StoredLeaf& leaf) {
    return {{"position", number_text(leaf.position)}, {"kind", leaf.leaf.kind}, {"subject", leaf.leaf.subject}};
}

std::string where(const StoredLeaf& leaf) { return "log_leaf/" + number_text(leaf.position); }
/// The record that a leaf tells of: an audit entry's table is known, others name themselves by their id.
std::string record_of_leaf(const StoredLeaf& leaf) { return leaf.leaf.kind == "audit" ? "audit_entry/" + leaf.leaf.subject : leaf.leaf.subject; }

} // namespace

LogVerifier::LogVerifier(LogVerifierSettings settings, Found found) : settings_(std::move(settings)), found_(std::move(found)), edge_(settings_.digest) {
    const auto take = [this](const std::string& text, std::vector<NoteKey>& into) {
        auto key = parse_note_key(sha256, text);
        if (!key) report("log_key", {"", key.error().code, key.error().message});
        into.push_back(key ? std::move(key).value() : NoteKey{});
    };
    for (const LogKey& key : settings_.keys) take(key.key, keys_);
    for (const std::string& witness : settings_.witnesses) take(witness, witnesses_);
}

void LogVerifier::report(std::string field, Problem problem) {
    problem.field = std::move(field);
    found_(std::move(problem));
}

void LogVerifier::leaf(const StoredLeaf& leaf, KnownNodes known) {
    if (leaf.position != edge_.size() && whole_) {
        whole_ = false;
        report("log_leaf/" + number_text(edge_.size()),
            Problem{"", "log.leaf_gap", "Record {position} of the log is missing.", {{"position", number_text(edge_.size())}}});
    }
    if (!leaf.readable) {
        report(where(leaf), Problem{"", "log.leaf_unreadable", "Record {position} of the log cannot be read.", {{"position", number_text(leaf.position)}}});
        made_.clear();
        edge_.append(!known.empty() && known[0] ? *known[0] : Hash32{}, made_);
        return;
    }
    if (leaf.content && digest_of(settings_.digest, *leaf.content) != leaf.leaf.digest)
        report(record_of_leaf(leaf),
            Problem{"", "log.content_changed", "{kind} {subject} was changed: it is not what record {position} of the log says of it.", facts_of(leaf)});
    Hash32 hash = leaf_hash(settings_.digest, leaf_text(leaf.leaf));
    if (!known.empty() && known[0] && *known[0] != hash) {
        report(where(leaf),
            Problem{"", "log.leaf_changed", "Record {position} of the log ({kind} {subject}) was changed: the tree was made of another one.", facts_of(leaf)});
        hash = *known[0]; // so that the rest of the tree is still compared
    }
    made_.clear();
    const std::uint64_t first = node_count(edge_.size());
    edge_.append(hash, made_);
    for (std::size_t i = 1; i < made_.size() && i < known.size(); ++i)
        if (known[i] && *known[i] != made_[i])
            report("log_nodes/" + number_text((first + i) / nodes_per_row),
                Problem{"", "log.node_changed", "Node {number} of the log's tree was changed: its records make another one.",
                    {{"number", number_text(first + i)}}});
}

void LogVerifier::content_missing(const StoredLeaf& leaf) {
    report(record_of_leaf(leaf), Problem{"", "log.content_missing", "{kind} {subject} is gone; record {position} of the log tells of it.", facts_of(leaf)});
}

void LogVerifier::head(const StoredHead& head) {
    const std::string place = "log_head/" + std::to_string(head.number);
    const std::vector<Parameter> number{{"number", std::to_string(head.number)}};
    if (head.number != heads_) report(place, Problem{"", "log.head_gap", "Head {number} of the log is missing.", {{"number", std::to_string(heads_)}}});
    heads_ = head.number + 1;

    const auto note = parse_note(head.note);
    const auto read = note ? parse_tree_head(note.value().text) : Result<TreeHead>(note.error());
    if (!read) {
        report(place, Problem{"", "log.head_unreadable", "Head {number} of the log cannot be read.", number});
        previous_text_.clear();
        return;
    }
    const TreeHead& stated = read.value();
    check_signers(head, note.value());
    // The first head names the hash of nothing as the one before it.
    const TreeHead expected = next_head(settings_.digest, previous_text_, settings_.origin, stated.size, stated.root);
    if (stated.origin != settings_.origin || stated.extensions != expected.extensions)
        report(place, Problem{"", "log.head_chain", "Head {number} of the log does not follow the one before it.", number});
    previous_text_ = note.value().text;

    if (stated.size != head.size || stated.size < size_signed_ || (stated.size == size_signed_ && head.number > 0))
        report(place, Problem{"", "log.head_size", "Head {number} of the log is of another size than it is stored under.", number});
    if (stated.size > edge_.size())
        report(place, Problem{"", "log.head_ahead", "Head {number} of the log is of {size} records, but there are only {count}: the last ones were removed.",
                          {{"number", std::to_string(head.number)}, {"size", number_text(stated.size)}, {"count", number_text(edge_.size())}}});
    else if (stated.size == edge_.size() && whole_ && stated.root != edge_.root()) {
        whole_ = false; // every later root is wrong with this one
        report(place, Problem{"", "log.root_wrong", "Head {number} of the log does not hold: one of the records {from} to {to} was changed, added or removed.",
                          {{"number", std::to_string(head.number)}, {"from", number_text(size_signed_)}, {"to", number_text(stated.size - 1)}}});
    }
    size_signed_ = std::max(size_signed_, stated.size);
}

void LogVerifier::check_signers(const StoredHead& head, const Note& note) {
    const std::string place = "log_head/" + std::to_string(head.number);
    const NoteKey* key = nullptr;
    for (std::size_t i = 0; i < keys_.size(); ++i)
        if (settings_.keys[i].since_head <= head.number) key = &keys_[i];
    const auto signers = key ? check_signatures(note, sha256, {key, 1}, verify_signature) : Result<std::vector<Signer>>(Error{});
    if (!signers)
        report(
            place, Problem{"", "log.head_signature", "Head {number} of the log is not signed with the log's key.", {{"number", std::to_string(head.number)}}});
    if (note.signatures.size() < 2 || witnesses_.empty()) return;
    Note others{note.text, {}};
    for (const NoteSignature& signature : note.signatures)
        if (!key || signature.name != key->name)
            for (const NoteKey& witness : witnesses_)
                if (witness.name == signature.name && key_id(sha256, witness) == signature.key_id) others.signatures.push_back(signature);
    if (others.signatures.empty()) return;
    const auto witnessed = check_signatures(others, sha256, witnesses_, verify_signature);
    if (witnessed) cosignatures_ += static_cast<std::int64_t>(witnessed.value().size());
    else
        report(place,
            Problem{"", "log.cosignature_wrong", "A witness's signature under head {number} of the log is wrong.", {{"number", std::to_string(head.number)}}});
}

} // namespace greenbank::parties
