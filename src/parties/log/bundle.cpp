// bundle.cpp — lines out and in.
#include "parties/log/bundle.h"

#include <algorithm>

#include "kernel/text.h"
#include "parties/log/bundle_leaf.h"
#include "parties/log/check_aside.h"
#include "json/json.h"

namespace greenbank::parties {

struct BundleKey {
    std::string key;
    std::int64_t since_head = 0;
};
Record describe(const BundleKey*) {
    return {"bundle_key", "A key of the log.",
        {field<&BundleKey::key>("key", "As signed notes write keys."),
            field<&BundleKey::since_head>("since_head", "The first head that it signs.", {.min = 0})}};
}

/// Every kind of line in one; which it is follows from the first of its fields.
struct BundleLine {
    std::optional<std::int64_t> greenbank_log, leaf, head, size, leaves, heads;
    std::optional<std::string> origin, hash, kind, subject, digest, leaf_hash, content, note;
    std::optional<Time> at;
    std::vector<BundleKey> keys;
    std::vector<std::string> witnesses;
    std::optional<bool> end;
};
Record describe(const BundleLine*) {
    return {"bundle_line", "A line of a bundle of the transparency log.",
        {
            field<&BundleLine::greenbank_log>("greenbank_log", "Head line: the format's edition.", {.min = 1, .max = 1}),
            field<&BundleLine::origin>("origin", "Head line: the log's name."),
            field<&BundleLine::hash>("hash", "Head line: sha256 or sm3."),
            field<&BundleLine::keys>("keys", "Head line: the log's keys, oldest first.", {.max = 1000, .defaulted = true}),
            field<&BundleLine::witnesses>("witnesses", "Head line: keys of the witnesses.", {.max = 1000, .defaulted = true}),
            field<&BundleLine::leaf>("leaf", "Record: its place, from 0.", {.min = 0}),
            field<&BundleLine::kind>("kind", "Record: what it tells of."),
            field<&BundleLine::subject>("subject", "Record: the id of what it tells of."),
            field<&BundleLine::digest>("digest", "Record: hash of the content, in hex."),
            field<&BundleLine::leaf_hash>("leaf_hash", "Record: hash of the record, in hex."),
            field<&BundleLine::content>("content", "Record: the content."),
            field<&BundleLine::head>("head", "Head: its number, from 0.", {.min = 0}),
            field<&BundleLine::size>("size", "Head: how many records it is of.", {.min = 0}),
            field<&BundleLine::note>("note", "Head: the signed note."),
            field<&BundleLine::at>("at", "Record or head: when."),
            field<&BundleLine::end>("end", "Last line."),
            field<&BundleLine::leaves>("leaves", "Last line: how many records.", {.min = 0}),
            field<&BundleLine::heads>("heads", "Last line: how many heads.", {.min = 0}),
        }};
}

namespace {

constexpr std::size_t page = 2'000;
constexpr std::size_t write_at_once = 256 * 1024;

std::string header_line(const LogIdentity& identity, const std::vector<LogKey>& keys, const std::vector<std::string>& witnesses) {
    JsonWriter json;
    json.begin_object().member("greenbank_log", std::int64_t{1}).member("origin", identity.origin).member("hash", identity.hash).key("keys").begin_list();
    for (const LogKey& key : keys) json.begin_object().member("key", key.key).member("since_head", key.since_head).end_object();
    json.end_list().key("witnesses").begin_list();
    for (const std::string& witness : witnesses) json.text(witness);
    json.end_list().end_object();
    return json.take() + "\n";
}

std::string leaf_line(const StoredLeaf& leaf, Digest digest, bool content) {
    JsonWriter json;
    json.begin_object()
        .member("leaf", static_cast<std::int64_t>(leaf.position))
        .member("kind", leaf.leaf.kind)
        .member("subject", leaf.leaf.subject)
        .member("at", to_text(leaf.leaf.at))
        .member("digest", to_hex(bytes_of(leaf.leaf.digest)));
    if (leaf.readable) json.member("leaf_hash", to_hex(bytes_of(leaf_hash(digest, leaf_text(leaf.leaf)))));
    if (content && leaf.content) json.member("content", *leaf.content);
    json.end_object();
    return json.take() + "\n";
}

std::string head_line(const StoredHead& head) {
    JsonWriter json;
    json.begin_object()
        .member("head", head.number)
        .member("size", static_cast<std::int64_t>(head.size))
        .member("at", to_text(head.at))
        .member("note", head.note)
        .end_object();
    return json.take() + "\n";
}

/// Lines of a stream, each within its limit.
class Lines {
public:
    explicit Lines(const ReadBytes& read) : read_(read) {}

    /// Nothing at the end. The view holds until the next call.
    Result<std::optional<std::string_view>> next() {
        std::size_t searched = taken_;
        for (;;) {
            const std::size_t end = held_.find('\n', searched);
            if (end != std::string::npos || (ended_ && taken_ < held_.size())) {
                const std::size_t first = taken_, length = (end == std::string::npos ? held_.size() : end) - first;
                taken_ = std::min(first + length + 1, held_.size());
                ++number_;
                return std::optional(std::string_view(held_).substr(first, length));
            }
            if (ended_) return std::optional<std::string_view>{};
            held_.erase(0, std::exchange(taken_, 0));
            searched = held_.size();
            if (searched > bundle_line_bytes_max)
                return Error{
                    Failure::too_large, "log.bundle_line_long", "Line {line} is longer than any line of a bundle.", {{"line", std::to_string(number_ + 1)}}};
            held_.resize(searched + chunk);
            const std::size_t got = TRY(read_(std::span(held_).subspan(searched)));
            held_.resize(searched + got);
            ended_ = got == 0;
        }
    }
    std::size_t number() const { return number_; }

private:
    static constexpr std::size_t chunk = 128 * 1024;
    const ReadBytes& read_;
    std::string held_;
    std::size_t taken_ = 0, number_ = 0;
    bool ended_ = false;
};

Error bad_line(std::size_t line, const std::string& reason) {
    return {
        Failure::malformed, "log.bundle_line", "Line {line} is not what a bundle has there: {reason}", {{"line", std::to_string(line)}, {"reason", reason}}};
}

Result<BundleLine> parse_line(std::string_view text, std::size_t number) {
    auto line = from_json<BundleLine>(text);
    if (line) return line;
    const Error& error = line.error();
    if (error.problems.empty()) return bad_line(number, fill_in(error.message, error.parameters));
    const Problem& first = error.problems.front();
    return bad_line(number, first.field + ": " + fill_in(first.message, first.parameters));
}

StoredLeaf leaf_from(const BundleLine& line) {
    StoredLeaf leaf{.position = static_cast<std::uint64_t>(*line.leaf),
        .leaf = {line.kind.value_or(""), line.subject.value_or(""), line.at.value_or(Time{}), {}},
        .content = line.content};
    const auto digest = hash_from_hex(line.digest.value_or(""));
    leaf.readable = digest && line.at && is_leaf_kind(leaf.leaf.kind) && is_leaf_subject(leaf.leaf.subject);
    if (digest) leaf.leaf.digest = *digest;
    return leaf;
}

Result<LogVerifierSettings> settings_from(const BundleLine& header) {
    if (!header.greenbank_log || !header.origin) return bad_line(1, "the first line of a bundle begins with greenbank_log");
    LogVerifierSettings settings{*header.origin, digest_named(header.hash.value_or("")), {}, header.witnesses};
    if (!settings.digest) return bad_line(1, "its hash is neither sha256 nor sm3");
    for (const BundleKey& each : header.keys) settings.keys.push_back({each.key, each.since_head, {}});
    return settings;
}

} // namespace

Result<LogSummary> export_log(
    Transaction& transaction, const BundleOptions& options, const WriteBytes& write, const std::function<void(std::int64_t, std::int64_t)>& progress) {
    const auto identity = TRY(read_log_identity(transaction));
    const Digest digest = identity ? digest_named(identity->hash) : nullptr;
    if (!digest) return Error{Failure::not_found, "log.none", "There is no transparency log here yet; start the server once."};
    const auto keys = TRY(read_log_keys(transaction));
    LogSummary summary{.records = TRY(leaf_count(transaction)), .origin = identity->origin, .key = keys.empty() ? "" : keys.back().key};
    std::string out = header_line(*identity, keys, TRY(read_witness_keys(transaction)));
    std::vector<StoredHead> heads = TRY(read_cosigned_heads(transaction, 0, page));
    std::size_t at = 0;
    const auto write_heads = [&](std::uint64_t size) -> Result<Done> {
        while (at < heads.size() && heads[at].size <= size) {
            out += head_line(heads[at]);
            ++summary.heads;
            summary.signed_records = heads[at].size;
            if (++at < heads.size()) continue;
            const std::int64_t from = heads.back().number + 1;
            heads = TRY(read_cosigned_heads(transaction, from, page));
            at = 0;
        }
        return Done{};
    };
    std::int64_t leaves = 0;
    for (std::uint64_t position = 0;;) {
        const LeavesWithContents read = TRY(read_leaves_with_contents(transaction, position, page));
        if (read.leaves.empty()) break;
        for (const StoredLeaf& leaf : read.leaves) {
            out += leaf_line(leaf, digest, options.contents);
            ++leaves;
            TRY(write_heads(leaf.position + 1));
            if (out.size() < write_at_once) continue;
            TRY(write(out));
            out.clear();
        }
        position = read.leaves.back().position + 1;
        progress(static_cast<std::int64_t>(position), static_cast<std::int64_t>(summary.records));
    }
    TRY(write_heads(UINT64_MAX));
    JsonWriter end;
    end.begin_object().member("end", true).member("leaves", leaves).member("heads", summary.heads).end_object();
    TRY(write(out + end.take() + "\n"));
    return summary;
}

Result<LogSummary> verify_bundle(const ReadBytes& read, std::string_view key, CheckRun& run) {
    Lines lines(read);
    const auto first = TRY(lines.next());
    if (!first) return bad_line(1, "the file is empty");
    LogVerifierSettings settings = TRY(settings_from(TRY(parse_line(*first, 1))));
    LogSummary summary{.origin = settings.origin, .key = settings.keys.empty() ? "" : settings.keys.back().key};
    // The newest key signs the last head, and that one vouches for all before it.
    if (!key.empty() && key != summary.key)
        run.found({"log_key", "log.key_other", "The log is signed with another key than the one given: {key}.", {{"key", summary.key}}});
    LogVerifier verifier(std::move(settings), run.found);
    LogCheckAside aside(verifier);
    LogStretch stretch;
    std::int64_t leaves = 0, heads = 0;
    bool ended = false, counts_agree = true;
    const auto take_line = [&](std::string_view text) -> Result<Done> {
        if (ended) return bad_line(lines.number(), "the bundle has ended before it");
        if (auto plain = read_plain_leaf(text)) {
            stretch.leaf(std::move(plain->leaf), false, {&plain->hash, 1});
            ++leaves;
            return Done{};
        }
        const BundleLine line = TRY(parse_line(text, lines.number()));
        if (line.leaf) {
            StoredLeaf leaf = leaf_from(line);
            const std::optional<Hash32> known[] = {hash_from_hex(line.leaf_hash.value_or(""))};
            if (!known[0] && leaf.readable) return bad_line(lines.number(), "leaf_hash must be 64 hex digits");
            stretch.leaf(std::move(leaf), false, known);
            ++leaves;
        } else if (line.head) {
            stretch.head({*line.head, static_cast<std::uint64_t>(line.size.value_or(0)), line.at.value_or(Time{}), line.note.value_or("")});
            ++heads;
        } else if (line.end) {
            ended = true;
            counts_agree = line.leaves == leaves && line.heads == heads;
        } else return bad_line(lines.number(), "it is no record, no head and no end");
        return Done{};
    };
    const auto take_all = [&]() -> Result<Done> {
        for (;;) {
            const auto text = TRY(lines.next());
            if (!text) return Done{};
            TRY(take_line(*text));
            if (!stretch.full()) continue;
            aside.check(std::exchange(stretch, {}));
            run.progress(leaves, 0);
        }
    };
    const Result<Done> taken = take_all();
    aside.finish(stretch); // what was found before a line that is none is told all the same
    if (!taken) return taken.error();
    if (!counts_agree)
        run.found({"end", "log.bundle_short", "The bundle has other numbers of records and heads than its last line says: a part was removed or added."});
    if (!ended) run.found({"end", "log.bundle_cut", "The bundle is cut off: its last line is missing."});
    summary.records = static_cast<std::uint64_t>(leaves);
    summary.signed_records = verifier.size_signed();
    summary.heads = verifier.heads();
    summary.cosignatures = verifier.cosignatures();
    return summary;
}

} // namespace greenbank::parties
