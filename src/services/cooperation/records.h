// records.h — work across borders: cooperations with their chain, what is recognised where, facts of countries, working groups.
#pragma once

#include "projects/projects.h"
#include "services/catalogue/records.h"
#include "services/engine/chain.h"
#include "services/engine/recognition.h"

namespace greenbank::services {

enum class CooperationKind { partner_park, joint_laboratory, training, technology_transfer, platform };
enum class CooperationState { prepared, signed_, running, suspended, ended };

/// An organisation of the bank, or another one by its name.
struct CooperationPartner {
    std::optional<Id<Organisation>> organisation;
    Text name;
    std::string country;
    Text role;
};
Record describe(const CooperationPartner*);

/// Who does a step of the chain.
struct ChainLink {
    ChainStep step = ChainStep::research;
    std::optional<Id<Organisation>> organisation;
    Text name;
    std::string country;
    bool planned = false;
    Text note;
};
Record describe(const ChainLink*);

struct Cooperation {
    static constexpr std::string_view id_prefix = "cooperation";
    Id<Cooperation> id;
    Text title, summary;
    CooperationKind kind = CooperationKind::technology_transfer;
    std::vector<std::string> countries;
    std::vector<TechnologyField> fields;
    std::vector<CooperationPartner> partners;
    Text agreement; // what was signed, and its number
    std::optional<Date> since, until;
    std::vector<ChainLink> chain;
    std::optional<Id<projects::Project>> project;
    std::string source;
    FactStatus status = FactStatus::sample;
    CooperationState stage = CooperationState::prepared;
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Cooperation*);

enum class RecognitionSubject { standard, verification, test_report, patent, certificate, label, qualification };

/// One row of the cross-walk: something of ours beside something of theirs.
struct Recognition {
    static constexpr std::string_view id_prefix = "recognition";
    Id<Recognition> id;
    RecognitionSubject subject = RecognitionSubject::standard;
    std::string our_code, their_code;
    Text our_title, their_title;
    std::string our_country, their_country; // WORLD: an international one
    RecognitionKind kind = RecognitionKind::partial;
    Text scope, conditions;
    std::vector<TechnologyField> fields;
    std::string source;
    FactStatus status = FactStatus::sample;
    std::optional<Date> valid_from, valid_to;
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Recognition*);

enum class FactTopic { trade, investment, energy, environment, policy, cooperation };

struct CountryFact {
    static constexpr std::string_view id_prefix = "countryfact";
    Id<CountryFact> id;
    std::string country;
    FactTopic topic = FactTopic::trade;
    Text title, text;
    std::optional<double> value;
    std::optional<std::string> unit;
    Date as_of;
    std::string source;
    FactStatus status = FactStatus::sample;
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CountryFact*);

enum class MemberRole { chair, secretary, member, observer };
struct GroupMember {
    Text name;
    std::optional<Id<Organisation>> organisation;
    std::string country;
    MemberRole role = MemberRole::member;
};
Record describe(const GroupMember*);

enum class GroupState { active, closed };
struct WorkingGroup {
    static constexpr std::string_view id_prefix = "workgroup";
    Id<WorkingGroup> id;
    Text title, purpose;
    std::optional<Id<Cooperation>> cooperation;
    std::vector<GroupMember> members;
    GroupState state = GroupState::active;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const WorkingGroup*);

struct AgendaItem {
    Text title;
    std::int64_t minutes = 10;
    std::string speaker;
};
Record describe(const AgendaItem*);
struct GroupDecision {
    Text text;
};
Record describe(const GroupDecision*);

enum class GroupMeetingState { planned, held, agreed, cancelled };
struct GroupMeeting {
    static constexpr std::string_view id_prefix = "groupmeeting";
    Id<GroupMeeting> id;
    Id<WorkingGroup> working_group;
    Text title, place;
    Time begins_at;
    std::vector<AgendaItem> agenda;
    Text minutes;
    std::vector<GroupDecision> decisions;
    GroupMeetingState state = GroupMeetingState::planned;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const GroupMeeting*);

enum class TaskState { open, done, dropped };
struct GroupTask {
    static constexpr std::string_view id_prefix = "grouptask";
    Id<GroupTask> id;
    Id<WorkingGroup> working_group;
    std::optional<Id<GroupMeeting>> meeting; // where it was decided
    Text title;
    std::optional<Id<Organisation>> organisation;
    Text responsible; // who of it, or whom the bank does not know
    Date due;
    TaskState state = TaskState::open;
    std::optional<Date> ended_on;
    Text note;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const GroupTask*);

} // namespace greenbank::services

namespace greenbank {
template <> struct Choices<services::CooperationKind> {
    static constexpr std::string_view name = "partnership_kind";
    static constexpr std::string_view values[] = {"partner_park", "joint_laboratory", "training", "technology_transfer", "platform"};
};
template <> struct Choices<services::CooperationState> {
    static constexpr std::string_view name = "cooperation_state";
    static constexpr std::string_view values[] = {"prepared", "signed", "running", "suspended", "ended"};
};
template <> struct Choices<services::RecognitionSubject> {
    static constexpr std::string_view name = "recognition_subject";
    static constexpr std::string_view values[] = {"standard", "verification", "test_report", "patent", "certificate", "label", "qualification"};
};
template <> struct Choices<services::FactTopic> {
    static constexpr std::string_view name = "fact_topic";
    static constexpr std::string_view values[] = {"trade", "investment", "energy", "environment", "policy", "cooperation"};
};
template <> struct Choices<services::MemberRole> {
    static constexpr std::string_view name = "member_role";
    static constexpr std::string_view values[] = {"chair", "secretary", "member", "observer"};
};
template <> struct Choices<services::GroupState> {
    static constexpr std::string_view name = "group_state";
    static constexpr std::string_view values[] = {"active", "closed"};
};
template <> struct Choices<services::GroupMeetingState> {
    static constexpr std::string_view name = "group_meeting_state";
    static constexpr std::string_view values[] = {"planned", "held", "agreed", "cancelled"};
};
template <> struct Choices<services::TaskState> {
    static constexpr std::string_view name = "task_state";
    static constexpr std::string_view values[] = {"open", "done", "dropped"};
};
} // namespace greenbank
