// mail.h — a mail by SMTP (RFC 5321, RFC 6409) to the installation's own relay, which adds date and message id and carries it on.
#pragma once

#include <string>
#include <string_view>

#include "http/wire.h"
#include "kernel/result.h"

namespace greenbank::http {

struct MailSettings {
    std::string relay = {}; // "mail.example:587"; empty: no mail is sent
    std::string from = {};  // "bank@bank.example"
    std::string user = {};  // with a password: the relay is told who we are, by TLS only
    std::string password = {};
    std::string security = "starttls"; // "tls" from the first byte, or "none": for a relay on this machine
    std::string authorities_file = {}; // PEM: whom to trust besides the system's authorities
};

struct Mail {
    std::string to, subject, text;
};

/// Letters, digits and a few signs, one @, a domain: nothing that could be a second command or a second address.
bool is_mail_address(std::string_view address);
/// Head and body as they are sent, without the final dot. Whatever stands in subject and text, it adds no line to the head.
std::string compose_mail(const MailSettings& settings, const Mail& mail);

/// The relay's last status: 250 where it has taken the mail, else that of the step it refused. An Error where it cannot be asked.
Result<int> send_mail(const MailSettings& settings, const Mail& mail, Deadline until);

} // namespace greenbank::http
