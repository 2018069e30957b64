// stable.h — stable matching over files and over the bank's own needs and technologies.
#pragma once

#include "match/match.h"
#include "match/stable/records.h"

namespace greenbank::match {

/// Every fault of the file is named.
Result<StableFile> match_stably(const PreferenceFile& file, std::int64_t seed);
/// Acceptable is whom the rules of both sides let pass; each side's worths are the scores of its own half. Of each need the best
/// 200 of its own ranking are looked at. Failure::invalid for a need that is not open here.
Result<StableView> match_stably(const Moment& moment, const StableRequest& request, Date today);

/// `greenbank match stable`.
Command match_stable_command();
std::vector<Endpoint> stable_endpoints(Matcher& matcher);

} // namespace greenbank::match
