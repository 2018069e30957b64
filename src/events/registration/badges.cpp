// badges.cpp — badges as PDF: a page for each person, with a square that the desk scans.
#include <fmt/format.h>

#include "api/words.h"
#include "events/registration/registrations.h"
#include "paper/paper.h"

namespace greenbank::events {

namespace {

constexpr std::size_t badges_max = 3'000;

struct BadgeKey {
    std::string code;
};
Record describe(const BadgeKey*) { return {"badge_key", "Names a badge.", {field<&BadgeKey::code>("code", "The code on it.", {.min = 10, .max = 10})}}; }

std::string days_text(const Event& event) {
    return event.first_day == event.last_day ? to_text(event.first_day) : fmt::format("{} – {}", to_text(event.first_day), to_text(event.last_day));
}

paper::Document badges(const Caller& caller, const library::PublicAddress& address, const Event& event, const std::vector<Registration>& people) {
    const Language language = caller.language;
    paper::Document document{.front = {.title = event.title.best(language),
                                 .organisation = word("document.bank", language),
                                 .language = language,
                                 .title_page = false,
                                 .contents_levels = 0,
                                 .numbered = false,
                                 .created_at = caller.now},
        .blocks = {}};
    if (event.sample) document.front.marks.push_back(paper::badge(paper::Status::sample, language));
    for (const Registration& one : people) {
        if (!document.blocks.empty()) document.blocks.push_back(paper::PageBreak{});
        document.blocks.push_back(paper::Heading{1, one.name});
        document.blocks.push_back(paper::Badges{{{word(fmt::format("choice.registration_category.{}", name_of(one.category)), language), paper::Tone::info}}});
        paper::Facts facts;
        const auto add = [&](std::string_view label, std::string text) {
            if (!text.empty()) facts.facts.push_back({word(label, language), std::move(text)});
        };
        add("field.registration.organisation_name", one.organisation_name);
        add("field.registration.position", one.position);
        const library::Term* country = library::reference().countries.find(one.country);
        add("field.registration.country", country ? country->name.best(language) : one.country);
        add("events.days", days_text(event));
        add("field.event.venue", event.venue.best(language));
        document.blocks.push_back(std::move(facts));
        document.blocks.push_back(paper::Proof{fill_in(word("events.badge_code", language), {{"code", one.code}}),
            fmt::format("{}/events/{}/check-in?code={}", address.base, event.id.text, one.code)});
    }
    return document;
}

Result<Response> as_pdf(const paper::Document& document, const std::string& name) { return inline_pdf(TRY(paper::to_pdf(document)), name); }

/// Whoever has the code has the badge: guests without an account print it with what they were told when they registered.
Result<Response> badge_pdf(const library::PublicAddress& address, Store& store, const Caller& caller, const BadgeKey& key) {
    Event event;
    Registration one;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        const auto found = TRY(transaction.find_one<Registration>("code = $1", {key.code}));
        if (!found) return not_found(record_of<Registration>(), key.code);
        if (found->state != RegistrationState::approved)
            return Error{Failure::conflict, "check_in.not_approved", "{name} has no place at this event.", {{"name", found->name}}};
        one = *found;
        event = TRY(transaction.get(one.event));
        return Done{};
    }));
    return as_pdf(badges(caller, address, event, {one}), "badge-" + one.code);
}

Result<Response> event_badges(const library::PublicAddress& address, Store& store, const Caller& caller, const EventKey& key) {
    Event event;
    std::vector<Registration> people;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        event = TRY(event_to_run(transaction, caller, key.id));
        people = TRY(transaction.find<Registration>(fmt::format("event = $1 AND state = 'approved' ORDER BY name, id LIMIT {}", badges_max), {event.id.text}));
        return Done{};
    }));
    if (people.empty()) return Error{Failure::conflict, "registration.no_badges", "Nobody is approved yet, so there is no badge to print."};
    return as_pdf(badges(caller, address, event, people), "badges-" + event.id.text);
}

} // namespace

std::vector<Endpoint> badge_endpoints(const library::PublicAddress& address) {
    return {
        // clang-format off
        {"badge_pdf", Method::get, "/badges/{code}", "A badge as PDF, for whoever has its code.", Mode::compute, open_to_all,
         as_file("application/pdf", call(address, badge_pdf))},
        {"event_badges", Method::get, "/events/{id}/badges", "The badges of all who have a place, as PDF.", Mode::compute, organise_events,
         as_file("application/pdf", call(address, event_badges))},
        // clang-format on
    };
}

} // namespace greenbank::events
