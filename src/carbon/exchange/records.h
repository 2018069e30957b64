// records.h — partners in the exchange of footprints, what is shared with them, what came from them, who asked whom, and what is to be sent.
#pragma once

#include "carbon/labels/records.h"
#include "pact/events.h"
#include "pact/wire.h"

namespace greenbank::carbon {

/// What becomes of a request for a product that nothing is shared of.
enum class UnknownRequests { reject, hold };

/// Another organisation's system that speaks PACT with us, for one organisation of the bank.
struct PactPartner {
    static constexpr std::string_view id_prefix = "pactpartner";
    Id<PactPartner> id;
    Id<Organisation> owner; // whose partner it is
    std::string name;
    std::optional<std::string> address; // of its server, without a slash at its end; absent: it only asks
    UnknownRequests unknown_requests = UnknownRequests::reject;
    bool paused = false;
    std::int64_t protocol = 3; // that its server speaks: 3, or 2 for 2.2 and 2.3
    // how it signs in here
    std::string client_id;   // empty until a secret is made
    std::string secret_hash; // of the one that it was told
    // how we sign in there
    std::optional<std::string> client_there, secret_there;
    std::optional<Time> seen_at, reached_at;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};

/// A token that a partner holds for an hour.
struct PactToken {
    static constexpr std::string_view id_prefix = "pacttoken";
    Id<PactToken> id;
    Id<PactPartner> partner;
    std::string token_hash;
    Time expires_at;
};

enum class SharedState { active, deprecated };
struct SourceNamed {
    std::string name, version;
};
/// A footprint as partners may fetch it; its figures never change, a newer one takes its place.
struct SharedFootprint {
    static constexpr std::string_view id_prefix = "sharedpcf";
    Id<SharedFootprint> id;
    std::string uuid;
    Id<Organisation> owner;
    Id<Footprint> footprint;
    std::optional<Id<SharedFootprint>> replaces;
    std::vector<std::string> preceding; // UUIDs
    SharedState state = SharedState::active;
    std::vector<Id<PactPartner>> partners; // empty: all of the owner's
    std::string company_name, product_name, description, comment;
    std::vector<std::string> company_ids, product_ids, classifications;
    std::string cpc;
    std::string unit, amount;      // declared unit, as PACT names it
    std::optional<double> mass_kg; // of the declared unit; absent: it is counted in kilograms
    std::optional<Date> reference_from, reference_until, valid_from, valid_until;
    std::string geography, boundary_processes;
    double fossil_carbon = 0; // kgC in the declared unit
    std::optional<double> biogenic_carbon;
    bool packaging_included = false;
    // decimals, kgCO2e of the declared unit
    std::string without_uptake, with_uptake, fossil;
    std::optional<std::string> land_use_change, biogenic_uptake, biogenic_other;
    std::string characterization, exempted_percent, exempted_reason, allocation, primary_share_percent;
    std::vector<SourceNamed> factor_sources;
    std::optional<std::string> quality_technology, quality_area, quality_time;
    std::optional<std::string> verifier;
    std::optional<Date> verified_on;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};

/// A partner's footprint as it came.
struct ReceivedFootprint {
    static constexpr std::string_view id_prefix = "receivedpcf";
    Id<ReceivedFootprint> id;
    Id<Organisation> owner; // who received it
    Id<PactPartner> partner;
    std::string uuid;
    SharedState state = SharedState::active;
    std::string company_name, product_name;
    std::vector<std::string> product_ids;
    std::string unit, amount, with_uptake, without_uptake; // decimals
    std::string geography;
    Time valid_from, valid_until, received_at;
    std::string document; // JSON, whole
};

enum class RequestDirection { received, sent };
enum class RequestState { open, fulfilled, rejected, failed };
/// Who asked whom for the footprint of which product, and how that stands.
struct PactRequest {
    static constexpr std::string_view id_prefix = "pactrequest";
    Id<PactRequest> id;
    Id<Organisation> owner;
    Id<PactPartner> partner;
    std::string partner_name;
    RequestDirection direction = RequestDirection::sent;
    std::int64_t protocol = 3;
    std::string event; // the event's id
    std::vector<std::string> product_ids;
    std::string comment, criteria; // criteria: JSON as it came
    RequestState state = RequestState::open;
    std::vector<std::string> footprints; // UUIDs that it was answered with
    std::string code, message;           // of a rejection
    Time created_at;
    std::optional<Time> answered_at;
    std::int64_t version = 1;
};

enum class MessageKind { published, request, fulfilled, rejected, fetch };
enum class MessageState { waiting, sent, given_up };
/// Something to be said to a partner, or fetched from it, until it is done or 72 hours have passed.
struct PactMessage {
    static constexpr std::string_view id_prefix = "pactmessage";
    Id<PactMessage> id;
    Id<Organisation> owner;
    Id<PactPartner> partner;
    std::string partner_name;
    MessageKind kind = MessageKind::published;
    std::int64_t protocol = 3;
    std::string body; // the event; of a fetch the footprint's UUID
    std::optional<Id<PactRequest>> request;
    MessageState state = MessageState::waiting;
    std::int64_t attempts = 0;
    std::optional<std::string> answer; // to the last attempt
    Time created_at, next_at, expires_at;
    std::optional<Time> ended_at;
};

Record describe(const PactPartner*);
Record describe(const PactToken*);
Record describe(const SourceNamed*);
Record describe(const SharedFootprint*);
Record describe(const ReceivedFootprint*);
Record describe(const PactRequest*);
Record describe(const PactMessage*);

/// As the protocol says it.
pact::ProductFootprint on_the_wire(const SharedFootprint& shared);
inline pact::Protocol protocol_of(std::int64_t number) { return number == 2 ? pact::Protocol::v2 : pact::Protocol::v3; }

} // namespace greenbank::carbon

namespace greenbank {
template <> struct Choices<carbon::UnknownRequests> {
    static constexpr std::string_view name = "unknown_requests";
    static constexpr std::string_view values[] = {"reject", "hold"};
};
template <> struct Choices<carbon::SharedState> {
    static constexpr std::string_view name = "shared_state";
    static constexpr std::string_view values[] = {"active", "deprecated"};
};
template <> struct Choices<carbon::RequestDirection> {
    static constexpr std::string_view name = "request_direction";
    static constexpr std::string_view values[] = {"received", "sent"};
};
template <> struct Choices<carbon::RequestState> {
    static constexpr std::string_view name = "pact_request_state";
    static constexpr std::string_view values[] = {"open", "fulfilled", "rejected", "failed"};
};
template <> struct Choices<carbon::MessageKind> {
    static constexpr std::string_view name = "pact_message_kind";
    static constexpr std::string_view values[] = {"published", "request", "fulfilled", "rejected", "fetch"};
};
template <> struct Choices<carbon::MessageState> {
    static constexpr std::string_view name = "pact_message_state";
    static constexpr std::string_view values[] = {"waiting", "sent", "given_up"};
};
} // namespace greenbank
