// One connection, and the thread (worker) that owns many. Only connection.cpp and server.cpp see Asio.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <map>
#include <mutex>
#include <thread>

#include "http/address.h"
#include "http/answer.h"
#include "http/buffers.h"
#include "http/chunked.h"
#include "http/tls_session.h"

namespace greenbank::http {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// What all connections of one server share.
struct Common {
    ServerSettings settings;
    Handle handle;
    std::vector<Network> trusted;
    std::shared_ptr<TlsIdentity> identity; // null: the port speaks http

    std::atomic<std::int64_t> connections = 0, requests = 0, refused = 0, timed_out = 0;
    std::atomic<std::int64_t> body_bytes = 0; // held by requests that are not answered yet

    /// False if the address has its share of connections already.
    bool enter(const Address& peer);
    void leave(const Address& peer);

private:
    std::mutex mutex_;
    std::map<Address, int> per_address_;
};

class Connection;

/// A thread with its own io_context: its connections are touched by nobody else, so none needs a lock.
class Worker : public std::enable_shared_from_this<Worker> {
public:
    explicit Worker(std::shared_ptr<Common> common);

    void start();
    /// Takes a socket over; to be called on this worker's thread.
    void adopt(Socket socket, const Address& peer);
    /// Runs `work` on this worker's thread; drops it once the worker is shut.
    template <class Work> void post(Work work) {
        const std::lock_guard lock(mutex_);
        if (!shut_) boost::asio::post(io, std::move(work));
    }
    /// Lets running requests end and accepts no further one.
    void drain();
    void close_all();
    /// After close_all: waits for the thread and drops what comes later.
    void join();

    bool on_this_thread() const { return std::this_thread::get_id() == thread_id_; }
    bool draining() const { return draining_; }
    std::string_view date() const { return date_; }

    boost::asio::io_context io{1};
    const std::shared_ptr<Common> common;
    std::list<std::shared_ptr<Connection>> connections;

private:
    void tick();

    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
    boost::asio::steady_timer timer_;
    std::thread thread_;
    std::thread::id thread_id_;
    bool draining_ = false, closing_ = false;
    std::string date_;
    std::mutex mutex_;
    bool shut_ = false;
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<Worker> worker, Socket socket, const Address& peer);
    ~Connection();

    void start();
    /// Answers `refusal` without reading a request.
    void turn_away(const Refusal& refusal) {
        refuse(refusal);
        advance();
    }
    /// From any thread: the answer to the request being handled.
    void answer(Response response);
    void drain();
    void close();
    /// Several times a second: deadlines and streams.
    void tick(std::int64_t now);

    std::list<std::shared_ptr<Connection>>::iterator place; // in the worker's list

private:
    enum class State { head, body, answering, streaming, ending, lingering, closed };

    // Reading. Each take_ returns false if it needs more input.
    void advance();
    bool take_head();
    bool take_body();
    void begin_request();
    void begin_body();
    void read();
    void read_done(const boost::system::error_code& failure, std::size_t count);
    void input_ended();
    void set_deadline(int seconds);

    // Answering.
    void hand_over();
    void respond(Response response);
    void refuse(const Refusal& refusal);
    void next_request();
    bool pump();
    enum class Pumped { more, later, ended };
    Pumped pump_once();
    void release_body() { common_.body_bytes -= static_cast<std::int64_t>(std::exchange(body_bytes_, 0)); }

    // Writing. False: the rest waits for the peer, or the connection is closed.
    bool flush();
    bool flush_sealed();
    bool take_sealed(std::size_t count);
    void wait_to_write();
    void linger();

    const std::shared_ptr<Worker> worker_; // outlives the socket
    Common& common_;
    Socket socket_;
    const Address peer_;
    const std::string peer_text_;
    const bool peer_trusted_;

    State state_ = State::head;
    std::int64_t deadline_ = 0; // milliseconds of the steady clock; 0: none
    std::int64_t write_deadline_ = 0;

    Inbox in_;
    std::size_t scanned_ = 0;
    bool reading_ = false, peer_ended_ = false, head_begun_ = false, blank_skipped_ = false;

    Head head_; // its incoming goes to the handler
    bool secure_ = false, accepts_gzip_ = false;
    ChunkedBody chunks_;
    std::size_t body_bytes_ = 0; // counted in common_.body_bytes

    bool counted_ = false;  // among its address's connections
    bool handling_ = false; // inside the call of `handle`
    std::optional<Response> ready_;
    std::function<std::optional<std::string>()> stream_;
    bool stream_of_events_ = false;
    std::int64_t stream_spoke_at_ = 0;

    std::unique_ptr<TlsSession> tls_; // null: plain
    bool greeted_ = false;            // its first byte was that of TLS
    std::vector<char> came_;          // sealed
    std::string sealed_;              // to be sent
    std::size_t sealed_sent_ = 0;

    Outbox out_;
    std::size_t sent_since_deadline_ = 0, discarded_ = 0;
    bool writing_ = false; // waits for the socket to take more
};

inline std::int64_t steady_milliseconds() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace greenbank::http
