// weights.cpp — editions of the weights: learned or set by hand, reported, adopted by another person, kept with their dates.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "api/call.h"
#include "match/batch/batch.h"
#include "match/engine/judge.h"
#include "match/feedback/feedback.h"
#include "projects/access.h"

namespace greenbank::match {

namespace {
constexpr std::size_t pairs_least = 10, needs_least = 3;
constexpr std::size_t best_compared = 10, moves_told = 30, needs_compared_max = 2000;
constexpr std::size_t feedback_max = 20'000;
} // namespace

CriterionWeights weights_of(const std::vector<CriterionWeight>& criteria) {
    CriterionWeights made = {};
    for (const CriterionWeight& row : criteria) made[static_cast<std::size_t>(row.criterion)] = static_cast<std::int32_t>(row.weight_points);
    return made;
}

std::vector<CriterionWeight> rows_of(const CriterionWeights& weights) {
    std::vector<CriterionWeight> rows;
    for (std::size_t k = 0; k < criterion_count; ++k) rows.push_back({static_cast<Criterion>(k), weights[k]});
    return rows;
}

WeightsEdition edition_with(const WeightsEdition& base, std::string name, const std::vector<CriterionWeight>& criteria) {
    WeightsEdition edition = base;
    edition.edition = std::move(name);
    edition.criteria = criteria;
    return edition;
}

Result<WeightsEdition> edition_in_force(Transaction& transaction, const WeightsEdition& base) {
    const auto adopted = TRY(transaction.find_one<WeightsProposal>("state = 'adopted' ORDER BY decided_at DESC, id DESC LIMIT 1", {}));
    if (!adopted) return base;
    WeightsEdition edition = edition_with(base, adopted->edition, adopted->criteria);
    TRY(to_weights(edition));
    return edition;
}

// ---- the report ----------------------------------------------------------------------------------------------------

namespace {

struct Place {
    std::size_t candidate;
    std::int32_t score;
};

std::optional<std::int64_t> rank_in(const std::vector<Ranked>& best, std::size_t candidate) {
    for (std::size_t i = 0; i < best.size(); ++i)
        if (best[i].candidate == candidate) return static_cast<std::int64_t>(i + 1);
    return {};
}

/// A place outside counts as the first one outside.
std::int64_t distance(const std::optional<std::int64_t>& a, const std::optional<std::int64_t>& b) {
    const auto outside = static_cast<std::int64_t>(best_compared + 1);
    return std::abs(a.value_or(outside) - b.value_or(outside));
}

PairTally tally(const PairCount& count) {
    return {static_cast<std::int64_t>(count.right), static_cast<std::int64_t>(count.wrong), static_cast<std::int64_t>(count.tied)};
}

} // namespace

void compare(const Moment& moment, const CriterionWeights& other, Date today, WeightsReport& report) {
    Weights changed = moment.judging->weights;
    changed.weight = other;
    const TechnologyShelf& shelf = *moment.technologies;
    const Catalogue catalogue(shelf.candidates, changed);
    std::int64_t places = 0, moved = 0;
    for (const NeedEntry* need : open_needs_after(moment, "", needs_compared_max, today)) {
        ++report.needs_compared;
        const auto before = shelf.catalogue.rank(need->wish, best_compared).best, after = catalogue.rank(need->wish, best_compared).best;
        report.best_changed += !before.empty() && before[0].candidate != after[0].candidate;
        std::vector<std::size_t> seen;
        for (const auto* best : {&before, &after})
            for (const Ranked& one : *best)
                if (std::find(seen.begin(), seen.end(), one.candidate) == seen.end()) seen.push_back(one.candidate);
        for (const std::size_t candidate : seen) {
            const auto rank_before = rank_in(before, candidate), rank_after = rank_in(after, candidate);
            report.entered += !rank_before;
            ++places;
            moved += distance(rank_before, rank_after);
            if (rank_before == rank_after) continue;
            const TechnologyEntry& technology = *shelf.entries[candidate];
            report.moves.push_back({need->need.id, need->need.title, technology.technology.id, technology.technology.title, rank_before, rank_after,
                explain(technology.candidate, need->wish, moment.judging->weights).score, explain(technology.candidate, need->wish, changed).score});
        }
    }
    report.mean_move = places ? static_cast<double>(moved) / static_cast<double>(places) : 0;
    std::stable_sort(report.moves.begin(), report.moves.end(),
        [](const RankMove& a, const RankMove& b) { return distance(a.rank_before, a.rank_after) > distance(b.rank_before, b.rank_after); });
    if (report.moves.size() > moves_told) report.moves.resize(moves_told);
}

// ---- operations ----------------------------------------------------------------------------------------------------

struct WeightsKey {
    Id<WeightsProposal> id;
};
Record describe(const WeightsKey*) { return {"weights_edition_key", "Names an edition.", {field<&WeightsKey::id>("id", "Its id.")}}; }
struct WeightsDecision {
    Id<WeightsProposal> id;
    std::string reason;
};
Record describe(const WeightsDecision*) {
    return {"weights_decision", "A decision about an edition.",
        {field<&WeightsDecision::id>("id", "Its id."), field<&WeightsDecision::reason>("reason", "Why.", {.min = 1, .max = 1000})}};
}
struct RefitRequest {
    std::optional<std::string> note;
};
Record describe(const RefitRequest*) {
    return {"weights_refit_request", "Learn weights from what became of matches.", {field<&RefitRequest::note>("note", "Why now.", {.min = 1, .max = 1000})}};
}

namespace {

Result<Done> check_hand(const std::vector<CriterionWeight>& criteria) {
    std::int64_t sum = 0;
    std::array<bool, criterion_count> seen = {};
    for (const CriterionWeight& row : criteria) {
        sum += row.weight_points;
        seen[static_cast<std::size_t>(row.criterion)] = true;
    }
    Problems problems;
    if (!std::all_of(seen.begin(), seen.end(), [](bool one) { return one; }))
        problems.push_back({"criteria", "weights.rows", "Every choice must stand here once."});
    else if (sum != points_full)
        problems.push_back({"criteria", "weights.sum", "The weights must sum to 100 %; they sum to {sum} %.",
            {{"sum", fmt::format("{:g}", static_cast<double>(sum) / 10'000)}}});
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

/// The next name of this year: 2026-2 after 2026-1.
Result<std::string> next_name(Transaction& transaction, const WeightsEdition& in_force, Time now) {
    const std::string year = to_text(date_of(now)).substr(0, 4);
    std::int64_t most = 0;
    const auto look = [&](const std::string& name) {
        if (name.size() > 5 && name.starts_with(year + "-")) most = std::max<std::int64_t>(most, std::atoll(name.c_str() + 5));
    };
    look(in_force.edition);
    look(compiled_in_weights().edition);
    for (const auto& row : TRY(transaction.query("SELECT edition FROM weights_edition")).rows) look(as_text(row[0]));
    return fmt::format("{}-{}", year, most + 1);
}

Result<Reply<WeightsProposal>> store_proposal(Store& store, const Caller& caller, const Moment& moment, WeightsProposal proposal) {
    compare(moment, weights_of(proposal.criteria), date_of(caller.now), proposal.report);
    proposal.id = caller.new_id<WeightsProposal>();
    proposal.state = EditionStanding::proposed;
    proposal.based_on = moment.judging->edition.edition;
    proposal.criteria_before = rows_of(moment.judging->weights.weight);
    proposal.proposed_by = caller.actor.person;
    proposal.proposed_at = caller.now;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        proposal.edition = TRY(next_name(transaction, moment.judging->edition, caller.now));
        proposal.proposed_by_name = TRY(projects::person_name(transaction, caller));
        return transaction.insert(proposal);
    }));
    return Reply<WeightsProposal>{.body = std::move(proposal), .status = 201};
}

Result<Reply<WeightsProposal>> weights_refit(const Matcher& matcher, Store& store, const Caller& caller, const RefitRequest& request) {
    std::vector<MatchFeedback> feedback;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        feedback = TRY(transaction.find<MatchFeedback>(fmt::format("at > 0 ORDER BY at DESC, id DESC LIMIT {}", feedback_max)));
        return Done{};
    }));
    std::reverse(feedback.begin(), feedback.end());
    const auto moment = matcher.moment();
    const std::vector<Observation> observations = observations_of(*moment, feedback);
    const Refit fit = refit(observations, moment->judging->weights.weight);
    if (fit.pairs < pairs_least || fit.groups < needs_least)
        return Error{Failure::conflict, "weights.feedback_few",
            "There is too little feedback to learn from: {pairs} pairs of {needs} needs; at least {pairs_least} pairs of {needs_least} needs are wanted.",
            {{"pairs", std::to_string(fit.pairs)}, {"needs", std::to_string(fit.groups)}, {"pairs_least", std::to_string(pairs_least)},
                {"needs_least", std::to_string(needs_least)}}};
    WeightsProposal proposal{.id = {},
        .edition = {},
        .based_on = {},
        .origin = EditionOrigin::refit,
        .criteria_before = {},
        .criteria = rows_of(fit.weight),
        .report = {},
        .note = request.note};
    WeightsReport& report = proposal.report;
    report.feedback = static_cast<std::int64_t>(observations.size());
    report.pairs = static_cast<std::int64_t>(fit.pairs);
    report.needs = static_cast<std::int64_t>(fit.groups);
    report.loss_before = fit.loss_before;
    report.loss_after = fit.loss_after;
    report.before = tally(fit.before);
    report.after = tally(fit.after);
    report.held_before = tally(fit.held_before);
    report.held_after = tally(fit.held_after);
    return store_proposal(store, caller, *moment, std::move(proposal));
}

Result<Reply<WeightsProposal>> weights_propose(const Matcher& matcher, Store& store, const Caller& caller, const WeightsProposal& draft) {
    TRY(check_hand(draft.criteria));
    const auto moment = matcher.moment();
    WeightsProposal proposal{.id = {},
        .edition = {},
        .based_on = {},
        .origin = EditionOrigin::hand,
        .criteria_before = {},
        .criteria = rows_of(weights_of(draft.criteria)),
        .report = {},
        .note = draft.note};
    return store_proposal(store, caller, *moment, std::move(proposal));
}

Result<WeightsProposal> proposal_to_decide(Transaction& transaction, const Id<WeightsProposal>& id) {
    WeightsProposal proposal = TRY(transaction.get(id));
    if (proposal.state != EditionStanding::proposed) return Error{Failure::conflict, "weights.decided", "This edition has been decided already."};
    return proposal;
}

Result<Done> note_decision(Transaction& transaction, const Caller& caller, const WeightsDecision& decision, WeightsProposal& proposal) {
    proposal.decided_by = caller.actor.person;
    proposal.decided_by_name = TRY(projects::person_name(transaction, caller));
    proposal.decided_at = caller.now;
    proposal.decision = decision.reason;
    return Done{};
}

/// Whoever proposed does not adopt; one adopted edition ends the one before.
Result<WeightsProposal> weights_adopt(Transaction& transaction, const Caller& caller, const WeightsDecision& decision) {
    WeightsProposal proposal = TRY(proposal_to_decide(transaction, decision.id));
    if (proposal.proposed_by == caller.actor.person) return Error{Failure::forbidden, "weights.own", "Somebody else must adopt what you have proposed."};
    const WeightsEdition in_force = TRY(edition_in_force(transaction, compiled_in_weights()));
    if (in_force.edition != proposal.based_on)
        return Error{Failure::conflict, "weights.stale", "It was compared with edition {edition}, which is no longer in force; propose it again.",
            {{"edition", proposal.based_on}}};
    for (WeightsProposal& before : TRY(transaction.find<WeightsProposal>("state = 'adopted'"))) {
        before.state = EditionStanding::superseded;
        before.ended_at = caller.now;
        TRY(transaction.update(before));
    }
    proposal.state = EditionStanding::adopted;
    TRY(note_decision(transaction, caller, decision, proposal));
    TRY(transaction.update(proposal));
    return proposal;
}

Result<WeightsProposal> weights_reject(Transaction& transaction, const Caller& caller, const WeightsDecision& decision) {
    WeightsProposal proposal = TRY(proposal_to_decide(transaction, decision.id));
    proposal.state = EditionStanding::rejected;
    TRY(note_decision(transaction, caller, decision, proposal));
    TRY(transaction.update(proposal));
    return proposal;
}

Result<Page<WeightsProposal>> weights_list(Transaction& transaction, const Caller& caller, const ListOf<WeightsProposal>& list) {
    return list_page<WeightsProposal>(transaction, caller, list);
}
Result<WeightsProposal> weights_get(Transaction& transaction, const Caller&, const WeightsKey& key) { return transaction.get(key.id); }

} // namespace

std::vector<Endpoint> weights_endpoints(Matcher& matcher) {
    const auto in_force = [&matcher](Transaction&, const Caller&) -> Result<WeightsEdition> { return matcher.edition(); };
    return {
        // clang-format off
        {"match_weights", Method::get, "/match/weights", "The edition of the weights in use.", Mode::read, open_to_all, call(in_force)},
        {"weights_edition_list", Method::get, "/match/weights-editions", "Editions of the weights: proposed, adopted, rejected, superseded.", Mode::read, run_matches, call(weights_list)},
        {"weights_edition_get", Method::get, "/match/weights-editions/{id}", "One edition with its report.", Mode::read, run_matches, call(weights_get)},
        {"weights_edition_refit", Method::post, "/match/weights-editions/refit", "Learn weights from what became of matches, as a proposal with a report.", Mode::compute, run_matches, call(matcher, weights_refit)},
        {"weights_edition_propose", Method::post, "/match/weights-editions", "Propose weights set by hand, with a report of what they would do.", Mode::compute, run_matches, call(matcher, weights_propose)},
        {"weights_edition_adopt", Method::post, "/match/weights-editions/{id}/adopt", "Put a proposed edition into force; not by who proposed it.", Mode::write, decide_weights, call(weights_adopt)},
        {"weights_edition_reject", Method::post, "/match/weights-editions/{id}/reject", "Decide against a proposed edition.", Mode::write, decide_weights, call(weights_reject)},
        // clang-format on
    };
}

} // namespace greenbank::match
