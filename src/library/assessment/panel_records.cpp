// panel_records.cpp — descriptions of panels, seats and scores; results out of stored scores.
#include "library/assessment/panels.h"

#include <fmt/format.h>

namespace greenbank::library {

Record describe(const Score*) {
    return {"score", "What an expert gives one indicator.",
        {field<&Score::indicator>("indicator", "A code of the panel's scoring system.", {.min = 1, .max = 60}),
            field<&Score::score>("score", "On the panel's scale.")}};
}

Record describe(const Panel*) {
    return {"panel", "Experts who judge a technology.",
        {
            field<&Panel::id>("id", "Id.", {.read_only = true}),
            field<&Panel::admission>("admission", "The admission it is about.", {.read_only = true, .filter = true}),
            field<&Panel::verification>("verification", "The verification it is about.", {.read_only = true, .filter = true}),
            field<&Panel::technology>("technology", "The technology.", {.read_only = true, .filter = true}),
            field<&Panel::title>("title", "The technology's name.", {.read_only = true, .sort = true}),
            field<&Panel::system>("system", "The scoring system.", {.read_only = true}),
            field<&Panel::system_edition>("system_edition", "Its edition.", {.read_only = true}),
            field<&Panel::indicators>("indicators", "Indicators and weights as they were when the panel was opened.", {.read_only = true}),
            field<&Panel::scale_min>("scale_min", "The lowest score.", {.read_only = true}),
            field<&Panel::scale_max>("scale_max", "The highest score.", {.read_only = true}),
            field<&Panel::minimum>("minimum", "The mean that is enough.", {.read_only = true}),
            field<&Panel::quorum>("quorum", "How many must have scored.", {.read_only = true}),
            field<&Panel::trim>("trim", "Scores left out at each end of the trimmed mean.", {.read_only = true}),
            field<&Panel::deadline>("deadline", "Until when experts should answer.", {.read_only = true, .sort = true}),
            field<&Panel::state>("state", "Open, closed or cancelled.", {.read_only = true, .filter = true}),
            field<&Panel::opened_by>("opened_by", "Who opened it.", {.read_only = true}),
            field<&Panel::closed_at>("closed_at", "When it was closed.", {.read_only = true}),
            field<&Panel::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Panel::created_at>("created_at", "When it was opened.", {.read_only = true, .sort = true}),
            field<&Panel::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&Panel::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const PanelSeat*) {
    return {"panel_seat", "An expert's place on a panel.",
        {
            field<&PanelSeat::id>("id", "Id.", {.read_only = true}),
            field<&PanelSeat::panel>("panel", "Which panel.", {.read_only = true}),
            field<&PanelSeat::expert>("expert", "Which expert.", {.read_only = true}),
            field<&PanelSeat::expert_name>("expert_name", "The expert's name.", {.read_only = true}),
            field<&PanelSeat::state>("state", "Invited, accepted, declined, kept off by an interest, or scored.", {.read_only = true}),
            field<&PanelSeat::declaration>("declaration", "The expert's own word on interests.", {.read_only = true}),
            field<&PanelSeat::scores>("scores", "Hidden from all but the expert until the panel is closed.", {.max = 60, .read_only = true}),
            field<&PanelSeat::comment>("comment", "Why; hidden like the scores.", {.read_only = true}),
            field<&PanelSeat::invited_at>("invited_at", "When the expert was invited.", {.read_only = true}),
            field<&PanelSeat::answered_at>("answered_at", "When the expert last answered.", {.read_only = true}),
            field<&PanelSeat::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&PanelSeat::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const PanelLine*) {
    return {"panel_line", "A panel in a few figures.",
        {field<&PanelLine::id>("id", "The panel."), field<&PanelLine::state>("state", "Open, closed or cancelled."),
            field<&PanelLine::invited>("invited", "Experts on it."), field<&PanelLine::answered>("answered", "Those who have scored."),
            field<&PanelLine::opened_at>("opened_at", "When it was opened.")}};
}

PanelResult result_of(const Panel& panel, const std::vector<PanelSeat>& scored) {
    std::vector<std::vector<double>> scores;
    for (const PanelSeat& seat : scored) {
        std::vector<double>& row = scores.emplace_back();
        for (const ScoringIndicator& indicator : panel.indicators) {
            const auto score = std::find_if(seat.scores.begin(), seat.scores.end(), [&](const Score& one) { return one.indicator == indicator.code; });
            require(score != seat.scores.end(), "a seat that scored has a score for every indicator");
            row.push_back(score->score);
        }
    }
    return panel_result(scoring_scale(panel.indicators, panel.scale_min, panel.scale_max), scores, static_cast<std::size_t>(panel.trim));
}

Result<std::vector<PanelLine>> panels_of(Transaction& transaction, const Caller& caller, std::string_view column, const std::string& subject) {
    std::vector<PanelLine> lines;
    const std::string sql = fmt::format(
        "SELECT p.id, p.state, (SELECT COUNT(*) FROM panel_seat s WHERE s.panel = p.id AND s.state NOT IN ('declined', 'conflicted')), "
        "(SELECT COUNT(*) FROM panel_seat s WHERE s.panel = p.id AND s.state = 'scored'), p.created_at FROM panel p WHERE p.{} = $1{} ORDER BY p.created_at "
        "DESC, p.id DESC LIMIT 50",
        column,
        caller.actor.may(assess_entries) ? ""
                                         : " AND EXISTS (SELECT 1 FROM panel_seat m JOIN expert e ON e.id = m.expert WHERE m.panel = p.id AND e.person = $2)");
    std::vector<Value> parameters{subject};
    if (!caller.actor.may(assess_entries)) parameters.emplace_back(caller.actor.person);
    for (const auto& row : TRY(transaction.query(sql, parameters)).rows)
        lines.push_back({Id<Panel>(as_text(row[0])), parse_choice<PanelState>(as_text(row[1])).value_or(PanelState::open), as_integer(row[2]),
            as_integer(row[3]), Time{as_integer(row[4])}});
    return lines;
}

Result<bool> sits_on_panel_of(Transaction& transaction, const Caller& caller, const std::string& subject) {
    if (caller.actor.person.empty()) return false;
    return !TRY(transaction.query("SELECT s.id FROM panel p JOIN panel_seat s ON s.panel = p.id JOIN expert e ON e.id = s.expert WHERE (p.admission = $1 OR "
                                  "p.verification = $1) AND e.person = $2 AND s.state NOT IN ('declined', 'conflicted') LIMIT 1",
                    {subject, caller.actor.person}))
                .empty();
}

Result<std::optional<PanelOutcome>> panel_outcome(Transaction& transaction, const Id<Admission>& admission) {
    const auto panel = TRY(transaction.find_one<Panel>("admission = $1 AND state <> 'cancelled' ORDER BY created_at DESC, id DESC LIMIT 1", {admission.text}));
    if (!panel) return std::optional<PanelOutcome>{};
    const std::vector<PanelSeat> scored = TRY(transaction.find<PanelSeat>("panel = $1 AND state = 'scored' ORDER BY id", {panel->id.text}));
    return std::optional(PanelOutcome{.closed = panel->state == PanelState::closed,
        .quorate = static_cast<std::int64_t>(scored.size()) >= panel->quorum,
        .mean = result_of(*panel, scored).total.mean,
        .minimum = panel->minimum});
}

} // namespace greenbank::library
