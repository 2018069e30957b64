// panels.cpp — opening, inviting, declaring, scoring, closing; who sees which scores when.
#include "library/assessment/panel_views.h"

#include <fmt/format.h>

#include "library/reference.h"

namespace greenbank::library {

namespace {

SpreadView view_of(std::string indicator, const Spread& spread) {
    return {std::move(indicator), spread.count, spread.mean, spread.trimmed_mean, spread.deviation, spread.min, spread.lower_quartile, spread.median,
        spread.upper_quartile, spread.max, spread.interquartile_range()};
}

ResultView view_of(const Panel& panel, const std::vector<PanelSeat>& scored) {
    const PanelResult result = result_of(panel, scored);
    ResultView view{.total = view_of("", result.total)};
    for (std::size_t i = 0; i < panel.indicators.size(); ++i) view.indicators.push_back(view_of(panel.indicators[i].code, result.indicators[i]));
    for (std::size_t i = 0; i < scored.size(); ++i)
        view.totals.push_back(
            {scored[i].expert, scored[i].expert_name, result.totals[i], std::find(result.outliers.begin(), result.outliers.end(), i) != result.outliers.end()});
    view.reaches_minimum = static_cast<std::int64_t>(scored.size()) >= panel.quorum && result.total.mean >= panel.minimum;
    return view;
}

/// Who owns what is judged, and who entered it.
struct Judged {
    std::vector<std::string> owners;
    std::string entered_by;
};
Result<Judged> judged_by(Transaction& transaction, const Panel& panel) {
    Judged judged;
    const auto add = [&](const std::optional<Id<Organisation>>& organisation) {
        if (organisation && !organisation->empty()) judged.owners.push_back(organisation->text);
    };
    std::string subject;
    if (const auto technology = TRY(transaction.find_one<Technology>("id = $1", {panel.technology.text}))) add(technology->holder);
    if (panel.admission) {
        add(TRY(transaction.get(*panel.admission)).holder);
        subject = panel.admission->text;
    }
    if (panel.verification) {
        const Verification verification = TRY(transaction.get(*panel.verification));
        add(verification.holder);
        add(verification.applicant);
        add(verification.verifier); // nobody judges their own work either
        subject = panel.verification->text;
    }
    judged.entered_by = as_text(TRY(transaction.query("SELECT person FROM assessment_step WHERE subject = $1 ORDER BY at, id LIMIT 1", {subject})).single());
    return judged;
}

Result<std::vector<Interest>> interests_of(Transaction& transaction, const Expert& expert, const Judged& judged) {
    InterestFacts facts{.person = expert.person ? expert.person->text : "",
        .organisation = expert.organisation ? expert.organisation->text : "",
        .entered_by = judged.entered_by,
        .owners = judged.owners};
    for (const DeclaredInterest& one : expert.interests)
        if (one.organisation) facts.declared.push_back(one.organisation->text);
    for (const auto& row : TRY(transaction.query("SELECT organisation FROM membership WHERE person = $1", {facts.person})).rows)
        facts.memberships.push_back(as_text(row[0]));
    return interests(facts);
}

Problem interest_problem(std::string field, Interest interest) {
    switch (interest) {
    case Interest::own_entry: return {std::move(field), "panel.own_entry", "This expert entered what is to be judged."};
    case Interest::same_organisation: return {std::move(field), "panel.same_organisation", "This expert works for an organisation whose technology is judged."};
    case Interest::member: return {std::move(field), "panel.member", "This expert's account is a member of an organisation whose technology is judged."};
    case Interest::declared:
        return {std::move(field), "panel.declared_interest", "This expert has declared an interest in an organisation whose technology is judged."};
    case Interest::own_word: break;
    }
    return {std::move(field), "panel.own_word", "This expert has said that there is an interest."};
}

/// Invites all or nobody; everybody who may not sit there is named with the reason.
Result<Done> invite(Transaction& transaction, const Caller& caller, const Panel& panel, const std::vector<Id<Expert>>& experts) {
    const Judged judged = TRY(judged_by(transaction, panel));
    Problems problems;
    std::vector<PanelSeat> seats;
    for (std::size_t i = 0; i < experts.size(); ++i) {
        const std::string field = fmt::format("experts[{}]", i);
        const auto expert = TRY(transaction.find_one<Expert>("id = $1", {experts[i].text}));
        if (!expert || expert->state != State::published) {
            problems.push_back({field, "panel.no_expert", "There is no such expert, or the entry is not published."});
            continue;
        }
        if (!expert->person) problems.push_back({field, "panel.no_account", "This expert has no account to answer with; enter it first."});
        if (expert->available_until && *expert->available_until < date_of(caller.now))
            problems.push_back({field, "panel.unavailable", "This expert is no longer available for panels."});
        for (const Interest one : TRY(interests_of(transaction, *expert, judged))) problems.push_back(interest_problem(field, one));
        const bool twice = std::any_of(seats.begin(), seats.end(), [&](const PanelSeat& seat) { return seat.expert == expert->id; });
        if (twice || !TRY(transaction.query("SELECT id FROM panel_seat WHERE panel = $1 AND expert = $2", {panel.id.text, expert->id.text})).empty())
            problems.push_back({field, "panel.invited", "This expert is invited already."});
        seats.push_back({.id = caller.new_id<PanelSeat>(),
            .panel = panel.id,
            .expert = expert->id,
            .expert_name = expert->name,
            .invited_at = caller.now,
            .sample = panel.sample});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    for (const PanelSeat& seat : seats) TRY(transaction.insert(seat));
    return Done{};
}

Result<Done> check_not_owner(Transaction& transaction, const Caller& caller, const Panel& panel) {
    if (!TRY(is_member(transaction, caller.actor.person, TRY(judged_by(transaction, panel)).owners))) return Done{};
    return Error{Failure::forbidden, "panel.own", "You belong to an organisation whose technology is judged; somebody else must run this panel."};
}

Result<Panel> open_panel(Transaction& transaction, const Caller& caller, const Id<Panel>& id) {
    Panel panel = TRY(transaction.get(id));
    TRY(check_expected(caller, panel));
    if (panel.state != PanelState::open) return Error{Failure::conflict, "panel.not_open", "This panel is closed."};
    return panel;
}

/// Names the subject of a new panel and refuses where it is not the time for one.
Result<Done> attach(Transaction& transaction, const Caller& caller, Panel& panel) {
    std::string subject, column;
    if (panel.admission) {
        const Admission admission = TRY(transaction.get(*panel.admission));
        if (admission.state != AdmissionState::recommended)
            return Error{Failure::conflict, "panel.not_recommended", "Experts are asked about a recommended technology; this admission stands elsewhere."};
        panel.technology = admission.technology;
        panel.title = admission.title;
        panel.sample = admission.sample;
        subject = admission.id.text, column = "admission";
    } else {
        const Verification verification = TRY(transaction.get(*panel.verification));
        if (verification.state != VerificationState::verification && verification.state != VerificationState::reporting)
            return Error{Failure::conflict, "panel.not_verified", "Experts are asked while a technology is verified; this verification stands elsewhere."};
        panel.technology = verification.technology;
        panel.title = verification.title;
        panel.sample = verification.sample;
        subject = verification.id.text, column = "verification";
    }
    TRY(check_not_owner(transaction, caller, panel));
    if (!TRY(transaction.query(fmt::format("SELECT id FROM panel WHERE {} = $1 AND state <> 'cancelled'", column), {subject})).empty())
        return Error{Failure::conflict, "panel.twice", "There is a panel about this already; cancel it before you open another."};
    return Done{};
}

Result<PanelView> panel_get(Transaction& transaction, const Caller& caller, const PanelKey& key);

Result<Reply<PanelView>> panel_create(Transaction& transaction, const Caller& caller, const PanelOpening& opening) {
    const ScoringSystem* system = reference().assessment.system(opening.system);
    require(system != nullptr, "validation has found the scoring system");
    Panel panel{.id = caller.new_id<Panel>(),
        .admission = opening.admission,
        .verification = opening.verification,
        .system = system->code,
        .system_edition = system->edition,
        .indicators = system->indicators,
        .scale_min = system->scale_min,
        .scale_max = system->scale_max,
        .minimum = system->minimum,
        .quorum = opening.quorum,
        .trim = opening.trim,
        .deadline = opening.deadline,
        .opened_by = caller.actor.person,
        .closed_at = {},
        .created_at = caller.now,
        .updated_at = caller.now};
    TRY(attach(transaction, caller, panel));
    TRY(transaction.insert(panel));
    TRY(invite(transaction, caller, panel, opening.experts));
    return Reply<PanelView>{.body = TRY(panel_get(transaction, caller, {panel.id})), .status = 201};
}

Result<PanelView> panel_invite(Transaction& transaction, const Caller& caller, const Invitees& invitees) {
    Panel panel = TRY(open_panel(transaction, caller, invitees.id));
    TRY(check_not_owner(transaction, caller, panel));
    TRY(invite(transaction, caller, panel, invitees.experts));
    panel.updated_at = caller.now;
    TRY(transaction.update(panel));
    return panel_get(transaction, caller, {panel.id});
}

Result<std::optional<PanelSeat>> own_seat(Transaction& transaction, const Caller& caller, const Id<Panel>& panel) {
    if (caller.actor.person.empty()) return std::optional<PanelSeat>{};
    return transaction.find_one<PanelSeat>("panel = $1 AND expert IN (SELECT id FROM expert WHERE person = $2)", {panel.text, caller.actor.person});
}

/// The caller's seat on an open panel; a panel is nothing to those who were not asked.
Result<PanelSeat> seat_to_change(Transaction& transaction, const Caller& caller, const Id<Panel>& id) {
    auto seat = TRY(own_seat(transaction, caller, id));
    if (!seat) return not_found(record_of<Panel>(), id.text);
    if (TRY(transaction.get(id)).state != PanelState::open) return Error{Failure::conflict, "panel.not_open", "This panel is closed."};
    return std::move(*seat);
}

Result<PanelView> panel_declare(Transaction& transaction, const Caller& caller, const InterestDeclaration& declaration) {
    PanelSeat seat = TRY(seat_to_change(transaction, caller, declaration.id));
    seat.declaration = declaration.declaration;
    seat.answered_at = caller.now;
    if (declaration.conflict || !declaration.takes_part) {
        seat.state = declaration.conflict ? SeatState::conflicted : SeatState::declined;
        seat.scores.clear();
        seat.comment.reset();
    } else if (seat.state == SeatState::conflicted) {
        return Error{Failure::conflict, "panel.own_word_stands", "You have said that you have an interest; that stands for this panel."};
    } else if (seat.state != SeatState::scored) {
        seat.state = SeatState::accepted;
    }
    TRY(transaction.update(seat));
    return panel_get(transaction, caller, {declaration.id});
}

Result<Done> check_scores(const Panel& panel, const std::vector<Score>& scores) {
    Problems problems;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const auto known = [&](const Score& one) { return one.indicator == scores[i].indicator; };
        if (std::none_of(panel.indicators.begin(), panel.indicators.end(), [&](const ScoringIndicator& one) { return one.code == scores[i].indicator; }))
            problems.push_back({fmt::format("scores[{}].indicator", i), "panel.indicator", "This panel does not score that."});
        if (std::find_if(scores.begin(), scores.end(), known) - scores.begin() < static_cast<std::ptrdiff_t>(i))
            problems.push_back({fmt::format("scores[{}].indicator", i), "panel.scored_twice", "This indicator is scored twice."});
        if (!(scores[i].score >= panel.scale_min && scores[i].score <= panel.scale_max))
            problems.push_back({fmt::format("scores[{}].score", i), "panel.scale", "Scores go from {min} to {max}.",
                {{"min", fmt::format("{}", panel.scale_min)}, {"max", fmt::format("{}", panel.scale_max)}}});
    }
    if (problems.empty() && scores.size() < panel.indicators.size())
        problems.push_back({"scores", "panel.incomplete", "Score every indicator: {count} in all.", {{"count", std::to_string(panel.indicators.size())}}});
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<PanelView> panel_score(Transaction& transaction, const Caller& caller, const Scores& given) {
    PanelSeat seat = TRY(seat_to_change(transaction, caller, given.id));
    const Panel panel = TRY(transaction.get(given.id));
    if (seat.state == SeatState::invited)
        return Error{Failure::conflict, "panel.declare_first", "First say whether you take part and whether you have an interest."};
    if (seat.state == SeatState::declined || seat.state == SeatState::conflicted)
        return Error{Failure::conflict, "panel.not_seated", "You do not take part in this panel."};
    // An interest may have been declared since the invitation.
    const std::vector<Interest> found = TRY(interests_of(transaction, TRY(transaction.get(seat.expert)), TRY(judged_by(transaction, panel))));
    if (!found.empty()) {
        const Problem why = interest_problem("", found.front());
        return Error{Failure::conflict, why.code, why.message};
    }
    TRY(check_scores(panel, given.scores));
    seat.scores = given.scores;
    seat.comment = given.comment;
    seat.state = SeatState::scored;
    seat.answered_at = caller.now;
    TRY(transaction.update(seat));
    return panel_get(transaction, caller, {given.id});
}

Result<PanelView> panel_close(Transaction& transaction, const Caller& caller, const PanelKey& key) {
    Panel panel = TRY(open_panel(transaction, caller, key.id));
    TRY(check_not_owner(transaction, caller, panel));
    const std::int64_t scored =
        as_integer(TRY(transaction.query("SELECT COUNT(*) FROM panel_seat WHERE panel = $1 AND state = 'scored'", {panel.id.text})).single());
    const bool overdue = panel.deadline && *panel.deadline < date_of(caller.now);
    if (scored < panel.quorum && !overdue)
        return Error{Failure::conflict, "panel.quorum", "{scored} of at least {quorum} experts have scored; wait for them, or until the deadline has passed.",
            {{"scored", std::to_string(scored)}, {"quorum", std::to_string(panel.quorum)}}};
    panel.state = PanelState::closed;
    panel.closed_at = panel.updated_at = caller.now;
    TRY(transaction.update(panel));
    return panel_get(transaction, caller, key);
}

Result<PanelView> panel_cancel(Transaction& transaction, const Caller& caller, const PanelKey& key) {
    Panel panel = TRY(open_panel(transaction, caller, key.id));
    TRY(check_not_owner(transaction, caller, panel));
    panel.state = PanelState::cancelled;
    panel.closed_at = panel.updated_at = caller.now;
    TRY(transaction.update(panel));
    return panel_get(transaction, caller, key);
}

Result<PanelView> panel_get(Transaction& transaction, const Caller& caller, const PanelKey& key) {
    PanelView view{.panel = TRY(transaction.get(key.id)), .seats = {}, .own = {}, .result = {}};
    const bool staff = caller.actor.may(assess_entries), closed = view.panel.state == PanelState::closed;
    view.own = TRY(own_seat(transaction, caller, key.id));
    if (!staff && !view.own) return not_found(record_of<Panel>(), key.id.text);
    std::vector<PanelSeat> scored;
    for (PanelSeat& seat : TRY(transaction.find<PanelSeat>("panel = $1 ORDER BY id", {key.id.text}))) {
        view.invited += seat.state != SeatState::declined && seat.state != SeatState::conflicted;
        if (seat.state == SeatState::scored) scored.push_back(seat);
        if (!closed) {
            seat.scores.clear();
            seat.comment.reset();
        }
        const bool judged_with_them = view.own && view.own->state == SeatState::scored;
        if (staff || (closed && judged_with_them)) view.seats.push_back(std::move(seat));
    }
    view.answered = static_cast<std::int64_t>(scored.size());
    view.quorate = view.answered >= view.panel.quorum;
    if (closed && !scored.empty() && (staff || view.own->state == SeatState::scored)) view.result = view_of(view.panel, scored);
    return view;
}

Result<Page<Panel>> panel_list(Transaction& transaction, const Caller& caller, const ListOf<Panel>& list) {
    if (caller.actor.may(assess_entries)) return list_page<Panel>(transaction, caller, list);
    return list_page<Panel>(
        transaction, caller, list, "id IN (SELECT s.panel FROM panel_seat s JOIN expert e ON e.id = s.expert WHERE e.person = $1)", {caller.actor.person});
}

Result<Page<ScoringSystem>> scoring_system_list(Transaction&, const Caller&) {
    Page<ScoringSystem> page{.items = reference().assessment.systems, .next = {}};
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

} // namespace

std::vector<Endpoint> panel_endpoints() {
    return {
        // clang-format off
        {"scoring_system_list", Method::get, "/scoring-systems", "What experts score, with weights and scale.", Mode::read, open_to_all, call(scoring_system_list)},
        {"panel_list", Method::get, "/panels", "Panels: for the bank all, for an expert those it sits on.", Mode::read, signed_in, call(panel_list)},
        {"panel_get", Method::get, "/panels/{id}", "One panel; scores only once it is closed.", Mode::read, signed_in, call(panel_get)},
        {"panel_create", Method::post, "/panels", "Ask experts about an admission or a verification.", Mode::write, assess_entries, call(panel_create)},
        {"panel_invite", Method::post, "/panels/{id}/invite", "Invite more experts.", Mode::write, assess_entries, call(panel_invite)},
        {"panel_declare", Method::post, "/panels/{id}/declare", "Take part or not, and say whether there is an interest.", Mode::write, signed_in, call(panel_declare)},
        {"panel_score", Method::post, "/panels/{id}/score", "Give one's scores.", Mode::write, signed_in, call(panel_score)},
        {"panel_close", Method::post, "/panels/{id}/close", "Close a panel and show its result.", Mode::write, assess_entries, call(panel_close)},
        {"panel_cancel", Method::post, "/panels/{id}/cancel", "Cancel a panel.", Mode::write, assess_entries, call(panel_cancel)},
        // clang-format on
    };
}

} // namespace greenbank::library
