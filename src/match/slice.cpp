// slice.cpp — what the match brings to the bank; each subject's folder has its own rows.
#include "api/call.h"
#include "api/migrations.h"
#include "library/library.h"
#include "match/batch/batch.h"
#include "match/batch/files.h"
#include "match/capital/capital.h"
#include "match/experts/experts.h"
#include "match/feedback/feedback.h"
#include "match/files.h"
#include "match/following.h"
#include "match/policies.h"
#include "match/seen.h"
#include "match/stable/stable.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile match_migrations[];
extern const std::size_t match_migrations_count;
} // namespace embedded

namespace match {

namespace {

Result<Done> name_holders(Transaction& transaction, MatchList& list) {
    Names names;
    for (MatchItem& item : list.items) item.holder_name = TRY(names.of(transaction, item.holder));
    return Done{};
}

MatchQuestion question_of(const Caller& caller, const auto& request) {
    return {static_cast<std::size_t>(request.top), request.order, request.halves, date_of(caller.now), caller.language};
}

/// Needs and technologies, in both directions.
std::vector<Endpoint> pair_endpoints(Matcher& matcher) {
    const auto need_matches = [&matcher](Transaction& transaction, const Caller& caller, const MatchesRequest& request) -> Result<MatchList> {
        MatchList list = matches(*matcher.moment(), TRY(need_seen(transaction, caller, request.id)), question_of(caller, request));
        TRY(name_holders(transaction, list));
        return list;
    };
    const auto need_exclusions_of = [&matcher](Transaction& transaction, const Caller& caller, const ExclusionsRequest& request) -> Result<Page<Exclusion>> {
        const library::Need need = TRY(need_seen(transaction, caller, request.id));
        return matcher.exclusions(need, request.rule, static_cast<std::size_t>(request.limit), request.cursor, caller.language);
    };
    const auto technology_needs = [&matcher](Transaction& transaction, const Caller& caller, const NeedMatchesRequest& request) -> Result<NeedMatchList> {
        const library::Technology technology = TRY(technology_seen(transaction, caller, request.id));
        NeedMatchList list = match::need_matches(*matcher.moment(), technology, TRY(own_needs(transaction, caller)), question_of(caller, request));
        Names names;
        for (NeedMatchItem& item : list.items) item.owner_name = TRY(names.of(transaction, item.owner));
        return list;
    };
    const auto technology_exclusions = [&matcher](Transaction& transaction, const Caller& caller,
                                           const NeedExclusionsRequest& request) -> Result<Page<NeedExclusion>> {
        const library::Technology technology = TRY(technology_seen(transaction, caller, request.id));
        return need_exclusions(*matcher.moment(), technology, TRY(own_needs(transaction, caller)), request.rule, static_cast<std::size_t>(request.limit),
            {.today = date_of(caller.now), .language = caller.language});
    };
    const auto match_preview = [&matcher](Store& store, const Caller& caller, const PreviewRequest& request) -> Result<MatchList> {
        MatchList list = matcher.matches(request.need, static_cast<std::size_t>(request.top), caller.language);
        TRY(store.read([&](Transaction& transaction) { return name_holders(transaction, list); }));
        return list;
    };
    return {
        // clang-format off
        {"need_matches", Method::get, "/needs/{id}/matches", "The best technologies for a need, each with every reason.", Mode::read, open_to_all, call(need_matches)},
        {"need_exclusions", Method::get, "/needs/{id}/exclusions", "What rules exclude for a need, and why.", Mode::read, open_to_all, call(need_exclusions_of)},
        {"technology_needs", Method::get, "/technologies/{id}/needs", "The open needs that a technology answers, each with every reason.", Mode::read, open_to_all, call(technology_needs)},
        {"technology_need_exclusions", Method::get, "/technologies/{id}/need-exclusions", "The open needs that rules keep from a technology, and why.", Mode::read, open_to_all, call(technology_exclusions)},
        {"match_preview", Method::post, "/match", "Match a need while it is being written; nothing is stored.", Mode::compute, open_to_all, call(match_preview)},
        // clang-format on
    };
}

} // namespace

Slice slice(Matcher& matcher) {
    Slice slice{
        .name = "match",
        .migrations = migrations_of("match", embedded::match_migrations, embedded::match_migrations_count),
        .records = {&record_of<MatchRun>(), &record_of<MatchResult>(), &record_of<MatchFeedback>(), &record_of<WeightsProposal>()},
        .rights =
            {
                {run_matches, "Match all open needs at once, see what became of all matches, propose weights.", {"officer", "administrator"}},
                {give_feedback, "Say what became of a match.", {"editor", "manager", "officer", "administrator"}},
                {decide_weights, "Adopt or reject editions of the match's weights.", {"administrator"}},
            },
        .endpoints = pair_endpoints(matcher),
        .jobs = batch_jobs(matcher),
        .commands = {match_batch_command(), match_stable_command(), match_command()},
        .checks = {batch_check()},
        .samples = {sample_set<MatchFeedback>("match_feedback/")},
        .followings = {following(matcher)},
    };
    for (auto endpoints : {capital_endpoints(matcher), project_policy_endpoints(), expert_match_endpoints(matcher), batch_endpoints(),
             stable_endpoints(matcher), feedback_endpoints(matcher), weights_endpoints(matcher)})
        for (Endpoint& endpoint : endpoints) slice.endpoints.push_back(std::move(endpoint));
    return slice;
}

} // namespace match
} // namespace greenbank
