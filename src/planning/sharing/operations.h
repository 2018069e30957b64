// operations.h — cases of sharing across borders: entered, computed by a job, read, exported.
#pragma once

#include "planning/sharing/records.h"
#include "planning/studies/operations.h"

namespace greenbank::planning {

struct CrossBorderKey {
    Id<CrossBorderStudy> id;
};
Record describe(const CrossBorderKey*);

std::vector<Endpoint> cross_border_endpoints();
JobKind cross_border_job();
/// The sample cases queued.
SampleStep sample_cross_border();

} // namespace greenbank::planning
