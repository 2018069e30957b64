// For tests: an authority that signs certificates of any kind, and a small server, by TLS or plain, that answers as it is told.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include <doctest/doctest.h>

#include "http/address.h"

namespace greenbank::http {

using Key = std::shared_ptr<EVP_PKEY>;
struct Certificate {
    std::shared_ptr<X509> body;
    Key key;
};

struct CertificateWish {
    std::string name;
    int days_from = -1, days_until = 1;
};

class Authority {
public:
    Authority() : root_(make({.name = "Test authority"}, nullptr)) {
        char path[] = "/tmp/greenbank-authority-XXXXXX";
        const int descriptor = mkstemp(path);
        REQUIRE(descriptor >= 0);
        path_ = path;
        FILE* file = fdopen(descriptor, "w");
        PEM_write_X509(file, root_.body.get());
        std::fclose(file);
    }
    ~Authority() { std::remove(path_.c_str()); }
    Authority(const Authority&) = delete;

    const std::string& file() const { return path_; }
    Certificate certificate(const CertificateWish& wish) const { return make(wish, &root_); }
    static Certificate self_signed(const std::string& name) { return make({.name = name}, nullptr, false); }

private:
    static Certificate make(const CertificateWish& wish, const Certificate* issuer, bool authority = true) {
        static long serial = 0;
        Certificate made{{X509_new(), X509_free}, {EVP_EC_gen("P-256"), EVP_PKEY_free}};
        X509* body = made.body.get();
        X509_set_version(body, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(body), ++serial);
        X509_gmtime_adj(X509_getm_notBefore(body), wish.days_from * 86400L);
        X509_gmtime_adj(X509_getm_notAfter(body), wish.days_until * 86400L);
        X509_set_pubkey(body, made.key.get());
        X509_NAME_add_entry_by_txt(X509_get_subject_name(body), "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(wish.name.c_str()), -1, -1, 0);
        X509_set_issuer_name(body, X509_get_subject_name(issuer ? issuer->body.get() : body));
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuer ? issuer->body.get() : body, body, nullptr, nullptr, 0);
        const auto extend = [&](int kind, const std::string& value) {
            X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
            REQUIRE(extension != nullptr);
            X509_add_ext(body, extension, -1);
            X509_EXTENSION_free(extension);
        };
        if (!issuer && authority) extend(NID_basic_constraints, "critical,CA:TRUE");
        else extend(NID_subject_alt_name, (parse_address(wish.name) ? "IP:" : "DNS:") + wish.name);
        X509_sign(body, (issuer ? issuer->key : made.key).get(), EVP_sha256());
        return made;
    }

    Certificate root_;
    std::string path_;
};

/// Accepts one connection after another; `answer` gets the target of the request.
class TlsServer {
public:
    using Answer = std::function<std::string(const std::string& target)>;

    TlsServer(const Certificate* certificate, Answer answer, bool old = false) : answer_(std::move(answer)) {
        if (certificate) {
            tls_ = SSL_CTX_new(TLS_server_method());
            SSL_CTX_use_certificate(tls_, certificate->body.get());
            SSL_CTX_use_PrivateKey(tls_, certificate->key.get());
            if (old)
                SSL_CTX_set_security_level(tls_, 0), SSL_CTX_set_max_proto_version(tls_, TLS1_1_VERSION), SSL_CTX_set_min_proto_version(tls_, TLS1_VERSION);
            SSL_CTX_set_tlsext_servername_arg(tls_, this);
            SSL_CTX_set_tlsext_servername_callback(
                tls_, +[](SSL* ssl, int*, void* self) {
                    const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
                    static_cast<TlsServer*>(self)->keep(static_cast<TlsServer*>(self)->name_, name ? name : "");
                    return SSL_TLSEXT_ERR_OK;
                });
        }
        listener_ = ::socket(AF_INET6, SOCK_STREAM, 0);
        const int off = 0;
        setsockopt(listener_, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
        sockaddr_in6 address = {};
        address.sin6_family = AF_INET6;
        address.sin6_addr = in6addr_any;
        socklen_t size = sizeof address;
        REQUIRE(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(listener_, 16) == 0);
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin6_port);
        thread_ = std::thread([this] { loop(); });
    }
    ~TlsServer() {
        stopping_ = true;
        thread_.join();
        ::close(listener_);
        if (tls_) SSL_CTX_free(tls_);
    }
    TlsServer(const TlsServer&) = delete;

    std::uint16_t port() const { return port_; }
    std::string url(const std::string& host) const { return (tls_ ? "https://" : "http://") + host + ":" + std::to_string(port_); }
    std::string name_asked() { return read(name_); }
    std::string last_line() { return read(line_); }
    void hold_open(bool hold) { hold_ = hold; }            // never answers, never closes
    void say_goodbye(bool goodbye) { goodbye_ = goodbye; } // TLS's close_notify
    void pass_connect_to(std::uint16_t port) { connect_to_ = port; }

private:
    void keep(std::string& place, std::string text) {
        const std::lock_guard lock(mutex_);
        place = std::move(text);
    }
    std::string read(const std::string& place) {
        const std::lock_guard lock(mutex_);
        return place;
    }

    bool readable(int socket, int milliseconds) const {
        pollfd waiting = {socket, POLLIN, 0};
        return ::poll(&waiting, 1, milliseconds) > 0;
    }

    void loop() {
        while (!stopping_) {
            if (!readable(listener_, 20)) continue;
            const int socket = ::accept(listener_, nullptr, nullptr);
            const timeval patience = {2, 0};
            setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            serve(socket);
            ::close(socket);
        }
    }

    void serve(int socket) {
        SSL* ssl = nullptr;
        if (tls_) {
            ssl = SSL_new(tls_);
            SSL_set_fd(ssl, socket);
            if (SSL_accept(ssl) != 1) return SSL_free(ssl), ERR_clear_error();
        }
        std::string request;
        char bytes[4096];
        while (request.find("\r\n\r\n") == std::string::npos) {
            const auto count = ssl ? SSL_read(ssl, bytes, sizeof bytes) : static_cast<int>(::recv(socket, bytes, sizeof bytes, 0));
            if (count <= 0) break;
            request.append(bytes, static_cast<std::size_t>(count));
        }
        const std::string line = request.substr(0, request.find("\r\n"));
        keep(line_, line);
        const std::size_t space = std::min(line.find(' '), line.size());
        if (line.starts_with("CONNECT ") && connect_to_) {
            tunnel(socket);
        } else if (hold_) {
            while (!stopping_ && !readable(socket, 20)) {}
        } else if (line.find(' ') != std::string::npos) {
            const std::string answer = answer_(line.substr(space + 1, line.rfind(' ') - space - 1));
            if (ssl) SSL_write(ssl, answer.data(), static_cast<int>(answer.size()));
            else (void)::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL);
        }
        if (!ssl) return;
        if (goodbye_) SSL_shutdown(ssl);
        SSL_free(ssl);
        ERR_clear_error();
    }

    void tunnel(int socket) {
        const int far = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(connect_to_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        (void)::connect(far, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        const std::string_view yes = "HTTP/1.1 200 Connected\r\n\r\n";
        (void)::send(socket, yes.data(), yes.size(), MSG_NOSIGNAL);
        char bytes[16 * 1024];
        for (bool open = true; open && !stopping_;) {
            pollfd both[] = {{socket, POLLIN, 0}, {far, POLLIN, 0}};
            if (::poll(both, 2, 20) <= 0) continue;
            for (int side = 0; side < 2; ++side) {
                if (!both[side].revents) continue;
                const ssize_t count = ::recv(both[side].fd, bytes, sizeof bytes, 0);
                if (count <= 0) open = false;
                else (void)::send(both[1 - side].fd, bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL);
            }
        }
        ::close(far);
    }

    Answer answer_;
    SSL_CTX* tls_ = nullptr;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false, hold_ = false, goodbye_ = true;
    std::atomic<std::uint16_t> connect_to_ = 0;
    std::mutex mutex_;
    std::string name_, line_;
    std::thread thread_;
};

} // namespace greenbank::http
