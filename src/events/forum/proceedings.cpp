// proceedings.cpp — the proceedings of an event as PDF: programme, speakers, abstracts, roadshows, signings and figures.
#include <map>

#include <fmt/format.h>

#include "api/figures.h"
#include "api/words.h"
#include "events/forum/local_time.h"
#include "events/forum/overview.h"
#include "events/signings/signings.h"
#include "library/publishing/publication.h"
#include "paper/paper.h"

namespace greenbank::events {

namespace {

/// Everything that is printed, read in one snapshot.
struct Material {
    Event event;
    EventOverview overview;
    std::vector<SubEvent> parts;
    std::vector<ProgrammeItem> items;
    std::vector<Speaker> speakers;
    std::vector<RoadshowSlot> slots;
    std::vector<Signing> signings;
    std::map<std::string, std::string> halls; // names
};

Result<Material> material_of(Transaction& transaction, const Caller& caller, const Id<Event>& id) {
    Material all{.event = TRY(event_seen(transaction, caller, id))};
    const std::vector<Value> of_event{id.text};
    all.overview = TRY(overview_of(transaction, caller, all.event));
    all.parts = TRY(transaction.find<SubEvent>("event = $1 ORDER BY starts_at, id", of_event));
    all.items = TRY(transaction.find<ProgrammeItem>("event = $1 ORDER BY starts_at, id", of_event));
    all.speakers = TRY(transaction.find<Speaker>("event = $1 ORDER BY id", of_event));
    all.slots = TRY(transaction.find<RoadshowSlot>("event = $1 ORDER BY sub_event, number", of_event));
    all.signings = TRY(transaction.find<Signing>("event = $1 AND state = 'signed' ORDER BY signed_at, id", of_event));
    for (const Hall& hall : TRY(transaction.find<Hall>("event = $1", of_event))) all.halls[hall.id.text] = hall.name.best(caller.language);
    return all;
}

class Proceedings {
public:
    Proceedings(const Material& all, Language language) : all_(all), language_(language), figures_(language) {
        for (const Speaker& speaker : all.speakers) speakers_[speaker.id.text] = &speaker;
    }

    std::vector<paper::Block> blocks() {
        opening();
        programme();
        roadshows();
        signings();
        speakers();
        statistics();
        return std::move(blocks_);
    }

private:
    std::string say(std::string_view key) const { return word(key, language_); }
    std::string choice(std::string_view name, std::string_view value) const { return word(fmt::format("choice.{}.{}", name, value), language_); }
    std::string in(const Text& text) const { return text.best(language_); }
    std::string country(const std::string& code) const {
        const library::Term* term = library::reference().countries.find(code);
        return term ? term->name.best(language_) : code;
    }
    std::string row_of_names(const std::vector<std::string>& names) const { return join(names, language_ == Language::zh ? "、" : ", "); }
    void heading(int level, std::string text) { blocks_.push_back(paper::Heading{level, std::move(text)}); }
    void paragraph(const Text& text) {
        if (!text.empty()) blocks_.push_back(paper::Paragraph{in(text)});
    }
    std::string when(Time begin, Time end) const {
        return fmt::format(
            "{} {}–{}", to_text(local_day(begin, all_.event.time_zone)), local_clock(begin, all_.event.time_zone), local_clock(end, all_.event.time_zone));
    }
    std::string hall(const std::string& id) const {
        const auto found = all_.halls.find(id);
        return found == all_.halls.end() ? std::string() : found->second;
    }
    std::string amount(const std::optional<Money>& money, FigureStanding standing) const {
        if (!money) return "—";
        const std::string text = figures_.money(*money);
        return standing == FigureStanding::official ? text : fmt::format("{} ({})", text, choice("figure_standing", name_of(standing)));
    }

    void opening() {
        paragraph(all_.event.summary);
        paragraph(all_.event.description);
        paper::Facts facts{.title = say("record.event"), .facts = {}};
        const auto add = [&](std::string_view field, std::string value) {
            if (!value.empty()) facts.facts.push_back({say(fmt::format("field.event.{}", field)), std::move(value)});
        };
        add("kind", choice("event_kind", name_of(all_.event.kind)));
        add("first_day", to_text(all_.event.first_day));
        add("last_day", to_text(all_.event.last_day));
        add("city", in(all_.event.city));
        add("venue", in(all_.event.venue));
        for (const EventPartner& partner : all_.event.partners) facts.facts.push_back({choice("event_role", name_of(partner.role)), in(partner.name)});
        if (all_.event.source) add("source", *all_.event.source);
        blocks_.push_back(std::move(facts));
    }

    void programme() {
        if (all_.parts.empty()) return;
        heading(1, say("events.programme"));
        for (const SubEvent& part : all_.parts) {
            heading(2, in(part.title));
            std::string line = choice("sub_event_kind", name_of(part.kind));
            if (part.starts_at && part.ends_at) line += " · " + when(*part.starts_at, *part.ends_at);
            if (part.hall) line += " · " + hall(part.hall->text);
            blocks_.push_back(paper::Paragraph{line});
            paragraph(part.summary);
            for (const ProgrammeItem& item : all_.items)
                if (item.sub_event == part.id) session(item);
        }
    }

    void session(const ProgrammeItem& item) {
        heading(3, in(item.title));
        std::string line = when(item.starts_at, item.ends_at) + " · " + hall(item.hall.text);
        if (item.chair)
            if (const auto chair = speakers_.find(item.chair->text); chair != speakers_.end())
                line += fmt::format(" · {}: {}", say("field.programme_item.chair"), in(chair->second->name));
        blocks_.push_back(paper::Paragraph{line});
        paragraph(item.summary);
        for (const Talk& talk : item.talks) {
            const auto found = speakers_.find(talk.speaker.text);
            paper::Prose prose;
            if (found != speakers_.end()) {
                const Speaker& speaker = *found->second;
                prose.spans.push_back({.text = in(speaker.name), .strong = true});
                if (!speaker.organisation_name.empty()) prose.spans.push_back({.text = fmt::format(" ({})", in(speaker.organisation_name))});
            }
            if (!talk.title.empty()) prose.spans.push_back({.text = (language_ == Language::zh ? "：" : ": ") + in(talk.title)});
            if (prose.spans.empty()) continue;
            blocks_.push_back(paper::Paragraph{std::move(prose)});
            paragraph(talk.abstract);
        }
    }

    void roadshows() {
        if (all_.slots.empty()) return;
        heading(1, say("events.roadshows"));
        for (const SubEvent& part : all_.parts) {
            paper::Table table{.title = in(part.title),
                .columns = {{say("field.roadshow_slot.number"), paper::Align::right}, {say("field.roadshow_slot.title")},
                    {say("field.roadshow_slot.organisation_name")}, {say("field.roadshow_slot.amount"), paper::Align::right}},
                .rows = {}};
            Amounts sums;
            for (const RoadshowSlot& slot : all_.slots) {
                if (slot.sub_event != part.id) continue;
                table.rows.push_back({{std::to_string(slot.number), in(slot.title), in(slot.organisation_name),
                    paper::Cell(amount(slot.amount, slot.standing), slot.source.value_or(""))}});
                if (slot.amount) sums.add(*slot.amount);
            }
            if (table.rows.empty()) continue;
            for (const Money& sum : sums.all()) table.rows.push_back({{"", say("events.total"), "", figures_.money(sum)}, true});
            blocks_.push_back(std::move(table));
        }
    }

    void signings() {
        if (all_.signings.empty()) return;
        heading(1, say("events.signings"));
        paper::Table table{.title = "",
            .columns = {{say("field.signing.kind")}, {say("field.signing.title")}, {say("field.signing.parties")},
                {say("field.signing.amount"), paper::Align::right}},
            .rows = {}};
        Amounts sums;
        for (const Signing& signing : all_.signings) {
            std::vector<std::string> names;
            for (const SigningParty& party : signing.parties) names.push_back(in(party.name));
            table.rows.push_back({{choice("signing_kind", name_of(signing.kind)), in(signing.title), row_of_names(names),
                paper::Cell(amount(signing.amount, signing.standing), signing.source.value_or(""))}});
            if (signing.amount) sums.add(*signing.amount);
        }
        for (const Money& sum : sums.all()) table.rows.push_back({{"", say("events.total"), "", figures_.money(sum)}, true});
        blocks_.push_back(std::move(table));
    }

    void speakers() {
        if (all_.speakers.empty()) return;
        heading(1, say("events.speakers"));
        paper::Table table{.title = "",
            .columns = {{say("field.speaker.name")}, {say("field.speaker.position")}, {say("field.speaker.organisation_name")}, {say("field.speaker.country")}},
            .rows = {}};
        for (const Speaker& speaker : all_.speakers)
            table.rows.push_back(
                {{in(speaker.name), in(speaker.position), in(speaker.organisation_name), speaker.country ? country(*speaker.country) : std::string()}});
        blocks_.push_back(std::move(table));
    }

    void statistics() {
        heading(1, say("events.statistics"));
        const EventOverview& view = all_.overview;
        paper::Facts facts;
        for (const auto& [field, count] : {std::pair("sub_events", view.sub_events), {"sessions", view.sessions}, {"speakers", view.speakers},
                 {"countries", view.countries}, {"pavilions", view.pavilions}, {"booths", view.booths}, {"release_spaces", view.release_spaces},
                 {"roadshows", view.roadshows}, {"roadshow_projects", view.roadshow_projects}, {"signings", view.signings}})
            if (count > 0) facts.facts.push_back({say(fmt::format("field.event_overview.{}", field)), figures_.number(static_cast<double>(count))});
        for (const Money& sum : view.roadshow_amounts) facts.facts.push_back({say("field.event_overview.roadshow_amounts"), figures_.money(sum)});
        for (const Money& sum : view.signed_amounts) facts.facts.push_back({say("field.event_overview.signed_amounts"), figures_.money(sum)});
        if (!facts.facts.empty()) blocks_.push_back(std::move(facts));
        if (view.figures.empty()) return;
        paper::Table table{.title = say("field.event_overview.figures"),
            .columns = {{say("field.figure_check.measure")}, {say("field.figure_check.published_count"), paper::Align::right},
                {say("field.figure_check.entered_count"), paper::Align::right}},
            .rows = {}};
        for (const FigureCheck& check : view.figures) {
            std::string published = check.published_amount ? figures_.money(*check.published_amount) : std::to_string(check.published_count.value_or(0));
            if (check.comparison == PublishedComparison::at_least) published = "≥ " + published;
            std::string entered = check.entered_amount ? figures_.money(*check.entered_amount) : std::to_string(check.entered_count.value_or(0));
            if (check.split) entered += fmt::format(" ({})", choice("figure_standing", "sample"));
            table.rows.push_back({{choice("published_measure", name_of(check.measure)), paper::Cell(published, check.source), entered}});
        }
        blocks_.push_back(std::move(table));
    }

    const Material& all_;
    const Language language_;
    const Figures figures_;
    std::map<std::string, const Speaker*> speakers_;
    std::vector<paper::Block> blocks_;
};

Result<Response> proceedings_pdf(Store& store, const Caller& caller, const EventKey& key) {
    Material all;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> { return all = TRY(material_of(transaction, caller, key.id)), Done{}; }));
    paper::Document document{.front = {.title = all.event.title.best(caller.language),
                                 .subtitle = word("events.proceedings", caller.language),
                                 .organisation = word("document.bank", caller.language),
                                 .date = date_of(caller.now),
                                 .language = caller.language,
                                 .created_at = caller.now},
        .blocks = Proceedings(all, caller.language).blocks()};
    if (all.event.sample) document.front.marks.push_back(paper::badge(paper::Status::sample, caller.language));
    return inline_pdf(TRY(paper::to_pdf(document)), fmt::format("proceedings-{}", all.event.id.text));
}

} // namespace

std::vector<Endpoint> proceedings_endpoints() {
    return {{"event_proceedings", Method::get, "/events/{id}/proceedings", "The proceedings as PDF.", Mode::compute, open_to_all,
        as_file("application/pdf", call(proceedings_pdf))}};
}

} // namespace greenbank::events
