// parts.cpp — the rules of halls, pavilions, booths, speakers and slots, and the rows of all parts.
#include "events/forum/parts.h"

#include <cmath>

#include <fmt/format.h>

#include "events/engine/programme.h"
#include "events/forum/programme.h"
#include "projects/projects.h"

namespace greenbank::events {

Result<Done> check_unused(Transaction& transaction, std::string_view table, std::string_view column, const std::string& id) {
    if (!TRY(transaction.query(fmt::format("SELECT id FROM {} WHERE {} = $1 LIMIT 1", table, column), {id})).empty())
        return Error{Failure::conflict, "event.in_use", "Something at the event still refers to this; change or delete that first."};
    return Done{};
}

namespace {

/// Twins by a text that must be unique at an event.
template <class T> Result<Done> check_alone(
    Transaction& transaction, const T& part, std::string_view column, const std::string& value, const std::string& field, Problems& problems) {
    if (!TRY(transaction.query(fmt::format("SELECT id FROM {} WHERE event = $1 AND {} = $2 AND id <> $3", record_of<T>().name, column),
                 {part.event.text, value, part.id.text}))
             .empty())
        problems.push_back({field, "event.twice", "{value} is there already.", {{"value", value}}});
    return Done{};
}

std::int64_t centimetres(double metres) { return std::llround(metres * 100); }
FloorArea area_of(const Booth& booth) { return {centimetres(booth.left), centimetres(booth.top), centimetres(booth.width), centimetres(booth.depth)}; }

} // namespace

Result<Done> check_part(Transaction&, const Caller&, const Event&, Hall&) { return Done{}; }
Result<Done> before_removal(Transaction& transaction, const Hall& hall) {
    for (const char* table : {"programme_item", "sub_event", "booth", "pavilion"}) TRY(check_unused(transaction, table, "hall", hall.id.text));
    return Done{};
}

Result<Done> check_part(Transaction& transaction, const Caller&, const Event&, Speaker& speaker) {
    Problems problems;
    TRY(check_there(transaction, speaker.organisation, "organisation", problems));
    return none_of(std::move(problems));
}
Result<Done> before_removal(Transaction& transaction, const Speaker& speaker) {
    TRY(check_unused(transaction, "programme_item", "chair", speaker.id.text));
    for (const ProgrammeItem& item : TRY(transaction.find<ProgrammeItem>("event = $1", {speaker.event.text})))
        for (const Talk& talk : item.talks)
            if (talk.speaker == speaker.id)
                return Error{Failure::conflict, "event.in_use", "Something at the event still refers to this; change or delete that first."};
    return Done{};
}

Result<Done> check_part(Transaction& transaction, const Caller&, const Event& event, Pavilion& pavilion) {
    Problems problems;
    TRY(check_of_event(transaction, event, pavilion.hall, "hall", problems));
    return none_of(std::move(problems));
}
Result<Done> before_removal(Transaction& transaction, const Pavilion& pavilion) { return check_unused(transaction, "booth", "pavilion", pavilion.id.text); }

Result<Done> check_part(Transaction& transaction, const Caller&, const Event& event, Booth& booth) {
    Problems problems;
    TRY(check_of_event(transaction, event, booth.hall, "hall", problems));
    TRY(check_of_event(transaction, event, booth.pavilion, "pavilion", problems));
    TRY(check_there(transaction, booth.exhibitor, "exhibitor", problems));
    TRY(check_alone(transaction, booth, "number", booth.number, "number", problems));
    for (std::size_t i = 0; i < booth.technologies.size(); ++i)
        TRY(check_there(transaction, std::optional(booth.technologies[i]), fmt::format("technologies[{}]", i), problems));
    const auto hall = TRY(transaction.find_one<Hall>("id = $1", {booth.hall.text}));
    if (hall && hall->width && hall->depth && !within(area_of(booth), centimetres(*hall->width), centimetres(*hall->depth)))
        problems.push_back({"left", "booth.outside", "The booth does not fit into the hall of {width} × {depth} m.",
            {{"width", fmt::format("{}", *hall->width)}, {"depth", fmt::format("{}", *hall->depth)}}});
    for (const Booth& other : TRY(transaction.find<Booth>("hall = $1 AND id <> $2 ORDER BY number", {booth.hall.text, booth.id.text})))
        if (overlap(area_of(booth), area_of(other)))
            problems.push_back({"left", "booth.overlap", "Booth {number} stands there already.", {{"number", other.number}}});
    return none_of(std::move(problems));
}
Result<Done> before_removal(Transaction&, const Booth&) { return Done{}; }

Result<Done> check_part(Transaction& transaction, const Caller& caller, const Event& event, RoadshowSlot& slot) {
    Problems problems;
    const auto part = TRY(transaction.find_one<SubEvent>("id = $1", {slot.sub_event.text}));
    if (!part || part->event != event.id) problems.push_back({"sub_event", "event.other", "Nothing with this id belongs to the event."});
    else if (part->kind != SubEventKind::roadshow) problems.push_back({"sub_event", "roadshow.not_one", "Slots belong to a roadshow; this part is none."});
    TRY(check_there(transaction, slot.organisation, "organisation", problems));
    TRY(check_there(transaction, slot.technology, "technology", problems));
    if (slot.project && !projects::project_seen(transaction, caller, *slot.project))
        problems.push_back({"project", "event.project_unknown", "There is no such project, or you may not see it."});
    if (!TRY(transaction.query(
                 "SELECT id FROM roadshow_slot WHERE sub_event = $1 AND number = $2 AND id <> $3", {slot.sub_event.text, slot.number, slot.id.text}))
             .empty())
        problems.push_back({"number", "event.twice", "{value} is there already.", {{"value", std::to_string(slot.number)}}});
    if (part && part->starts_at && part->ends_at && slot.minutes) {
        const std::int64_t others = as_integer(
            TRY(transaction.query("SELECT COALESCE(SUM(minutes), 0) FROM roadshow_slot WHERE sub_event = $1 AND id <> $2", {slot.sub_event.text, slot.id.text}))
                .single());
        const std::int64_t have = (*part->ends_at - *part->starts_at).microseconds / 60'000'000;
        if (others + *slot.minutes > have)
            problems.push_back({"minutes", "roadshow.full", "The roadshow lasts {have} minutes, of which {taken} are taken.",
                {{"have", std::to_string(have)}, {"taken", std::to_string(others)}}});
    }
    return none_of(std::move(problems));
}
Result<Done> before_removal(Transaction&, const RoadshowSlot&) { return Done{}; }

std::vector<Endpoint> part_endpoints() {
    std::vector<Endpoint> rows;
    // clang-format off
    add_part<SubEvent>(rows, {"/sub-events", "The events that an event is made of.", "One of them.", "Enter one.", "Change one.", "Delete one that nothing refers to."});
    add_part<Hall>(rows, {"/halls", "Halls and technology-release spaces.", "One hall.", "Enter a hall.", "Change a hall.", "Delete a hall that is not used."});
    add_part<Speaker>(rows, {"/speakers", "Speakers and chairs.", "One speaker.", "Enter a speaker.", "Change a speaker.", "Delete a speaker who does not speak."});
    add_part<ProgrammeItem>(rows, {"/programme-items", "Sessions of the programme.", "One session.", "Enter a session.", "Change a session.", "Delete a session."});
    add_part<Pavilion>(rows, {"/pavilions", "Pavilions of countries.", "One pavilion.", "Enter a pavilion.", "Change a pavilion.", "Delete a pavilion without booths."});
    add_part<Booth>(rows, {"/booths", "Booths.", "One booth.", "Enter a booth.", "Change a booth.", "Delete a booth."});
    add_part<RoadshowSlot>(rows, {"/roadshow-slots", "Slots of roadshows.", "One slot.", "Enter a slot.", "Change a slot.", "Delete a slot."});
    // clang-format on
    return rows;
}

} // namespace greenbank::events
