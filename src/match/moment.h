// moment.h — what a matcher holds at one moment, prepared; it stays as it is while others put and erase. Questions are functions of it.
#pragma once

#include <memory>

#include "match/convert.h"
#include "match/engine/catalogue.h"
#include "match/records.h"
#include "match/weights.h"

namespace greenbank::match {

/// An edition of the weights and what the engines make of it.
struct Judging {
    WeightsEdition edition;
    Weights weights;
    CapitalWeights capital;
    ExpertWeights experts;
};
/// The edition must have passed its checks.
std::shared_ptr<const Judging> make_judging(WeightsEdition edition);

struct TechnologyEntry {
    library::Technology technology; // without its description
    Candidate candidate;
};
struct NeedEntry {
    library::Need need; // without its description
    Wish wish;
};

/// Entries in order of id.
struct TechnologyShelf {
    std::vector<std::shared_ptr<const TechnologyEntry>> entries;
    std::vector<const Candidate*> candidates;
    Catalogue catalogue;
};
struct NeedShelf {
    std::vector<std::shared_ptr<const NeedEntry>> entries;
    std::vector<const Wish*> wishes;
};

struct Moment {
    std::shared_ptr<const Judging> judging;
    std::shared_ptr<const Converter> converter; // that made candidates and wishes
    std::shared_ptr<const TechnologyShelf> technologies;
    std::shared_ptr<const NeedShelf> needs;

    /// Null where there is no such published entry.
    const TechnologyEntry* technology(const std::string& id) const;
    const NeedEntry* need(const std::string& id) const;
};

/// A need is open until its deadline has passed.
inline bool is_open(const library::Need& need, Date today) { return !need.deadline || *need.deadline >= today; }

struct MatchQuestion {
    std::size_t top = 20;
    MatchOrder order = MatchOrder::need;
    bool halves = false; // also how the holder sees it
    Date today;
    Language language = Language::en;
};

/// The best technologies for a need, each explained; `wish` is what the moment's converter makes of it.
MatchList matches(const Moment& moment, const library::Need& need, const Wish& wish, const MatchQuestion& question);
inline MatchList matches(const Moment& moment, const library::Need& need, const MatchQuestion& question) {
    return matches(moment, need, moment.converter->wish(need), question);
}
/// The best open needs for a technology; the same judgement from the other side. `own` stand in for the held ones of the same id.
NeedMatchList need_matches(const Moment& moment, const library::Technology& technology, const std::vector<library::Need>& own, const MatchQuestion& question);
/// Which open needs a rule keeps from a technology: the first `limit` by id and rule, and how many there are.
Page<NeedExclusion> need_exclusions(const Moment& moment, const library::Technology& technology, const std::vector<library::Need>& own,
    std::optional<Rule> rule, std::size_t limit, const MatchQuestion& question);
/// One page of what rules exclude for a need, by technology and then by rule; Failure::invalid for a cursor that is not ours.
Result<Page<Exclusion>> exclusions(
    const Moment& moment, const library::Need& need, std::optional<Rule> rule, std::size_t limit, const std::string& cursor, Language language);

} // namespace greenbank::match
