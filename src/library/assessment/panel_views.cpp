// panel_views.cpp — their descriptions.
#include "library/assessment/panel_views.h"

#include "library/reference.h"

namespace greenbank::library {

Record describe(const PanelKey*) { return {"panel_key", "Names a panel.", {field<&PanelKey::id>("id", "Its id.")}}; }

static void check_opening(const void* value, Problems& problems) {
    const auto& opening = *static_cast<const PanelOpening*>(value);
    if (opening.admission.has_value() == opening.verification.has_value())
        problems.push_back({"admission", "panel.subject", "A panel is about one admission or one verification; name one of the two."});
    if (!reference().assessment.system(opening.system))
        problems.push_back({"system", "panel.system", "There is no such scoring system; the list is at /api/v1/scoring-systems."});
}
Record describe(const PanelOpening*) {
    return {"panel_opening", "Asks experts about an admission or a verification.",
        {
            field<&PanelOpening::admission>("admission", "A recommended admission."),
            field<&PanelOpening::verification>("verification", "A verification under way."),
            field<&PanelOpening::system>("system", "A code of /scoring-systems.", {.max = 60, .defaulted = true}),
            field<&PanelOpening::experts>("experts", "Whom to invite; more may follow.", {.max = 50}),
            field<&PanelOpening::quorum>("quorum", "How many must have scored.", {.min = 1, .max = 50, .defaulted = true}),
            field<&PanelOpening::trim>("trim", "Scores left out at each end of the trimmed mean.", {.min = 0, .max = 5, .defaulted = true}),
            field<&PanelOpening::deadline>("deadline", "Until when experts should answer."),
        },
        check_opening};
}

Record describe(const Invitees*) {
    return {"panel_invitees", "Invites more experts.",
        {field<&Invitees::id>("id", "The panel."), field<&Invitees::experts>("experts", "Whom to invite.", {.min = 1, .max = 50})}};
}

static void check_declaration(const void* value, Problems& problems) {
    const auto& declaration = *static_cast<const InterestDeclaration*>(value);
    if (declaration.conflict && !declaration.declaration) problems.push_back({"declaration", "panel.declaration", "Say in a few words which interest it is."});
}
Record describe(const InterestDeclaration*) {
    return {"interest_declaration", "An invited expert takes part or not, and says whether there is an interest.",
        {
            field<&InterestDeclaration::id>("id", "The panel."),
            field<&InterestDeclaration::takes_part>("takes_part", "Accepts the invitation.", {.defaulted = true}),
            field<&InterestDeclaration::conflict>("conflict", "Has an interest in what is judged."),
            field<&InterestDeclaration::declaration>("declaration", "Which one; or why not.", {.min = 1, .max = 2000}),
        },
        check_declaration};
}

Record describe(const Scores*) {
    return {"panel_scores", "An expert's scores; they may be given again until the panel is closed.",
        {field<&Scores::id>("id", "The panel."), field<&Scores::scores>("scores", "One for each indicator.", {.min = 1, .max = 60}),
            field<&Scores::comment>("comment", "Why.", {.min = 1, .max = 4000})}};
}

Record describe(const SpreadView*) {
    return {"spread", "Scores of all experts in a few figures.",
        {
            field<&SpreadView::indicator>("indicator", "Which indicator; empty: the weighted total."),
            field<&SpreadView::count>("count", "How many scores."),
            field<&SpreadView::mean>("mean", "Arithmetic mean."),
            field<&SpreadView::trimmed_mean>("trimmed_mean", "Mean without the scores left out at both ends."),
            field<&SpreadView::deviation>("deviation", "Sample standard deviation."),
            field<&SpreadView::min>("min", "The lowest."),
            field<&SpreadView::lower_quartile>("lower_quartile", "A quarter lies below."),
            field<&SpreadView::median>("median", "Half lies below."),
            field<&SpreadView::upper_quartile>("upper_quartile", "Three quarters lie below."),
            field<&SpreadView::max>("max", "The highest."),
            field<&SpreadView::interquartile_range>("interquartile_range", "Between both quartiles."),
        }};
}

Record describe(const ExpertTotal*) {
    return {"expert_total", "An expert's weighted total.",
        {field<&ExpertTotal::expert>("expert", "Which expert."), field<&ExpertTotal::expert_name>("expert_name", "The expert's name."),
            field<&ExpertTotal::total>("total", "The weighted sum of the scores."),
            field<&ExpertTotal::outlier>("outlier", "Further than 1.5 interquartile ranges from the quartiles.")}};
}

Record describe(const ResultView*) {
    return {"panel_result", "What a closed panel says.",
        {field<&ResultView::total>("total", "Over experts."), field<&ResultView::indicators>("indicators", "By indicator."),
            field<&ResultView::totals>("totals", "By expert."),
            field<&ResultView::reaches_minimum>("reaches_minimum", "There was a quorum and its mean is enough.")}};
}

Record describe(const PanelView*) {
    return {"panel_view", "A panel as the caller may see it.",
        {
            field<&PanelView::panel>("panel", "The panel."),
            field<&PanelView::invited>("invited", "Experts on it."),
            field<&PanelView::answered>("answered", "Those who have scored."),
            field<&PanelView::quorate>("quorate", "Enough have scored."),
            field<&PanelView::seats>("seats", "The bank sees who sits there; scores only once it is closed."),
            field<&PanelView::own>("own", "The caller's own seat, with its scores."),
            field<&PanelView::result>("result", "Once it is closed."),
        }};
}

} // namespace greenbank::library
