// server.cpp — listening, and dealing connections out to the workers.
#include "http/server.h"

#include <sys/resource.h>

#include <boost/asio/ip/v6_only.hpp>

#include <chrono>
#include <ctime>

#include "http/connection.h"
#include "kernel/log.h"

namespace greenbank::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds tick_period{100};
constexpr int turned_away_max = 512; // connections kept open for a moment only to say so

using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;

Address address_of(const tcp::endpoint& endpoint) {
    const asio::ip::address& address = endpoint.address();
    const auto known = parse_address(address.is_v6() ? asio::ip::address_v6(address.to_v6().to_bytes()).to_string() : address.to_string());
    return known.value_or(Address{});
}

/// A connection costs a handle; the usual soft limit of 1,024 would end the accepting long before connections_max.
void raise_handle_limit(int connections_max) {
    rlimit limit = {};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    const rlim_t wanted = static_cast<rlim_t>(connections_max) + 1024;
    if (limit.rlim_cur >= wanted) return;
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : std::min(wanted, limit.rlim_max);
    setrlimit(RLIMIT_NOFILE, &limit);
}

Error bind_error(const ServerSettings& settings, const boost::system::error_code& failure) {
    const std::vector<Parameter> parameters = {{"address", settings.address}, {"port", std::to_string(settings.port)}, {"reason", failure.message()}};
    if (failure == asio::error::address_in_use)
        return {Failure::unavailable, "server.port_taken", "Port {port} is taken already; stop the program that holds it or choose another port.", parameters};
    if (failure == asio::error::access_denied)
        return {Failure::unavailable, "server.port_refused", "The system does not let this user listen on port {port}; choose one from 1024.", parameters};
    return {Failure::unavailable, "server.address_refused", "Cannot listen on {address} port {port}: {reason}.", parameters};
}

class AsioServer final : public Server {
public:
    AsioServer(std::shared_ptr<Common> common, int threads) : common_(std::move(common)) {
        for (int i = 0; i < threads; ++i) workers_.push_back(std::make_shared<Worker>(common_));
        acceptor_.emplace(workers_.front()->io);
        pause_.emplace(workers_.front()->io);
    }
    ~AsioServer() override { stop({}); }

    Result<Done> start(const tcp::endpoint& endpoint) {
        boost::system::error_code failure;
        acceptor_->open(endpoint.protocol(), failure);
        if (!failure) acceptor_->set_option(tcp::acceptor::reuse_address(true), failure);
        if (!failure && endpoint.protocol() == tcp::v6()) acceptor_->set_option(asio::ip::v6_only(false), failure);
        if (!failure) acceptor_->bind(endpoint, failure);
        if (!failure) acceptor_->listen(4096, failure);
        if (failure) return bind_error(common_->settings, failure);
        port_ = acceptor_->local_endpoint(failure).port();
        accept();
        for (const auto& worker : workers_) worker->start();
        return Done{};
    }

    std::uint16_t port() const override { return port_; }

    ServerStatistics statistics() const override { return {common_->connections, common_->requests, common_->refused, common_->timed_out}; }

    void stop(Duration drain) override {
        const std::lock_guard lock(stopping_);
        if (stopped_) return;
        stopped_ = true;
        workers_.front()->post([this] {
            boost::system::error_code ignored;
            acceptor_->close(ignored);
            pause_->cancel();
        });
        const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(drain.microseconds);
        if (drain.microseconds > 0)
            for (const auto& worker : workers_) worker->post([worker] { worker->drain(); });
        while (common_->connections > 0 && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        for (const auto& worker : workers_) worker->post([worker] { worker->close_all(); });
        for (const auto& worker : workers_) worker->join();
    }

private:
    /// Connections go to the workers in turn, so that each has the same share.
    void accept() {
        const std::shared_ptr<Worker> worker = workers_[next_++ % workers_.size()];
        acceptor_->async_accept(worker->io, [this, worker](const boost::system::error_code& failure, Socket socket) {
            if (failure == asio::error::operation_aborted || !acceptor_->is_open()) return;
            if (failure) return accept_later(failure);
            boost::system::error_code gone;
            const auto peer = socket.remote_endpoint(gone);
            if (!gone) worker->post([worker, socket = std::move(socket), peer]() mutable { worker->adopt(std::move(socket), address_of(peer)); });
            accept();
        });
    }

    /// Out of handles or memory: what is open goes on, and new peers wait in the system's queue.
    void accept_later(const boost::system::error_code& failure) {
        log(Level::warning, "connection_accept", failure.message());
        pause_->expires_after(std::chrono::milliseconds(100));
        pause_->async_wait([this](const boost::system::error_code& cancelled) {
            if (!cancelled && acceptor_->is_open()) accept();
        });
    }

    std::shared_ptr<Common> common_;
    std::vector<std::shared_ptr<Worker>> workers_;
    std::optional<Acceptor> acceptor_; // on the first worker
    std::optional<asio::steady_timer> pause_;
    std::size_t next_ = 0;
    std::uint16_t port_ = 0;
    std::mutex stopping_;
    bool stopped_ = false;
};

} // namespace

Result<std::unique_ptr<Server>> serve(const ServerSettings& settings, Handle handle) {
    const auto common = std::make_shared<Common>();
    common->settings = settings;
    common->handle = std::move(handle);
    for (const std::string& proxy : settings.trusted_proxies) {
        const auto network = parse_network(proxy);
        if (!network)
            return Error{Failure::invalid, "server.proxy_unknown", "\"{proxy}\" is neither an IP address nor a block such as 10.0.0.0/8.", {{"proxy", proxy}}};
        common->trusted.push_back(*network);
    }
    if (!settings.certificate_file.empty()) common->identity = TRY(TlsIdentity::load(settings.certificate_file, settings.key_file));
    boost::system::error_code failure;
    const auto address = asio::ip::make_address(settings.address == "localhost" ? "127.0.0.1" : settings.address, failure);
    if (failure)
        return Error{
            Failure::invalid, "server.address_unknown", "\"{address}\" is no IP address; use 127.0.0.1, 0.0.0.0 or ::.", {{"address", settings.address}}};

    raise_handle_limit(settings.connections_max);
    auto server = std::make_unique<AsioServer>(common, std::max(1, settings.threads));
    TRY(server->start({address, settings.port}));
    return std::unique_ptr<Server>(std::move(server));
}

// ---- workers ----------------------------------------------------------------------------------------------------

bool Common::enter(const Address& peer) {
    const std::lock_guard lock(mutex_);
    int& count = per_address_[peer];
    if (count >= settings.connections_per_address_max) return false;
    ++count;
    return true;
}

void Common::leave(const Address& peer) {
    const std::lock_guard lock(mutex_);
    const auto found = per_address_.find(peer);
    if (--found->second == 0) per_address_.erase(found);
}

Worker::Worker(std::shared_ptr<Common> common_of_server) :
    common(std::move(common_of_server)), guard_(boost::asio::make_work_guard(io)), timer_(io), date_(http_date(std::time(nullptr))) {}

void Worker::start() {
    tick();
    thread_ = std::thread([this] {
        thread_id_ = std::this_thread::get_id();
        while (true) {
            try {
                io.run();
                return;
            } catch (const std::exception& failure) { // out of memory in one connection: its deadlines end it, the others go on
                log(Level::error, "http_serve", failure.what());
            }
        }
    });
}

void Worker::adopt(Socket socket, const Address& peer) {
    const auto open = ++common->connections;
    if (open > common->settings.connections_max + turned_away_max || closing_) {
        --common->connections;
        ++common->refused;
        return;
    }
    const auto connection = std::make_shared<Connection>(shared_from_this(), std::move(socket), peer);
    connection->place = connections.insert(connections.end(), connection);
    if (open > common->settings.connections_max) connection->turn_away(refusal::server_full);
    else connection->start();
}

void Worker::tick() {
    timer_.expires_after(tick_period);
    timer_.async_wait([this](const boost::system::error_code& failure) {
        if (failure || closing_) return; // an expired timer can no longer be cancelled
        tick();
        date_ = http_date(std::time(nullptr));
        const std::int64_t now = steady_milliseconds();
        for (auto next = connections.begin(); next != connections.end();) {
            const std::shared_ptr<Connection> connection = *next++; // it may leave the list
            connection->tick(now);
        }
    });
}

void Worker::drain() {
    draining_ = true;
    for (auto next = connections.begin(); next != connections.end();) {
        const std::shared_ptr<Connection> connection = *next++;
        connection->drain();
    }
}

void Worker::close_all() {
    draining_ = closing_ = true;
    while (!connections.empty()) {
        const std::shared_ptr<Connection> connection = connections.front();
        connection->close();
    }
    timer_.cancel();
    guard_.reset();
}

void Worker::join() {
    if (thread_.joinable()) thread_.join();
    {
        const std::lock_guard lock(mutex_);
        shut_ = true;
    }
    io.restart();
    io.poll(); // answers that were posted at the last moment; their connections are closed
}

} // namespace greenbank::http
