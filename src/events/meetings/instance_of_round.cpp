// instance_of_round.cpp — rows of the store to rows of the engine's file.
#include "events/meetings/instance_of_round.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace greenbank::events {

Result<meetings::InstanceFile> instance_of(Transaction& transaction, const MeetingRound& round, Language language) {
    meetings::InstanceFile file;
    const std::vector<SlotTime> slots = slots_of(round);
    file.slots = static_cast<std::int64_t>(slots.size());
    file.tables = round.tables;
    file.break_spread_max = round.break_spread_max;
    for (const SlotTime& slot : slots) {
        if (file.sessions.empty() || file.sessions.back().name != slot.day_part) file.sessions.push_back({slot.day_part, slot.number, slot.number});
        file.sessions.back().last_slot = slot.number;
    }
    std::set<std::string> coming, planned;
    for (const MeetingAttendee& one : TRY(transaction.find<MeetingAttendee>("round = $1 AND withdrawn = false ORDER BY id", {round.id.text}))) {
        coming.insert(one.id.text);
        file.participants.push_back({one.id.text, one.name.best(language), one.forbidden_slots});
    }
    const std::vector<MeetingWish> wishes = TRY(transaction.find<MeetingWish>("round = $1 ORDER BY created_at, id", {round.id.text}));
    for (const MeetingWish& wish : wishes) {
        const WishWorth worth = worth_of_wish(wish.answer, wish.value_asking, wish.value_asked.value_or(0), round.plan_unanswered);
        if (!worth.plannable || !coming.contains(wish.asking.text) || !coming.contains(wish.asked.text)) continue;
        planned.insert(wish.id.text);
        meetings::RequestRow row{wish.id.text, wish.asking.text, wish.asked.text, worth.to_asking, worth.to_asked, wish.day_part, wish.fixed_slot, {}};
        for (const Id<MeetingWish>& earlier : wish.after) row.after.push_back(earlier.text);
        file.requests.push_back(std::move(row));
    }
    for (meetings::RequestRow& row : file.requests) std::erase_if(row.after, [&](const std::string& id) { return !planned.contains(id); });
    // Who neither asks nor is asked has nothing to be planned.
    std::set<std::string> needed;
    for (const meetings::RequestRow& row : file.requests) needed.insert({row.from, row.to});
    std::erase_if(file.participants, [&](const meetings::ParticipantRow& row) { return !needed.contains(row.id); });
    return file;
}

Error with_names(Error error, const meetings::InstanceFile& file) {
    std::vector<std::pair<std::string, std::string>> names;
    std::map<std::string, std::string> of_attendee;
    for (const meetings::ParticipantRow& row : file.participants) {
        of_attendee[row.id] = row.name;
        names.emplace_back(row.id, row.name);
    }
    for (const meetings::RequestRow& row : file.requests) names.emplace_back(row.id, fmt::format("{} – {}", of_attendee[row.from], of_attendee[row.to]));
    const auto rename = [&](std::vector<Parameter>& parameters) {
        for (Parameter& parameter : parameters)
            for (const auto& [id, name] : names)
                for (std::size_t at = parameter.value.find(id); at != std::string::npos; at = parameter.value.find(id, at + name.size()))
                    parameter.value.replace(at, id.size(), name);
    };
    rename(error.parameters);
    for (Problem& problem : error.problems) rename(problem.parameters);
    return error;
}

} // namespace greenbank::events
