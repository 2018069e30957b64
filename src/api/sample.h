// The sample bank: records of every slice, marked sample, loaded and removed as jobs.
#pragma once

#include "api/api.h"
#include "kernel/embedded.h"

namespace greenbank {

/// Sample records of one kind: JSON lists as they lie under data/sample.
struct SampleSet {
    const Record* record;
    std::vector<EmbeddedFile> files;
    void* (*make)(); // a new record on the heap
    void (*destroy)(void*);
    std::string_view before_removal = {}; // SQL that takes the mark off what has become more than a sample
    std::string_view tombstones = {};     // SQL that notes what goes, for those who keep copies; $1 is the time
};

template <class T> SampleSet sample_set(std::vector<EmbeddedFile> files, std::string_view before_removal = {}, std::string_view tombstones = {}) {
    return {&record_of<T>(), std::move(files), []() -> void* { return new T; }, [](void* value) { delete static_cast<T*>(value); }, before_removal, tombstones};
}

/// What a room loads by its own operations, after all sets, and removes before them. Each says how many came or went.
struct SampleStep {
    std::function<Result<std::int64_t>(Transaction&, Time now)> load;
    std::function<Result<std::int64_t>(Transaction&, Time now)> remove;
};

/// Inserts all sets in one transaction (parents first); what is already there stays. Returns how many came in.
Result<std::int64_t> load_samples(Store& store, const std::vector<SampleSet>& sets, const std::vector<SampleStep>& steps, Time now);
/// Removes every record marked as sample, children first. Returns how many went.
Result<std::int64_t> remove_samples(Store& store, const std::vector<SampleSet>& sets, const std::vector<SampleStep>& steps, Time now);

/// The slice with the two jobs and their endpoints.
Slice sample_slice(std::vector<SampleSet> sets, std::vector<SampleStep> steps);

} // namespace greenbank
