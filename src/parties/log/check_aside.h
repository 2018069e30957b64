// check_aside.h — a log is hashed on a second thread while its reader fetches what comes next.
#pragma once

#include <future>

#include "parties/log/verifier.h"

namespace greenbank::parties {

/// A stretch of a log as it was read: records, and heads after the records that they are of.
class LogStretch {
public:
    using KnownNodes = LogVerifier::KnownNodes;
    void leaf(StoredLeaf leaf, bool content_missing, KnownNodes known);
    void head(StoredHead head);
    /// Long enough to be checked: so the memory it takes is bounded, whatever is in it.
    bool full() const { return leaves_.size() + heads_.size() >= rows_max || bytes_ >= bytes_max; }
    void check(LogVerifier& verifier) const;

private:
    static constexpr std::size_t rows_max = 1'000, bytes_max = std::size_t{8} << 20;
    struct Read {
        StoredLeaf leaf;
        bool content_missing;
        std::size_t known_end; // in known_
    };
    struct HeadRead {
        std::size_t after; // of the leaves
        StoredHead head;
    };
    std::vector<Read> leaves_;
    std::vector<HeadRead> heads_;
    std::vector<std::optional<Hash32>> known_;
    std::size_t bytes_ = 0;
};

/// What is found is told in order, from the second thread until finish().
class LogCheckAside {
public:
    explicit LogCheckAside(LogVerifier& verifier) : verifier_(verifier) {}
    ~LogCheckAside() { wait(); }
    LogCheckAside(const LogCheckAside&) = delete;

    /// Returns when the stretch before this one is checked.
    void check(LogStretch stretch);
    /// The last one, here and now: nothing is left to be read beside it.
    void finish(const LogStretch& stretch);

private:
    void wait();

    LogVerifier& verifier_;
    std::future<void> running_;
};

} // namespace greenbank::parties
