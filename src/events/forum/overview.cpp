// overview.cpp — counting what was entered.
#include "events/forum/overview.h"

#include <map>

#include <fmt/format.h>

#include "events/registration/registrations.h"
#include "events/signings/signings.h"

namespace greenbank::events {

Record describe(const PartCount*) {
    return {"part_count", "Parts of one kind.", {field<&PartCount::kind>("kind", "Which kind."), field<&PartCount::count>("count", "How many.")}};
}

Record describe(const FigureCheck*) {
    return {"figure_check", "A published figure beside what was entered.",
        {
            field<&FigureCheck::measure>("measure", "What is counted."),
            field<&FigureCheck::comparison>("comparison", "Exactly so much, or at least."),
            field<&FigureCheck::published_count>("published_count", "Published."),
            field<&FigureCheck::entered_count>("entered_count", "Entered."),
            field<&FigureCheck::published_amount>("published_amount", "Published."),
            field<&FigureCheck::entered_amount>("entered_amount", "Entered."),
            field<&FigureCheck::holds>("holds", "What was entered comes to what was published."),
            field<&FigureCheck::split>("split", "Single amounts are sample splits of a published sum."),
            field<&FigureCheck::source>("source", "Where it was published."),
        }};
}

Record describe(const EventOverview*) {
    return {"event_overview", "An event in figures.",
        {
            field<&EventOverview::event>("event", "Which event."),
            field<&EventOverview::own>("own", "The caller runs it."),
            field<&EventOverview::actions>("actions", "What the caller may do with it now."),
            field<&EventOverview::parts>("parts", "Its parts by kind."),
            field<&EventOverview::sub_events>("sub_events", "Parts in all."),
            field<&EventOverview::sessions>("sessions", "Sessions."),
            field<&EventOverview::speakers>("speakers", "Speakers."),
            field<&EventOverview::countries>("countries", "Countries that speakers, pavilions and signing parties come from."),
            field<&EventOverview::halls>("halls", "Halls."),
            field<&EventOverview::release_spaces>("release_spaces", "Technology-release spaces."),
            field<&EventOverview::pavilions>("pavilions", "Pavilions."),
            field<&EventOverview::booths>("booths", "Booths."),
            field<&EventOverview::roadshows>("roadshows", "Roadshows."),
            field<&EventOverview::roadshow_projects>("roadshow_projects", "Projects on their stages."),
            field<&EventOverview::roadshow_amounts>("roadshow_amounts", "Their amounts, by currency."),
            field<&EventOverview::signings>("signings", "Signed."),
            field<&EventOverview::agreements>("agreements", "Strategic agreements among them."),
            field<&EventOverview::signed_amounts>("signed_amounts", "For how much, by currency."),
            field<&EventOverview::meeting_rounds>("meeting_rounds", "Rounds of one-to-one meetings."),
            field<&EventOverview::places_left>("places_left", "Places that are left; absent: no limit."),
            field<&EventOverview::figures>("figures", "What was published, beside what was entered."),
        }};
}

namespace {

class Counting {
public:
    Counting(Transaction& transaction, const Caller& caller, const Event& event) : transaction_(transaction), caller_(caller), event_(event) {}

    Result<EventOverview> run() {
        view_.event = event_.id;
        view_.own = runs(caller_, event_);
        if (view_.own) view_.actions = event_actions(event_.state);
        TRY(count_parts());
        TRY(count_roadshows());
        TRY(count_signings());
        TRY(check_figures());
        return std::move(view_);
    }

private:
    Result<std::int64_t> count(std::string_view table, std::string_view more = "") {
        return as_integer(TRY(transaction_.query(fmt::format("SELECT COUNT(*) FROM {} WHERE event = $1{}", table, more), {event_.id.text})).single());
    }

    Result<Done> count_parts() {
        for (const auto& row :
            TRY(transaction_.query("SELECT kind, COUNT(*) FROM sub_event WHERE event = $1 GROUP BY kind ORDER BY kind", {event_.id.text})).rows) {
            const auto kind = parse_choice<SubEventKind>(as_text(row[0]));
            if (!kind) continue;
            view_.parts.push_back({*kind, as_integer(row[1])});
            view_.sub_events += as_integer(row[1]);
            if (*kind == SubEventKind::roadshow) view_.roadshows = as_integer(row[1]);
        }
        view_.sessions = TRY(count("programme_item"));
        view_.speakers = TRY(count("speaker"));
        view_.halls = TRY(count("hall"));
        view_.release_spaces = TRY(count("hall", " AND kind = 'release_space'"));
        view_.pavilions = TRY(count("pavilion"));
        view_.booths = TRY(count("booth"));
        view_.meeting_rounds = TRY(count("meeting_round"));
        for (const char* table : {"speaker", "pavilion"})
            for (const auto& row :
                TRY(transaction_.query(fmt::format("SELECT DISTINCT country FROM {} WHERE event = $1 AND country IS NOT NULL", table), {event_.id.text})).rows)
                ++countries_[as_text(row[0])];
        if (event_.capacity) view_.places_left = TRY(attendance_of(transaction_, event_)).places_left;
        return Done{};
    }

    Result<Done> count_roadshows() {
        Amounts amounts;
        for (const RoadshowSlot& slot : TRY(transaction_.find<RoadshowSlot>("event = $1", {event_.id.text}))) {
            ++view_.roadshow_projects;
            if (!slot.amount) continue;
            amounts.add(*slot.amount);
            roadshow_split_ = roadshow_split_ || slot.standing == FigureStanding::sample;
        }
        view_.roadshow_amounts = amounts.all();
        return Done{};
    }

    Result<Done> count_signings() {
        Amounts amounts;
        for (const Signing& signing : TRY(transaction_.find<Signing>("event = $1 AND state = 'signed'", {event_.id.text}))) {
            ++view_.signings;
            for (const SigningParty& party : signing.parties)
                if (party.country) ++countries_[*party.country];
            if (signing.kind == SigningKind::strategic_agreement) ++view_.agreements;
            const bool industry = signing.kind == SigningKind::industry_project;
            industry_ += industry;
            for (const PlannedStep& step : signing.planned)
                if (industry && step.stage == PromiseStage::invested) planned_.add(step.amount);
            if (!signing.amount) continue;
            amounts.add(*signing.amount);
            if (!industry) continue;
            industry_amounts_.add(*signing.amount);
            industry_split_ = industry_split_ || signing.standing == FigureStanding::sample;
        }
        view_.signed_amounts = amounts.all();
        view_.countries = static_cast<std::int64_t>(countries_.size());
        return Done{};
    }

    std::int64_t count_of(PublishedMeasure measure) const {
        switch (measure) {
        case PublishedMeasure::sub_events: return view_.sub_events;
        case PublishedMeasure::roadshows: return view_.roadshows;
        case PublishedMeasure::roadshow_projects: return view_.roadshow_projects;
        case PublishedMeasure::strategic_agreements: return view_.agreements;
        case PublishedMeasure::industry_projects: return industry_;
        case PublishedMeasure::release_spaces: return view_.release_spaces;
        case PublishedMeasure::roadshow_amount:
        case PublishedMeasure::industry_amount:
        case PublishedMeasure::invested_amount_planned: break;
        }
        return 0;
    }
    std::vector<Money> amounts_of(PublishedMeasure measure) const {
        if (measure == PublishedMeasure::roadshow_amount) return view_.roadshow_amounts;
        if (measure == PublishedMeasure::industry_amount) return industry_amounts_.all();
        if (measure == PublishedMeasure::invested_amount_planned) return planned_.all();
        return {};
    }

    Result<Done> check_figures() {
        for (const PublishedFigure& figure : event_.published_figures) {
            FigureCheck check{.measure = figure.measure, .comparison = figure.comparison, .source = figure.source};
            std::int64_t published = 0, entered = 0;
            if (figure.amount) {
                published = figure.amount->minor;
                for (const Money& sum : amounts_of(figure.measure))
                    if (sum.currency == figure.amount->currency) entered = sum.minor;
                check.published_amount = figure.amount;
                check.entered_amount = Money{entered, figure.amount->currency};
                check.split = figure.measure == PublishedMeasure::roadshow_amount ? roadshow_split_ : industry_split_;
            } else if (figure.count) {
                published = *figure.count;
                entered = count_of(figure.measure);
                check.published_count = published;
                check.entered_count = entered;
            }
            check.holds = figure.comparison == PublishedComparison::exactly ? entered == published : entered >= published;
            view_.figures.push_back(std::move(check));
        }
        return Done{};
    }

    Transaction& transaction_;
    const Caller& caller_;
    const Event& event_;
    EventOverview view_;
    std::map<std::string, int> countries_;
    Amounts industry_amounts_, planned_;
    std::int64_t industry_ = 0;
    bool roadshow_split_ = false, industry_split_ = false;
};

Result<EventOverview> overview_get(Transaction& transaction, const Caller& caller, const EventKey& key) {
    return overview_of(transaction, caller, TRY(event_seen(transaction, caller, key.id)));
}

} // namespace

Result<EventOverview> overview_of(Transaction& transaction, const Caller& caller, const Event& event) { return Counting(transaction, caller, event).run(); }

std::vector<Endpoint> overview_endpoints() {
    return {{"event_overview", Method::get, "/events/{id}/overview", "An event in figures.", Mode::read, open_to_all, call(overview_get)}};
}

} // namespace greenbank::events
