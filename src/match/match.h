// match.h — the face of the match: a Matcher holds the published technologies prepared, so that a need is matched without
// touching the database.
#pragma once

#include <memory>
#include <mutex>

#include "api/api.h"
#include "match/convert.h"
#include "match/engine/catalogue.h"
#include "match/records.h"
#include "match/weights.h"

namespace greenbank::match {

/// Any number of threads may ask while others put and erase; each answer is of one moment.
class Matcher {
public:
    /// Reads the reference data at its first use; texts are folded and stemmed as search does.
    explicit Matcher(WeightsEdition edition);
    Matcher(WeightsEdition edition, Fold fold, Stem stem);

    /// A published technology is kept (or kept anew), any other is dropped.
    void put(const library::Technology& technology);
    void erase(const std::string& id);
    std::size_t size() const;

    /// Takes the thesaurus in force; `refill` puts every technology again. Until it has returned, questions are answered with the
    /// words and technologies of before. Nobody else puts or erases meanwhile.
    Result<Done> relearn(const std::function<Result<Done>()>& refill);

    MatchList matches(const library::Need& need, std::size_t top, Language language) const;
    /// One page of what rules exclude, by technology and then by rule; Failure::invalid for a cursor that is not ours.
    Result<Page<Exclusion>> exclusions(
        const library::Need& need, std::optional<Rule> rule, std::size_t limit, const std::string& cursor, Language language) const;

    const WeightsEdition& edition() const { return edition_; }

private:
    struct Entry {
        library::Technology technology; // without its description
        Candidate candidate;
    };
    struct Snapshot;
    using Entries = std::map<std::string, std::shared_ptr<const Entry>>;

    std::shared_ptr<const Converter> make_converter() const;
    std::shared_ptr<const Snapshot> snapshot() const;

    WeightsEdition edition_;
    Weights weights_;
    Fold fold_;
    Stem stem_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const Converter> converter_; // made at its first use
    Entries entries_;
    std::shared_ptr<const Converter> next_converter_; // while relearning: where put and erase go
    Entries next_entries_;
    mutable std::shared_ptr<const Snapshot> snapshot_; // empty after a change; the next question prepares it anew
};

/// Everything the match brings.
Slice slice(Matcher& matcher);

} // namespace greenbank::match
