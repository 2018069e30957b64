// endpoints.cpp — the log over HTTP: open to everybody, since only hashes are shown; what a record says needs the right to read it.
#include "kernel/text.h"
#include "parties/engine/tree_head.h"
#include "parties/log/database_check.h"
#include "parties/log/views.h"
#include "parties/secrets.h"

namespace greenbank::parties {

struct LogHeadQuery {
    std::optional<std::int64_t> size;
};
Record describe(const LogHeadQuery*) {
    return {"log_head_query", "Which head.",
        {field<&LogHeadQuery::size>("size", "The first one of at least this many records; left out: the newest.", {.min = 0})}};
}

struct LogRange {
    std::int64_t from = 0, limit = 100;
    std::optional<std::string> subject;
};
Record describe(const LogRange*) {
    return {"log_range", "Which part of the log.",
        {field<&LogRange::from>("from", "The first place or number.", {.min = 0, .defaulted = true}),
            field<&LogRange::limit>("limit", "How many at most.", {.min = 1, .max = 1000, .defaulted = true}),
            field<&LogRange::subject>("subject", "Only records of this id.", {.max = leaf_subject_bytes_max})}};
}

struct LogProofQuery {
    std::optional<std::string> code, subject;
    std::optional<std::int64_t> position, size;
};
Record describe(const LogProofQuery*) {
    return {"log_proof_query", "Of which record: one of code, subject and position.",
        {field<&LogProofQuery::code>("code", "The code on the document.", {.max = 60}),
            field<&LogProofQuery::subject>("subject", "The id that it tells of; of several records the newest.", {.max = leaf_subject_bytes_max}),
            field<&LogProofQuery::position>("position", "Its place in the log.", {.min = 0}),
            field<&LogProofQuery::size>("size", "In the first head of at least this many records; left out: the newest.", {.min = 1})}};
}

struct LogSizes {
    std::int64_t from = 0;
    std::optional<std::int64_t> to;
};
Record describe(const LogSizes*) {
    return {"log_sizes", "Between which sizes.",
        {field<&LogSizes::from>("from", "The smaller size.", {.min = 1}),
            field<&LogSizes::to>("to", "The larger size; left out: the newest head's.", {.min = 1})}};
}

struct WitnessDraft {
    std::string key;
};
Record describe(const WitnessDraft*) {
    return {
        "log_witness_draft", "A witness to know.", {field<&WitnessDraft::key>("key", "Public key, as it hands it out: name+id+key.", {.min = 10, .max = 300})}};
}
struct WitnessKey {
    Id<LogWitness> id;
};
Record describe(const WitnessKey*) { return {"log_witness_key", "Names a witness.", {field<&WitnessKey::id>("id", "Its id.")}}; }

struct Cosigned {
    std::string note;
};
Record describe(const Cosigned*) {
    return {"log_cosigned", "A head that witnesses have signed.",
        {field<&Cosigned::note>("note", "One of the log's signed notes with the witness's signature line added.", {.min = 1, .max = note_bytes_max})}};
}

namespace {

constexpr Right manage_log{"bank.log"};
constexpr Right read_audit{"audit.read"};
constexpr Right read_all_audit{"bank.audit"};
constexpr std::size_t versions_shown = 20;

std::string hex(const Hash32& hash) { return to_hex(bytes_of(hash)); }

std::vector<std::string> hex(const Proof& proof) {
    std::vector<std::string> texts;
    for (const Hash32& hash : proof) texts.push_back(hex(hash));
    return texts;
}

std::vector<NoteKey> witness_keys(const std::vector<std::string>& texts) {
    std::vector<NoteKey> keys;
    for (const std::string& text : texts)
        if (auto key = parse_note_key(sha256, text)) keys.push_back(std::move(key).value());
    return keys;
}

/// The head with the cosignatures that it has by now.
Result<LogHeadView> view_of(Transaction& transaction, const StoredHead& stored) {
    const std::vector<StoredHead> cosigned = TRY(read_cosigned_heads(transaction, stored.number, 1));
    LogHeadView view{.number = stored.number, .size = static_cast<std::int64_t>(stored.size), .at = stored.at, .note = cosigned.at(0).note};
    const Note note = TRY(parse_note(view.note));
    view.root = hex(TRY(parse_tree_head(note.text)).root);
    const auto keys = witness_keys(TRY(read_witness_keys(transaction)));
    for (const NoteSignature& signature : note.signatures)
        for (const NoteKey& key : keys)
            if (key.name == signature.name && key_id(sha256, key) == signature.key_id) view.witnesses.push_back(key.name);
    return view;
}

LogRecordView record_view(const TransparencyLog& log, const StoredLeaf& leaf) {
    const Hash32 hash = leaf.readable ? leaf_hash(log.digest(), leaf_text(leaf.leaf)) : Hash32{};
    return {static_cast<std::int64_t>(leaf.position), leaf_code(leaf.position, hash), leaf.leaf.kind, leaf.leaf.subject, leaf.leaf.at, hex(leaf.leaf.digest),
        hex(hash)};
}

Result<LogView> log_show(Transaction& transaction, const Caller&) {
    const auto identity = TRY(read_log_identity(transaction));
    if (!identity) return Error{Failure::not_found, "log.none", "There is no transparency log here yet; start the server once."};
    LogView view{.origin = identity->origin, .hash = identity->hash, .begun_at = identity->begun_at};
    view.records = static_cast<std::int64_t>(TRY(leaf_count(transaction)));
    for (const LogKey& key : TRY(read_log_keys(transaction))) {
        if (!view.key.empty()) view.earlier_keys.push_back(view.key);
        view.key = key.key;
    }
    if (const auto head = TRY(latest_head(transaction))) view.head = TRY(view_of(transaction, *head));
    return view;
}

Error no_such_head(std::int64_t size) {
    return {Failure::not_found, "log.no_head", "No head of the log has {size} records yet.", {{"size", std::to_string(size)}}};
}

Result<LogHeadView> log_head_get(Transaction& transaction, const Caller&, const LogHeadQuery& query) {
    const auto head = query.size ? TRY(head_of_size(transaction, static_cast<std::uint64_t>(*query.size))) : TRY(latest_head(transaction));
    if (!head) return no_such_head(query.size.value_or(1));
    return view_of(transaction, *head);
}

Result<Page<LogHeadView>> log_head_list(Transaction& transaction, const Caller&, const LogRange& range) {
    Page<LogHeadView> page;
    for (const StoredHead& head : TRY(read_heads(transaction, range.from, static_cast<std::size_t>(range.limit))))
        page.items.push_back(TRY(view_of(transaction, head)));
    const auto newest = TRY(latest_head(transaction));
    page.total = newest ? newest->number + 1 : 0;
    if (!page.items.empty() && page.items.back().number + 1 < page.total) page.next = std::to_string(page.items.back().number + 1);
    return page;
}

Result<Page<LogRecordView>> log_record_list(const TransparencyLog& log, Transaction& transaction, const LogRange& range) {
    Page<LogRecordView> page;
    const auto limit = static_cast<std::size_t>(range.limit);
    const auto leaves = range.subject ? TRY(leaves_of_subject(transaction, *range.subject, static_cast<std::uint64_t>(range.from), limit))
                                      : TRY(read_leaves(transaction, static_cast<std::uint64_t>(range.from), limit));
    for (const StoredLeaf& leaf : leaves) page.items.push_back(record_view(log, leaf));
    page.total = static_cast<std::int64_t>(TRY(leaf_count(transaction)));
    if (leaves.size() == limit && page.items.back().position + 1 < page.total) page.next = std::to_string(page.items.back().position + 1);
    return page;
}

Result<StoredLeaf> find_leaf(const TransparencyLog& log, Transaction& transaction, const LogProofQuery& query) {
    if (query.code.has_value() + query.subject.has_value() + query.position.has_value() != 1)
        return Error{Failure::invalid, "log.one_of", "Name the record by one of code, subject and position."};
    const Error unknown{Failure::not_found, "log.no_such_record", "The log has no such record; compare the code with the one on the document."};
    std::optional<StoredLeaf> leaf;
    if (query.code) {
        const auto code = parse_leaf_code(trim(*query.code));
        if (!code) return unknown;
        leaf = TRY(read_leaf(transaction, code->position));
        if (leaf && (!leaf->readable || !hex(leaf_hash(log.digest(), leaf_text(leaf->leaf))).starts_with(code->beginning))) return unknown;
    } else if (query.position) {
        leaf = TRY(read_leaf(transaction, static_cast<std::uint64_t>(*query.position)));
    } else {
        leaf = TRY(newest_leaf_of_subject(transaction, *query.subject));
    }
    if (!leaf) return unknown;
    if (!leaf->readable)
        return Error{Failure::internal, "log.leaf_missing", "Record {position} of the log is missing or not readable; run `greenbank verify`.",
            {{"position", std::to_string(leaf->position)}}};
    return std::move(*leaf);
}

/// What a record says, if the caller may read it.
Result<std::optional<std::string>> content_for(Transaction& transaction, const Caller& caller, const StoredLeaf& leaf) {
    if (leaf.leaf.kind != "audit") return leaf.content;
    if (!caller.actor.may(read_audit) && !caller.actor.may(read_all_audit)) return std::optional<std::string>{};
    const auto entry = TRY(transaction.find_one<AuditEntry>("id = $1", {leaf.leaf.subject}));
    if (!entry || !(caller.actor.may(read_all_audit) || entry->organisation == caller.actor.organisation)) return std::optional<std::string>{};
    return std::optional(audit_content(*entry));
}

Result<LogProofView> log_proof(const TransparencyLog& log, Transaction& transaction, const Caller& caller, const LogProofQuery& query) {
    const StoredLeaf leaf = TRY(find_leaf(log, transaction, query));
    LogProofView view{.position = static_cast<std::int64_t>(leaf.position),
        .kind = leaf.leaf.kind,
        .subject = leaf.leaf.subject,
        .at = leaf.leaf.at,
        .digest = hex(leaf.leaf.digest),
        .leaf = leaf_text(leaf.leaf)};
    const Hash32 hash = leaf_hash(log.digest(), view.leaf);
    view.code = leaf_code(leaf.position, hash);
    view.leaf_hash = hex(hash);
    view.content = TRY(content_for(transaction, caller, leaf));
    const auto head =
        query.size ? TRY(head_of_size(transaction, std::max(static_cast<std::uint64_t>(*query.size), leaf.position + 1))) : TRY(latest_head(transaction));
    if (query.size && !head) return no_such_head(*query.size);
    if (head && head->size > leaf.position) {
        view.head = TRY(view_of(transaction, *head));
        view.proof = hex(TRY(inclusion_proof(log.digest(), nodes_in(transaction), leaf.position, head->size)));
    }
    for (const StoredLeaf& other : TRY(newest_leaves_of_subject(transaction, leaf.leaf.subject, versions_shown)))
        if (other.position != leaf.position) view.versions.push_back(record_view(log, other));
    return view;
}

Result<std::string> root_at(Transaction& transaction, Digest digest, std::uint64_t size) {
    const std::vector<std::uint64_t> numbers = nodes_of(0, size);
    std::vector<Hash32> peaks(numbers.size());
    TRY(nodes_in(transaction)(numbers, peaks));
    return hex(MerkleEdge(digest, size, std::move(peaks)).root());
}

Result<LogConsistencyView> log_consistency(const TransparencyLog& log, Transaction& transaction, const LogSizes& sizes) {
    const auto newest = TRY(latest_head(transaction));
    const std::int64_t signed_size = newest ? static_cast<std::int64_t>(newest->size) : 0, to = sizes.to.value_or(signed_size);
    if (to > signed_size) return no_such_head(to);
    LogConsistencyView view{.from = sizes.from, .to = to};
    const auto from_size = static_cast<std::uint64_t>(sizes.from), to_size = static_cast<std::uint64_t>(to);
    view.proof = hex(TRY(consistency_proof(log.digest(), nodes_in(transaction), from_size, to_size)));
    view.from_root = TRY(root_at(transaction, log.digest(), from_size));
    view.to_root = TRY(root_at(transaction, log.digest(), to_size));
    return view;
}

Result<Page<LogWitness>> log_witness_list(Transaction& transaction, const Caller& caller, const ListOf<LogWitness>& list) {
    return list_page<LogWitness>(transaction, caller, list);
}

Result<Reply<LogWitness>> log_witness_create(Transaction& transaction, const Caller& caller, const WitnessDraft& draft) {
    const NoteKey key = TRY(parse_note_key(sha256, draft.key));
    if (key.type != SignatureType::cosignature)
        return Error{Failure::invalid, "log.not_a_witness", "This is the key of a log, not of a witness; a witness's key cosigns."};
    if (TRY(transaction.find_one<LogWitness>("key = $1 OR name = $2", {draft.key, key.name})))
        return Error{Failure::conflict, "log.witness_known", "A witness of this name or key is known already."};
    LogWitness witness{.id = caller.new_id<LogWitness>(), .name = key.name, .key = draft.key, .created_at = caller.now};
    TRY(transaction.insert(witness));
    return Reply<LogWitness>{.body = std::move(witness), .status = 201};
}

Result<Done> log_witness_remove(Transaction& transaction, const Caller&, const WitnessKey& key) {
    TRY(transaction.get(key.id));
    return transaction.erase(key.id);
}

/// A witness's signature under one of our heads. Whoever brings it, it is the signature that counts.
Result<LogHeadView> log_cosign(Transaction& transaction, const Caller& caller, const Cosigned& cosigned) {
    const Note note = TRY(parse_note(cosigned.note));
    const TreeHead stated = TRY(parse_tree_head(note.text));
    const auto head = TRY(head_of_size(transaction, stated.size));
    if (!head || TRY(parse_note(head->note)).text != note.text)
        return Error{Failure::conflict, "log.not_our_head", "This is not a head that this log has signed."};
    std::int64_t known = 0, added = 0;
    for (const LogWitness& witness : TRY(transaction.find<LogWitness>(""))) {
        const NoteKey key = TRY(parse_note_key(sha256, witness.key));
        Note only{note.text, {}};
        for (const NoteSignature& signature : note.signatures)
            if (signature.name == key.name && signature.key_id == key_id(sha256, key)) only.signatures.push_back(signature);
        if (only.signatures.empty()) continue;
        only.signatures.resize(1);
        TRY(check_signatures(only, sha256, {&key, 1}, verify_signature));
        ++known;
        const std::string line = to_text(only).substr(note.text.size() + 1);
        added += TRY(transaction.execute("INSERT INTO log_cosignature (head, witness, at, line) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            {head->number, key.name, caller.now.microseconds, line}));
    }
    if (known == 0) return Error{Failure::invalid, "log.no_witness", "No witness that this bank knows has signed this head."};
    if (added == 0) return Error{Failure::conflict, "log.cosigned_already", "These witnesses have signed this head already."};
    return view_of(transaction, *head);
}

} // namespace

std::vector<Endpoint> log_endpoints(const Access& access) {
    const TransparencyLog& log = access.transparency();
    return {
        // clang-format off
        {"log_show", Method::get, "/log", "The transparency log: its name, public key and newest signed head.", Mode::read, open_to_all, call(log_show)},
        {"log_head_get", Method::get, "/log/head", "A signed head of the log, the newest or at a size.", Mode::read, open_to_all, call(log_head_get)},
        {"log_head_list", Method::get, "/log/heads", "Signed heads in order.", Mode::read, open_to_all, call(log_head_list)},
        {"log_record_list", Method::get, "/log/records", "Records of the log in order, without what they say.", Mode::read, open_to_all,
         call([&log](Transaction& transaction, const Caller&, const LogRange& range) { return log_record_list(log, transaction, range); })},
        {"log_proof_get", Method::get, "/log/proof", "One record with the proof that the log holds it, by code, subject or place.", Mode::read, open_to_all,
         call(log, log_proof)},
        {"log_consistency_get", Method::get, "/log/consistency", "Proof that a smaller log is the beginning of a larger one.", Mode::read, open_to_all,
         call([&log](Transaction& transaction, const Caller&, const LogSizes& sizes) { return log_consistency(log, transaction, sizes); })},
        {"log_cosign", Method::post, "/log/cosignatures", "Add a witness's signature to a head.", Mode::write, open_to_all, call(log_cosign)},
        {"log_witness_list", Method::get, "/log/witnesses", "Witnesses that this bank knows.", Mode::read, open_to_all, call(log_witness_list)},
        {"log_witness_create", Method::post, "/log/witnesses", "Make a witness known by its public key.", Mode::write, manage_log, call(log_witness_create)},
        {"log_witness_remove", Method::remove, "/log/witnesses/{id}", "Forget a witness.", Mode::write, manage_log, call(log_witness_remove)},
        // clang-format on
    };
}

} // namespace greenbank::parties
