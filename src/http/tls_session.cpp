// tls_session.cpp — OpenSSL between two buffers in memory.
#include "http/tls_session.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace greenbank::http {

struct TlsIdentity::Parts {
    SSL_CTX* context = nullptr;
    ~Parts() { SSL_CTX_free(context); }
};
TlsIdentity::~TlsIdentity() = default;

Result<std::shared_ptr<TlsIdentity>> TlsIdentity::load(const std::string& certificate_file, const std::string& key_file) {
    std::shared_ptr<TlsIdentity> identity(new TlsIdentity);
    identity->parts_ = std::make_unique<Parts>();
    SSL_CTX* context = identity->parts_->context = SSL_CTX_new(TLS_server_method());
    require(context != nullptr, "OpenSSL has no TLS");
    const auto refused = [](const std::string& path) {
        const unsigned long code = ERR_get_error();
        const char* reason = ERR_reason_error_string(code);
        Error error{Failure::invalid, "server.certificate", "{path} cannot be used for TLS: {reason}.", {{"path", path}, {"reason", reason ? reason : "?"}}};
        ERR_clear_error();
        return error;
    };
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    if (SSL_CTX_use_certificate_chain_file(context, certificate_file.c_str()) != 1) return refused(certificate_file);
    if (SSL_CTX_use_PrivateKey_file(context, key_file.c_str(), SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(context) != 1) return refused(key_file);
    return identity;
}

struct TlsSession::Parts {
    std::shared_ptr<TlsIdentity> identity;
    SSL* ssl = nullptr;
    BIO *in = nullptr, *out = nullptr; // owned by ssl
    ~Parts() { SSL_free(ssl); }
};

TlsSession::TlsSession(std::shared_ptr<TlsIdentity> identity) : parts_(std::make_unique<Parts>()) {
    parts_->ssl = SSL_new(identity->parts_->context);
    parts_->in = BIO_new(BIO_s_mem());
    parts_->out = BIO_new(BIO_s_mem());
    require(parts_->ssl && parts_->in && parts_->out, "OpenSSL is short of memory");
    parts_->identity = std::move(identity);
    SSL_set_bio(parts_->ssl, parts_->in, parts_->out);
    SSL_set_accept_state(parts_->ssl);
}
TlsSession::~TlsSession() = default;

/// Sorts what OpenSSL says of a step that brought nothing.
void TlsSession::judge(int result) {
    switch (SSL_get_error(parts_->ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: break;
    case SSL_ERROR_ZERO_RETURN: ended_ = true; break;
    default: failed_ = true;
    }
    ERR_clear_error();
}

void TlsSession::feed(std::string_view sealed) {
    if (failed_ || sealed.empty()) return;
    if (BIO_write(parts_->in, sealed.data(), static_cast<int>(sealed.size())) != static_cast<int>(sealed.size())) failed_ = true;
    if (failed_ || open_) return;
    ERR_clear_error();
    const int done = SSL_do_handshake(parts_->ssl);
    if (done == 1) open_ = true;
    else judge(done);
}

std::size_t TlsSession::read(std::span<char> into) {
    if (failed_ || ended_ || !open_ || into.empty()) return 0;
    ERR_clear_error();
    const int count = SSL_read(parts_->ssl, into.data(), static_cast<int>(into.size()));
    if (count > 0) return static_cast<std::size_t>(count);
    judge(count);
    return 0;
}

void TlsSession::write(std::string_view plain) {
    if (failed_ || !open_ || plain.empty()) return;
    ERR_clear_error();
    const int count = SSL_write(parts_->ssl, plain.data(), static_cast<int>(plain.size())); // memory takes all of it
    if (count != static_cast<int>(plain.size())) failed_ = true;
    ERR_clear_error();
}

void TlsSession::end() {
    if (failed_ || !open_) return;
    (void)SSL_shutdown(parts_->ssl);
    ERR_clear_error();
}

std::string TlsSession::take_sealed() {
    std::string sealed;
    const std::size_t waiting = BIO_ctrl_pending(parts_->out);
    if (waiting == 0) return sealed;
    sealed.resize(waiting);
    const int count = BIO_read(parts_->out, sealed.data(), static_cast<int>(sealed.size()));
    sealed.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return sealed;
}

} // namespace greenbank::http
