// transparency_log.h — the log nobody can quietly change: a leaf in the transaction of what it tells, a signed head within a second.
// Leaves get their position where they are written; the tree's nodes and the head are made a moment later, for all of them at once, so that
// a write pays for one row more and nothing else.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "parties/log/log_tables.h"
#include "parties/records.h"
#include "store/store.h"

namespace greenbank::parties {

/// Where something stands in the log, and what it is called on paper: the end of the link /proof/<code>.
struct LogPlace {
    std::uint64_t position = 0;
    std::string code;
};

/// What an audit entry says, the same bytes whenever they are made from the stored row: JSON without blanks, members in the order of their names.
std::string audit_content(const AuditEntry& entry);

class TransparencyLog {
public:
    /// Begins the log in a database that has none (with `hash`, and a key's `seed` of 32 bytes), and takes up what was there before.
    /// Signs from then on if `seed` is of the log's key; an empty seed, or another's, only appends.
    Result<Done> open(Store& store, const std::string& seed, std::string_view hash, Time now, SignatureType type = SignatureType::ed25519);
    bool can_sign() const { return !seed_.empty(); }
    Digest digest() const { return digest_; }
    const std::string& origin() const { return origin_; }

    /// An audit entry, in the transaction that writes it: what every write pays for.
    Result<Done> append_audit(Transaction& transaction, const AuditEntry& entry) const;

    /// Appends what some record or publication says, in the transaction that writes it. `kind` is a lower-case word of the caller's
    /// ("document", "ledger_round"), `subject` an id, `content` bytes that can be made again from what is stored, or `keep` them here.
    /// Kept content is public with its proof. What fails undoes the transaction, as any statement does.
    Result<LogPlace> append(
        Transaction& transaction, std::string_view kind, std::string_view subject, Time at, std::string_view content, bool keep = false) const;
    /// The same, unless the newest leaf of that kind and subject already says this: then its place. For documents that are made on demand.
    Result<LogPlace> append_once(
        Transaction& transaction, std::string_view kind, std::string_view subject, Time at, std::string_view content, bool keep = false) const;

    /// The same in transactions of its own, for those who have none open: writes only what is new.
    Result<LogPlace> append_once(Store& store, std::string_view kind, std::string_view subject, Time at, std::string_view content, bool keep = false) const;

    /// Signs with a new key from the next head on, because the old one is lost or known to others; the log says so itself. Servers that have
    /// the old key stop signing.
    Result<Done> change_key(Store& store, const std::string& seed, Time now, SignatureType type = SignatureType::ed25519);

    /// Takes up to `leaves_max` new leaves into the tree and signs a head; how many there were. Needs can_sign().
    Result<std::uint64_t> sign_next(Transaction& transaction, Time now, std::size_t leaves_max) const;

    /// A text of another room, ended by a newline, as a note signed with the log's key: for who checks it without the log. No head of a log begins as it does.
    Result<std::string> sign_statement(std::string_view text) const;

private:
    Result<Done> fill(Store& store) const;
    Result<std::optional<LogPlace>> place_of(Transaction& transaction, std::string_view kind, std::string_view subject, std::string_view content) const;

    Digest digest_ = digest_named("sha256");
    std::string origin_, seed_;
    SignatureType type_ = SignatureType::ed25519;
};

/// Signs a head soon after each commit. One thread; several servers may each have one: the transaction decides who was first.
class LogKeeper {
public:
    LogKeeper(Store& store, const TransparencyLog& log, Time (*clock)());
    /// Signs what is left.
    ~LogKeeper();
    LogKeeper(const LogKeeper&) = delete;

private:
    void loop();
    Result<Done> keep();

    Store& store_;
    const TransparencyLog& log_;
    Time (*clock_)();
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace greenbank::parties
