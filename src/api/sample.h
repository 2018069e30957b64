// The sample bank: records of every slice, marked sample, loaded and removed as jobs.
#pragma once

#include "api/api.h"

namespace greenbank {

/// What all slices add to it, parents first.
struct SampleBank {
    std::vector<SampleSet> sets;
    std::vector<SampleStep> steps;
    SampleFiles files;
};
SampleBank sample_bank(const std::vector<Slice>& slices, SampleFiles files);

/// Inserts all sets in one transaction (parents first); what is already there stays. Returns how many came in.
Result<std::int64_t> load_samples(Store& store, const SampleBank& bank, Time now);
/// Removes every record marked as sample, children first. Returns how many went.
Result<std::int64_t> remove_samples(Store& store, const SampleBank& bank, Time now);

/// The slice with the two jobs and their endpoints.
Slice sample_slice(const SampleBank& bank);

} // namespace greenbank
