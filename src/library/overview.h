// overview.h — the figures of the home page.
#pragma once

#include "api/api.h"
#include "library/records.h"

namespace greenbank::library {

struct Counts {
    std::int64_t technologies = 0, needs = 0, capital_offers = 0, organisations = 0, people = 0;
};
struct FieldCount {
    TechnologyField field = TechnologyField::water;
    std::int64_t technologies = 0, needs = 0, capital_offers = 0;
};
struct LevelCount {
    std::int64_t level = 0, count = 0;
};
struct CountryCount {
    std::string country;
    std::int64_t technologies = 0, needs = 0;
};
/// Sums in one currency: what needs may spend, and what one deal could get from the offers.
struct Budget {
    TechnologyField field = TechnologyField::water;
    Money need_budget, capital_max;
};
struct RecentEntry {
    std::string kind, id;
    Text title;
    Time at;
};
struct WaitingEntry {
    std::string kind, id, what;
    Text title;
};
struct Overview {
    Counts counts;
    std::vector<FieldCount> fields;
    std::vector<LevelCount> readiness; // on a scale of 1 to 9; the IEA's levels are scaled down
    std::vector<CountryCount> countries;
    std::vector<Budget> budgets;
    std::vector<RecentEntry> recent;
    std::vector<WaitingEntry> waiting; // drafts of the caller's organisation, and steps of assessment that are the caller's
    std::int64_t failed_jobs = 0;
};
Record describe(const Counts*);
Record describe(const FieldCount*);
Record describe(const LevelCount*);
Record describe(const CountryCount*);
Record describe(const Budget*);
Record describe(const RecentEntry*);
Record describe(const WaitingEntry*);
Record describe(const Overview*);

Result<Overview> overview(Transaction& transaction, const Caller& caller);

} // namespace greenbank::library
