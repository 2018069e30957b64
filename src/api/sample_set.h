// sample_set.h — what a slice adds to the sample bank.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "kernel/embedded.h"
#include "kernel/record.h"
#include "store/transaction.h"

namespace greenbank {

/// Sample records of one kind: the JSON lists under data/sample whose path begins with `folder`.
struct SampleSet {
    const Record* record;
    std::string_view folder; // "technologies/"; empty: nothing to load, but what is marked as sample goes
    void* (*make)();         // a new record on the heap
    void (*destroy)(void*);
    std::string_view before_removal = {}; // SQL that takes the mark off what has become more than a sample
    std::string_view tombstones = {};     // SQL that notes what goes, for those who keep copies; $1 is the time
};

template <class T> SampleSet sample_set(std::string_view folder, std::string_view before_removal = {}, std::string_view tombstones = {}) {
    return {&record_of<T>(), folder, []() -> void* { return new T; }, [](void* value) { delete static_cast<T*>(value); }, before_removal, tombstones};
}

/// The files of the sample bank.
using SampleFiles = std::vector<EmbeddedFile>;
/// Those whose path under data/sample begins so.
SampleFiles files_in(const SampleFiles& files, std::string_view folder);

/// What a room loads by its own operations, after all sets, and removes before them. Each says how many came or went.
struct SampleStep {
    std::function<Result<std::int64_t>(Transaction&, const SampleFiles&, Time now)> load;
    std::function<Result<std::int64_t>(Transaction&, const SampleFiles&, Time now)> remove;
};

} // namespace greenbank
