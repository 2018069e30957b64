// convert.cpp — names to numbers with every contradiction said, and numbers back to names.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "api/words.h"
#include "events/meetings/dzn.h"
#include "events/meetings/records.h"

namespace greenbank::events::meetings {

namespace {

constexpr std::size_t problems_max = 50;

class Builder {
public:
    explicit Builder(const InstanceFile& file) : file_(file) {}

    Result<Instance> build(bool everybody_is_served) {
        if (file_.requests.size() * static_cast<std::size_t>(file_.slots) > places_max)
            return Error{Failure::invalid, "meetings.too_large", "{count} requests in {slots} slots are too many for one schedule.",
                {{"count", std::to_string(file_.requests.size())}, {"slots", std::to_string(file_.slots)}}};
        instance_.slots = static_cast<int>(file_.slots);
        instance_.tables.assign(instance_.slots, static_cast<int>(file_.tables));
        instance_.break_spread_max = static_cast<int>(file_.break_spread_max);
        for (std::size_t i = 0; i < file_.other_tables.size(); ++i)
            if (const int slot = slot_of(fmt::format("other_tables[{}].slot", i), file_.other_tables[i].slot); slot >= 0)
                instance_.tables[slot] = static_cast<int>(file_.other_tables[i].tables);
        add_sessions();
        add_participants();
        add_requests();
        if (problems_.empty()) add_precedences();
        if (problems_.empty()) check_cycles();
        if (problems_.empty()) check_fixed();
        if (problems_.empty() && everybody_is_served) check_served();
        if (!problems_.empty()) return invalid(std::move(problems_));
        return std::move(instance_);
    }

private:
    void say(std::string field, std::string code, std::string message, std::vector<Parameter> parameters = {}) {
        if (problems_.size() < problems_max) problems_.push_back({std::move(field), std::move(code), std::move(message), std::move(parameters)});
    }
    int slot_of(const std::string& field, std::int64_t slot) {
        if (slot >= 1 && slot <= file_.slots) return static_cast<int>(slot) - 1;
        say(field, "meetings.slot", "There is no slot {slot}; the last one is {slots}.",
            {{"slot", std::to_string(slot)}, {"slots", std::to_string(file_.slots)}});
        return -1;
    }
    int named(const std::map<std::string, int>& names, const std::string& field, const std::string& name, std::string code, std::string message) {
        const auto found = names.find(name);
        if (found != names.end()) return found->second;
        say(field, std::move(code), std::move(message), {{"name", name}});
        return -1;
    }
    void add_name(std::map<std::string, int>& names, const std::string& field, const std::string& name) {
        if (!names.emplace(name, static_cast<int>(names.size())).second) say(field, "meetings.repeated", "{name} stands twice.", {{"name", name}});
    }

    void add_sessions() {
        for (std::size_t i = 0; i < file_.sessions.size(); ++i) {
            const SessionRow& row = file_.sessions[i];
            const std::string field = fmt::format("sessions[{}]", i);
            add_name(sessions_, field + ".name", row.name);
            const int first = slot_of(field + ".first_slot", row.first_slot), last = slot_of(field + ".last_slot", row.last_slot);
            if (first >= 0 && last >= 0 && first > last) say(field, "meetings.session_order", "A session ends before it begins.");
            instance_.sessions.push_back({first, last});
        }
    }
    void add_participants() {
        for (std::size_t i = 0; i < file_.participants.size(); ++i) {
            const ParticipantRow& row = file_.participants[i];
            add_name(participants_, fmt::format("participants[{}].id", i), row.id);
            auto& day = instance_.forbidden.emplace_back(instance_.slots);
            for (std::size_t j = 0; j < row.forbidden_slots.size(); ++j)
                if (const int slot = slot_of(fmt::format("participants[{}].forbidden_slots[{}]", i, j), row.forbidden_slots[j]); slot >= 0) day[slot] = true;
        }
    }
    void add_requests() {
        for (std::size_t i = 0; i < file_.requests.size(); ++i) {
            const RequestRow& row = file_.requests[i];
            const std::string field = fmt::format("requests[{}]", i);
            add_name(requests_, field + ".id", row.id);
            Request request;
            request.a = participant(field + ".from", row.from);
            request.b = participant(field + ".to", row.to);
            if (request.a >= 0 && request.a == request.b) say(field, "meetings.with_itself", "{name} cannot meet itself.", {{"name", row.from}});
            request.value = row.value_from + row.value_to;
            if (request.value == 0) say(field, "meetings.worthless", "A request that is worth nothing to both sides cannot be planned; give one side a value.");
            if (row.session) request.session = named(sessions_, field + ".session", *row.session, "meetings.unknown_session", "There is no session {name}.");
            if (row.fixed_slot) request.fixed_slot = slot_of(field + ".fixed_slot", *row.fixed_slot);
            instance_.requests.push_back(request);
        }
    }
    int participant(const std::string& field, const std::string& name) {
        return named(participants_, field, name, "meetings.unknown_participant", "There is no participant {name}.");
    }

    void add_precedences() {
        for (std::size_t i = 0; i < file_.requests.size(); ++i)
            for (std::size_t j = 0; j < file_.requests[i].after.size(); ++j) {
                const int before = named(requests_, fmt::format("requests[{}].after[{}]", i, j), file_.requests[i].after[j], "meetings.unknown_request",
                    "There is no request {name}.");
                if (before >= 0) instance_.precedences.push_back({before, static_cast<int>(i)});
            }
    }

    /// Names one cycle in its order.
    void check_cycles() {
        std::vector<std::vector<int>> after(instance_.requests.size());
        std::vector<int> waits_for(instance_.requests.size()), ready;
        for (const auto& [before, later] : instance_.precedences) after[before].push_back(later), ++waits_for[later];
        for (std::size_t i = 0; i < waits_for.size(); ++i)
            if (waits_for[i] == 0) ready.push_back(static_cast<int>(i));
        for (std::size_t i = 0; i < ready.size(); ++i)
            for (const int later : after[ready[i]])
                if (--waits_for[later] == 0) ready.push_back(later);
        if (ready.size() == waits_for.size()) return;
        // Every one that is left waits for another that is left: going back must come round.
        std::vector<int> before_of(waits_for.size(), -1), seen_at(waits_for.size(), -1), way;
        for (const auto& [before, later] : instance_.precedences)
            if (waits_for[before] > 0) before_of[later] = before;
        int at = static_cast<int>(std::find_if(waits_for.begin(), waits_for.end(), [](int count) { return count > 0; }) - waits_for.begin());
        for (; seen_at[at] < 0; at = before_of[at]) {
            seen_at[at] = static_cast<int>(way.size());
            way.push_back(at);
        }
        std::vector<std::string> names{file_.requests[at].id};
        for (std::size_t i = way.size(); i-- > static_cast<std::size_t>(seen_at[at]);) names.push_back(file_.requests[way[i]].id);
        if (names.size() > 12) names.erase(names.begin() + 6, names.end() - 5), names.insert(names.begin() + 6, "…");
        say(fmt::format("requests[{}].after", at), "meetings.cycle", "These requests wait for each other in a circle: {cycle}.",
            {{"cycle", join(names, " → ")}});
    }

    void check_fixed() {
        std::map<std::pair<int, int>, std::string> taken; // participant and slot
        std::vector<int> at_once(instance_.slots);
        for (std::size_t i = 0; i < instance_.requests.size(); ++i) {
            const Request& request = instance_.requests[i];
            if (request.fixed_slot < 0) continue;
            const std::string field = fmt::format("requests[{}].fixed_slot", i), slot = std::to_string(request.fixed_slot + 1);
            for (const int side : {request.a, request.b}) {
                const std::string& name = file_.participants[side].id;
                if (instance_.forbidden[side][request.fixed_slot])
                    say(field, "meetings.fixed_forbidden", "{name} cannot meet in slot {slot}.", {{"name", name}, {"slot", slot}});
                const auto [place, is_new] = taken.emplace(std::pair(side, request.fixed_slot), file_.requests[i].id);
                if (!is_new)
                    say(field, "meetings.double_booking", "{name} would be in two fixed meetings in slot {slot}: {first} and {second}.",
                        {{"name", name}, {"slot", slot}, {"first", place->second}, {"second", file_.requests[i].id}});
            }
            if (request.session >= 0 &&
                (request.fixed_slot < instance_.sessions[request.session].first || request.fixed_slot > instance_.sessions[request.session].last))
                say(field, "meetings.fixed_outside_session", "Slot {slot} is not in session {name}.", {{"slot", slot}, {"name", *file_.requests[i].session}});
            if (++at_once[request.fixed_slot] == instance_.tables[request.fixed_slot] + 1)
                say(field, "meetings.fixed_tables", "There are more fixed meetings in slot {slot} than tables.", {{"slot", slot}});
        }
        for (const auto& [before, later] : instance_.precedences) {
            const int first = instance_.requests[before].fixed_slot, second = instance_.requests[later].fixed_slot;
            if (first >= 0 && second >= 0 && first >= second)
                say(fmt::format("requests[{}].after", later), "meetings.fixed_order", "{first} is fixed to a slot that is not before that of {second}.",
                    {{"first", file_.requests[before].id}, {"second", file_.requests[later].id}});
        }
    }

    void check_served() {
        const auto allowed = allowed_slots(instance_);
        std::vector<bool> asked(file_.participants.size()), served(file_.participants.size());
        for (std::size_t i = 0; i < allowed.size(); ++i)
            for (const int side : {instance_.requests[i].a, instance_.requests[i].b}) {
                asked[side] = true;
                if (!allowed[i].empty()) served[side] = true;
            }
        for (std::size_t i = 0; i < asked.size(); ++i)
            if (asked[i] && !served[i])
                say(fmt::format("participants[{}]", i), "meetings.nobody_serves",
                    "{name} has no slot in common with anybody it is to meet; change its slots or remove its requests.", {{"name", file_.participants[i].id}});
    }

    const InstanceFile& file_;
    Instance instance_;
    std::map<std::string, int> participants_, requests_, sessions_;
    Problems problems_;
};

constexpr std::string_view sentences[] = {
    "{first} and {second} have no slot in which both could meet.",
    "{first} has a meeting in every slot that is possible with {second}.",
    "{second} has a meeting in every slot that is possible with {first}.",
    "{first} and {second} have no free slot in common.",
    "All tables are taken in the slots in which {first} and {second} are free.",
    "A meeting of {first} and {second} would break the order asked for.",
    "Time ran out before a place was found for {first} and {second}.",
};

BoundRow row_of(const Bounded& bounded) { return {bounded.reached, bounded.bound, bounded.proven()}; }

} // namespace

Result<Instance> to_instance(const InstanceFile& file, bool everybody_is_served) { return Builder(file).build(everybody_is_served); }

InstanceFile to_file(const Instance& instance) {
    InstanceFile file;
    file.slots = instance.slots;
    file.tables = std::max(1, *std::max_element(instance.tables.begin(), instance.tables.end()));
    for (int slot = 0; slot < instance.slots; ++slot)
        if (instance.tables[slot] != file.tables) file.other_tables.push_back({slot + 1, instance.tables[slot]});
    file.break_spread_max = instance.break_spread_max;
    constexpr std::string_view names[] = {"morning", "afternoon"};
    std::vector<std::string> session_names;
    for (std::size_t i = 0; i < instance.sessions.size(); ++i) {
        const Session& session = instance.sessions[i];
        session_names.push_back(instance.sessions.size() == 2 ? std::string(names[i]) : fmt::format("session {}", i + 1));
        if (session.first <= session.last) file.sessions.push_back({session_names.back(), session.first + 1, session.last + 1});
    }
    for (int i = 0; i < instance.participants(); ++i) {
        auto& row = file.participants.emplace_back();
        row.id = fmt::format("P{}", i + 1);
        for (int slot = 0; slot < instance.slots; ++slot)
            if (instance.forbidden[i][slot]) row.forbidden_slots.push_back(slot + 1);
    }
    for (std::size_t i = 0; i < instance.requests.size(); ++i) {
        const Request& request = instance.requests[i];
        auto& row = file.requests.emplace_back();
        row.id = fmt::format("M{}", i + 1);
        row.from = file.participants[request.a].id;
        row.to = file.participants[request.b].id;
        row.value_from = request.value / 2;
        row.value_to = request.value - request.value / 2;
        if (request.session >= 0) row.session = session_names[request.session];
        if (request.fixed_slot >= 0) row.fixed_slot = request.fixed_slot + 1;
    }
    for (const auto& [before, later] : instance.precedences) file.requests[later].after.push_back(file.requests[before].id);
    return file;
}

Result<Slots> to_slots(const ScheduleFile& file, const Instance& instance) {
    std::map<std::string, std::size_t> requests;
    for (std::size_t i = 0; i < file.instance.requests.size(); ++i) requests[file.instance.requests[i].id] = i;
    Slots slots(instance.requests.size(), unplaced);
    Problems problems;
    for (std::size_t i = 0; i < file.placed.size(); ++i) {
        const auto found = requests.find(file.placed[i].request);
        const std::string field = fmt::format("placed[{}]", i);
        if (found == requests.end()) problems.push_back({field, "meetings.unknown_request", "There is no request {name}.", {{"name", file.placed[i].request}}});
        else if (file.placed[i].slot > file.instance.slots || slots[found->second] != unplaced)
            problems.push_back(
                {field, "meetings.placed_wrong", "{name} stands here twice or in a slot that is not there.", {{"name", file.placed[i].request}}});
        else slots[found->second] = static_cast<int>(file.placed[i].slot) - 1;
        if (problems.size() >= problems_max) break;
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return slots;
}

ScheduleFile to_schedule(const InstanceFile& file, const Instance& instance, const Scheduled& scheduled, const Slots& before,
    const std::vector<int>& before_tables, Language language) {
    ScheduleFile out;
    const Slots& slots = scheduled.slots;
    const std::vector<int> tables = seat(instance, slots, before, before_tables), breaks = breaks_of(instance, slots);
    out.value = row_of(scheduled.value);
    out.idle_breaks = row_of(scheduled.breaks);
    out.break_spread = scheduled.worth.spread;
    out.fair = scheduled.worth.spread <= instance.break_spread_max;
    out.this_choice_only = scheduled.this_choice_only;
    if (!before.empty()) out.changes = row_of(scheduled.moves);
    const bool proven = scheduled.value.proven() && scheduled.breaks.proven() && scheduled.spread_proven && !scheduled.this_choice_only &&
                        (before.empty() || scheduled.moves.proven());
    out.status = proven ? ScheduleStatus::optimal : ScheduleStatus::feasible;
    for (const ParticipantRow& participant : file.participants) out.agendas.push_back({participant.id, participant.name, breaks[out.agendas.size()], {}});
    std::vector<std::size_t> order;
    const Reasons reasons(instance, slots, scheduled.value.proven());
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const RequestRow& row = file.requests[i];
        if (!before.empty() && before[i] != unplaced && before[i] != slots[i]) {
            out.changed.push_back({row.id, before[i] + 1, {}});
            if (slots[i] != unplaced) out.changed.back().slot = slots[i] + 1;
        }
        if (slots[i] != unplaced) {
            order.push_back(i);
            continue;
        }
        const Reason reason = reasons.of(static_cast<int>(i));
        out.unplaced.push_back({row.id, row.from, row.to, reason,
            sentence(fmt::format("meetings.unplaced_{}", name_of(reason)), sentences[static_cast<int>(reason)], {{"first", row.from}, {"second", row.to}},
                language)});
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return slots[a] < slots[b]; });
    for (const std::size_t i : order) {
        const Request& request = instance.requests[i];
        out.placed.push_back({file.requests[i].id, file.requests[i].from, file.requests[i].to, slots[i] + 1, tables[i] + 1});
        std::optional<std::string> session;
        for (const SessionRow& row : file.sessions)
            if (!session && row.first_slot <= slots[i] + 1 && slots[i] + 1 <= row.last_slot) session = row.name;
        for (const auto& [own, other] : {std::pair(request.a, request.b), {request.b, request.a}})
            out.agendas[own].meetings.push_back(
                {slots[i] + 1, tables[i] + 1, session, file.participants[other].id, file.participants[other].name, file.requests[i].id});
    }
    out.meetings = static_cast<std::int64_t>(out.placed.size());
    out.instance = file;
    return out;
}

} // namespace greenbank::events::meetings
