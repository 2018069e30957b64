// records.h — a round of meetings and its schedule as people write and read them: JSON by description, slots and tables from 1.
#pragma once

#include "events/engine/meetings.h"
#include "kernel/record.h"

namespace greenbank::events::meetings {

struct SessionRow {
    std::string name;
    std::int64_t first_slot = 1, last_slot = 1;
};
struct ParticipantRow {
    std::string id, name;
    std::vector<std::int64_t> forbidden_slots;
};
struct RequestRow {
    std::string id, from, to;
    std::int64_t value_from = 1, value_to = 1;
    std::optional<std::string> session;
    std::optional<std::int64_t> fixed_slot;
    std::vector<std::string> after; // other requests, which take place earlier
};
struct TablesRow {
    std::int64_t slot = 1, tables = 0;
};

/// `greenbank meetings schedule --in instance.json`.
struct InstanceFile {
    std::int64_t slots = 1, tables = 1;
    std::vector<TablesRow> other_tables;
    std::int64_t break_spread_max = 2;
    std::vector<SessionRow> sessions;
    std::vector<ParticipantRow> participants;
    std::vector<RequestRow> requests;
};

enum class ScheduleStatus { optimal, feasible };

struct BoundRow {
    std::int64_t reached = 0, bound = 0;
    bool proven = false;
};
struct PlacedRow {
    std::string request, from, to;
    std::int64_t slot = 0, table = 0;
};
struct UnplacedRow {
    std::string request, from, to;
    Reason reason = Reason::time_ran_out;
    std::string sentence;
};
struct AgendaEntry {
    std::int64_t slot = 0, table = 0;
    std::optional<std::string> session;
    std::string with, with_name, request;
};
struct AgendaRow {
    std::string participant, name;
    std::int64_t breaks = 0;
    std::vector<AgendaEntry> meetings;
};
struct MoveRow {
    std::string request;
    std::int64_t slot_before = 0;
    std::optional<std::int64_t> slot; // absent: it has no place any more
};

/// What is written; it holds its instance, so that repair needs nothing else.
struct ScheduleFile {
    ScheduleStatus status = ScheduleStatus::feasible;
    std::int64_t meetings = 0; // placed
    BoundRow value, idle_breaks;
    std::int64_t break_spread = 0;
    bool fair = true; // the spread is within the instance's limit
    bool this_choice_only = false;
    std::optional<BoundRow> changes;
    std::vector<MoveRow> changed;
    std::vector<PlacedRow> placed;
    std::vector<UnplacedRow> unplaced;
    std::vector<AgendaRow> agendas;
    InstanceFile instance;
};

Record describe(const SessionRow*);
Record describe(const ParticipantRow*);
Record describe(const RequestRow*);
Record describe(const TablesRow*);
Record describe(const InstanceFile*);
Record describe(const BoundRow*);
Record describe(const PlacedRow*);
Record describe(const UnplacedRow*);
Record describe(const AgendaEntry*);
Record describe(const AgendaRow*);
Record describe(const MoveRow*);
Record describe(const ScheduleFile*);

/// The instance by numbers. Every contradiction is a problem at its field: unknown participants and requests, cycles of precedence
/// by name, fixed meetings that collide, participants whom nothing that was asked for can serve (unless a repair has to bear them).
Result<Instance> to_instance(const InstanceFile& file, bool everybody_is_served = true);
/// An instance out of a .dzn file, with names made from its numbers.
InstanceFile to_file(const Instance& instance);
/// The slots of a schedule that was written, which must keep the rules of its own instance.
Result<Slots> to_slots(const ScheduleFile& file, const Instance& instance);
/// `before` and its tables empty: nothing was announced yet.
ScheduleFile to_schedule(const InstanceFile& file, const Instance& instance, const Scheduled& scheduled, const Slots& before,
    const std::vector<int>& before_tables, Language language);

} // namespace greenbank::events::meetings

template <> struct greenbank::Choices<greenbank::events::meetings::ScheduleStatus> {
    static constexpr std::string_view name = "schedule_status";
    static constexpr std::string_view values[] = {"optimal", "feasible"};
};
template <> struct greenbank::Choices<greenbank::events::meetings::Reason> {
    static constexpr std::string_view name = "unplaced_reason";
    static constexpr std::string_view values[] = {
        "no_common_slot", "first_full", "second_full", "no_common_free_slot", "tables_full", "precedence", "time_ran_out"};
};
