// programme.cpp — what is going on at an event as occupations, and clashes of one of them as problems at its fields.
#include "events/forum/programme.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "events/engine/programme.h"
#include "events/forum/local_time.h"

namespace greenbank::events {

namespace {

/// What takes a hall: sessions, and parts with a hall and a time that have no sessions of their own.
struct Going {
    std::string id;
    Text title;
    Time begin, end;
    std::string hall;
    std::vector<std::string> people; // chair first, then speakers
};

Going going(const ProgrammeItem& item) {
    Going one{item.id.text, item.title, item.starts_at, item.ends_at, item.hall.text, {}};
    if (item.chair) one.people.push_back(item.chair->text);
    for (const Talk& talk : item.talks) one.people.push_back(talk.speaker.text);
    return one;
}

Result<std::vector<Going>> all_going(Transaction& transaction, const Event& event, const std::string& but) {
    std::vector<Going> all;
    for (const ProgrammeItem& item : TRY(transaction.find<ProgrammeItem>("event = $1 AND id <> $2 ORDER BY starts_at", {event.id.text, but})))
        all.push_back(going(item));
    for (const SubEvent& part :
        TRY(transaction.find<SubEvent>("event = $1 AND id <> $2 AND hall IS NOT NULL AND starts_at IS NOT NULL AND NOT EXISTS (SELECT 1 "
                                       "FROM programme_item i WHERE i.sub_event = sub_event.id) ORDER BY starts_at",
            {event.id.text, but})))
        all.push_back({part.id.text, part.title, *part.starts_at, *part.ends_at, part.hall->text, {}});
    return all;
}

template <class T> Result<std::string> called(Transaction& transaction, const std::string& id, Language language) {
    const auto found = TRY(transaction.find_one<T>("id = $1", {id}));
    return found ? found->name.best(language) : id;
}

/// `field_of` says at which field a person stands.
template <class FieldOf> Result<Done> add_clashes(Transaction& transaction, const Caller& caller, const Event& event, const std::vector<Going>& others,
    const Going& own, FieldOf field_of, Problems& problems) {
    std::map<std::string, int> numbers;
    std::vector<std::string> names;
    const auto number = [&](const std::string& id) {
        const auto [found, is_new] = numbers.emplace(id, static_cast<int>(names.size()));
        if (is_new) names.push_back(id);
        return found->second;
    };
    std::vector<Occupation> occupations;
    const auto add = [&](const Going& one) {
        Occupation occupation{one.begin, one.end, one.hall.empty() ? -1 : number(one.hall), {}};
        for (const std::string& person : one.people) occupation.people.push_back(number(person));
        occupations.push_back(std::move(occupation));
    };
    add(own);
    for (const Going& one : others) add(one);
    for (const Clash& clash : clashes(occupations)) {
        if (clash.first != 0) continue;
        const Going& other = others[clash.second - 1];
        const std::vector<Parameter> when = {{"other", other.title.best(caller.language)}, {"begin", local_clock(other.begin, event.time_zone)},
            {"end", local_clock(other.end, event.time_zone)}};
        if (clash.person < 0) {
            std::string hall = TRY(called<Hall>(transaction, own.hall, caller.language));
            std::vector<Parameter> all = {{"hall", std::move(hall)}};
            all.insert(all.end(), when.begin(), when.end());
            problems.push_back({"hall", "programme.hall_taken", "{hall} is taken by “{other}” from {begin} to {end}.", all});
        } else {
            const std::string& person = names[static_cast<std::size_t>(clash.person)];
            std::string speaker = TRY(called<Speaker>(transaction, person, caller.language));
            std::vector<Parameter> all = {{"speaker", std::move(speaker)}};
            all.insert(all.end(), when.begin(), when.end());
            problems.push_back({field_of(person), "programme.speaker_taken", "{speaker} is at “{other}” from {begin} to {end}.", all});
        }
    }
    return Done{};
}

void check_days(const Event& event, Time begin, Time end, Problems& problems) {
    if (begin < day_begins(event.first_day, event.time_zone) || end > day_begins(Date{event.last_day.days + 1}, event.time_zone))
        problems.push_back({"starts_at", "programme.outside", "This is not within the days of the event, {first} to {last}.",
            {{"first", to_text(event.first_day)}, {"last", to_text(event.last_day)}}});
}

} // namespace

Result<Done> check_part(Transaction& transaction, const Caller& caller, const Event& event, SubEvent& part) {
    Problems problems;
    TRY(check_of_event(transaction, event, part.hall, "hall", problems));
    if (part.starts_at) check_days(event, *part.starts_at, *part.ends_at, problems);
    const bool has_sessions = !TRY(transaction.query("SELECT id FROM programme_item WHERE sub_event = $1 LIMIT 1", {part.id.text})).empty();
    if (problems.empty() && part.hall && part.starts_at && !has_sessions)
        TRY(add_clashes(
            transaction, caller, event, TRY(all_going(transaction, event, part.id.text)),
            Going{part.id.text, part.title, *part.starts_at, *part.ends_at, part.hall->text, {}}, [](const std::string&) { return std::string("hall"); },
            problems));
    return none_of(std::move(problems));
}

Result<Done> before_removal(Transaction& transaction, const SubEvent& part) {
    for (const char* table : {"programme_item", "roadshow_slot", "signing"}) TRY(check_unused(transaction, table, "sub_event", part.id.text));
    return Done{};
}

Result<Done> check_part(Transaction& transaction, const Caller& caller, const Event& event, ProgrammeItem& item) {
    Problems problems;
    TRY(check_of_event(transaction, event, item.sub_event, "sub_event", problems));
    TRY(check_of_event(transaction, event, item.hall, "hall", problems));
    TRY(check_of_event(transaction, event, item.chair, "chair", problems));
    for (std::size_t i = 0; i < item.talks.size(); ++i)
        TRY(check_of_event(transaction, event, item.talks[i].speaker, fmt::format("talks[{}].speaker", i), problems));
    check_days(event, item.starts_at, item.ends_at, problems);
    std::vector<Going> others = TRY(all_going(transaction, event, item.id.text));
    // Its own part gives its hall to its first session.
    std::erase_if(others, [&](const Going& one) { return one.id == item.sub_event.text; });
    const auto field_of = [&](const std::string& person) {
        for (std::size_t i = 0; i < item.talks.size(); ++i)
            if (item.talks[i].speaker.text == person) return fmt::format("talks[{}].speaker", i);
        return std::string("chair");
    };
    TRY(add_clashes(transaction, caller, event, others, going(item), field_of, problems));
    return none_of(std::move(problems));
}

Result<Done> before_removal(Transaction&, const ProgrammeItem&) { return Done{}; }

} // namespace greenbank::events
