// requests.cpp — requests for footprints in both directions, how they are answered, and the outbox that the answers wait in.
#include <algorithm>

#include <fmt/format.h>

#include "carbon/exchange/exchange.h"
#include "carbon/exchange/operations.h"
#include "carbon/products/operations.h"
#include "json/value_tree.h"

namespace greenbank::carbon {

/// A request with what is said to it.
struct RequestAnswer {
    Id<PactRequest> id;
    std::string message;
};
Record describe(const RequestAnswer*) {
    return {"pact_request_answer", "What is said to a request.",
        {field<&RequestAnswer::id>("id", "Which request."), field<&RequestAnswer::message>("message", "Why not.", {.min = 1, .max = 4000})}};
}
struct RequestKey {
    Id<PactRequest> id;
};
Record describe(const RequestKey*) { return {"pact_request_key", "Names a request.", {field<&RequestKey::id>("id", "Its id.")}}; }
struct MessageKey {
    Id<PactMessage> id;
};
Record describe(const MessageKey*) { return {"pact_message_key", "Names a message.", {field<&MessageKey::id>("id", "Its id.")}}; }

namespace {

constexpr Duration told_for = hours(72); // PACT 3.0, events

std::vector<std::string> uuids_of(const std::vector<SharedFootprint>& list) {
    std::vector<std::string> uuids;
    for (const SharedFootprint& one : list) uuids.push_back(one.uuid);
    return uuids;
}
pact::EventHead head_of(const Caller& caller, std::int64_t protocol, std::string_view source) {
    return {.protocol = protocol_of(protocol), .id = pact::make_uuid(caller.random), .source = std::string(source), .time = caller.now};
}
PactMessage answer_to(const Caller& caller, const PactPartner& partner, const PactRequest& request, MessageKind kind, std::string body) {
    PactMessage message = message_to(caller, partner, kind, std::move(body), request.protocol);
    message.request = request.id;
    return message;
}

Result<Done> fulfil(Transaction& transaction, const Caller& caller, const PactPartner& partner, PactRequest& request, const std::vector<SharedFootprint>& found,
    std::string_view source) {
    std::vector<std::string> written;
    for (const SharedFootprint& one : found) written.push_back(pact::write(on_the_wire(one), protocol_of(request.protocol)));
    TRY(transaction.insert(
        answer_to(caller, partner, request, MessageKind::fulfilled, pact::write_fulfilled(head_of(caller, request.protocol, source), request.event, written))));
    request.state = RequestState::fulfilled;
    request.footprints = uuids_of(found);
    request.answered_at = caller.now;
    return Done{};
}

Result<Page<PactRequest>> request_list(Transaction& transaction, const Caller& caller, const ListOf<PactRequest>& list) {
    if (caller.actor.may(see_carbon)) return list_page<PactRequest>(transaction, caller, list);
    return list_page<PactRequest>(transaction, caller, list, "$1 <> '' AND owner = $1", {caller.actor.organisation});
}
Result<PactRequest> request_seen(Transaction& transaction, const Caller& caller, const Id<PactRequest>& id) {
    PactRequest request = TRY(transaction.get(id));
    if (!acts_for(caller, request.owner)) return not_found(record_of<PactRequest>(), id.text);
    return request;
}
Result<PactRequest> request_get(Transaction& transaction, const Caller& caller, const RequestKey& key) { return request_seen(transaction, caller, key.id); }

Result<Reply<PactRequest>> request_create(Transaction& transaction, const Caller& caller, const PactRequest& draft, const std::string& source) {
    const PactPartner partner = TRY(partner_seen(transaction, caller, draft.partner));
    if (!can_be_told(partner)) return Error{Failure::conflict, "pact.no_way", "Enter the partner's address, and client id and secret there, first."};
    for (std::size_t i = 0; i < draft.product_ids.size(); ++i)
        if (!pact::is_urn(draft.product_ids[i]))
            return invalid({{fmt::format("product_ids[{}]", i), "pact.urn", "Write a URN such as urn:gtin:4712345060507."}});
    PactRequest request = draft;
    request.id = caller.new_id<PactRequest>();
    request.owner = partner.owner;
    request.partner_name = partner.name;
    request.direction = RequestDirection::sent;
    request.protocol = partner.protocol;
    request.created_at = caller.now;
    pact::EventHead head = head_of(caller, partner.protocol, source);
    request.event = head.id;
    TRY(transaction.insert(request));
    TRY(transaction.insert(answer_to(caller, partner, request, MessageKind::request, pact::write_created(head, request.product_ids, request.comment))));
    return Reply<PactRequest>{.body = std::move(request), .status = 201};
}

Result<PactRequest> open_received(Transaction& transaction, const Caller& caller, const Id<PactRequest>& id) {
    PactRequest request = TRY(request_seen(transaction, caller, id));
    if (request.direction != RequestDirection::received || request.state != RequestState::open)
        return Error{Failure::conflict, "pact.answered", "Only an open request of a partner can be answered."};
    return request;
}
Result<PactRequest> request_reject(Transaction& transaction, const Caller& caller, const RequestAnswer& ask, const std::string& source) {
    PactRequest request = TRY(open_received(transaction, caller, ask.id));
    const PactPartner partner = TRY(transaction.get(request.partner));
    TRY(reject(transaction, caller, partner, request, source, "NotFound", ask.message));
    TRY(transaction.update(request));
    return request;
}
/// Looks again: what has been shared since.
Result<PactRequest> request_answer(Transaction& transaction, const Caller& caller, const RequestKey& key, const std::string& source) {
    PactRequest request = TRY(open_received(transaction, caller, key.id));
    const PactPartner partner = TRY(transaction.get(request.partner));
    const ValueTree criteria = TRY(read_value_tree(request.protocol == 2 ? R"({"pf":)" + request.criteria + "}" : request.criteria));
    const auto found = TRY(shared_with(
        transaction, partner, TRY(pact::read_criteria(criteria, protocol_of(request.protocol))), protocol_of(request.protocol), answered_footprints_max));
    if (found.empty())
        return Error{Failure::conflict, "pact.nothing_shared", "Nothing that this partner may see meets the request; share a footprint first, or reject it."};
    TRY(fulfil(transaction, caller, partner, request, found, source));
    TRY(transaction.update(request));
    return request;
}

Result<Page<PactMessage>> message_list(Transaction& transaction, const Caller& caller, const ListOf<PactMessage>& list) {
    if (caller.actor.may(see_carbon)) return list_page<PactMessage>(transaction, caller, list);
    return list_page<PactMessage>(transaction, caller, list, "$1 <> '' AND owner = $1", {caller.actor.organisation});
}
Result<PactMessage> message_again(Transaction& transaction, const Caller& caller, const MessageKey& key) {
    PactMessage message = TRY(transaction.get(key.id));
    if (!acts_for(caller, message.owner)) return not_found(record_of<PactMessage>(), key.id.text);
    if (message.state == MessageState::sent) return Error{Failure::conflict, "pact.sent", "This has been taken already."};
    message.state = MessageState::waiting;
    message.next_at = caller.now;
    message.expires_at = caller.now + told_for;
    message.ended_at.reset();
    message.attempts = 0;
    TRY(transaction.update(message));
    if (message.request) // a request that could not be sent is open again
        TRY(transaction.execute("UPDATE pact_request SET state = 'open' WHERE id = $1 AND state = 'failed'", {message.request->text}));
    return message;
}

} // namespace

bool can_be_told(const PactPartner& partner) { return partner.address && partner.client_there && partner.secret_there && !partner.paused; }

PactMessage message_to(const Caller& caller, const PactPartner& partner, MessageKind kind, std::string body, std::int64_t protocol) {
    return {.id = caller.new_id<PactMessage>(),
        .owner = partner.owner,
        .partner = partner.id,
        .partner_name = partner.name,
        .kind = kind,
        .protocol = protocol,
        .body = std::move(body),
        .request = {},
        .answer = {},
        .created_at = caller.now,
        .next_at = caller.now,
        .expires_at = caller.now + told_for,
        .ended_at = {}};
}

Result<Done> reject(Transaction& transaction, const Caller& caller, const PactPartner& partner, PactRequest& request, std::string_view source, std::string code,
    std::string message) {
    TRY(transaction.insert(answer_to(caller, partner, request, MessageKind::rejected,
        pact::write_rejected(
            head_of(caller, request.protocol, source), request.event, request.protocol == 2 && code == "NotFound" ? "NoSuchFootprint" : code, message))));
    request.state = RequestState::rejected;
    request.code = std::move(code);
    request.message = std::move(message);
    request.answered_at = caller.now;
    return Done{};
}

Result<Done> answer_request(
    Transaction& transaction, const Caller& caller, const PactPartner& partner, PactRequest& request, const pact::Criteria& criteria, std::string_view source) {
    const auto found = TRY(shared_with(transaction, partner, criteria, protocol_of(request.protocol), answered_footprints_max));
    if (!found.empty()) return fulfil(transaction, caller, partner, request, found, source);
    if (partner.unknown_requests == UnknownRequests::hold) return Done{};
    return reject(transaction, caller, partner, request, source, "NotFound", "Nothing that you may see meets the request.");
}

Result<Done> announce(Transaction& transaction, const Caller& caller, const SharedFootprint& shared, std::string_view source) {
    for (const PactPartner& partner : TRY(transaction.find<PactPartner>("owner = $1 ORDER BY id", {shared.owner.text}))) {
        if (!may_see(partner, shared) || !can_be_told(partner)) continue;
        if (pact::can_be_said(on_the_wire(shared), protocol_of(partner.protocol)))
            TRY(transaction.insert(message_to(
                caller, partner, MessageKind::published, pact::write_published(head_of(caller, partner.protocol, source), {shared.uuid}), partner.protocol)));
        if (shared.state != SharedState::active) continue;
        for (PactRequest& request : TRY(transaction.find<PactRequest>("partner = $1 AND direction = 'received' AND state = 'open'", {partner.id.text}))) {
            const auto tree = read_value_tree(request.protocol == 2 ? R"({"pf":)" + request.criteria + "}" : request.criteria);
            const auto criteria = tree ? pact::read_criteria(tree.value(), protocol_of(request.protocol)) : Result<pact::Criteria>(tree.error());
            if (!criteria) continue; // kept by another edition of the program
            const auto found = TRY(shared_with(transaction, partner, criteria.value(), protocol_of(request.protocol), answered_footprints_max));
            if (found.empty()) continue;
            TRY(fulfil(transaction, caller, partner, request, found, source));
            TRY(transaction.update(request));
        }
    }
    return Done{};
}

Result<Done> keep_received(
    Transaction& transaction, const Caller& caller, const PactPartner& partner, const pact::ProductFootprint& it, const std::string& document) {
    const std::string uuid = pact::small_letters(it.id);
    auto held = TRY(transaction.find_one<ReceivedFootprint>("owner = $1 AND partner = $2 AND uuid = $3", {partner.owner.text, partner.id.text, uuid}));
    ReceivedFootprint received = held.value_or(ReceivedFootprint{.id = caller.new_id<ReceivedFootprint>(), .received_at = caller.now});
    received.owner = partner.owner;
    received.partner = partner.id;
    received.uuid = uuid;
    received.state = it.active ? SharedState::active : SharedState::deprecated;
    received.company_name = it.company_name;
    received.product_name = it.name;
    received.product_ids = it.product_ids;
    received.unit = it.unit;
    received.amount = it.amount;
    received.with_uptake = it.with_uptake;
    received.without_uptake = it.without_uptake;
    received.geography = it.geography;
    received.valid_from = pact::valid_from(it);
    received.valid_until = pact::valid_until(it);
    received.document = document;
    if (held) TRY(transaction.update(received));
    else TRY(transaction.insert(received));
    for (const std::string& before : it.preceding)
        TRY(transaction.execute("UPDATE received_footprint SET state = 'deprecated' WHERE owner = $1 AND partner = $2 AND uuid = $3",
            {partner.owner.text, partner.id.text, pact::small_letters(before)}));
    return Done{};
}

std::vector<Endpoint> request_endpoints(const library::PublicAddress& address) {
    const auto create = [&address](Transaction& transaction, const Caller& caller, const PactRequest& draft) {
        return request_create(transaction, caller, draft, address.base);
    };
    const auto rejecting = [&address](Transaction& transaction, const Caller& caller, const RequestAnswer& ask) {
        return request_reject(transaction, caller, ask, address.base);
    };
    const auto answering = [&address](Transaction& transaction, const Caller& caller, const RequestKey& key) {
        return request_answer(transaction, caller, key, address.base);
    };
    return {
        // clang-format off
        {"pact_request_list", Method::get, "/pact-requests", "Requests for footprints, sent and received.", Mode::read, write_carbon, call(request_list)},
        {"pact_request_get", Method::get, "/pact-requests/{id}", "One request.", Mode::read, write_carbon, call(request_get)},
        {"pact_request_create", Method::post, "/pact-requests", "Ask a partner for the footprint of a product.", Mode::write, submit_carbon, call(create)},
        {"pact_request_reject", Method::post, "/pact-requests/{id}/reject", "Reject a partner's open request.", Mode::write, submit_carbon, call(rejecting)},
        {"pact_request_answer", Method::post, "/pact-requests/{id}/answer", "Answer a partner's open request with what is shared now.", Mode::write, submit_carbon, call(answering)},
        {"pact_message_list", Method::get, "/pact-messages", "What partners are told, and what waits.", Mode::read, write_carbon, call(message_list)},
        {"pact_message_again", Method::post, "/pact-messages/{id}/again", "Try a message again, for another 72 hours.", Mode::write, submit_carbon, call(message_again)},
        // clang-format on
    };
}

} // namespace greenbank::carbon
