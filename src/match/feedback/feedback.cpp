// feedback.cpp — recording and reading what became of matches.
#include "match/feedback/feedback.h"

#include <map>

#include "api/call.h"
#include "library/library.h"
#include "match/batch/batch.h"
#include "match/engine/judge.h"
#include "match/seen.h"
#include "projects/access.h"

namespace greenbank::match {

struct FeedbackKey {
    Id<MatchFeedback> id;
};
Record describe(const FeedbackKey*) { return {"match_feedback_key", "Names an entry.", {field<&FeedbackKey::id>("id", "Its id.")}}; }

namespace {

bool says_nothing(RefusalReason reason) { return reason >= RefusalReason::other_partner; }

/// Whose side the caller is on; the bank's staff speak for the bank.
Result<FeedbackParty> party_of(const Caller& caller, const library::Need& need, const library::Technology& technology) {
    const auto acts_for = [&](const std::optional<Id<library::Organisation>>& organisation) {
        return organisation && !caller.actor.organisation.empty() && organisation->text == caller.actor.organisation;
    };
    if (acts_for(need.owner)) return FeedbackParty::need;
    if (acts_for(technology.holder)) return FeedbackParty::technology;
    if (caller.actor.may(run_matches)) return FeedbackParty::bank;
    return Error{Failure::forbidden, "feedback.not_party", "Only the side of the need, that of the technology and the bank say what became of a match."};
}

template <class T>
Result<T> published(Transaction& transaction, const Caller& caller, const Id<T>& id, const std::optional<Id<library::Organisation>> T::*owner) {
    T entry = TRY(transaction.get(id));
    if (!library::may_see(caller, entry.state, entry.*owner)) return not_found(record_of<T>(), id.text);
    return entry;
}

Result<Reply<MatchFeedback>> feedback_record(const Matcher& matcher, Transaction& transaction, const Caller& caller, const MatchFeedback& said) {
    MatchFeedback feedback = said;
    const auto need = TRY(published(transaction, caller, feedback.need, &library::Need::owner));
    const auto technology = TRY(published(transaction, caller, feedback.technology, &library::Technology::holder));
    feedback.party = TRY(party_of(caller, need, technology));
    feedback.id = caller.new_id<MatchFeedback>();
    feedback.need_title = need.title;
    feedback.technology_title = technology.title;
    feedback.organisation = caller.actor.organisation;
    feedback.person = caller.actor.person;
    feedback.person_name = TRY(projects::person_name(transaction, caller));
    feedback.at = caller.now;
    // The grades that everybody sees; weights learn from nothing else.
    const auto moment = matcher.moment();
    const Explanation found =
        explain(moment->converter->candidate(library::teaser(technology)), moment->converter->wish(library::teaser(need)), moment->judging->weights);
    if (!found.excluded) feedback.score_points = found.score;
    for (const CriterionFinding& one : found.criteria) feedback.points.push_back(one.points);
    feedback.weights_edition = moment->judging->edition.edition;
    TRY(transaction.insert(feedback));
    return Reply<MatchFeedback>{.body = std::move(feedback), .status = 201};
}

/// One's own organisation's entries; the bank's staff see all.
Result<Page<MatchFeedback>> feedback_list(Transaction& transaction, const Caller& caller, const ListOf<MatchFeedback>& list) {
    if (caller.actor.may(run_matches)) return list_page<MatchFeedback>(transaction, caller, list);
    return list_page<MatchFeedback>(transaction, caller, list, "organisation = $1", {caller.actor.organisation});
}

Result<MatchFeedback> feedback_get(Transaction& transaction, const Caller& caller, const FeedbackKey& key) {
    MatchFeedback feedback = TRY(transaction.get(key.id));
    if (!caller.actor.may(run_matches) && feedback.organisation != caller.actor.organisation) return not_found(record_of<MatchFeedback>(), key.id.text);
    return feedback;
}

} // namespace

std::vector<Observation> observations_of(const Moment& moment, const std::vector<MatchFeedback>& oldest_first) {
    std::map<std::pair<std::string, std::string>, const MatchFeedback*> latest;
    for (const MatchFeedback& one : oldest_first) latest[{one.need.text, one.technology.text}] = &one;
    std::vector<Observation> made;
    for (const auto& [pair, feedback] : latest) {
        if (feedback->reason && says_nothing(*feedback->reason)) continue;
        Observation one{pair.first, {}, feedback->action == FeedbackAction::signed_ ? 2 : feedback->action == FeedbackAction::contacted ? 1 : 0};
        if (feedback->points.size() == criterion_count) {
            for (std::size_t k = 0; k < criterion_count; ++k)
                one.points[k] = static_cast<std::int32_t>(std::clamp<std::int64_t>(feedback->points[k], 0, points_full));
        } else {
            const NeedEntry* need = moment.need(pair.first);
            const TechnologyEntry* technology = moment.technology(pair.second);
            if (!need || !technology) continue;
            for (std::size_t k = 0; k < criterion_count; ++k)
                one.points[k] = judge(static_cast<Criterion>(k), technology->candidate, need->wish, moment.judging->weights).points;
        }
        made.push_back(std::move(one));
    }
    return made;
}

std::vector<Endpoint> feedback_endpoints(Matcher& matcher) {
    return {
        // clang-format off
        {"match_feedback_record", Method::post, "/match/feedback", "Say what became of a match: contacted, refused and why, signed.", Mode::write, give_feedback, call(matcher, feedback_record)},
        {"match_feedback_list", Method::get, "/match/feedback", "What became of matches, as far as it is one's own.", Mode::read, give_feedback, call(feedback_list)},
        {"match_feedback_get", Method::get, "/match/feedback/{id}", "One entry.", Mode::read, give_feedback, call(feedback_get)},
        // clang-format on
    };
}

} // namespace greenbank::match
