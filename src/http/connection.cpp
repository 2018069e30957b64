// connection.cpp — one connection from accept to close.
#include "http/connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

#include "http/compress.h"
#include "kernel/log.h"
#include "kernel/text.h"

namespace greenbank::http {

namespace asio = boost::asio;

namespace {

constexpr int linger_seconds = 2;
constexpr std::int64_t heartbeat_milliseconds = 15'000; // proxies cut silent streams, and a dead peer shows only by writing

/// The right, and the duty, to answer one request once.
class Ticket {
public:
    explicit Ticket(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}
    ~Ticket() {
        if (!used_) answer(problem_of(refusal::no_answer));
    }
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

    void answer(Response response) {
        if (!used_.exchange(true)) connection_->answer(std::move(response));
    }

private:
    std::shared_ptr<Connection> connection_;
    std::atomic<bool> used_ = false;
};

} // namespace

Connection::Connection(std::shared_ptr<Worker> worker, Socket socket, const Address& peer) :
    worker_(std::move(worker)),
    common_(*worker_->common),
    socket_(std::move(socket)),
    peer_(peer),
    peer_text_(to_text(peer)),
    peer_trusted_(is_within(peer, common_.trusted)) {}

Connection::~Connection() { release_body(); }

void Connection::start() {
    boost::system::error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    if (common_.identity) {
        tls_ = std::make_unique<TlsSession>(common_.identity);
        came_.resize(16 * 1024);
    }
    counted_ = !peer_trusted_ && common_.settings.connections_per_address_max > 0;
    if (counted_ && !common_.enter(peer_)) {
        counted_ = false;
        turn_away(refusal::address_full);
        return;
    }
    set_deadline(common_.settings.header_seconds_max);
    read();
}

// ---- reading ----------------------------------------------------------------------------------------------------

/// Does all that can be done now, in order: read, handle, write. Whoever is awaited calls it again.
void Connection::advance() {
    while (true) {
        if (out_.is_full() && !flush()) return;
        switch (state_) {
        case State::head:
        case State::body:
            if (state_ == State::head ? take_head() : take_body()) break;
            if (flush()) read();
            return;
        case State::streaming:
            if (pump()) break;
            return;
        case State::answering: flush(); return;
        case State::ending:
            if (flush()) linger();
            return;
        case State::lingering:
        case State::closed: return;
        }
    }
}

bool Connection::take_head() {
    if (!blank_skipped_ && in_.bytes().starts_with("\r\n")) { // RFC 9112 2.2: some clients end a body with an extra line
        blank_skipped_ = true;
        in_.drop(2);
        scanned_ = 0;
    }
    const std::string_view bytes = in_.bytes();
    if (bytes.empty()) return false;
    const auto refuse_head = [&](const Refusal& refusal) {
        refuse(refusal);
        return true;
    };
    if (bytes[0] == 0x16) return refuse_head(refusal::tls_spoken);
    if (static_cast<unsigned char>(bytes[0]) <= ' ' && bytes[0] != '\r' && bytes[0] != '\n') return refuse_head(refusal::not_http);

    const HeadScan scan = scan_head(bytes, scanned_);
    if (scan.state == HeadScan::malformed) return refuse_head(refusal::line_end);
    const std::size_t size = scan.state == HeadScan::complete ? scan.size : bytes.size();
    if (size > common_.settings.header_bytes_max)
        return refuse_head(
            bytes.substr(0, common_.settings.header_bytes_max).find("\r\n") == std::string_view::npos ? refusal::target_too_long : refusal::head_too_large);
    if (scan.state == HeadScan::more) {
        if (!head_begun_) set_deadline(common_.settings.header_seconds_max);
        head_begun_ = true;
        return false;
    }
    if (const auto refusal = parse_head(bytes.substr(0, scan.size), head_)) return refuse_head(*refusal);
    in_.drop(scan.size);
    begin_request();
    return true;
}

void Connection::begin_request() {
    deadline_ = 0;
    Incoming& incoming = head_.incoming;
    incoming.address = peer_text_;
    if (peer_trusted_) {
        const Address client = client_of(peer_, head_.forwarded_for, common_.trusted);
        if (client != peer_) incoming.address = to_text(client);
        const std::string& protocols = head_.forwarded_proto;
        incoming.secure = has_word(std::string_view(protocols).substr(protocols.rfind(',') + 1), "https"); // npos + 1 is 0
    }
    if (tls_) incoming.secure = true;
    secure_ = incoming.secure;
    accepts_gzip_ = accepts_coding(incoming.accept_encoding, "gzip");
    if (head_.content_length > common_.settings.body_bytes_max) refuse(refusal::body_too_large);
    else if (head_.chunked || head_.content_length > 0u) begin_body();
    else hand_over();
}

void Connection::begin_body() {
    state_ = State::body;
    chunks_ = {};
    set_deadline(common_.settings.body_seconds_max);
    const bool complete = !head_.chunked && in_.bytes().size() >= *head_.content_length;
    if (head_.expects_continue && !complete) out_.text() += "HTTP/1.1 100 Continue\r\n\r\n";
}

bool Connection::take_body() {
    std::string& body = head_.incoming.body;
    const std::size_t before = body.size();
    const std::string_view bytes = in_.bytes();
    bool complete = false;
    if (head_.chunked) {
        in_.drop(chunks_.take(bytes, body, common_.settings.body_bytes_max));
        complete = chunks_.state() == ChunkedBody::done;
    } else {
        const std::size_t count = std::min<std::size_t>(bytes.size(), *head_.content_length - before);
        body.append(bytes, 0, count);
        in_.drop(count);
        complete = body.size() == *head_.content_length;
    }
    const std::size_t growth = body.size() - before;
    body_bytes_ += growth;
    const auto held = common_.body_bytes += static_cast<std::int64_t>(growth);

    if (chunks_.state() == ChunkedBody::malformed) refuse(refusal::chunks);
    else if (chunks_.state() == ChunkedBody::too_large) refuse(refusal::body_too_large);
    else if (growth > 0 && held > static_cast<std::int64_t>(common_.settings.bodies_bytes_max)) refuse(refusal::server_full);
    else if (complete) hand_over();
    else return false;
    return true;
}

void Connection::read() {
    if (reading_ || state_ == State::closed) return;
    if (peer_ended_) return input_ended();
    const bool upload = state_ == State::body && (head_.chunked || *head_.content_length - head_.incoming.body.size() > Inbox::small);
    const std::span<char> room = tls_ ? std::span<char>(came_) : in_.room(upload);
    reading_ = true;
    socket_.async_read_some(asio::buffer(room.data(), room.size()),
        [self = shared_from_this()](const boost::system::error_code& failure, std::size_t count) { self->read_done(failure, count); });
}

void Connection::read_done(const boost::system::error_code& failure, std::size_t count) {
    reading_ = false;
    if (state_ == State::closed) return;
    if (state_ == State::lingering) {
        discarded_ += count;
        if (failure || discarded_ > common_.settings.body_bytes_max) return close();
        in_.clear();
        return read();
    }
    if (failure && failure != asio::error::eof) return close();
    if (failure) peer_ended_ = true;
    if (!tls_) in_.received(count);
    else if (!take_sealed(count)) return;
    switch (state_) {
    case State::head:
    case State::body:
        if (peer_ended_) input_ended();
        else advance();
        return;
    case State::streaming: // read only to notice that the peer leaves
        if (peer_ended_ || in_.bytes().size() > Inbox::large) close();
        else read();
        return;
    default: return;
    }
}

void Connection::input_ended() {
    if ((state_ != State::head && state_ != State::body) || (state_ == State::head && in_.bytes().empty() && out_.is_empty())) return close();
    if (!out_.is_empty()) state_ = State::ending;
    else refuse(refusal::cut_off);
    advance();
}

void Connection::set_deadline(int seconds) { deadline_ = steady_milliseconds() + std::int64_t{1000} * seconds; }

// ---- answering --------------------------------------------------------------------------------------------------

void Connection::hand_over() {
    state_ = State::answering;
    deadline_ = 0;
    if (head_.incoming.target == "*") {
        respond({.status = 204, .headers = {{"Allow", std::string(methods_allowed)}}});
        return;
    }
    handling_ = true;
    {
        const auto ticket = std::make_shared<Ticket>(shared_from_this());
        try {
            common_.handle(std::move(head_.incoming), [ticket](Response response) { ticket->answer(std::move(response)); });
        } catch (const std::exception& failure) {
            log(Level::error, "request_handle", failure.what());
            ticket->answer(problem_of(refusal::no_answer));
        }
    }
    handling_ = false;
    if (!ready_) return;
    Response response = std::move(*ready_);
    ready_.reset();
    respond(std::move(response));
}

void Connection::answer(Response response) {
    if (worker_->on_this_thread() && handling_) {
        ready_ = std::move(response);
        return;
    }
    worker_->post([self = shared_from_this(), response = std::move(response)]() mutable {
        if (self->state_ != State::answering) return;
        self->respond(std::move(response));
        self->advance();
    });
}

void Connection::respond(Response response) {
    release_body();
    common_.requests.fetch_add(1, std::memory_order_relaxed);
    if (is_compressible(response)) {
        response.headers.push_back({"Vary", "Accept-Encoding"});
        if (accepts_gzip_) compress(response);
    }
    const bool sends_body = has_body(response.status) && !head_.without_body;
    head_.keep_alive = head_.keep_alive && !worker_->draining() && !(response.stream && head_.http_1_0);
    write_head(out_.text(), response, {worker_->date(), head_.http_1_0, head_.keep_alive, secure_});
    if (response.stream && sends_body) {
        stream_ = std::move(response.stream);
        stream_of_events_ = response.content_type.starts_with("text/event-stream");
        stream_spoke_at_ = steady_milliseconds();
        state_ = State::streaming;
        deadline_ = 0;
        read();
        return;
    }
    if (sends_body) out_.append_body(std::move(response.body));
    next_request();
}

void Connection::next_request() {
    state_ = head_.keep_alive ? State::head : State::ending;
    head_ = {};
    head_begun_ = blank_skipped_ = secure_ = accepts_gzip_ = false;
    scanned_ = 0;
    set_deadline(common_.settings.idle_seconds_max);
}

void Connection::refuse(const Refusal& refusal) {
    common_.refused.fetch_add(1, std::memory_order_relaxed);
    log(Level::debug, "request_refuse", peer_text_ + " " + std::string(refusal.code));
    head_.keep_alive = false; // what follows on this connection cannot be trusted
    respond(problem_of(refusal, accept_language(head_.incoming.accept_language)));
}

/// Sends what the stream has: events as they come, a file as fast as the peer takes it. True once it has ended.
bool Connection::pump() {
    while (flush()) {
        const auto sent = pump_once();
        if (sent != Pumped::more) return sent == Pumped::ended;
    }
    return false;
}

Connection::Pumped Connection::pump_once() {
    std::optional<std::string> text;
    try {
        if (stream_ && !worker_->draining()) text = stream_();
    } catch (const std::exception& failure) {
        log(Level::error, "stream_send", failure.what());
    }
    if (!text) {
        stream_ = {};
        if (!head_.http_1_0) out_.text() += "0\r\n\r\n";
        head_.keep_alive = head_.keep_alive && !worker_->draining();
        next_request();
        return Pumped::ended;
    }
    const std::int64_t now = steady_milliseconds();
    if (text->empty() && stream_of_events_ && now - stream_spoke_at_ > heartbeat_milliseconds) *text = ":\n\n";
    if (!text->empty()) {
        stream_spoke_at_ = now;
        write_chunk(out_.text(), *text, head_.http_1_0);
    }
    const bool more = !stream_of_events_ && !text->empty();
    if (!more) flush();
    return more ? Pumped::more : Pumped::later;
}

// ---- writing and ending -----------------------------------------------------------------------------------------

bool Connection::flush() {
    if (writing_ || state_ == State::closed) return false;
    if (tls_) return flush_sealed();
    while (!out_.is_empty()) {
        const std::string_view first = out_.first(), second = out_.second();
        const std::array<asio::const_buffer, 2> parts = {asio::buffer(first), asio::buffer(second)};
        boost::system::error_code failure;
        const std::size_t sent = socket_.write_some(parts, failure);
        if (failure == asio::error::would_block || failure == asio::error::try_again) {
            wait_to_write();
            return false;
        }
        if (failure) {
            close();
            return false;
        }
        out_.sent(sent);
        sent_since_deadline_ += sent;
    }
    write_deadline_ = 0;
    return true;
}

void Connection::wait_to_write() {
    if (write_deadline_ == 0 || sent_since_deadline_ >= Outbox::written_max) {
        write_deadline_ = steady_milliseconds() + std::int64_t{1000} * common_.settings.answer_seconds_max;
        sent_since_deadline_ = 0;
    }
    writing_ = true;
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](const boost::system::error_code& failure) {
        self->writing_ = false;
        if (failure) return self->close();
        if (self->state_ == State::head) self->set_deadline(self->common_.settings.idle_seconds_max); // not idle until its answer is out
        self->advance();
    });
}

/// Closes our half and swallows what the peer is still sending, so that a reset does not destroy the answer on its way.
void Connection::linger() {
    if (peer_ended_) return close();
    if (tls_) {
        tls_->end();
        if (!flush_sealed() && state_ == State::closed) return;
    }
    boost::system::error_code failure;
    socket_.shutdown(Socket::shutdown_send, failure);
    if (failure) return close();
    state_ = State::lingering;
    set_deadline(linger_seconds);
    in_.clear();
    read();
}

void Connection::drain() {
    switch (state_) {
    case State::head:
        if (!out_.is_empty()) state_ = State::ending;
        else if (in_.bytes().empty()) return close();
        else refuse(refusal::stopping);
        return advance();
    case State::streaming: return advance();
    default: return;
    }
}

void Connection::close() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    boost::system::error_code ignored;
    socket_.close(ignored);
    stream_ = {};
    release_body();
    worker_->connections.erase(place);
    if (counted_) common_.leave(peer_);
    --common_.connections;
}

void Connection::tick(std::int64_t now) {
    if (state_ == State::streaming) advance();
    const bool late_to_take = write_deadline_ != 0 && now >= write_deadline_;
    const bool late_to_send = deadline_ != 0 && now >= deadline_ && !writing_;
    if (state_ == State::closed || !(late_to_take || late_to_send)) return;
    const bool idle = !late_to_take && state_ == State::head && in_.bytes().empty();
    if (!idle && state_ != State::lingering) ++common_.timed_out;
    if (late_to_take || idle || (state_ != State::head && state_ != State::body)) return close();
    refuse(state_ == State::head ? refusal::head_slow : refusal::body_slow);
    advance();
}

} // namespace greenbank::http
