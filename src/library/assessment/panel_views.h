// panel_views.h — what comes in and goes out at panels: openings, invitations, declarations, scores; the panel as a caller may see it.
#pragma once

#include "library/assessment/panels.h"

namespace greenbank::library {

/// Names a panel.
struct PanelKey {
    Id<Panel> id;
};
Record describe(const PanelKey*);

struct PanelOpening {
    std::optional<Id<Admission>> admission;
    std::optional<Id<Verification>> verification;
    std::string system = "catalogue_selection";
    std::vector<Id<Expert>> experts;
    std::int64_t quorum = 3, trim = 0;
    std::optional<Date> deadline;
};
Record describe(const PanelOpening*);

struct Invitees {
    Id<Panel> id;
    std::vector<Id<Expert>> experts;
};
Record describe(const Invitees*);

struct InterestDeclaration {
    Id<Panel> id;
    bool takes_part = true;
    bool conflict = false;
    std::optional<std::string> declaration;
};
Record describe(const InterestDeclaration*);

struct Scores {
    Id<Panel> id;
    std::vector<Score> scores;
    std::optional<std::string> comment;
};
Record describe(const Scores*);

struct SpreadView {
    std::string indicator; // empty: the weighted total
    std::int64_t count = 0;
    double mean = 0, trimmed_mean = 0, deviation = 0, min = 0, lower_quartile = 0, median = 0, upper_quartile = 0, max = 0, interquartile_range = 0;
};
Record describe(const SpreadView*);

struct ExpertTotal {
    Id<Expert> expert;
    Text expert_name;
    double total = 0;
    bool outlier = false; // beyond 1.5 interquartile ranges
};
Record describe(const ExpertTotal*);

struct ResultView {
    SpreadView total;
    std::vector<SpreadView> indicators;
    std::vector<ExpertTotal> totals;
    bool reaches_minimum = false;
};
Record describe(const ResultView*);

struct PanelView {
    Panel panel;
    std::int64_t invited = 0, answered = 0;
    bool quorate = false;
    std::vector<PanelSeat> seats;
    std::optional<PanelSeat> own;
    std::optional<ResultView> result;
};
Record describe(const PanelView*);

} // namespace greenbank::library
