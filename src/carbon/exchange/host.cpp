// host.cpp — the counter where partners ask: tokens, lists, footprints, events; every answer in PACT's words.
#include <charconv>

#include <fmt/format.h>

#include "api/nobody.h"
#include "carbon/exchange/exchange.h"
#include "carbon/exchange/operations.h"
#include "kernel/log.h"
#include "parties/secrets.h"
#include "json/value_tree.h"

namespace greenbank::carbon {

namespace {

constexpr int token_seconds = 3600;
constexpr std::size_t page_max = 200, page_of = 100;

Response json(int status, std::string body) {
    return {.status = status, .body = std::move(body), .headers = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}}};
}
/// An error in PACT's words; where the code is one of ours, it is our own fault or the moment's.
Response refusal(const Error& error, pact::Protocol protocol) {
    static constexpr std::string_view known[] = {"BadRequest", "TokenExpired", "AccessDenied", "NotFound", "NotImplemented"};
    for (const std::string_view code : known)
        if (error.code == code)
            return json(pact::status_of(code), pact::write_refusal({.code = error.code, .message = fill_in(error.message, error.parameters)}, protocol));
    log(error.kind == Failure::internal ? Level::error : Level::warning, "pact_answer", fill_in(error.message, error.parameters));
    Response response = json(error.kind == Failure::unavailable ? 503 : 500,
        pact::write_refusal({.code = "InternalError", .message = "The server could not answer; try again later."}, protocol));
    return response;
}
Error refused(std::string code, std::string message) { return {Failure::malformed, std::move(code), std::move(message)}; }

Caller caller_of(const Incoming& incoming, const PactPartner* partner, Time now) {
    Caller caller = nobody(now, parties::random_number());
    caller.address = incoming.address;
    caller.agent = incoming.user_agent;
    caller.secure = incoming.secure;
    if (partner) {
        caller.actor.organisation = partner->owner.text;
        caller.actor.session = "partner:" + partner->id.text;
    }
    return caller;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) out += c;
        else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

/// Where a list goes on: behind a footprint, among those that were there when the first page was asked for.
struct Place {
    Time after, as_of;
    std::string id;
};
std::string write_place(const Place& place) { return to_base64url(fmt::format("{} {} {}", place.after.microseconds, place.as_of.microseconds, place.id)); }
std::optional<Place> read_place(const std::string& cursor) {
    const auto text = from_base64url(cursor);
    if (!text || !is_utf8(*text)) return {};
    const auto parts = split(*text, ' ');
    Place place;
    const auto number = [](std::string_view part, std::int64_t& into) {
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), into);
        return error == std::errc{} && end == part.data() + part.size();
    };
    if (parts.size() != 3 || !number(parts[0], place.after.microseconds) || !number(parts[1], place.as_of.microseconds)) return {};
    if (!parts[2].empty() && !is_id(parts[2], SharedFootprint::id_prefix)) return {};
    place.id = parts[2];
    return place;
}

bool asks_for_token(const std::string& body) {
    const auto form = parse_query(body);
    if (!form) return false;
    for (const auto& [name, value] : form.value())
        if (name == "grant_type") return value == "client_credentials";
    return false;
}

} // namespace

void PartnerExchange::handle(Incoming incoming, Answer answer) {
    const std::size_t question = incoming.target.find('?');
    const pact::Route route = pact::route(std::string_view(incoming.target).substr(0, question)).value_or(pact::Route{});
    const std::string_view method = pact::method_of(route.action);
    if (incoming.method != method && !(incoming.method == "HEAD" && method == "GET")) {
        Response response = refusal(refused("BadRequest", fmt::format("This address takes {}.", method)), route.protocol);
        response.status = 405;
        response.headers.push_back({"Allow", std::string(method)});
        return answer(std::move(response));
    }
    if (tools_.address.base.starts_with("https://") && !incoming.secure)
        return answer(route.action == pact::Action::token ? json(400, pact::write_token_refusal("invalid_request", "Tokens are given by https only."))
                                                          : refusal(refused("BadRequest", "Footprints are exchanged by https only."), route.protocol));
    if (route.action == pact::Action::discovery) return answer(json(200, pact::write_discovery(tools_.address.base)));
    if (route.action == pact::Action::token) return give_token(incoming, answer);

    std::optional<PactPartner> partner;
    Response response;
    Result<Done> failed = Done{};
    const auto read = store_.read([&](Transaction& transaction) -> Result<Done> {
        auto found = partner_of(transaction, incoming);
        if (!found) return failed = found.error(), Done{};
        partner = std::move(found).value();
        if (route.action == pact::Action::list)
            response = list(transaction, route, *partner, question == std::string::npos ? "" : std::string_view(incoming.target).substr(question + 1), failed);
        if (route.action == pact::Action::get) response = get(transaction, route, *partner, failed);
        return Done{};
    });
    if (!read) return answer(refusal(read.error(), route.protocol));
    if (!failed) return answer(refusal(failed.error(), route.protocol));
    if (route.action == pact::Action::events) return take_event(incoming, route, *partner, answer);
    answer(std::move(response));
}

Result<PactPartner> PartnerExchange::partner_of(Transaction& transaction, const Incoming& incoming) const {
    const std::string_view header = incoming.authorization;
    if (pact::small_letters(header.substr(0, 7)) != "bearer ") return refused("BadRequest", "Send the access token as Authorization: Bearer.");
    const auto token = TRY(transaction.find_one<PactToken>("token_hash = $1", {parties::token_hash(trim(header.substr(7)))}));
    if (!token) return refused("BadRequest", "This access token is not known here.");
    if (token->expires_at < tools_.clock()) return refused("TokenExpired", "The access token has expired; get another one.");
    auto partner = TRY(transaction.find_one<PactPartner>("id = $1", {token->partner.text}));
    if (!partner) return refused("BadRequest", "This access token is not known here.");
    if (partner->paused) return refused("AccessDenied", "The owner of the footprints has paused the exchange.");
    return std::move(*partner);
}

void PartnerExchange::give_token(const Incoming& incoming, const Answer& answer) {
    const auto credentials = pact::read_basic(incoming.authorization);
    const auto denied = [&] {
        Response response = json(401, pact::write_token_refusal("invalid_client", "Client id and secret are not those of a partner."));
        response.headers.push_back({"WWW-Authenticate", "Basic realm=\"PACT\""});
        return response;
    };
    if (!credentials) return answer(denied());
    if (!asks_for_token(incoming.body))
        return answer(json(400, pact::write_token_refusal("unsupported_grant_type", "Send grant_type=client_credentials as a form.")));
    std::optional<PactPartner> partner;
    const auto read = store_.read([&](Transaction& transaction) -> Result<Done> {
        partner = TRY(transaction.find_one<PactPartner>(
            "client_id <> '' AND client_id = $1 AND secret_hash = $2", {credentials->id, parties::token_hash(credentials->secret)}));
        return Done{};
    });
    if (!read) return answer(refusal(read.error(), pact::Protocol::v3));
    if (!partner || partner->paused) return answer(denied());
    const Time now = tools_.clock();
    auto caller = std::make_shared<Caller>(caller_of(incoming, &*partner, now));
    const std::string token = parties::random_token();
    store_.write(
        [this, caller, token, partner = partner->id, now](Transaction& transaction) -> Result<Done> {
            transaction.capture_changes = false;
            TRY(transaction.insert(PactToken{
                .id = caller->new_id<PactToken>(), .partner = partner, .token_hash = parties::token_hash(token), .expires_at = now + seconds(token_seconds)}));
            TRY(transaction.execute("UPDATE pact_partner SET seen_at = $1 WHERE id = $2", {now.microseconds, partner.text}));
            return tools_.gatekeeper.audit(transaction, *caller, "pact_token", "ok", transaction.changes());
        },
        [answer, token](Result<Done> done) { answer(done ? json(200, pact::write_token(token, token_seconds)) : refusal(done.error(), pact::Protocol::v3)); });
}

Response PartnerExchange::list(
    Transaction& transaction, const pact::Route& route, const PactPartner& partner, std::string_view query, Result<Done>& failed) const {
    const auto fail = [&](const Error& error) {
        failed = error;
        return Response{};
    };
    const auto pairs = parse_query(query);
    if (!pairs) return fail(refused("BadRequest", "The address after '?' cannot be read."));
    const auto ask = pact::read_list_ask(pairs.value(), route.protocol);
    if (!ask) return fail(ask.error());
    auto place = ask.value().cursor.empty() ? std::optional<Place>(Place{.after = {}, .as_of = tools_.clock(), .id = {}}) : read_place(ask.value().cursor);
    if (!place) return fail(refused("BadRequest", "This cursor was not made here."));
    const std::size_t limit = std::min(ask.value().limit.value_or(page_of), page_max);

    std::vector<std::string> written;
    Place last = *place;
    bool more = false;
    while (!more) {
        const auto some = transaction.find<SharedFootprint>(
            "owner = $1 AND created_at <= $2 AND (created_at > $3 OR (created_at = $3 AND id > $4)) ORDER BY created_at, id LIMIT 200",
            {partner.owner.text, place->as_of.microseconds, place->after.microseconds, place->id});
        if (!some) return fail(some.error());
        if (some.value().empty()) break;
        for (const SharedFootprint& shared : some.value()) {
            place->after = shared.created_at;
            place->id = shared.id.text;
            const pact::ProductFootprint said = on_the_wire(shared);
            if (!may_see(partner, shared) || !pact::can_be_said(said, route.protocol) || !pact::matches(ask.value().criteria, said)) continue;
            if ((more = written.size() == limit)) break;
            written.push_back(pact::write(said, route.protocol));
            last = *place;
        }
    }
    Response response = json(200, pact::write_list(written));
    if (!more) return response;
    std::string target = fmt::format("{}/{}/footprints?", tools_.address.base, static_cast<int>(route.protocol));
    for (const auto& [name, value] : pairs.value())
        if (name != "cursor" && !value.empty()) target += escaped(name) + "=" + escaped(value) + "&";
    response.headers.push_back({"Link", pact::write_link(target + "cursor=" + write_place(last))});
    return response;
}

Response PartnerExchange::get(Transaction& transaction, const pact::Route& route, const PactPartner& partner, Result<Done>& failed) const {
    const Error none = refused("NotFound", "There is no footprint of this id.");
    std::optional<SharedFootprint> shared;
    if (pact::is_uuid(route.id)) {
        auto found = transaction.find_one<SharedFootprint>("uuid = $1 AND owner = $2", {route.id, partner.owner.text});
        if (!found) return failed = found.error(), Response{};
        shared = std::move(found).value();
    }
    if (!shared) return failed = none, Response{};
    if (!may_see(partner, *shared)) return failed = refused("AccessDenied", "The owner of this footprint has not opened it to you."), Response{};
    const pact::ProductFootprint said = on_the_wire(*shared);
    if (!pact::can_be_said(said, route.protocol)) return failed = none, Response{};
    return json(200, pact::write_one(pact::write(said, route.protocol)));
}

namespace {

Result<Done> take_answer(Transaction& transaction, const Caller& caller, const PactPartner& partner, const pact::Event& event) {
    auto request = TRY(transaction.find_one<PactRequest>("partner = $1 AND direction = 'sent' AND event = $2", {partner.id.text, event.request}));
    if (!request) return refused("BadRequest", "Nothing was requested from you by an event of the id requestEventId.");
    if (request->state == RequestState::fulfilled || request->state == RequestState::rejected) return Done{}; // said twice
    if (event.kind == pact::EventKind::rejected) {
        request->state = RequestState::rejected;
        request->code = event.code;
        request->message = event.message;
    } else {
        for (const pact::Received& one : event.footprints) {
            bool asked = false;
            for (const std::string& id : one.footprint.product_ids)
                for (const std::string& wanted : request->product_ids) asked = asked || pact::small_letters(id) == pact::small_letters(wanted);
            if (!asked) return refused("BadRequest", fmt::format("Footprint {} is of a product that was not asked for.", one.footprint.id));
        }
        for (const pact::Received& one : event.footprints) {
            TRY(keep_received(transaction, caller, partner, one.footprint, one.json));
            request->footprints.push_back(pact::small_letters(one.footprint.id));
        }
        request->state = RequestState::fulfilled;
    }
    request->answered_at = caller.now;
    return transaction.update(*request);
}

Result<Done> take_request(Transaction& transaction, const Caller& caller, const PactPartner& partner, const pact::Event& event, std::string_view source) {
    const auto known = TRY(transaction.find_one<PactRequest>("partner = $1 AND direction = 'received' AND event = $2", {partner.id.text, event.id}));
    if (known) return Done{}; // said twice: the first time is answered
    if (!can_be_told(partner))
        return refused(
            "BadRequest", "No address and no credentials of your server are known here, so that no answer could be sent; ask the owner of the footprints.");
    PactRequest request{.id = caller.new_id<PactRequest>(),
        .owner = partner.owner,
        .partner = partner.id,
        .partner_name = partner.name,
        .direction = RequestDirection::received,
        .protocol = static_cast<std::int64_t>(event.protocol),
        .event = event.id,
        .product_ids = event.product_ids,
        .comment = event.comment,
        .criteria = event.criteria_json,
        .footprints = {},
        .created_at = caller.now,
        .answered_at = {}};
    TRY(answer_request(transaction, caller, partner, request, event.criteria, source));
    return transaction.insert(request);
}

Result<Done> take_notice(Transaction& transaction, const Caller& caller, const PactPartner& partner, const pact::Event& event) {
    if (!can_be_told(partner)) return Done{}; // noted by the audit; there is no way to fetch it
    for (const std::string& uuid : event.footprint_ids) {
        const auto waiting = TRY(transaction.query(
            "SELECT id FROM pact_message WHERE partner = $1 AND kind = 'fetch' AND state = 'waiting' AND body = $2 LIMIT 1", {partner.id.text, uuid}));
        if (waiting.empty()) TRY(transaction.insert(message_to(caller, partner, MessageKind::fetch, uuid)));
    }
    return Done{};
}

} // namespace

void PartnerExchange::take_event(const Incoming& incoming, const pact::Route& route, const PactPartner& partner, const Answer& answer) {
    if (!pact::is_event_type(incoming.content_type))
        return answer(refusal(refused("BadRequest", "Send the event as application/cloudevents+json."), route.protocol));
    auto read = pact::read_event(incoming.body, route.protocol);
    if (!read) return answer(refusal(read.error(), route.protocol));
    struct Taken {
        Caller caller;
        PactPartner partner;
        pact::Event event;
    };
    auto taken = std::make_shared<Taken>(Taken{caller_of(incoming, &partner, tools_.clock()), partner, std::move(read).value()});
    store_.write(
        [this, taken](Transaction& transaction) -> Result<Done> {
            transaction.capture_changes = false;
            const auto& [caller, from, event] = *taken;
            switch (event.kind) {
            case pact::EventKind::published: TRY(take_notice(transaction, caller, from, event)); break;
            case pact::EventKind::created: TRY(take_request(transaction, caller, from, event, tools_.address.base)); break;
            case pact::EventKind::fulfilled:
            case pact::EventKind::rejected: TRY(take_answer(transaction, caller, from, event)); break;
            }
            return tools_.gatekeeper.audit(transaction, caller, "pact_event", "ok", transaction.changes());
        },
        [this, answer, protocol = route.protocol](Result<Done> done) {
            if (!done) return answer(refusal(done.error(), protocol));
            answer({.status = 200, .content_type = "", .body = ""});
            deliver_due();
        });
}

} // namespace greenbank::carbon
