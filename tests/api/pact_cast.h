// pact_cast.h — a partner of the exchange with a server of its own, and a bank that knows it.
#pragma once

#include <mutex>

#include "cast.h"
#include "http/server.h"
#include "pact/values.h"

namespace greenbank::testing {

inline constexpr const char* event_type = "application/cloudevents+json; charset=UTF-8";
inline constexpr const char* created_3 = "org.wbcsd.pact.ProductFootprint.RequestCreatedEvent.3";
inline constexpr const char* published_3 = "org.wbcsd.pact.ProductFootprint.PublishedEvent.3";

/// A partner's server: gives tokens to test_client_id, keeps events, and shows a footprint.
class Partner {
public:
    Partner() { start(0); }
    void start(std::uint16_t port) {
        http::ServerSettings settings;
        settings.port = port;
        auto served = http::serve(settings, [this](Incoming incoming, http::Answer answer) { answer(reply(incoming)); });
        REQUIRE(served);
        server_ = std::move(served).value();
        port_ = server_->port();
    }
    void stop() { server_.reset(); }
    std::string address() const { return fmt::format("http://127.0.0.1:{}", port_); }
    std::uint16_t port() const { return port_; }
    /// The events of that kind which answer `request`, as they came.
    std::vector<Answer> events(const std::string& type, const std::string& request = "") {
        const std::lock_guard lock(mutex_);
        std::vector<Answer> found;
        for (const auto& [path, body] : events_) {
            const Answer event{.status = 0, .body = body, .etag = {}, .headers = {}};
            if (event.at("/type").find(type) != std::string::npos && (request.empty() || event.at("/data/requestEventId") == request)) {
                found.push_back(event);
                found.back().etag = path;
            }
        }
        return found;
    }
    std::string shown; // by GET /3/footprints and /3/footprints/{id}
    std::string shown_id;
    std::string shown_in_2; // by GET /2/footprints

private:
    Response reply(const Incoming& incoming) {
        const std::lock_guard lock(mutex_);
        if (incoming.target == "/auth/token")
            return incoming.authorization == pact::write_basic({"test_client_id", "test_client_secret"}) && incoming.body == "grant_type=client_credentials"
                       ? Response{.body = R"({"access_token":"let-me-in","token_type":"bearer","expires_in":3600})"}
                       : Response{.status = 401, .body = R"({"error":"invalid_client"})"};
        if (incoming.authorization != "Bearer let-me-in") return {.status = 404, .body = "{}"};
        if (incoming.target == "/2/footprints") return {.body = R"({"data":[)" + shown_in_2 + "]}"};
        if (incoming.target == "/3/footprints/" + shown_id) return {.body = R"({"data":)" + shown + "}"};
        if (incoming.target.starts_with("/3/footprints")) {
            Response list{.body = R"({"data":[)" + shown + "]}"};
            if (incoming.target.find("page=2") == std::string::npos) list.headers.push_back({"Link", "<" + address() + "/3/footprints?page=2>; rel=\"next\""});
            return list;
        }
        if (!incoming.target.ends_with("/events") || !incoming.content_type.starts_with("application/cloudevents+json")) return {.status = 404, .body = "{}"};
        events_.emplace_back(incoming.target, incoming.body);
        return {.content_type = "", .body = ""};
    }
    std::unique_ptr<http::Server> server_;
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    std::vector<std::pair<std::string, std::string>> events_;
};

/// A bank that may call this machine, its kelp cooperative's manager, and a partner with its secret and a token.
struct Exchange {
    Exchange() {
        setenv("GREENBANK_FETCH_PRIVATE", "true", 1);
        all = std::make_unique<Cast>();
        setenv("GREENBANK_FETCH_PRIVATE", "false", 1);
        manager = std::make_unique<Visitor>(all->newcomer("manager@kelp.test", "manager", "org_sample_kelp_cooperative"));
        partner_id = create(*manager, "/pact-partners",
            fmt::format(R"({{"name":"Buyer","address":"{}","client_there":"test_client_id","secret_there":"test_client_secret"}})", partner.address()));
        const Answer secret = manager->post("/pact-partners/" + partner_id + "/secret");
        REQUIRE_MESSAGE(secret.status == 200, secret.body);
        client_id = secret.at("/client_id");
        client_secret = secret.at("/client_secret");
        // A second footprint of the kelp, newer.
        second = create(*manager, "/shared-footprints",
            R"({"footprint":"footprint_sample_dried_kelp","company_ids":["urn:greenbank:organisation:kelp"],"product_ids":["urn:gtin:4712345060507"],"classifications":["urn:pact:productclassification:un-cpc:04931"],"cpc":"04931","geography":"CN"})");
        token = get_token();
        asker = std::make_unique<Visitor>(all->bank.address());
        asker->bearer = token;
        asker->says_request = false;
    }
    Answer token_answer(const std::string& id, const std::string& secret, const std::string& body = "grant_type=client_credentials") {
        Visitor nobody(all->bank.address());
        nobody.says_request = false;
        nobody.content_type = "application/x-www-form-urlencoded";
        return nobody.send("POST", "//auth/token", body, {{"Authorization", pact::write_basic({id, secret})}});
    }
    std::string get_token() {
        const Answer answer = token_answer(client_id, client_secret);
        REQUIRE_MESSAGE(answer.status == 200, answer.body);
        CHECK(answer.at("/token_type") == "bearer");
        CHECK(answer.number("/expires_in") >= 600);
        return answer.at("/access_token");
    }
    Answer event(int version, const std::string& type, const std::string& id, const std::string& data, const std::string& bearer = "") {
        Visitor sender(all->bank.address());
        sender.says_request = false;
        sender.bearer = bearer.empty() ? token : bearer;
        sender.content_type = event_type;
        return sender.send("POST", fmt::format("//{}/events", version),
            fmt::format(
                R"({{"specversion":"1.0","id":"{}","source":"{}","time":"2026-11-20T00:00:00Z","type":"{}","data":{}}})", id, partner.address(), type, data));
    }

    Partner partner;
    std::unique_ptr<Cast> all;
    std::unique_ptr<Visitor> manager, asker;
    std::string partner_id, client_id, client_secret, second, token;
};
inline Exchange& exchange() {
    static Exchange one;
    return one;
}

} // namespace greenbank::testing
