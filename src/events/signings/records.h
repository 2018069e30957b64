// records.h — what is signed at an event, what was promised to follow, and what followed.
#pragma once

#include "deals/contracts/records.h"
#include "events/engine/promises.h"
#include "events/forum/records.h"

namespace greenbank::events {

enum class SigningKind { strategic_agreement, industry_project, engineering_contract, licence, joint_venture, research, financing, memorandum, other };
enum class SigningState { planned, signed_, withdrawn };

struct SigningParty {
    Text name;
    std::optional<std::string> country;
    std::optional<Id<Organisation>> organisation;
};
Record describe(const SigningParty*);

/// Until when how much of a stage was promised.
struct PlannedStep {
    PromiseStage stage = PromiseStage::invested;
    Date due_on;
    Money amount;
};
Record describe(const PlannedStep*);

struct Signing {
    static constexpr std::string_view id_prefix = "signing";
    Id<Signing> id;
    Id<Event> event;
    std::optional<Id<SubEvent>> sub_event;
    SigningKind kind = SigningKind::strategic_agreement;
    Text title;
    std::vector<SigningParty> parties;
    std::optional<Money> amount; // absent: nothing is paid, or nobody says how much
    FigureStanding standing = FigureStanding::unconfirmed;
    std::optional<std::string> source;
    std::optional<Id<deals::Contract>> contract; // its amount is the signing's
    std::optional<Id<projects::Project>> project;
    std::string country; // where it will be done
    Text place;
    std::vector<PlannedStep> planned;
    SigningState state = SigningState::planned;
    std::optional<Time> signed_at;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Signing*);

/// A step of the ledger of promises, entered by hand.
struct PromiseStep {
    static constexpr std::string_view id_prefix = "promise";
    Id<PromiseStep> id;
    Id<Event> event;
    Id<Signing> signing;
    PromiseStage stage = PromiseStage::contracted;
    Money amount;
    Date happened_on;
    std::string evidence, source;
    FigureStanding standing = FigureStanding::unconfirmed;
    std::string entered_by;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const PromiseStep*);

} // namespace greenbank::events

namespace greenbank {
template <> struct Choices<events::SigningKind> {
    static constexpr std::string_view name = "signing_kind";
    static constexpr std::string_view values[] = {
        "strategic_agreement", "industry_project", "engineering_contract", "licence", "joint_venture", "research", "financing", "memorandum", "other"};
};
template <> struct Choices<events::SigningState> {
    static constexpr std::string_view name = "signing_state";
    static constexpr std::string_view values[] = {"planned", "signed", "withdrawn"};
};
} // namespace greenbank
