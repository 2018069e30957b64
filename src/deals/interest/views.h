// views.h — an interest with its conversation, as one side sees it.
#pragma once

#include "deals/interest/records.h"
#include "deals/operations.h"

namespace greenbank::deals {

struct InterestView {
    Interest interest;
    InterestPart part = InterestPart::party;
    bool names_open = false;
    std::vector<InterestVerb> actions;
    std::optional<InterestPart> next;
    std::optional<parties::OrganisationKind> owner_kind;
    std::optional<std::string> owner_country;
    std::vector<InterestMessage> messages;
};
Record describe(const InterestView*);

/// `interest` as it is stored; the caller must be on a side of it.
Result<InterestView> view_of(Transaction& transaction, const Caller& caller, Interest interest);
Right right_of(InterestVerb verb);
/// None of the three answers tells who wrote them.
Result<Done> check_answers(Transaction& transaction, const Interest& interest);
/// Messages of an interest as it is stored, without what this side does not know yet.
Result<std::vector<InterestMessage>> messages_seen(Transaction& transaction, const Caller& caller, const Interest& interest);

} // namespace greenbank::deals
