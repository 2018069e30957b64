// groups.cpp — working groups: read by their members' organisations, kept by the desk; meetings with minutes, tasks and who is late.
#include <fmt/format.h>

#include "services/cooperation/records.h"
#include "services/operations.h"

namespace greenbank::services {

Record describe(const ById<WorkingGroup>*) { return {"working_group_key", "Names a working group.", {field<&ById<WorkingGroup>::id>("id", "Its id.")}}; }
Record describe(const ById<GroupMeeting>*) { return {"group_meeting_key", "Names a meeting.", {field<&ById<GroupMeeting>::id>("id", "Its id.")}}; }
Record describe(const ById<GroupTask>*) { return {"group_task_key", "Names a task.", {field<&ById<GroupTask>::id>("id", "Its id.")}}; }

struct TaskEnd {
    Id<GroupTask> id;
    Text note;
};
Record describe(const TaskEnd*) {
    return {"task_end", "Ends a task.", {field<&TaskEnd::id>("id", "The task."), field<&TaskEnd::note>("note", "How it went.", {.max = 1000})}};
}

struct TaskLine {
    GroupTask task;
    bool late = false;
    std::int64_t days_late = 0;
    bool may_end = false;
};
Record describe(const TaskLine*) {
    return {"task_line", "A task, and whether it is late.",
        {field<&TaskLine::task>("task", "The task."), field<&TaskLine::late>("late", "It is open and overdue."),
            field<&TaskLine::days_late>("days_late", "By so many days.", {.unit = "d"}),
            field<&TaskLine::may_end>("may_end", "The caller may say that it is done.")}};
}
struct LateCount {
    Text name;
    std::int64_t open = 0, late = 0;
};
Record describe(const LateCount*) {
    return {"late_count", "Who has how much to do.",
        {field<&LateCount::name>("name", "Who."), field<&LateCount::open>("open", "Open tasks."), field<&LateCount::late>("late", "Of these overdue.")}};
}
struct WorkingGroupView {
    WorkingGroup working_group;
    std::vector<GroupMeeting> meetings;
    std::vector<TaskLine> tasks;
    std::vector<LateCount> responsible;
    std::optional<Time> next_meeting;
    bool may_write = false;
};
Record describe(const WorkingGroupView*) {
    using View = WorkingGroupView;
    return {"working_group_view", "A working group with its meetings and tasks.",
        {field<&View::working_group>("working_group", "The group."), field<&View::meetings>("meetings", "Its meetings, the newest first.", {.max = 1000}),
            field<&View::tasks>("tasks", "Its tasks: open ones first, by their date.", {.max = 5000}),
            field<&View::responsible>("responsible", "Who has how much to do, and is late.", {.max = 500}),
            field<&View::next_meeting>("next_meeting", "When it meets next."),
            field<&View::may_write>("may_write", "The caller may enter meetings and tasks.")}};
}

namespace {

/// Members' organisations read all of a group; chair and secretary write minutes and tasks, as the desk does.
bool is_member(const Caller& caller, const WorkingGroup& group, bool writes) {
    if (caller.actor.may(run_desk)) return true;
    return !caller.actor.organisation.empty() && std::any_of(group.members.begin(), group.members.end(), [&](const GroupMember& one) {
        return one.organisation && one.organisation->text == caller.actor.organisation &&
               (!writes || one.role == MemberRole::chair || one.role == MemberRole::secretary);
    });
}

Result<WorkingGroup> group_seen(Transaction& transaction, const Caller& caller, const Id<WorkingGroup>& id) {
    WorkingGroup group = TRY(transaction.get(id));
    if (!is_member(caller, group, false)) return not_found(record_of<WorkingGroup>(), id.text);
    return group;
}
Result<WorkingGroup> group_to_write(Transaction& transaction, const Caller& caller, const Id<WorkingGroup>& id) {
    WorkingGroup group = TRY(group_seen(transaction, caller, id));
    if (!is_member(caller, group, true))
        return Error{Failure::forbidden, "working_group.not_yours", "Chair, secretary and the desk of the bank write here; other members read."};
    if (group.state == GroupState::closed) return Error{Failure::conflict, "working_group.closed", "This group is closed; open it again first."};
    return group;
}
template <class T> Result<T> part_seen(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    T part = TRY(transaction.get(id));
    if (!group_seen(transaction, caller, part.working_group)) return not_found(record_of<T>(), id.text);
    return part;
}

std::string groups_where(const Caller& caller, std::string_view column, std::vector<Value>& parameters) {
    if (caller.actor.may(run_desk)) return "1 = 1";
    if (caller.actor.organisation.empty()) return "1 = 0";
    parameters.emplace_back("%\"" + caller.actor.organisation + "\"%");
    return fmt::format("{} IN (SELECT id FROM working_group WHERE CAST(members AS TEXT) LIKE ${})", column, parameters.size());
}
Result<Page<WorkingGroup>> working_group_list(Transaction& transaction, const Caller& caller, const ListOf<WorkingGroup>& list) {
    std::vector<Value> parameters;
    const std::string where = groups_where(caller, "id", parameters);
    return list_page<WorkingGroup>(transaction, caller, list, where, std::move(parameters));
}
template <class T> Result<Page<T>> part_list(Transaction& transaction, const Caller& caller, const ListOf<T>& list) {
    std::vector<Value> parameters;
    const std::string where = groups_where(caller, "working_group", parameters);
    return list_page<T>(transaction, caller, list, where, std::move(parameters));
}

bool may_end(const Caller& caller, const WorkingGroup& group, const GroupTask& task) {
    return is_member(caller, group, true) || (task.organisation && !caller.actor.organisation.empty() && task.organisation->text == caller.actor.organisation);
}

Result<WorkingGroupView> working_group_get(Transaction& transaction, const Caller& caller, const ById<WorkingGroup>& key) {
    WorkingGroupView view{.working_group = TRY(group_seen(transaction, caller, key.id))};
    view.may_write = is_member(caller, view.working_group, true) && view.working_group.state == GroupState::active;
    view.meetings = TRY(transaction.find<GroupMeeting>("working_group = $1 ORDER BY begins_at DESC, id", {key.id.text}));
    for (const GroupMeeting& one : view.meetings)
        if (one.state == GroupMeetingState::planned && one.begins_at >= caller.now) view.next_meeting = one.begins_at; // the last of these is the next
    const Date today = date_of(caller.now);
    std::map<std::string, LateCount> counts;
    for (GroupTask& task : TRY(transaction.find<GroupTask>("working_group = $1 ORDER BY due, id", {key.id.text}))) {
        TaskLine line{.late = task.state == TaskState::open && task.due < today};
        line.days_late = line.late ? today.days - task.due.days : 0;
        line.may_end = task.state == TaskState::open && may_end(caller, view.working_group, task);
        Text name = task.responsible;
        if (task.organisation)
            if (const auto one = TRY(transaction.find_one<Organisation>("id = $1", {task.organisation->text}))) name = one->name;
        if (task.state == TaskState::open) {
            LateCount& count = counts[name.best(Language::en)];
            count.name = name;
            ++count.open;
            count.late += line.late;
        }
        line.task = std::move(task);
        view.tasks.push_back(std::move(line));
    }
    std::stable_partition(view.tasks.begin(), view.tasks.end(), [](const TaskLine& one) { return one.task.state == TaskState::open; });
    for (auto& [name, count] : counts) view.responsible.push_back(std::move(count));
    std::stable_sort(view.responsible.begin(), view.responsible.end(),
        [](const LateCount& a, const LateCount& b) { return std::pair(a.late, a.open) > std::pair(b.late, b.open); });
    return view;
}

Result<Reply<WorkingGroup>> working_group_create(Transaction& transaction, const Caller& caller, const WorkingGroup& draft) {
    return keep_new(transaction, caller, draft);
}
Result<WorkingGroup> working_group_update(Transaction& transaction, const Caller& caller, const Patch<WorkingGroup>& patch) {
    return keep_change(transaction, caller, patch);
}

Result<GroupMeeting> group_meeting_get(Transaction& transaction, const Caller& caller, const ById<GroupMeeting>& key) {
    return part_seen(transaction, caller, key.id);
}
Result<Reply<GroupMeeting>> group_meeting_create(Transaction& transaction, const Caller& caller, const GroupMeeting& draft) {
    TRY(group_to_write(transaction, caller, draft.working_group));
    return keep_new(transaction, caller, draft);
}
Result<GroupMeeting> group_meeting_update(Transaction& transaction, const Caller& caller, const Patch<GroupMeeting>& patch) {
    const GroupMeeting before = TRY(part_seen(transaction, caller, patch.id));
    TRY(group_to_write(transaction, caller, before.working_group));
    if (before.state == GroupMeetingState::agreed || before.state == GroupMeetingState::cancelled)
        return Error{Failure::conflict, "group_meeting.fixed", "Agreed minutes and cancelled meetings no longer change."};
    GroupMeeting after = TRY(keep_change(transaction, caller, patch));
    if (after.working_group != before.working_group) return invalid({{"working_group", "group_meeting.group", "A meeting or task stays with its group."}});
    return after;
}
/// planned → held → agreed; what lies ahead may be cancelled.
template <GroupMeetingState from, GroupMeetingState to>
Result<GroupMeeting> meeting_step(Transaction& transaction, const Caller& caller, const ById<GroupMeeting>& key) {
    GroupMeeting meeting = TRY(part_seen(transaction, caller, key.id));
    TRY(group_to_write(transaction, caller, meeting.working_group));
    if (meeting.state != from)
        return Error{Failure::conflict, "group_meeting.wrong_step", "This meeting is in the state {state}; this step follows from {from}.",
            {{"state", std::string(name_of(meeting.state))}, {"from", std::string(name_of(from))}}};
    if (to == GroupMeetingState::held && meeting.begins_at > caller.now)
        return Error{Failure::conflict, "group_meeting.ahead", "This meeting has not begun yet."};
    if (to == GroupMeetingState::agreed && meeting.minutes.empty())
        return invalid({{"minutes", "group_meeting.no_minutes", "Write the minutes before they are agreed."}});
    meeting.state = to;
    meeting.updated_at = caller.now;
    TRY(transaction.update(meeting));
    return meeting;
}

Result<GroupTask> group_task_get(Transaction& transaction, const Caller& caller, const ById<GroupTask>& key) { return part_seen(transaction, caller, key.id); }
Result<Done> check_meeting(Transaction& transaction, const GroupTask& task) {
    if (!task.meeting) return Done{};
    const auto meeting = TRY(transaction.find_one<GroupMeeting>("id = $1", {task.meeting->text}));
    if (!meeting || meeting->working_group != task.working_group) return invalid({{"meeting", "group_task.meeting", "This meeting is not one of the group."}});
    return Done{};
}
Result<Reply<GroupTask>> group_task_create(Transaction& transaction, const Caller& caller, const GroupTask& draft) {
    TRY(group_to_write(transaction, caller, draft.working_group));
    TRY(check_meeting(transaction, draft));
    return keep_new(transaction, caller, draft);
}
Result<GroupTask> group_task_update(Transaction& transaction, const Caller& caller, const Patch<GroupTask>& patch) {
    const GroupTask before = TRY(part_seen(transaction, caller, patch.id));
    TRY(group_to_write(transaction, caller, before.working_group));
    GroupTask after = TRY(keep_change(transaction, caller, patch));
    if (after.working_group != before.working_group) return invalid({{"working_group", "group_meeting.group", "A meeting or task stays with its group."}});
    TRY(check_meeting(transaction, after));
    return after;
}
template <TaskState to> Result<GroupTask> task_end(Transaction& transaction, const Caller& caller, const TaskEnd& end) {
    GroupTask task = TRY(part_seen(transaction, caller, end.id));
    const WorkingGroup group = TRY(group_seen(transaction, caller, task.working_group));
    const bool allowed = to == TaskState::done ? may_end(caller, group, task) : is_member(caller, group, true);
    if (!allowed) return Error{Failure::forbidden, "group_task.not_yours", "Whoever does the task, chair, secretary and the desk say that it is done."};
    if (task.state != TaskState::open) return Error{Failure::conflict, "group_task.ended", "This task has ended already."};
    task.state = to;
    task.ended_on = date_of(caller.now);
    if (!end.note.empty()) task.note = end.note;
    task.updated_at = caller.now;
    TRY(transaction.update(task));
    return task;
}

} // namespace

std::vector<Endpoint> working_group_endpoints() {
    using Meeting = GroupMeetingState;
    return {
        // clang-format off
        {"working_group_list", Method::get, "/working-groups", "Working groups one's organisation is a member of.", Mode::read, signed_in, call(working_group_list)},
        {"working_group_get", Method::get, "/working-groups/{id}", "One group with its meetings, tasks and who is late.", Mode::read, signed_in, call(working_group_get)},
        {"working_group_create", Method::post, "/working-groups", "Found a working group.", Mode::write, run_desk, call(working_group_create)},
        {"working_group_update", Method::patch, "/working-groups/{id}", "Change a working group.", Mode::write, run_desk, call(working_group_update)},
        {"group_meeting_list", Method::get, "/group-meetings", "Meetings of one's working groups.", Mode::read, signed_in, call(part_list<GroupMeeting>)},
        {"group_meeting_get", Method::get, "/group-meetings/{id}", "One meeting.", Mode::read, signed_in, call(group_meeting_get)},
        {"group_meeting_create", Method::post, "/group-meetings", "Plan a meeting of a working group.", Mode::write, write_services, call(group_meeting_create)},
        {"group_meeting_update", Method::patch, "/group-meetings/{id}", "Change agenda, minutes and decisions.", Mode::write, write_services, call(group_meeting_update)},
        {"group_meeting_hold", Method::post, "/group-meetings/{id}/hold", "Say that a meeting was held.", Mode::write, write_services, call(meeting_step<Meeting::planned, Meeting::held>)},
        {"group_meeting_agree", Method::post, "/group-meetings/{id}/agree", "Agree to the minutes.", Mode::write, write_services, call(meeting_step<Meeting::held, Meeting::agreed>)},
        {"group_meeting_cancel", Method::post, "/group-meetings/{id}/cancel", "Cancel a meeting that lies ahead.", Mode::write, write_services, call(meeting_step<Meeting::planned, Meeting::cancelled>)},
        {"group_task_list", Method::get, "/group-tasks", "Tasks of one's working groups.", Mode::read, signed_in, call(part_list<GroupTask>)},
        {"group_task_get", Method::get, "/group-tasks/{id}", "One task.", Mode::read, signed_in, call(group_task_get)},
        {"group_task_create", Method::post, "/group-tasks", "Give a task.", Mode::write, write_services, call(group_task_create)},
        {"group_task_update", Method::patch, "/group-tasks/{id}", "Change a task.", Mode::write, write_services, call(group_task_update)},
        {"group_task_finish", Method::post, "/group-tasks/{id}/finish", "Say that a task is done.", Mode::write, write_services, call(task_end<TaskState::done>)},
        {"group_task_drop", Method::post, "/group-tasks/{id}/drop", "Drop a task.", Mode::write, write_services, call(task_end<TaskState::dropped>)},
        // clang-format on
    };
}

} // namespace greenbank::services
