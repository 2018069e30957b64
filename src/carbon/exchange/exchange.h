// exchange.h — footprints exchanged with partners by PACT: the counter where they ask, the outbox to them, and the pages' operations.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "api/dispatch.h"
#include "api/send.h"
#include "carbon/exchange/records.h"
#include "library/publishing/publication.h"

namespace greenbank::carbon {

struct ExchangeTools {
    Send& send;
    Gatekeeper& gatekeeper;
    const library::PublicAddress& address; // known once the server listens
    Time (*clock)() = nullptr;
};

/// PACT's own addresses beside the API, and deliveries on a thread of their own, so that a slow partner keeps nobody waiting.
class PartnerExchange {
public:
    PartnerExchange(Store& store, ExchangeTools tools) : store_(store), tools_(tools) {}
    ~PartnerExchange();
    PartnerExchange(const PartnerExchange&) = delete;

    using Answer = std::function<void(Response)>;
    static bool takes(std::string_view path) { return pact::route(path).has_value(); }
    /// Answers a request to an address that it takes; in PACT's words, whatever becomes of it.
    void handle(Incoming incoming, Answer answer);

    /// Sends what is due, unless that is being done; returns at once.
    void deliver_due();
    /// The same, waiting for the end; false where another round is at work.
    bool deliver_now();
    /// Asks the partner for a token, as a test of the connection.
    Result<Done> greet(const PactPartner& partner);
    /// Everything that a partner shows, page by page; `report` gets how many came and says whether to go on.
    Result<std::int64_t> pull(const PactPartner& partner, const std::function<bool(std::int64_t)>& report);

    const ExchangeTools& tools() const { return tools_; }

private:
    struct Held {
        std::string token;
        Time until;
    };
    void give_token(const Incoming& incoming, const Answer& answer);
    void take_event(const Incoming& incoming, const pact::Route& route, const PactPartner& partner, const Answer& answer);
    Response list(Transaction& transaction, const pact::Route& route, const PactPartner& partner, std::string_view query, Result<Done>& failed) const;
    Response get(Transaction& transaction, const pact::Route& route, const PactPartner& partner, Result<Done>& failed) const;
    Result<PactPartner> partner_of(Transaction& transaction, const Incoming& incoming) const;

    void deliver();
    Result<Done> attempt(const PactMessage& message, const PactPartner& partner, bool& refused);
    Result<std::string> token_for(const PactPartner& partner);
    Result<Sent> say(const PactPartner& partner, SendRequest request);

    Store& store_;
    ExchangeTools tools_;
    std::mutex mutex_;
    std::thread worker_;
    std::atomic<bool> busy_ = false, stopping_ = false;
    std::mutex tokens_mutex_;
    std::map<std::string, Held> tokens_; // by partner
};

std::vector<Endpoint> partner_endpoints(PartnerExchange& exchange);
std::vector<Endpoint> sharing_endpoints(const library::PublicAddress& address);
std::vector<Endpoint> request_endpoints(const library::PublicAddress& address);
std::vector<JobKind> exchange_jobs(PartnerExchange& exchange);
Routine exchange_routine(PartnerExchange& exchange);
SampleStep sample_exchange();
std::vector<Check> exchange_checks();

} // namespace greenbank::carbon
