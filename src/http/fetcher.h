// fetcher.h — Fetch, Tell and Send for rooms: the client with redirects, and the installation's limits on where a server may go.
#pragma once

#include "api/fetch.h"
#include "api/send.h"
#include "api/tell.h"
#include "http/client.h"
#include "http/mail.h"

namespace greenbank::http {

struct FetchSettings {
    std::string authorities_file = {}; // PEM: whom to trust besides the system's authorities
    std::string proxy = {};            // "http://proxy.example:3128"; empty: none
    /// Also ask addresses that are not of the public Internet. Whoever may enter an address of a peer could otherwise read what
    /// only this machine reaches (server-side request forgery, OWASP A10:2021).
    bool private_allowed = false;
    MailSettings mail = {}; // where mails of Tell go
};

class Fetcher final : public Fetch, public Tell, public Send {
public:
    explicit Fetcher(FetchSettings settings) : settings_(std::move(settings)) {}
    /// Follows at most five redirects, never from https to http; each address is checked as the first one was.
    Result<Fetched> get(const FetchRequest& request) override;
    Result<int> tell(const std::string& url, const std::string& body) override;
    Result<Sent> send(const SendRequest& request) override;

private:
    FetchSettings settings_;
};

} // namespace greenbank::http
