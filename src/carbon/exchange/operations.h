// operations.h — what the files of the exchange share.
#pragma once

#include "carbon/exchange/records.h"
#include "carbon/rights.h"
#include "parties/acting.h"

namespace greenbank::carbon {

struct PartnerKey {
    Id<PactPartner> id;
};
Record describe(const PartnerKey*);

constexpr std::size_t answered_footprints_max = 200;

/// One's own partner, or any for staff of the bank; else as if there were none.
Result<PactPartner> partner_seen(Transaction& transaction, const Caller& caller, const Id<PactPartner>& id);
using parties::acting_organisation;

bool may_see(const PactPartner& partner, const SharedFootprint& shared);
/// What a partner may see of what it asks for, oldest first, at most `limit`.
Result<std::vector<SharedFootprint>> shared_with(
    Transaction& transaction, const PactPartner& partner, const pact::Criteria& criteria, pact::Protocol protocol, std::size_t limit);

/// Figures and facts of a shared footprint out of the footprint it states; what a person entered stays.
Result<Done> derive(Transaction& transaction, SharedFootprint& shared, Language language);

/// An event waiting for its partner, to be sent at once and until 72 hours from now.
PactMessage message_to(const Caller& caller, const PactPartner& partner, MessageKind kind, std::string body, std::int64_t protocol = 3);
bool can_be_told(const PactPartner& partner);

/// Answers a received request with what is shared now; without that it is rejected, or stays open where the partner's rule says so.
Result<Done> answer_request(
    Transaction& transaction, const Caller& caller, const PactPartner& partner, PactRequest& request, const pact::Criteria& criteria, std::string_view source);
/// Tells those who may see it, and answers open requests that it meets.
Result<Done> announce(Transaction& transaction, const Caller& caller, const SharedFootprint& shared, std::string_view source);
Result<Done> reject(Transaction& transaction, const Caller& caller, const PactPartner& partner, PactRequest& request, std::string_view source, std::string code,
    std::string message);

/// Keeps a partner's footprint; one of the same id takes its place.
Result<Done> keep_received(
    Transaction& transaction, const Caller& caller, const PactPartner& partner, const pact::ProductFootprint& footprint, const std::string& document);

} // namespace greenbank::carbon
