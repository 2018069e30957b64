// group_records.cpp — descriptions of working groups, their meetings and tasks.
#include "library/rules.h"
#include "services/cooperation/records.h"

namespace greenbank::services {

namespace {

void check_member(const void* value, Problems& problems) { library::check_country(static_cast<const GroupMember*>(value)->country, "country", problems); }
void check_task(const void* value, Problems& problems) {
    const auto& task = *static_cast<const GroupTask*>(value);
    if (!task.organisation && task.responsible.empty())
        problems.push_back({"responsible", "services.who", "Choose an organisation of the bank, or write a name."});
}

} // namespace

Record describe(const GroupMember*) {
    return {"group_member", "A member of a working group.",
        {field<&GroupMember::name>("name", "The person.", {.min = 1, .max = 200}),
            field<&GroupMember::organisation>("organisation", "For whom, where that is in the bank."),
            field<&GroupMember::country>("country", "For which country.", {.min = 2, .max = 2}),
            field<&GroupMember::role>("role", "Chair, secretary, member or observer.", {.defaulted = true})},
        check_member};
}
Record describe(const WorkingGroup*) {
    using Group = WorkingGroup;
    return {"working_group", "People of several countries who settle something together.",
        {
            field<&Group::id>("id", "Id.", {.read_only = true}),
            field<&Group::title>("title", "What it is called.", {.min = 1, .max = 200, .sort = true}),
            field<&Group::purpose>("purpose", "What it is for.", {.min = 1, .max = 2000}),
            field<&Group::cooperation>("cooperation", "The cooperation it belongs to.", {.filter = true}),
            field<&Group::members>("members", "Its members.", {.min = 1, .max = 100}),
            field<&Group::state>("state", "Active or closed.", {.defaulted = true, .filter = true}),
            field<&Group::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Group::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Group::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Group::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}
Record describe(const AgendaItem*) {
    return {"agenda_item", "A point of an agenda.",
        {field<&AgendaItem::title>("title", "What is talked about.", {.min = 1, .max = 300}),
            field<&AgendaItem::minutes>("minutes", "How long.", {.unit = "min", .min = 1, .max = 600, .defaulted = true}),
            field<&AgendaItem::speaker>("speaker", "Who begins.", {.max = 200, .defaulted = true})}};
}
Record describe(const GroupDecision*) {
    return {"group_decision", "What was decided.", {field<&GroupDecision::text>("text", "The decision.", {.min = 1, .max = 2000})}};
}
Record describe(const GroupMeeting*) {
    using Meeting = GroupMeeting;
    return {"group_meeting", "A meeting of a working group.",
        {
            field<&Meeting::id>("id", "Id.", {.read_only = true}),
            field<&Meeting::working_group>("working_group", "Of which group.", {.filter = true}),
            field<&Meeting::title>("title", "What it is called.", {.min = 1, .max = 200, .sort = true}),
            field<&Meeting::place>("place", "Where, or by which way.", {.max = 300}),
            field<&Meeting::begins_at>("begins_at", "When it begins.", {.sort = true}),
            field<&Meeting::agenda>("agenda", "What is talked about.", {.max = 60, .defaulted = true}),
            field<&Meeting::minutes>("minutes", "What was said.", {.max = 20'000}),
            field<&Meeting::decisions>("decisions", "What was decided.", {.max = 60, .defaulted = true}),
            field<&Meeting::state>("state", "Planned, held, minutes agreed, cancelled.", {.read_only = true, .filter = true}),
            field<&Meeting::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Meeting::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Meeting::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Meeting::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}
Record describe(const GroupTask*) {
    using Task = GroupTask;
    return {"group_task", "Something a working group wants done.",
        {
            field<&Task::id>("id", "Id.", {.read_only = true}),
            field<&Task::working_group>("working_group", "Of which group.", {.filter = true}),
            field<&Task::meeting>("meeting", "The meeting that decided it.", {.filter = true}),
            field<&Task::title>("title", "What is to be done.", {.min = 1, .max = 300}),
            field<&Task::organisation>("organisation", "Who does it, where that is in the bank.", {.filter = true}),
            field<&Task::responsible>("responsible", "The person, or whom the bank does not know.", {.max = 200}),
            field<&Task::due>("due", "Until when.", {.sort = true}),
            field<&Task::state>("state", "Open, done or dropped.", {.read_only = true, .filter = true}),
            field<&Task::ended_on>("ended_on", "When it was done or dropped.", {.read_only = true}),
            field<&Task::note>("note", "How it went.", {.max = 1000}),
            field<&Task::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Task::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Task::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&Task::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_task};
}

} // namespace greenbank::services
