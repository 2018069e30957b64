// delivery.cpp — the outbox goes out: token, event, back-off; and what a partner shows comes in.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "api/nobody.h"
#include "carbon/exchange/exchange.h"
#include "carbon/exchange/operations.h"
#include "kernel/log.h"
#include "parties/secrets.h"

namespace greenbank::carbon {

namespace {

constexpr int messages_of_round_max = 50, pages_max = 10'000;

/// Ten seconds, doubled each time, at most six hours.
Duration wait_after(std::int64_t attempts) { return seconds(std::min<std::int64_t>(10ll << std::min<std::int64_t>(attempts - 1, 12), 6 * 3600)); }

/// Answers that another attempt would not change.
bool is_final(int status) { return status == 400 || status == 405 || status == 413 || status == 415 || status == 422 || status == 501; }

Error answered(const Sent& sent) {
    return {Failure::unavailable, "pact.status", "The partner answers with status {status}: {words}",
        {{"status", std::to_string(sent.status)}, {"words", is_utf8(sent.body.substr(0, 300)) ? sent.body.substr(0, 300) : std::string("…")}}};
}

/// The target of rel="next"; it must be of the partner's own server.
std::optional<std::string> next_of(const std::string& link, const std::string& address) {
    for (std::size_t at = 0; (at = link.find('<', at)) != std::string::npos; ++at) {
        const std::size_t end = link.find('>', at);
        if (end == std::string::npos) return {};
        const std::string target = link.substr(at + 1, end - at - 1), rest = link.substr(end, link.find('<', end) - end);
        if ((rest.find("rel=\"next\"") != std::string::npos || rest.find("rel=next") != std::string::npos) && target.starts_with(address + "/")) return target;
    }
    return {};
}

} // namespace

PartnerExchange::~PartnerExchange() {
    stopping_ = true;
    const std::lock_guard lock(mutex_);
    if (worker_.joinable()) worker_.join();
}

void PartnerExchange::deliver_due() {
    const std::lock_guard lock(mutex_);
    if (stopping_ || busy_.exchange(true)) return;
    if (worker_.joinable()) worker_.join(); // it has ended
    worker_ = std::thread([this] {
        deliver();
        busy_ = false;
    });
}

bool PartnerExchange::deliver_now() {
    if (busy_.exchange(true)) return false;
    deliver();
    busy_ = false;
    return true;
}

void PartnerExchange::deliver() {
    const auto worked = [&]() -> Result<Done> {
        const Time now = tools_.clock();
        std::vector<PactMessage> due;
        std::map<std::string, PactPartner> partners;
        TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
            due = TRY(transaction.find<PactMessage>(
                fmt::format("state = 'waiting' AND next_at <= $1 ORDER BY next_at, id LIMIT {}", messages_of_round_max), {now.microseconds}));
            for (const PactMessage& message : due)
                if (const auto partner = TRY(transaction.find_one<PactPartner>("id = $1", {message.partner.text}))) partners[message.partner.text] = *partner;
            return Done{};
        }));
        std::set<std::string> silent; // partners that failed in this round
        for (PactMessage& message : due) {
            if (stopping_ || silent.contains(message.partner.text) || !partners.contains(message.partner.text)) continue;
            // Taken for two minutes first: another server, or this one after a crash, comes only then.
            bool mine = false;
            TRY(store_.write([&](Transaction& transaction) -> Result<Done> {
                mine = TRY(transaction.execute("UPDATE pact_message SET next_at = $1 WHERE id = $2 AND state = 'waiting' AND next_at = $3",
                           {(now + minutes(2)).microseconds, message.id.text, message.next_at.microseconds})) == 1;
                return Done{};
            }));
            if (!mine) continue;
            bool final_answer = false;
            const auto done = attempt(message, partners[message.partner.text], final_answer);
            const Time after = tools_.clock();
            ++message.attempts;
            message.answer = done ? std::string("ok") : fill_in(done.error().message, done.error().parameters).substr(0, 900);
            while (!is_utf8(*message.answer)) message.answer->pop_back();
            message.next_at = after + wait_after(message.attempts);
            if (done) message.state = MessageState::sent;
            else if (final_answer || message.next_at >= message.expires_at) message.state = MessageState::given_up;
            if (message.state != MessageState::waiting) message.ended_at = after;
            if (!done && !final_answer) silent.insert(message.partner.text);
            TRY(store_.write([&](Transaction& transaction) -> Result<Done> {
                transaction.capture_changes = false;
                TRY(transaction.update(message));
                if (done) TRY(transaction.execute("UPDATE pact_partner SET reached_at = $1 WHERE id = $2", {after.microseconds, message.partner.text}));
                if (message.state == MessageState::waiting) // nor is it asked for its other messages before: they would keep those of others waiting
                    TRY(transaction.execute("UPDATE pact_message SET next_at = $1 WHERE partner = $2 AND state = 'waiting' AND next_at < $1",
                        {message.next_at.microseconds, message.partner.text}));
                if (message.state == MessageState::given_up && message.kind == MessageKind::request && message.request)
                    TRY(transaction.execute("UPDATE pact_request SET state = 'failed', message = $1, answered_at = $2 WHERE id = $3 AND state = 'open'",
                        {*message.answer, after.microseconds, message.request->text}));
                return Done{};
            }));
        }
        return Done{};
    }();
    if (!worked) log(Level::warning, "pact_deliver", fill_in(worked.error().message, worked.error().parameters));
}

Result<std::string> PartnerExchange::token_for(const PactPartner& partner) {
    const Time now = tools_.clock();
    {
        const std::lock_guard lock(tokens_mutex_);
        const auto held = tokens_.find(partner.id.text);
        if (held != tokens_.end() && held->second.until > now) return held->second.token;
    }
    std::string url = *partner.address + "/auth/token";
    const auto found = tools_.send.send({.url = *partner.address + "/.well-known/openid-configuration", .bytes_max = 64 << 10, .seconds_max = 5});
    if (found && found.value().status == 200)
        // A secret goes to the partner's own server or to one that it names by https.
        if (const auto named = pact::read_token_endpoint(found.value().body);
            named && (named->starts_with("https://") || named->starts_with(*partner.address + "/")))
            url = *named;
    const Sent sent = TRY(tools_.send.send({.method = "POST",
        .url = url,
        .body = "grant_type=client_credentials",
        .content_type = "application/x-www-form-urlencoded",
        .authorization = pact::write_basic({*partner.client_there, *partner.secret_there}),
        .bytes_max = 64 << 10}));
    const auto token = sent.status == 200 ? pact::read_token(sent.body) : std::nullopt;
    if (!token)
        return Error{Failure::unavailable, "pact.no_token", "The partner gives no token (status {status}); check its address, client id and secret.",
            {{"status", std::to_string(sent.status)}}};
    const std::lock_guard lock(tokens_mutex_);
    tokens_[partner.id.text] = {token->token, now + seconds(std::clamp<std::int64_t>(token->seconds - 60, 0, 1800))};
    return token->token;
}

Result<Sent> PartnerExchange::say(const PactPartner& partner, SendRequest request) {
    for (bool again = false;; again = true) {
        const std::string token = TRY(token_for(partner));
        request.authorization = "Bearer " + token;
        Sent sent = TRY(tools_.send.send(request));
        // Hosts say 400, 401 or 403 of a token that they have forgotten: once more with a new one.
        if (again || (sent.status != 400 && sent.status != 401 && sent.status != 403)) return sent;
        const std::lock_guard lock(tokens_mutex_);
        tokens_.erase(partner.id.text);
    }
}

Result<Done> PartnerExchange::attempt(const PactMessage& message, const PactPartner& partner, bool& refused) {
    if (!can_be_told(partner)) return Error{Failure::conflict, "pact.no_way", "Enter the partner's address, and client id and secret there, first."};
    if (message.kind != MessageKind::fetch) {
        const Sent sent = TRY(say(partner, {.method = "POST",
                                               .url = fmt::format("{}/{}/events", *partner.address, message.protocol),
                                               .body = message.body,
                                               .content_type = std::string(pact::event_content_type),
                                               .bytes_max = 64 << 10}));
        if (sent.status >= 200 && sent.status < 300) return Done{};
        refused = is_final(sent.status);
        return answered(sent);
    }
    const Sent sent = TRY(say(partner, {.url = fmt::format("{}/{}/footprints/{}", *partner.address, partner.protocol, message.body)}));
    if (sent.status != 200) {
        refused = is_final(sent.status) || sent.status == 404;
        return answered(sent);
    }
    const auto read = pact::read_one(sent.body, protocol_of(partner.protocol));
    if (!read) {
        refused = true;
        return read.error();
    }
    const Caller caller = nobody(tools_.clock(), parties::random_number());
    return store_.write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false;
        return keep_received(transaction, caller, partner, read.value().first, read.value().second);
    });
}

Result<Done> PartnerExchange::greet(const PactPartner& partner) {
    if (!can_be_told(partner)) return Error{Failure::conflict, "pact.no_way", "Enter the partner's address, and client id and secret there, first."};
    {
        const std::lock_guard lock(tokens_mutex_);
        tokens_.erase(partner.id.text);
    }
    TRY(token_for(partner));
    return Done{};
}

Result<std::int64_t> PartnerExchange::pull(const PactPartner& partner, const std::function<bool(std::int64_t)>& report) {
    std::int64_t came = 0;
    std::optional<std::string> url = fmt::format("{}/{}/footprints", *partner.address, partner.protocol);
    for (int page = 0; url; ++page) {
        if (page == pages_max) return Error{Failure::conflict, "pact.endless", "The partner gives page after page without end."};
        const Sent sent = TRY(say(partner, {.url = *url, .seconds_max = 60}));
        if (sent.status != 200) return answered(sent);
        const auto read = pact::read_many(sent.body, protocol_of(partner.protocol));
        if (!read) return read.error();
        const Caller caller = nobody(tools_.clock(), parties::random_number());
        TRY(store_.write([&](Transaction& transaction) -> Result<Done> {
            transaction.capture_changes = false;
            for (const auto& [footprint, document] : read.value()) TRY(keep_received(transaction, caller, partner, footprint, document));
            return Done{};
        }));
        came += static_cast<std::int64_t>(read.value().size());
        if (!report(came)) return Error{Failure::conflict, "job.stopped", "The job was stopped."};
        url = next_of(sent.link, *partner.address);
    }
    return came;
}

} // namespace greenbank::carbon
