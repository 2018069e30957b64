// records.h — expressions of interest and what is written about them.
#pragma once

#include "api/kept_files.h"
#include "deals/engine/interest_moves.h"
#include "deals/pipeline/records.h"
#include "library/policies/policies.h"

namespace greenbank::deals {

using library::OrganisationSize;
using parties::Organisation;

enum class DeclineReason { not_available, other_partner, terms, territory, capacity, too_little, not_suitable };

/// An organisation would like to have, to meet or to finance what another one entered. An adviser of the bank stands between them.
struct Interest {
    static constexpr std::string_view id_prefix = "interest";
    Id<Interest> id;
    std::string kind, entry;                      // technology, need or capital_offer, and its id
    Text title;                                   // the entry's
    std::optional<Id<Organisation>> owner;        // absent to the interested party while the entry hides it
    std::optional<Id<Organisation>> organisation; // who is interested; absent to the owner until accepted
    std::string person, person_name;              // who wrote it; empty to the owner until accepted
    std::string country;                          // of who is interested; shown to the owner at once, with the next two
    parties::OrganisationKind organisation_kind = parties::OrganisationKind::enterprise;
    OrganisationSize size = OrganisationSize::medium;
    std::optional<library::TechnologyField> field; // the entry's
    CooperationKind cooperation = CooperationKind::licence;
    std::string cooperation_wish, missing_information, presentation; // the three questions
    std::string adviser, adviser_name;
    InterestState state = InterestState::sent;
    Time since; // in this state
    std::optional<Time> forwarded_at;
    std::optional<std::string> adviser_note; // to the owner, with the interest; or to the sender, with what comes back
    std::optional<DeclineReason> decline_reason;
    std::optional<std::string> comment;
    std::optional<Id<Deal>> deal;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Interest*);

enum class MessageFrom { party, owner, adviser };
enum class MessageState { held, passed, returned };

/// One word of the conversation. Until names are open it reaches the other side only after the adviser has read it.
struct InterestMessage {
    static constexpr std::string_view id_prefix = "note";
    Id<InterestMessage> id;
    Id<Interest> interest;
    MessageFrom from = MessageFrom::party;
    MessageState state = MessageState::held;
    std::string text;
    std::optional<Id<KeptFile>> file;
    std::optional<std::string> file_name; // to the other side only once names are open: a name of a file may name its maker
    std::string person, person_name;
    std::optional<std::string> adviser_note;
    bool sample = false;
    Time created_at;
    std::optional<Time> passed_at;
    std::int64_t version = 1;
};
Record describe(const InterestMessage*);

} // namespace greenbank::deals

namespace greenbank {
template <> struct Choices<deals::DeclineReason> {
    static constexpr std::string_view name = "decline_reason";
    static constexpr std::string_view values[] = {"not_available", "other_partner", "terms", "territory", "capacity", "too_little", "not_suitable"};
};
template <> struct Choices<deals::MessageFrom> {
    static constexpr std::string_view name = "message_from";
    static constexpr std::string_view values[] = {"party", "owner", "adviser"};
};
template <> struct Choices<deals::MessageState> {
    static constexpr std::string_view name = "message_state";
    static constexpr std::string_view values[] = {"held", "passed", "returned"};
};
} // namespace greenbank
