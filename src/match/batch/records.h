// records.h — a run of all open needs over the whole library, and what it found for each need.
#pragma once

#include "api/jobs.h"
#include "match/records.h"

namespace greenbank::match {

enum class RunState { running, done, cancelled, failed };

struct MatchRun {
    static constexpr std::string_view id_prefix = "matchrun";
    Id<MatchRun> id;
    Id<Job> job;
    RunState state = RunState::running;
    std::int64_t top = 20;
    std::int64_t needs = 0, technologies = 0; // how many there were
    std::int64_t answered = 0;                // needs that have at least one technology
    std::int64_t fresh = 0;                   // technologies that the run before did not name for the same need
    std::string weights_edition;
    std::optional<Id<MatchRun>> previous; // the last finished one before it
    std::string person, person_name;      // who asked for it
    Time started_at;
    std::optional<Time> ended_at;
    bool kept = true; // its results are still there
    std::int64_t version = 1;
};
Record describe(const MatchRun*);

/// One technology of a result. The contributions are those of the criteria, in their order, and sum to the score.
struct MatchFound {
    Id<library::Technology> technology;
    Text title;
    std::int64_t score_points = 0;
    std::vector<std::int64_t> contribution_points;
    bool fresh = false;                      // not among those that the run before named for this need
    std::optional<std::int64_t> rank_before; // its place there
};
Record describe(const MatchFound*);

struct MatchResult {
    static constexpr std::string_view id_prefix = "matched";
    Id<MatchResult> id;
    Id<MatchRun> run;
    Id<library::Need> need;
    Text title;
    std::optional<Id<library::Organisation>> owner;
    library::TechnologyField field = library::TechnologyField::water;
    std::string country;
    std::int64_t considered = 0, excluded = 0;
    std::optional<Id<library::Technology>> best; // absent: none passes
    Text best_title;
    std::int64_t best_score_points = 0;
    std::vector<MatchFound> items;
    std::int64_t fresh = 0, gone = 0; // new since the run before; named there and no longer
};
Record describe(const MatchResult*);

/// A row of the export: one technology of one need.
struct MatchLine {
    Id<library::Need> need;
    Text need_title;
    std::int64_t rank = 1;
    Id<library::Technology> technology;
    Text technology_title;
    std::int64_t score_points = 0;
    std::int64_t text_points = 0, classes_points = 0, performance_points = 0, cost_points = 0, readiness_points = 0, evidence_points = 0, place_points = 0;
    bool fresh = false;
    std::optional<std::int64_t> rank_before;
};
Record describe(const MatchLine*);

} // namespace greenbank::match

namespace greenbank {
template <> struct Choices<match::RunState> {
    static constexpr std::string_view name = "match_run_state";
    static constexpr std::string_view values[] = {"running", "done", "cancelled", "failed"};
};
} // namespace greenbank
