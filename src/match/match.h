// match.h — the face of the match: a Matcher holds the published technologies and needs prepared, so that both are matched without
// touching the database.
#pragma once

#include <mutex>

#include "api/api.h"
#include "match/moment.h"

namespace greenbank::match {

/// Any number of threads may ask while others put and erase; each answer is of one moment.
class Matcher {
public:
    /// Reads the reference data at its first use; texts are folded and stemmed as search does.
    explicit Matcher(WeightsEdition edition);
    Matcher(WeightsEdition edition, Fold fold, Stem stem);

    /// A published entry is kept (or kept anew), any other is dropped.
    void put(const library::Technology& technology);
    void put(const library::Need& need);
    void erase(const std::string& id);
    std::size_t size() const; // technologies

    /// From now on an edition that has passed its checks is in force.
    void use(WeightsEdition edition);
    WeightsEdition edition() const { return moment_of_weights()->edition; }

    /// Takes the thesaurus in force; `refill` puts every entry again. Until it has returned, questions are answered with the
    /// words and entries of before. Nobody else puts or erases meanwhile.
    Result<Done> relearn(const std::function<Result<Done>()>& refill);

    std::shared_ptr<const Moment> moment() const;

    MatchList matches(const library::Need& need, std::size_t top, Language language) const;
    Result<Page<Exclusion>> exclusions(
        const library::Need& need, std::optional<Rule> rule, std::size_t limit, const std::string& cursor, Language language) const;

private:
    struct Entries {
        std::map<std::string, std::shared_ptr<const TechnologyEntry>> technologies;
        std::map<std::string, std::shared_ptr<const NeedEntry>> needs;
    };

    std::shared_ptr<const Judging> moment_of_weights() const;
    std::shared_ptr<const Converter> make_converter() const;
    std::shared_ptr<const Converter> converter_for_putting();

    Fold fold_;
    Stem stem_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Judging> judging_;
    mutable std::shared_ptr<const Converter> converter_; // made at its first use
    Entries entries_;
    std::shared_ptr<const Converter> next_converter_; // while relearning: where put and erase go
    Entries next_entries_;
    // Empty after a change; the next question prepares them anew.
    mutable std::shared_ptr<const TechnologyShelf> technologies_;
    mutable std::shared_ptr<const NeedShelf> needs_;
};

/// Everything the match brings.
Slice slice(Matcher& matcher);

} // namespace greenbank::match
