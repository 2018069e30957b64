// records.h — a hazard model as a file and as a record: what it learnt, from how much, and how early it would have warned.
#pragma once

#include "finance/engine/hazard.h"
#include "finance/products/records.h"

namespace greenbank::finance {

enum class HazardSource { records, file };

Record describe(const HazardColumn*);

/// What `greenbank hazard train` writes and the bank takes in.
struct HazardFile {
    std::string title;
    std::int64_t horizon = 12; // months
    double threshold = 20;     // % over the horizon from which a borrower counts as warned of
    std::int64_t rows = 0, events = 0, borrowers = 0;
    double area = 0.5, brier = 0;
    std::int64_t defaults = 0, warned = 0, good = 0, false_alarms = 0; // borrowers
    double lead_mean = 0, lead_median = 0;                             // months
    double intercept = 0, duration = 0;
    std::vector<HazardColumn> columns;
};
Record describe(const HazardFile*);

HazardFile file_of(const HazardTraining& training, const LeadTimes& times, std::string title, std::int64_t horizon, double threshold);
HazardModel model_of(const HazardFile& file);

/// The newest one in use is the one that warns.
struct StoredHazard {
    static constexpr std::string_view id_prefix = "hazard";
    Id<StoredHazard> id;
    HazardSource source = HazardSource::file;
    HazardFile model;
    bool in_use = true;
    std::string made_by_name;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const StoredHazard*);

} // namespace greenbank::finance

namespace greenbank {
template <> struct Choices<finance::HazardSource> {
    static constexpr std::string_view name = "hazard_source";
    static constexpr std::string_view values[] = {"records", "file"};
};
} // namespace greenbank
