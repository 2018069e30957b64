// server.cpp — the WebSocket server by Boost.Beast, whose headers stay in this file. One thread moves bytes, another runs the handler.
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include "ocpp/ocpp.h"

namespace greenbank::ocpp {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Tcp = asio::ip::tcp;
using Failed = beast::error_code;

constexpr std::string_view subprotocol = "ocpp1.6";

class ServerOfBeast;
/// "ocpp1.6, ocpp1.5" offers ours.
bool offers(std::string_view list) {
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        std::string_view one = list.substr(0, comma);
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (one == subprotocol) return true;
        if (comma == list.npos) return false;
        list.remove_prefix(comma + 1);
    }
    return false;
}

/// The last part of a path, with %XX decoded; empty where there is none, or where it is no plain name.
std::string name_in(std::string_view target) {
    target = target.substr(0, target.find('?'));
    const std::size_t slash = target.rfind('/');
    if (slash == target.npos) return {};
    target.remove_prefix(slash + 1);
    std::string name;
    for (std::size_t i = 0; i < target.size(); ++i) {
        if (target[i] != '%') {
            name += target[i];
            continue;
        }
        const auto digit = [&](std::size_t at) {
            return at < target.size() ? std::string_view("0123456789abcdef").find(static_cast<char>(target[at] | 0x20)) : std::string_view::npos;
        };
        const std::size_t high = digit(i + 1), low = digit(i + 2);
        if (high == std::string_view::npos || low == std::string_view::npos) return {};
        name += static_cast<char>(high * 16 + low);
        i += 2;
    }
    if (name.size() > 48) return {};
    for (const char c : name)
        if (static_cast<unsigned char>(c) < 0x21 || static_cast<unsigned char>(c) > 0x7E) return {};
    return name;
}

class BeastLink;

/// Shut when the server ends: whoever still holds a link then speaks to nobody.
struct Gate {
    std::mutex mutex;
    bool shut = false;
};

/// What others hold of a link: it may outlive both link and server.
class LinkHandle : public Link {
public:
    LinkHandle(std::shared_ptr<Gate> gate, std::weak_ptr<BeastLink> link) : gate_(std::move(gate)), link_(std::move(link)) {}
    void send(std::string text) override;
    void close() override;

private:
    std::shared_ptr<Gate> gate_;
    std::weak_ptr<BeastLink> link_;
};

class BeastLink : public std::enable_shared_from_this<BeastLink> {
public:
    BeastLink(ServerOfBeast& server, Tcp::socket socket) : server_(server), stream_(std::move(socket)) {}

    void start();
    void send(std::string text);
    void close();

private:
    void handshake();
    void refuse(http::status status);
    void accept();
    void read();
    void write();
    void end();

    ServerOfBeast& server_;
    beast::websocket::stream<beast::tcp_stream> stream_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::empty_body>> parser_;
    http::response<http::string_body> refusal_;
    std::deque<std::string> waiting_;
    std::size_t waiting_bytes_ = 0;
    std::shared_ptr<LinkHandle> handle_;
    Peer peer_;
    bool open_ = false, ended_ = false;
};

class ServerOfBeast : public Server {
public:
    ServerOfBeast(Settings its_settings, Handler its_handler) : settings(std::move(its_settings)), handler(std::move(its_handler)), acceptor_(io) {}

    ~ServerOfBeast() override {
        if (!moving_.joinable()) return; // it never began
        asio::post(io, [this] {
            Failed ignored;
            acceptor_.close(ignored);
            for (const auto& link : std::set(links)) link->close();
            closing_ = true;
            if (links.empty()) guard_.reset();
        });
        // A peer that does not answer the closing of its connection is not waited for.
        for (int i = 0; i < 100 && !done_; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        {
            const std::lock_guard lock(gate->mutex);
            gate->shut = true;
        }
        io.stop();
        moving_.join();
        work_guard_.reset();
        deciding_.join();
    }

    Result<Done> start() {
        Failed failed;
        const auto address = asio::ip::make_address(settings.address == "localhost" ? "127.0.0.1" : settings.address, failed);
        if (!failed) {
            const Tcp::endpoint place(address, settings.port);
            acceptor_.open(place.protocol(), failed);
            if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
            if (!failed) acceptor_.bind(place, failed);
            if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
        }
        if (failed)
            return Error{Failure::unavailable, "ocpp.listen", "Charge points cannot be listened to at {address}:{port}: {reason}",
                {{"address", settings.address}, {"port", std::to_string(settings.port)}, {"reason", failed.message()}}};
        port_ = acceptor_.local_endpoint().port();
        accept();
        moving_ = std::thread([this] {
            io.run();
            done_ = true;
        });
        deciding_ = std::thread([this] { work.run(); });
        return Done{};
    }

    std::uint16_t port() const override { return port_; }
    State state() const override { return {open, opened, refused}; }

    void left(const std::shared_ptr<BeastLink>& link) {
        links.erase(link);
        if (closing_ && links.empty()) guard_.reset();
    }

    const Settings settings;
    const Handler handler;
    const std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    asio::io_context io{1}, work{1};
    std::set<std::shared_ptr<BeastLink>> links; // touched on the moving thread only
    std::atomic<std::int64_t> open = 0, opened = 0, refused = 0;

private:
    void accept() {
        acceptor_.async_accept(io, [this](const Failed& failed, Tcp::socket socket) {
            if (!acceptor_.is_open()) return;
            if (!failed && links.size() < settings.connections_max) {
                const auto link = std::make_shared<BeastLink>(*this, std::move(socket));
                links.insert(link);
                link->start();
            } else if (!failed) ++refused;
            accept();
        });
    }

    asio::executor_work_guard<asio::io_context::executor_type> guard_ = asio::make_work_guard(io), work_guard_ = asio::make_work_guard(work);
    Tcp::acceptor acceptor_;
    std::uint16_t port_ = 0;
    std::thread moving_, deciding_;
    bool closing_ = false;
    std::atomic<bool> done_ = false;
};

void LinkHandle::send(std::string text) {
    const std::lock_guard lock(gate_->mutex);
    if (gate_->shut) return;
    if (const auto link = link_.lock()) link->send(std::move(text));
}

void LinkHandle::close() {
    const std::lock_guard lock(gate_->mutex);
    if (gate_->shut) return;
    if (const auto link = link_.lock()) link->close();
}

void BeastLink::start() {
    handle_ = std::make_shared<LinkHandle>(server_.gate, weak_from_this());
    Failed none;
    const auto end = beast::get_lowest_layer(stream_).socket().remote_endpoint(none);
    if (!none) peer_.address = end.address().to_string();
    beast::get_lowest_layer(stream_).socket().set_option(Tcp::no_delay(true), none);
    parser_.emplace();
    parser_->header_limit(8 * 1024);
    beast::get_lowest_layer(stream_).expires_after(std::chrono::seconds(server_.settings.handshake_seconds));
    http::async_read_header(beast::get_lowest_layer(stream_), buffer_, *parser_, [self = shared_from_this()](const Failed& failed, std::size_t) {
        if (failed) return self->end();
        self->handshake();
    });
}

void BeastLink::handshake() {
    const auto& request = parser_->get();
    if (!beast::websocket::is_upgrade(request)) return refuse(http::status::upgrade_required);
    const auto text = [](beast::string_view view) { return std::string_view(view.data(), view.size()); };
    peer_.name = name_in(text(request.target()));
    if (peer_.name.empty()) return refuse(http::status::not_found);
    if (!offers(text(request[http::field::sec_websocket_protocol]))) return refuse(http::status::bad_request);
    read_basic(text(request[http::field::authorization]), peer_.user, peer_.password);
    // Whether it is known is asked beside, for that may take a while.
    asio::post(server_.work, [self = shared_from_this()] {
        const bool admitted = self->server_.handler.admit(self->peer_);
        asio::post(self->server_.io, [self, admitted] {
            if (self->ended_) return;
            if (admitted) self->accept();
            else self->refuse(http::status::unauthorized);
        });
    });
}

void BeastLink::refuse(http::status status) {
    ++server_.refused;
    refusal_.result(status);
    refusal_.version(11);
    if (status == http::status::unauthorized) refusal_.set(http::field::www_authenticate, "Basic realm=\"charge points\"");
    refusal_.keep_alive(false);
    refusal_.prepare_payload();
    http::async_write(beast::get_lowest_layer(stream_), refusal_, [self = shared_from_this()](const Failed&, std::size_t) { self->end(); });
}

void BeastLink::accept() {
    beast::get_lowest_layer(stream_).expires_never();
    auto times = beast::websocket::stream_base::timeout::suggested(beast::role_type::server);
    times.handshake_timeout = std::chrono::seconds(server_.settings.handshake_seconds);
    times.idle_timeout = std::chrono::seconds(server_.settings.idle_seconds);
    times.keep_alive_pings = true;
    stream_.set_option(times);
    stream_.set_option(beast::websocket::stream_base::decorator([](beast::websocket::response_type& response) {
        response.set(http::field::sec_websocket_protocol, beast::string_view(subprotocol.data(), subprotocol.size()));
    }));
    stream_.read_message_max(server_.settings.message_bytes_max);
    stream_.async_accept(parser_->get(), [self = shared_from_this()](const Failed& failed) {
        if (failed) return self->end();
        self->parser_.reset();
        self->open_ = true;
        ++self->server_.open;
        ++self->server_.opened;
        asio::post(self->server_.work, [self] {
            self->server_.handler.opened(self->peer_, self->handle_);
            asio::post(self->server_.io, [self] { self->read(); });
        });
    });
}

void BeastLink::read() {
    if (ended_) return;
    stream_.async_read(buffer_, [self = shared_from_this()](const Failed& failed, std::size_t) {
        if (failed) return self->end();
        if (!self->stream_.got_text()) return self->close();
        std::string text = beast::buffers_to_string(self->buffer_.data());
        self->buffer_.consume(self->buffer_.size());
        // The next one is read once this is dealt with: a charge point that floods waits for itself only.
        asio::post(self->server_.work, [self, text = std::move(text)]() mutable {
            self->server_.handler.received(self->handle_, std::move(text));
            asio::post(self->server_.io, [self] { self->read(); });
        });
    });
}

void BeastLink::send(std::string text) {
    asio::post(server_.io, [self = shared_from_this(), text = std::move(text)]() mutable {
        if (self->ended_ || !self->open_) return;
        self->waiting_bytes_ += text.size();
        if (self->waiting_bytes_ > self->server_.settings.waiting_bytes_max) return self->close();
        self->waiting_.push_back(std::move(text));
        if (self->waiting_.size() == 1) self->write();
    });
}

void BeastLink::write() {
    stream_.text(true);
    stream_.async_write(asio::buffer(waiting_.front()), [self = shared_from_this()](const Failed& failed, std::size_t) {
        if (failed) return self->end();
        self->waiting_bytes_ -= self->waiting_.front().size();
        self->waiting_.pop_front();
        if (!self->waiting_.empty()) self->write();
    });
}

void BeastLink::close() {
    asio::post(server_.io, [self = shared_from_this()] {
        if (self->ended_) return;
        Failed ignored;
        beast::get_lowest_layer(self->stream_).socket().shutdown(Tcp::socket::shutdown_both, ignored);
        self->end();
    });
}

void BeastLink::end() {
    if (std::exchange(ended_, true)) return;
    Failed ignored;
    beast::get_lowest_layer(stream_).socket().close(ignored);
    const auto self = shared_from_this();
    if (open_) {
        --server_.open;
        asio::post(server_.work, [self] { self->server_.handler.closed(self->handle_); });
    }
    server_.left(self);
}

} // namespace

Result<std::unique_ptr<Server>> serve(Settings settings, Handler handler) {
    auto server = std::make_unique<ServerOfBeast>(std::move(settings), std::move(handler));
    TRY(server->start());
    return std::unique_ptr<Server>(std::move(server));
}

} // namespace greenbank::ocpp
