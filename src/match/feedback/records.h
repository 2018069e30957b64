// records.h — what became of matches, and editions of the weights with the report on which they were decided.
#pragma once

#include "match/engine/refit.h"
#include "match/weights.h"

namespace greenbank::match {

enum class FeedbackAction { contacted, refused, signed_ };
/// Why a match came to nothing. The last three say nothing about how well it fits, and no weight learns from them.
enum class RefusalReason { price, performance, readiness, evidence, capacity, place, subject, conditions, other_partner, no_answer, own_change };
enum class FeedbackParty { need, technology, bank };

/// Never changed: what comes later is another entry, and the latest of a pair counts.
struct MatchFeedback {
    static constexpr std::string_view id_prefix = "feedback";
    Id<MatchFeedback> id;
    Id<library::Need> need;
    Id<library::Technology> technology;
    Text need_title, technology_title;
    FeedbackAction action = FeedbackAction::contacted;
    std::optional<RefusalReason> reason;
    std::optional<std::string> note;
    FeedbackParty party = FeedbackParty::bank;
    std::string organisation, person, person_name; // who says so
    Time at;
    std::optional<std::int64_t> score_points; // as the match stood then; absent: a rule excluded it
    std::vector<std::int64_t> points;         // of each criterion, in their order
    std::string weights_edition;
    bool sample = false;
};
Record describe(const MatchFeedback*);

enum class EditionOrigin { refit, hand };
enum class EditionStanding { proposed, adopted, rejected, superseded };

/// How pairs of outcomes stand under some weights.
struct PairTally {
    std::int64_t right = 0, wrong = 0, tied = 0;
};
Record describe(const PairTally*);

struct RankMove {
    Id<library::Need> need;
    Text need_title;
    Id<library::Technology> technology;
    Text technology_title;
    std::optional<std::int64_t> rank_before, rank_after; // absent: not among the best ten
    std::int64_t score_points_before = 0, score_points_after = 0;
};
Record describe(const RankMove*);

/// What a change of weights would do.
struct WeightsReport {
    std::int64_t feedback = 0, pairs = 0, needs = 0; // what it was learned from; a pair: two technologies of one need that fared differently
    double loss_before = 0, loss_after = 0;
    PairTally before, after, held_before, held_after; // held: judged by weights that had not seen that need
    std::int64_t needs_compared = 0;
    std::int64_t best_changed = 0; // needs whose first technology is another one
    std::int64_t entered = 0;      // technologies that come among the best ten of a need
    double mean_move = 0;          // of a place among the best ten
    std::vector<RankMove> moves;   // the widest
};
Record describe(const WeightsReport*);

/// An edition of the criteria's weights; everything else stays as in the edition of the program.
struct WeightsProposal {
    static constexpr std::string_view id_prefix = "weights";
    Id<WeightsProposal> id;
    std::string edition;
    std::string based_on; // the edition in force when it was proposed
    EditionOrigin origin = EditionOrigin::refit;
    EditionStanding state = EditionStanding::proposed;
    std::vector<CriterionWeight> criteria_before, criteria;
    WeightsReport report;
    std::optional<std::string> note;
    std::string proposed_by, proposed_by_name;
    Time proposed_at;
    std::string decided_by, decided_by_name;
    std::optional<Time> decided_at, ended_at; // in force from, until
    std::optional<std::string> decision;
    bool sample = false;
    std::int64_t version = 1;
};
Record describe(const WeightsProposal*);

} // namespace greenbank::match

namespace greenbank {
template <> struct Choices<match::FeedbackAction> {
    static constexpr std::string_view name = "feedback_action";
    static constexpr std::string_view values[] = {"contacted", "refused", "signed"};
};
template <> struct Choices<match::RefusalReason> {
    static constexpr std::string_view name = "refusal_reason";
    static constexpr std::string_view values[] = {
        "price", "performance", "readiness", "evidence", "capacity", "place", "subject", "conditions", "other_partner", "no_answer", "own_change"};
};
template <> struct Choices<match::FeedbackParty> {
    static constexpr std::string_view name = "feedback_party";
    static constexpr std::string_view values[] = {"need", "technology", "bank"};
};
template <> struct Choices<match::EditionOrigin> {
    static constexpr std::string_view name = "weights_origin";
    static constexpr std::string_view values[] = {"refit", "hand"};
};
template <> struct Choices<match::EditionStanding> {
    static constexpr std::string_view name = "weights_state";
    static constexpr std::string_view values[] = {"proposed", "adopted", "rejected", "superseded"};
};
} // namespace greenbank
