// tls_session.h — the server's side of TLS 1.2 and 1.3 as bytes in, bytes out: no socket, so that connections stay one state machine.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "kernel/result.h"

namespace greenbank::http {

/// A certificate with its chain, and its key.
class TlsIdentity {
public:
    /// Both are PEM files; an error names the one that cannot be used.
    static Result<std::shared_ptr<TlsIdentity>> load(const std::string& certificate_file, const std::string& key_file);
    ~TlsIdentity();
    TlsIdentity(const TlsIdentity&) = delete;

private:
    friend class TlsSession;
    TlsIdentity() = default;
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

class TlsSession {
public:
    explicit TlsSession(std::shared_ptr<TlsIdentity> identity);
    ~TlsSession();

    /// Takes what came from the peer.
    void feed(std::string_view sealed);
    /// Plain bytes that have come; 0: none now. Call it until it says 0 after each feed().
    std::size_t read(std::span<char> into);
    /// Seals plain bytes; only once is_open().
    void write(std::string_view plain);
    /// Says goodbye to the peer.
    void end();
    /// What is to be sent to the peer since the last time.
    std::string take_sealed();

    bool is_open() const { return open_; }  // the handshake is done
    bool failed() const { return failed_; } // the peer is to be left once what is sealed is sent
    bool ended() const { return ended_; }   // the peer said goodbye

private:
    void judge(int result);

    struct Parts;
    std::unique_ptr<Parts> parts_;
    bool open_ = false, failed_ = false, ended_ = false;
};

/// Does a connection begin as TLS does (a handshake record)?
inline bool begins_as_tls(std::string_view bytes) { return !bytes.empty() && bytes[0] == 0x16; }

} // namespace greenbank::http
