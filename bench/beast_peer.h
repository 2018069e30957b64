// beast_peer.h — the peer of our server: Beast with the standard request type, callbacks, no deadlines, no limits; it
// parses each request, answers the same JSON and does nothing else, on one thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <unistd.h>

namespace greenbank::bench {

class BeastConnection : public std::enable_shared_from_this<BeastConnection> {
public:
    BeastConnection(boost::asio::ip::tcp::socket socket, const std::string& json) : socket_(std::move(socket)), json_(json) {}
    void read() {
        request_ = {};
        boost::beast::http::async_read(socket_, buffer_, request_, [self = shared_from_this()](boost::beast::error_code failure, std::size_t) {
            if (!failure) self->write();
        });
    }

private:
    void write() {
        response_ = {boost::beast::http::status::ok, request_.version()};
        response_.set(boost::beast::http::field::content_type, "application/json");
        response_.keep_alive(request_.keep_alive());
        response_.body() = json_;
        response_.prepare_payload();
        boost::beast::http::async_write(socket_, response_, [self = shared_from_this()](boost::beast::error_code failure, std::size_t) {
            if (!failure) self->read();
        });
    }
    boost::asio::ip::tcp::socket socket_;
    const std::string& json_;
    boost::beast::flat_buffer buffer_;
    boost::beast::http::request<boost::beast::http::string_body> request_;
    boost::beast::http::response<boost::beast::http::string_body> response_;
};

/// Serves for ever; for a Child.
inline void beast_serve(int port_pipe, const std::string& json) {
    using boost::asio::ip::tcp;
    boost::asio::io_context io{1};
    tcp::acceptor acceptor(io, {boost::asio::ip::make_address("127.0.0.1"), 0});
    const std::uint16_t port = acceptor.local_endpoint().port();
    if (write(port_pipe, &port, sizeof port) != sizeof port) _exit(1);
    std::function<void()> accept = [&] {
        acceptor.async_accept([&](boost::beast::error_code failure, tcp::socket socket) {
            if (failure) return;
            socket.set_option(tcp::no_delay(true));
            std::make_shared<BeastConnection>(std::move(socket), json)->read();
            accept();
        });
    };
    accept();
    io.run();
}

} // namespace greenbank::bench
