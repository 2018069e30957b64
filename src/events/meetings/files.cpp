// files.cpp — a file in, a schedule out, a few lines for people.
#include "events/meetings/files.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <set>

#include <fmt/format.h>

#include "api/files.h"
#include "api/words.h"
#include "events/engine/meetings_check.h"
#include "events/meetings/dzn.h"
#include "json/json.h"

namespace greenbank::events::meetings {

namespace {

Error in_file(Error error, std::string code, std::string message, const std::string& path) {
    if (error.problems.empty()) return error;
    return {error.kind, std::move(code), std::move(message), {{"path", path}}, std::move(error.problems)};
}

std::string line(std::string_view key, const std::vector<Parameter>& parameters, Language language) {
    return fill_in(word(fmt::format("meetings.line_{}", key), language), parameters) + "\n";
}

std::string bounded(const BoundRow& row, Language language) {
    return fill_in(
        word(row.proven ? "meetings.proven" : "meetings.bounded", language), {{"reached", std::to_string(row.reached)}, {"bound", std::to_string(row.bound)}});
}

std::string summary(const ScheduleFile& file, Language language) {
    std::string out = line("status", {{"status", word(fmt::format("choice.schedule_status.{}", name_of(file.status)), language)}}, language);
    out += line("placed", {{"placed", std::to_string(file.meetings)}, {"requests", std::to_string(file.instance.requests.size())}}, language);
    out += line("value", {{"value", bounded(file.value, language)}}, language);
    if (file.changes) out += line("changes", {{"changes", bounded(*file.changes, language)}}, language);
    out += line("breaks", {{"breaks", bounded(file.idle_breaks, language)}}, language);
    out += line("spread", {{"spread", std::to_string(file.break_spread)}, {"limit", std::to_string(file.instance.break_spread_max)}}, language);
    if (file.this_choice_only) out += line("choice_only", {}, language);
    constexpr std::size_t shown_max = 20;
    for (std::size_t i = 0; i < std::min(shown_max, file.unplaced.size()); ++i)
        out += fmt::format("  {} ({} – {}): {}\n", file.unplaced[i].request, file.unplaced[i].from, file.unplaced[i].to, file.unplaced[i].sentence);
    if (file.unplaced.size() > shown_max) out += line("more", {{"count", std::to_string(file.unplaced.size() - shown_max)}}, language);
    return out;
}

Result<int> put_out(const ScheduleFile& file, const std::optional<std::string>& path, Console& console) {
    const std::string json = indented(to_json(file)) + "\n";
    if (path) TRY(write_file(*path, json));
    if (path != "-") console.out(console.json ? json : summary(file, console.language));
    return 0;
}

} // namespace

Budget budget_of(double seconds) {
    const auto start = std::chrono::steady_clock::now();
    return {seconds, [start] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); }};
}

Result<InstanceFile> read_instance(std::string_view text) {
    if (trim(text).starts_with('{')) return from_json<InstanceFile>(text);
    return to_file(TRY(read_dzn(text)));
}

namespace {

/// Takes out of an announced schedule what is cancelled, and knows what stood where.
class Cancelling {
public:
    Cancelling(const ScheduleFile& announced, const Cancellations& cancellations) : left_(announced.instance), cancellations_(cancellations) {
        for (const ParticipantRow& row : left_.participants) participants_.insert(row.id);
        for (const RequestRow& row : left_.requests) requests_.insert(row.id);
        for (const PlacedRow& row : announced.placed) placed_[row.request] = row;
    }

    Result<ScheduleFile> run(const Budget& budget, Language language) {
        read_cancellations();
        if (!problems_.empty()) return invalid(std::move(problems_));
        take_out();
        const Instance instance = TRY(to_instance(left_, false));
        Slots before;
        std::vector<int> tables;
        for (const RequestRow& row : left_.requests) {
            const auto found = placed_.find(row.id);
            before.push_back(found == placed_.end() ? unplaced : static_cast<int>(found->second.slot) - 1);
            tables.push_back(found == placed_.end() ? -1 : static_cast<int>(found->second.table) - 1);
        }
        const Scheduled scheduled = repair(instance, before, static_cast<int>(cancellations_.from_slot) - 1, budget);
        return to_schedule(left_, instance, scheduled, before, tables, language);
    }

private:
    void say(const std::string& flag, std::string code, std::string message, std::vector<Parameter> parameters) {
        if (problems_.size() < 50) problems_.push_back({flag, std::move(code), std::move(message), std::move(parameters)});
    }
    bool is_past(const std::string& request) const {
        const auto found = placed_.find(request);
        return found != placed_.end() && found->second.slot < cancellations_.from_slot;
    }

    void read_cancellations() {
        if (cancellations_.from_slot > left_.slots)
            say("from_slot", "meetings.slot", "There is no slot {slot}; the last one is {slots}.",
                {{"slot", std::to_string(cancellations_.from_slot)}, {"slots", std::to_string(left_.slots)}});
        for (const std::string& name : cancellations_.participants) {
            if (!participants_.contains(name)) say("cancelled", "meetings.unknown_participant", "There is no participant {name}.", {{"name", name}});
            gone_.insert(name);
        }
        for (const std::string& name : cancellations_.requests) {
            if (!requests_.contains(name)) say("cancelled_requests", "meetings.unknown_request", "There is no request {name}.", {{"name", name}});
            else if (is_past(name)) say("cancelled_requests", "meetings.past", "{name} has taken place and cannot be cancelled any more.", {{"name", name}});
            gone_requests_.insert(name);
        }
        for (const std::string& text : cancellations_.unavailable) {
            const std::size_t at = text.rfind('@');
            std::int64_t slot = 0;
            const char* end = text.data() + text.size();
            if (at == std::string::npos || std::from_chars(text.data() + at + 1, end, slot).ptr != end || at + 1 == text.size()) {
                say("unavailable", "meetings.unavailable", "Write {text} as participant@slot.", {{"text", text.substr(0, 90)}});
                continue;
            }
            const std::string name = text.substr(0, at);
            if (!participants_.contains(name)) say("unavailable", "meetings.unknown_participant", "There is no participant {name}.", {{"name", name}});
            else if (slot < 1 || slot > left_.slots)
                say("unavailable", "meetings.slot", "There is no slot {slot}; the last one is {slots}.",
                    {{"slot", std::to_string(slot)}, {"slots", std::to_string(left_.slots)}});
            else if (slot < cancellations_.from_slot)
                say("unavailable", "meetings.past_slot", "Slot {slot} is past; only later ones can be given up.", {{"slot", std::to_string(slot)}});
            else lost_[name].insert(slot);
        }
    }

    void take_out() {
        std::erase_if(left_.requests,
            [&](const RequestRow& row) { return !is_past(row.id) && (gone_.contains(row.from) || gone_.contains(row.to) || gone_requests_.contains(row.id)); });
        std::set<std::string> kept, needed;
        for (const RequestRow& row : left_.requests) {
            kept.insert(row.id);
            needed.insert(row.from);
            needed.insert(row.to);
        }
        std::erase_if(left_.participants, [&](const ParticipantRow& row) { return gone_.contains(row.id) && !needed.contains(row.id); });
        for (ParticipantRow& row : left_.participants)
            if (const auto lost = lost_.find(row.id); lost != lost_.end())
                for (const std::int64_t slot : lost->second)
                    if (std::find(row.forbidden_slots.begin(), row.forbidden_slots.end(), slot) == row.forbidden_slots.end())
                        row.forbidden_slots.push_back(slot);
        for (RequestRow& row : left_.requests) {
            std::erase_if(row.after, [&](const std::string& other) { return !kept.contains(other); });
            if (row.fixed_slot && (is_lost(row.from, *row.fixed_slot) || is_lost(row.to, *row.fixed_slot))) row.fixed_slot.reset(); // it has to move
        }
    }
    bool is_lost(const std::string& participant, std::int64_t slot) const {
        const auto lost = lost_.find(participant);
        return lost != lost_.end() && lost->second.contains(slot);
    }

    InstanceFile left_;
    const Cancellations& cancellations_;
    std::set<std::string> participants_, requests_, gone_, gone_requests_;
    std::map<std::string, std::set<std::int64_t>> lost_;
    std::map<std::string, PlacedRow> placed_;
    Problems problems_;
};

} // namespace

Result<ScheduleFile> repaired(const ScheduleFile& announced, const Cancellations& cancellations, const Budget& budget, Language language) {
    const Instance instance = TRY(to_instance(announced.instance, false));
    const Slots slots = TRY(to_slots(announced, instance));
    const std::size_t faults = faults_of(instance, slots).size();
    if (faults > 0)
        return Error{Failure::invalid, "meetings.schedule_broken",
            "This schedule breaks the rules of its own instance in {count} places: it was changed by hand, or belongs to another instance.",
            {{"count", std::to_string(faults)}}};
    return Cancelling(announced, cancellations).run(budget, language);
}

struct ScheduleOptions {
    std::string in;
    std::optional<std::string> out;
    double time_limit = 60;
};
Record describe(const ScheduleOptions*) {
    return {"schedule_options", "What is scheduled.",
        {field<&ScheduleOptions::in>("in", "The instance: our JSON, or .dzn of the public family; - reads standard input.", {.min = 1}),
            field<&ScheduleOptions::out>("out", "The schedule to write, JSON; - writes standard output.", {.min = 1}),
            field<&ScheduleOptions::time_limit>(
                "time_limit", "Time after which the best so far is taken, with its bounds.", {.unit = "s", .min = 0.1, .max = 86'400, .defaulted = true})}};
}

struct RepairOptions {
    std::string in;
    std::optional<std::string> out;
    std::vector<std::string> cancelled, cancelled_requests, unavailable;
    std::int64_t from_slot = 1;
    double time_limit = 10;
};
Record describe(const RepairOptions*) {
    return {"repair_options", "What has become of a schedule.",
        {field<&RepairOptions::in>("in", "The schedule that was announced, as schedule wrote it.", {.min = 1}),
            field<&RepairOptions::out>("out", "The new schedule to write, JSON; - writes standard output.", {.min = 1}),
            field<&RepairOptions::cancelled>("cancelled", "Participants who do not come (any more).", {.max = participants_max}),
            field<&RepairOptions::cancelled_requests>("cancelled_requests", "Requests that are taken back.", {.max = requests_max}),
            field<&RepairOptions::unavailable>("unavailable", "Slots that participants have lost, each as participant@slot.", {.max = requests_max}),
            field<&RepairOptions::from_slot>("from_slot", "The first slot that is not past.", {.min = 1, .max = slots_max, .defaulted = true}),
            field<&RepairOptions::time_limit>(
                "time_limit", "Time after which the best so far is taken, with its bounds.", {.unit = "s", .min = 0.1, .max = 86'400, .defaulted = true})}};
}

namespace {

Result<int> run_schedule(const ScheduleOptions& options, Console& console) {
    auto file = read_instance(TRY(read_file(options.in)));
    if (!file) return in_file(std::move(file.error()), "meetings.instance", "The instance in {path} is not right; every fault is named.", options.in);
    const auto instance = to_instance(file.value());
    if (!instance) return in_file(instance.error(), "meetings.instance", "The instance in {path} is not right; every fault is named.", options.in);
    const Budget budget = budget_of(options.time_limit);
    return put_out(to_schedule(file.value(), instance.value(), schedule(instance.value(), budget), {}, {}, console.language), options.out, console);
}

Result<int> run_repair(const RepairOptions& options, Console& console) {
    auto file = from_json<ScheduleFile>(TRY(read_file(options.in)));
    if (!file) return in_file(std::move(file.error()), "meetings.schedule", "The schedule in {path} is not right; every fault is named.", options.in);
    const Budget budget = budget_of(options.time_limit);
    return put_out(
        TRY(repaired(file.value(), {options.cancelled, options.cancelled_requests, options.unavailable, options.from_slot}, budget, console.language)),
        options.out, console);
}

} // namespace

Command schedule_command() {
    return command("meetings", "schedule", "Schedule one-to-one meetings: most value, then fewest idle breaks, with a bound for both.", run_schedule);
}
Command repair_command() { return command("meetings", "repair", "Repair an announced schedule after cancellations, with the fewest changes.", run_repair); }

} // namespace greenbank::events::meetings
