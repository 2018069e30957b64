// From a request off the wire to its answer: route, identify, allow, read, run in the right transaction, audit.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "api/api.h"
#include "api/incoming.h"
#include "api/router.h"

namespace greenbank {

struct Credentials {
    std::string cookie; // the session cookie's value
    std::string bearer; // an API token
};

/// Who the caller is and what is written down about it; parties is the one that knows.
class Gatekeeper {
public:
    virtual ~Gatekeeper() = default;
    /// Failure::unauthenticated where the token is not (or no longer) good.
    virtual Result<Actor> identify(Transaction& transaction, const Credentials& credentials, Time now) = 0;
    /// One line of the audit trail, in the transaction of what it tells.
    virtual Result<Done> audit(
        Transaction& transaction, const Caller& caller, std::string_view operation, std::string_view outcome, const std::vector<Change>& changes) = 0;
};

struct DispatcherSettings {
    int compute_threads = 2;
    std::size_t compute_waiting_max = 256;
    std::int64_t writes_waiting_max = 20'000;
    Time (*clock)() = nullptr;
    std::uint64_t (*seed)() = nullptr;
};

constexpr std::string_view api_prefix = "/api/v1";
constexpr std::string_view session_cookie = "greenbank_session";
constexpr std::string_view secure_session_cookie = "__Host-greenbank_session";

class Dispatcher {
public:
    using Answer = std::function<void(Response)>;
    /// Told after each answer: the endpoint's name (empty where none matched), the status and how long it took.
    using Observer = std::function<void(std::string_view endpoint, int status, Duration took)>;

    Dispatcher(Store& store, const std::vector<Slice>& slices, Gatekeeper& gatekeeper, DispatcherSettings settings);
    ~Dispatcher();

    void handle(Incoming incoming, Answer answer);
    /// Some endpoint has this path, whatever the method; for edges that have other things to show besides.
    bool knows(std::string_view path) const { return static_cast<bool>(router_.find("GET", path)); }
    void observe(Observer observer) { observer_ = std::move(observer); }

private:
    struct Running;
    void route(const std::shared_ptr<Running>& running, Incoming incoming);
    void run_read(const std::shared_ptr<Running>& running);
    void run_write(const std::shared_ptr<Running>& running);
    void run_compute(const std::shared_ptr<Running>& running);
    /// Answers what was read, once what must be kept of that is durable.
    void finish(const std::shared_ptr<Running>& running);
    Result<Done> admit(Transaction& transaction, Running& running);
    Result<Done> write_once(Transaction& transaction, Running& running);
    void note_refusal(const Running& running, const Error& error);
    void compute_loop();

    Store& store_;
    Gatekeeper& gatekeeper_;
    DispatcherSettings settings_;
    Observer observer_;
    Router router_;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> waiting_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

} // namespace greenbank
