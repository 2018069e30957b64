// records.h — stable matching out of a file of preferences, and of open needs with technologies.
#pragma once

#include "match/records.h"

namespace greenbank::match {

enum class ProposingSide { needs, technologies };

// ---- files -------------------------------------------------------------------------------------------------------

/// Best first; `prefers` holds ids, and between ids that are equally welcome an equals sign: "a = b".
struct PreferenceRow {
    std::string id;
    std::int64_t quota = 1;
    std::vector<std::string> prefers;
};
Record describe(const PreferenceRow*);

struct PreferenceFile {
    std::vector<PreferenceRow> proposing, receiving;
};
Record describe(const PreferenceFile*);

struct MatchedPair {
    std::string proposing, receiving;
    std::int64_t proposing_rank = 1, receiving_rank = 1; // 1: the first choice; equal choices share a rank
};
Record describe(const MatchedPair*);

struct StableFile {
    std::vector<MatchedPair> pairs;
    std::vector<std::string> proposing_open, receiving_open; // who has room left
    std::int64_t proposals = 0, seed = 0;
    std::int64_t blocking_pairs = 0; // counted afterwards, by itself; always 0
};
Record describe(const StableFile*);

// ---- in the bank -------------------------------------------------------------------------------------------------

struct StableRequest {
    std::vector<Id<library::Need>> needs; // none: all open ones, of the field if one is given
    std::optional<library::TechnologyField> field;
    std::int64_t need_quota = 1, technology_quota = 1;
    ProposingSide proposing = ProposingSide::needs;
    std::int64_t score_points_min = 0; // of either half; what is below is not acceptable
    std::int64_t seed = 0;
};
Record describe(const StableRequest*);

struct StablePairView {
    Id<library::Need> need;
    Text need_title;
    Id<library::Technology> technology;
    Text technology_title;
    std::int64_t need_score_points = 0, holder_score_points = 0;
    std::int64_t need_rank = 1, holder_rank = 1; // which choice each is of the other
};
Record describe(const StablePairView*);

struct StableView {
    ProposingSide proposing = ProposingSide::needs;
    std::int64_t needs = 0, technologies = 0; // that have anybody to choose
    std::int64_t proposals = 0, blocking_pairs = 0, seed = 0;
    std::string weights_edition, weights_status;
    std::vector<StablePairView> pairs;
    std::vector<MatchedNeed> needs_alone;
};
Record describe(const StableView*);

} // namespace greenbank::match

namespace greenbank {
template <> struct Choices<match::ProposingSide> {
    static constexpr std::string_view name = "proposing_side";
    static constexpr std::string_view values[] = {"needs", "technologies"};
};
} // namespace greenbank
