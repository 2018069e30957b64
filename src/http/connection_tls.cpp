// connection_tls.cpp — a connection's bytes by TLS: opened as they come, sealed as they go.
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

#include "http/connection.h"

namespace greenbank::http {

namespace asio = boost::asio;

/// Opens what came; false where the connection has ended or nothing is to be done before more comes.
bool Connection::take_sealed(std::size_t count) {
    const std::string_view came(came_.data(), count);
    if (count > 0 && !greeted_ && !begins_as_tls(came)) { // somebody speaks http to us: told so, and nothing else
        tls_.reset();
        refuse(refusal::tls_needed);
        advance();
        return false;
    }
    greeted_ = greeted_ || count > 0;
    tls_->feed(came);
    std::size_t opened = 0;
    while (true) {
        const std::size_t some = tls_->read(in_.room(true));
        if (some == 0) break;
        in_.received(some);
        opened += some;
    }
    if (tls_->ended()) peer_ended_ = true;
    if (!flush_sealed() && state_ == State::closed) return false;
    if (tls_->failed()) return close(), false;
    if (opened > 0 || peer_ended_) return true;
    read();
    return false;
}

/// As flush() by TLS: a piece is sealed once the one before has gone.
bool Connection::flush_sealed() {
    constexpr std::size_t piece_max = 16 * 1024;
    if (writing_ || state_ == State::closed) return false;
    while (true) {
        if (sealed_sent_ == sealed_.size()) {
            sealed_sent_ = 0;
            sealed_ = tls_->take_sealed();
            if (sealed_.empty() && !out_.is_empty() && tls_->is_open() && !tls_->failed()) {
                const std::string_view piece = (out_.first().empty() ? out_.second() : out_.first()).substr(0, piece_max);
                tls_->write(piece);
                out_.sent(piece.size());
                sent_since_deadline_ += piece.size();
                sealed_ = tls_->take_sealed();
            }
            if (sealed_.empty()) break;
        }
        boost::system::error_code failure;
        const std::size_t sent = socket_.write_some(asio::buffer(sealed_.data() + sealed_sent_, sealed_.size() - sealed_sent_), failure);
        if (failure == asio::error::would_block || failure == asio::error::try_again) {
            wait_to_write();
            return false;
        }
        if (failure) {
            close();
            return false;
        }
        sealed_sent_ += sent;
    }
    write_deadline_ = 0;
    return true;
}

} // namespace greenbank::http
