// records.cpp — descriptions of runs and results.
#include "match/batch/records.h"

namespace greenbank::match {

Record describe(const MatchRun*) {
    using Run = MatchRun;
    return {"match_run", "All open needs matched against the whole library.",
        {
            field<&Run::id>("id", "Id.", {.read_only = true}),
            field<&Run::job>("job", "The job that does it.", {.read_only = true}),
            field<&Run::state>("state", "Running, done, cancelled or failed.", {.read_only = true, .filter = true}),
            field<&Run::top>("top", "How many technologies it names for each need.", {.min = 1, .max = 100, .defaulted = true}),
            field<&Run::needs>("needs", "How many open needs there were.", {.read_only = true}),
            field<&Run::technologies>("technologies", "How many published technologies there were.", {.read_only = true}),
            field<&Run::answered>("answered", "How many needs have at least one technology.", {.read_only = true}),
            field<&Run::fresh>("fresh", "Technologies that the run before did not name for the same need.", {.read_only = true}),
            field<&Run::weights_edition>("weights_edition", "The edition of the weights.", {.max = 60, .read_only = true}),
            field<&Run::previous>("previous", "The run with which it is compared.", {.read_only = true}),
            field<&Run::person>("person", "Who asked for it.", {.max = 60, .read_only = true}),
            field<&Run::person_name>("person_name", "The name.", {.max = 200, .read_only = true}),
            field<&Run::started_at>("started_at", "Since when.", {.read_only = true, .sort = true}),
            field<&Run::ended_at>("ended_at", "Until when.", {.read_only = true}),
            field<&Run::kept>("kept", "Its results are still kept.", {.read_only = true}),
            field<&Run::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const MatchFound*) {
    using Found = MatchFound;
    return {"match_found", "A technology that a run names for a need.",
        {field<&Found::technology>("technology", "The technology."), field<&Found::title>("title", "Its title.", {.max = 300}),
            field<&Found::score_points>("score_points", "The score, from 0 to 1000000."),
            field<&Found::contribution_points>(
                "contribution_points", "What each criterion adds, in their order; all parts sum to the score exactly.", {.max = criterion_count}),
            field<&Found::fresh>("fresh", "The run before did not name it for this need."),
            field<&Found::rank_before>("rank_before", "Its place in the run before.")}};
}

Record describe(const MatchResult*) {
    return {"match_result", "What a run found for one need.",
        {
            field<&MatchResult::id>("id", "Id.", {.read_only = true}),
            field<&MatchResult::run>("run", "The run.", {.filter = true}),
            field<&MatchResult::need>("need", "The need.", {.filter = true}),
            field<&MatchResult::title>("title", "Its title.", {.max = 300, .sort = true}),
            field<&MatchResult::owner>("owner", "Whose it is.", {.filter = true}),
            field<&MatchResult::field>("field", "Its field.", {.filter = true, .sort = true}),
            field<&MatchResult::country>("country", "Where it will stand.", {.max = 2, .filter = true}),
            field<&MatchResult::considered>("considered", "How many technologies were looked at."),
            field<&MatchResult::excluded>("excluded", "How many of them a rule excludes.", {.sort = true}),
            field<&MatchResult::best>("best", "The best technology; absent: none passes."),
            field<&MatchResult::best_title>("best_title", "Its title.", {.max = 300}),
            field<&MatchResult::best_score_points>("best_score_points", "Its score.", {.sort = true}),
            field<&MatchResult::items>("items", "The best technologies.", {.max = 100}),
            field<&MatchResult::fresh>("fresh", "Technologies that the run before did not name for it.", {.sort = true}),
            field<&MatchResult::gone>("gone", "Technologies that the run before named for it and this one does not.", {.sort = true}),
        }};
}

Record describe(const MatchLine*) {
    using Line = MatchLine;
    return {"match_line", "One technology of one need.",
        {
            field<&Line::need>("need", "The need."),
            field<&Line::need_title>("need_title", "Its title."),
            field<&Line::rank>("rank", "The place of the technology."),
            field<&Line::technology>("technology", "The technology."),
            field<&Line::technology_title>("technology_title", "Its title."),
            field<&Line::score_points>("score_points", "The score, from 0 to 1000000."),
            field<&Line::text_points>("text_points", "What the subject adds."),
            field<&Line::classes_points>("classes_points", "What the class adds."),
            field<&Line::performance_points>("performance_points", "What the figures add."),
            field<&Line::cost_points>("cost_points", "What the cost adds."),
            field<&Line::readiness_points>("readiness_points", "What readiness adds."),
            field<&Line::evidence_points>("evidence_points", "What the evidence adds."),
            field<&Line::place_points>("place_points", "What the place adds."),
            field<&Line::fresh>("fresh", "The run before did not name it for this need."),
            field<&Line::rank_before>("rank_before", "Its place in the run before."),
        }};
}

} // namespace greenbank::match
