// sample.cpp — the library's part of the sample bank.
#include "library/sample.h"

#include "library/assessment/panels.h"
#include "library/disclosure/disclosure.h"
#include "library/policies/policies.h"

namespace greenbank::library {

namespace {

// What goes is still told to harvesters.
constexpr std::string_view technology_tombstones =
    "INSERT INTO entry_tombstone (id, kind, field, updated_at) SELECT id, 'technology', field, $1 FROM technology WHERE sample = true AND peer IS NULL "
    "AND state <> 'draft' ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at";
constexpr std::string_view need_tombstones =
    "INSERT INTO entry_tombstone (id, kind, field, updated_at) SELECT id, 'need', field, $1 FROM need WHERE sample = true AND peer IS NULL "
    "AND state <> 'draft' ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at";
constexpr std::string_view capital_tombstones =
    "INSERT INTO entry_tombstone (id, kind, field, updated_at) SELECT id, 'capital_offer', NULL, $1 FROM capital_offer WHERE sample = true AND peer IS NULL "
    "AND state <> 'draft' ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at";

} // namespace

std::vector<SampleSet> sample_sets() {
    return {sample_set<Technology>("technologies/", {}, technology_tombstones), sample_set<Need>("needs/", {}, need_tombstones),
        sample_set<CapitalOffer>("capital/", {}, capital_tombstones), sample_set<Edition>("editions/"), sample_set<Admission>("admissions/"),
        sample_set<Verification>("verifications/"), sample_set<AssessmentStep>("steps/"), sample_set<Expert>("experts/"), sample_set<Panel>("panels/panels"),
        sample_set<PanelSeat>("panels/seats"), sample_set<Policy>("policies/"), sample_set<DisclosureAgreement>("agreements/"),
        sample_set<EntryVersion>({})}; // of sample entries that were changed
}

} // namespace greenbank::library
