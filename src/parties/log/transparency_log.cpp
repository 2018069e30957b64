// transparency_log.cpp — beginning, appending, signing.
#include "parties/log/transparency_log.h"

#include <chrono>

#include <fmt/format.h>

#include "kernel/log.h"
#include "parties/engine/tree_head.h"
#include "parties/secrets.h"
#include "json/json.h"

namespace greenbank::parties {

namespace {

constexpr std::size_t fill_at_once = 2'000;
constexpr std::size_t leaves_at_once = 20'000;
constexpr auto keeper_pause = std::chrono::milliseconds(300);

Leaf leaf_of(Digest digest, std::string_view kind, std::string_view subject, Time at, std::string_view content) {
    return {std::string(kind), std::string(subject), at, digest({&content, 1})};
}

/// The tree's right edge as it is stored.
Result<MerkleEdge> read_edge(Transaction& transaction, Digest digest, std::uint64_t size) {
    const std::vector<std::uint64_t> numbers = nodes_of(0, size);
    std::vector<Hash32> peaks(numbers.size());
    if (size > 0) TRY(nodes_in(transaction)(numbers, peaks));
    return MerkleEdge(digest, size, std::move(peaks));
}

} // namespace

std::string audit_content(const AuditEntry& entry) {
    JsonWriter json;
    json.begin_object().member("address", entry.address).member("agent", entry.agent).member("at", to_text(entry.at)).key("changes").begin_list();
    for (const AuditChange& change : entry.changes)
        json.begin_object().member("after", change.after).member("before", change.before).member("id", change.id).member("record", change.record).end_object();
    json.end_list()
        .member("id", entry.id.text)
        .member("operation", entry.operation)
        .member("organisation", entry.organisation)
        .member("outcome", entry.outcome)
        .member("person", entry.person)
        .member("person_name", entry.person_name)
        .member("record", entry.record)
        .member("record_id", entry.record_id)
        .end_object();
    return json.take();
}

Result<Done> TransparencyLog::open(Store& store, const std::string& seed, std::string_view hash, Time now, SignatureType type) {
    if (!digest_named(hash)) return Error{Failure::invalid, "log.hash_unknown", "A log is made with sha256 or sm3, not {name}.", {{"name", std::string(hash)}}};
    const std::string database = TRY(store.identity());
    LogIdentity identity;
    bool ours = false;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        auto found = TRY(read_log_identity(transaction));
        if (!found && !seed.empty()) {
            found = LogIdentity{.origin = "greenbank/" + database, .hash = std::string(hash), .begun_at = now};
            TRY(insert_log_identity(transaction, *found));
            TRY(insert_log_key(transaction, {to_text(sha256, public_key_of(found->origin, type, seed)), 0, now}));
        }
        if (!found) return Error{Failure::unavailable, "log.no_key", "The log has not begun: its first server needs a key."};
        identity = *found;
        const auto keys = TRY(read_log_keys(transaction));
        ours = !seed.empty() && !keys.empty() && keys.back().key == to_text(sha256, public_key_of(identity.origin, type, seed));
        return Done{};
    }));
    digest_ = digest_named(identity.hash);
    if (!digest_) return Error{Failure::internal, "log.hash_unknown", "A log is made with sha256 or sm3, not {name}.", {{"name", identity.hash}}};
    origin_ = identity.origin;
    seed_ = ours ? seed : "";
    type_ = type;
    return identity.filled ? Done{} : fill(store);
}

/// Audit entries from before the log, in the order in which they were made, some at a time. A server that dies here goes on at its next start.
Result<Done> TransparencyLog::fill(Store& store) const {
    bool more = true;
    std::size_t taken = 0;
    Time after{INT64_MIN};
    std::string after_id;
    while (more) {
        std::size_t count = 0;
        AuditEntry last;
        TRY(store.write([&](Transaction& transaction) -> Result<Done> {
            const auto entries =
                TRY(transaction.find<AuditEntry>("at >= $1 AND (at > $1 OR id > $2) AND NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.subject = audit_entry.id "
                                                 "AND l.kind = 'audit') ORDER BY at, id LIMIT $3",
                    {after.microseconds, after_id, static_cast<std::int64_t>(fill_at_once)}));
            count = entries.size();
            last = entries.empty() ? AuditEntry{} : entries.back();
            more = count == fill_at_once;
            std::uint64_t position = TRY(leaf_count(transaction));
            std::vector<StoredLeaf> leaves;
            for (const AuditEntry& entry : entries) leaves.push_back({position++, leaf_of(digest_, "audit", entry.id.text, entry.at, audit_content(entry))});
            TRY(append_leaves(transaction, leaves));
            if (!more) TRY(set_log_filled(transaction));
            return Done{};
        }));
        taken += count;
        after = last.at;
        after_id = last.id.text;
    }
    if (taken > 0) log(Level::info, "log_filled", fmt::format("{} earlier audit entries are in the transparency log", taken));
    return Done{};
}

Result<Done> TransparencyLog::append_audit(Transaction& transaction, const AuditEntry& entry) const {
    return append_leaf(transaction, leaf_of(digest_, "audit", entry.id.text, entry.at, audit_content(entry)));
}

Result<LogPlace> TransparencyLog::append(
    Transaction& transaction, std::string_view kind, std::string_view subject, Time at, std::string_view content, bool keep) const {
    const Leaf leaf = leaf_of(digest_, kind, subject, at, content);
    const std::string text = leaf_text(leaf);
    const std::uint64_t position = TRY(append_placed_leaf(transaction, leaf, keep ? std::optional(std::string(content)) : std::nullopt));
    return LogPlace{position, leaf_code(position, leaf_hash(digest_, text))};
}

/// Where the newest leaf of that kind and subject stands, if it says just this.
Result<std::optional<LogPlace>> TransparencyLog::place_of(
    Transaction& transaction, std::string_view kind, std::string_view subject, std::string_view content) const {
    const auto last = TRY(newest_leaf(transaction, kind, subject));
    if (!last || !last->readable || last->leaf.digest != digest_({&content, 1})) return std::optional<LogPlace>{};
    return std::optional(LogPlace{last->position, leaf_code(last->position, leaf_hash(digest_, leaf_text(last->leaf)))});
}

Result<LogPlace> TransparencyLog::append_once(
    Transaction& transaction, std::string_view kind, std::string_view subject, Time at, std::string_view content, bool keep) const {
    if (const auto place = TRY(place_of(transaction, kind, subject, content))) return *place;
    return append(transaction, kind, subject, at, content, keep);
}

Result<LogPlace> TransparencyLog::append_once(
    Store& store, std::string_view kind, std::string_view subject, Time at, std::string_view content, bool keep) const {
    std::optional<LogPlace> place;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        place = TRY(place_of(transaction, kind, subject, content));
        return Done{};
    }));
    if (place) return *place;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        place = TRY(append_once(transaction, kind, subject, at, content, keep));
        return Done{};
    }));
    return *place;
}

Result<Done> TransparencyLog::change_key(Store& store, const std::string& seed, Time now, SignatureType type) {
    const std::string key = to_text(sha256, public_key_of(origin_, type, seed));
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        const auto last = TRY(latest_head(transaction));
        TRY(insert_log_key(transaction, {key, last ? last->number + 1 : 0, now}));
        JsonWriter content;
        content.begin_object().member("key", key).member("since_head", last ? last->number + 1 : 0).end_object();
        TRY(append(transaction, "log_key", origin_, now, content.take(), true));
        return Done{};
    }));
    seed_ = seed;
    type_ = type;
    return Done{};
}

Result<std::uint64_t> TransparencyLog::sign_next(Transaction& transaction, Time now, std::size_t leaves_max) const {
    require(can_sign(), "only a server with the log's key signs");
    const NoteKey public_key = public_key_of(origin_, type_, seed_);
    const auto keys = TRY(read_log_keys(transaction));
    if (keys.empty() || keys.back().key != to_text(sha256, public_key))
        return Error{Failure::conflict, "log.key_superseded", "The log has a new key; give this server the new key's file and start it again."};
    const auto last = TRY(latest_head(transaction));
    const std::uint64_t size = last ? last->size : 0;
    const std::vector<StoredLeaf> leaves = TRY(read_leaves(transaction, size, leaves_max));
    if (leaves.empty()) return std::uint64_t{0};

    MerkleEdge edge = TRY(read_edge(transaction, digest_, size));
    std::vector<Hash32> nodes;
    for (const StoredLeaf& leaf : leaves) {
        if (leaf.position != edge.size() || !leaf.readable)
            return Error{Failure::internal, "log.leaf_missing", "Record {position} of the log is missing or not readable; run `greenbank verify`.",
                {{"position", std::to_string(edge.size())}}};
        edge.append(leaf_hash(digest_, leaf_text(leaf.leaf)), nodes);
    }
    TRY(append_nodes(transaction, node_count(size), nodes));

    std::string previous;
    if (last) previous = TRY(parse_note(last->note)).text;
    Note note{note_text(next_head(digest_, previous, origin_, edge.size(), edge.root())), {}};
    sign(note, sha256, public_key, [this](std::string_view message) { return sign_with(type_, seed_, message); });
    TRY(insert_head(transaction, {last ? last->number + 1 : 0, edge.size(), now, to_text(note)}));
    return static_cast<std::uint64_t>(leaves.size());
}

Result<std::string> TransparencyLog::sign_statement(std::string_view text) const {
    if (!can_sign()) return Error{Failure::conflict, "log.cannot_sign", "This server does not have the log's key; ask one that signs."};
    require(text.ends_with('\n') && !text.starts_with(origin_ + "\n"), "a statement is not a head of the log");
    Note note{std::string(text), {}};
    sign(note, sha256, public_key_of(origin_, type_, seed_), [this](std::string_view message) { return sign_with(type_, seed_, message); });
    return to_text(note);
}

LogKeeper::LogKeeper(Store& store, const TransparencyLog& log, Time (*clock)()) : store_(store), log_(log), clock_(clock), thread_([this] { loop(); }) {}

LogKeeper::~LogKeeper() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void LogKeeper::loop() {
    std::string trouble; // said once, until it is another
    bool stopping = false;
    while (!stopping) {
        {
            std::unique_lock lock(mutex_);
            stopping = wake_.wait_for(lock, keeper_pause, [this] { return stopping_; });
        }
        auto kept = keep();
        const std::string now = kept ? "" : kept.error().code + ": " + fill_in(kept.error().message, kept.error().parameters);
        if (!now.empty() && now != trouble) log(Level::warning, "log_not_signed", now);
        trouble = now;
    }
}

Result<Done> LogKeeper::keep() {
    bool waiting = false;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        const auto head = TRY(latest_head(transaction));
        waiting = TRY(leaf_count(transaction)) > (head ? head->size : 0);
        return Done{};
    }));
    while (waiting) {
        std::uint64_t taken = 0;
        TRY(store_.write([&](Transaction& transaction) -> Result<Done> {
            taken = TRY(log_.sign_next(transaction, clock_(), leaves_at_once));
            return Done{};
        }));
        waiting = taken == leaves_at_once;
    }
    return Done{};
}

} // namespace greenbank::parties
