// batch.h — all open needs at once: in parallel, a chunk at a time, out of one moment.
#pragma once

#include "match/batch/records.h"
#include "match/match.h"

namespace greenbank::match {

/// See and start runs over all needs, see everybody's feedback, propose weights.
inline constexpr Right run_matches{"match.run"};

/// Calls `work(i)` for each i below `count` on so many threads; returns when all are done.
void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

/// The open needs of a moment whose id comes after `after`, at most `count`.
std::vector<const NeedEntry*> open_needs_after(const Moment& moment, const std::string& after, std::size_t count, Date today);

/// The best `top` technologies for each need, with what each criterion adds; no sentences. Results have no id and no run yet.
std::vector<MatchResult> match_all(const Moment& moment, const std::vector<const NeedEntry*>& needs, std::size_t top, unsigned threads);
/// The same, each explained in sentences.
std::vector<MatchList> explain_all(
    const Moment& moment, const std::vector<const NeedEntry*>& needs, std::size_t top, unsigned threads, Date today, Language language);

/// Marks what is new against the result of the run before; null: there was none, and nothing counts as new.
void compare(MatchResult& result, const MatchResult* before);

std::vector<MatchLine> lines_of(const MatchResult& result);

std::vector<Endpoint> batch_endpoints();
/// `chunk`: how many needs are written at a time.
std::vector<JobKind> batch_jobs(Matcher& matcher, std::size_t chunk = 250);
Check batch_check();

} // namespace greenbank::match
