// panels.h — panels of experts on an admission or a verification: invited, each scoring alone, closed with a result and its spread.
#pragma once

#include "library/assessment/experts.h"

namespace greenbank::library {

enum class PanelState { open, closed, cancelled };
enum class SeatState { invited, accepted, declined, conflicted, scored };

struct Score {
    std::string indicator;
    double score = 0;
};
Record describe(const Score*);

struct Panel {
    static constexpr std::string_view id_prefix = "panel";
    Id<Panel> id;
    std::optional<Id<Admission>> admission; // one of the two
    std::optional<Id<Verification>> verification;
    Id<Technology> technology;
    Text title; // the technology's
    std::string system, system_edition;
    std::vector<ScoringIndicator> indicators; // as they were when it was opened
    double scale_min = 0, scale_max = 100, minimum = 0;
    std::int64_t quorum = 3;
    std::int64_t trim = 0; // scores left out at each end of the trimmed mean
    std::optional<Date> deadline;
    PanelState state = PanelState::open;
    std::string opened_by;
    std::optional<Time> closed_at;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Panel*);

struct PanelSeat {
    static constexpr std::string_view id_prefix = "seat";
    Id<PanelSeat> id;
    Id<Panel> panel;
    Id<Expert> expert;
    Text expert_name;
    SeatState state = SeatState::invited;
    std::optional<std::string> declaration; // the expert's own word on interests
    std::vector<Score> scores;
    std::optional<std::string> comment;
    Time invited_at;
    std::optional<Time> answered_at;
    bool sample = false;
    std::int64_t version = 1;
};
Record describe(const PanelSeat*);

/// A panel in the view of an admission or a verification.
struct PanelLine {
    Id<Panel> id;
    PanelState state = PanelState::open;
    std::int64_t invited = 0, answered = 0;
    Time opened_at;
};
Record describe(const PanelLine*);

/// For the bank all panels, for an expert those it sits on; newest first. `column`: "admission" or "verification".
Result<std::vector<PanelLine>> panels_of(Transaction& transaction, const Caller& caller, std::string_view column, const std::string& subject);
/// Is the caller an expert on a panel about it?
Result<bool> sits_on_panel_of(Transaction& transaction, const Caller& caller, const std::string& subject);
/// What the last panel on an admission said, if there was one that was not cancelled.
Result<std::optional<PanelOutcome>> panel_outcome(Transaction& transaction, const Id<Admission>& admission);
/// From the seats that scored, in their order.
PanelResult result_of(const Panel& panel, const std::vector<PanelSeat>& scored);

std::vector<Endpoint> panel_endpoints();

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::PanelState> {
    static constexpr std::string_view name = "panel_state";
    static constexpr std::string_view values[] = {"open", "closed", "cancelled"};
};
template <> struct Choices<library::SeatState> {
    static constexpr std::string_view name = "seat_state";
    static constexpr std::string_view values[] = {"invited", "accepted", "declined", "conflicted", "scored"};
};
} // namespace greenbank
