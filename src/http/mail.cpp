// mail.cpp — one conversation with a relay, a step after the other.
#include "http/mail.h"

#include <algorithm>

#include "kernel/text.h"

namespace greenbank::http {

namespace {

constexpr std::size_t reply_bytes_max = 64 << 10, address_bytes_max = 254, word_bytes_max = 45, line_characters = 76;

/// As MIME has it: + and /, padded (RFC 4648 section 4).
std::string base64(std::string_view bytes) {
    std::string text = to_base64url(bytes);
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

/// Encoded words of RFC 2047, each of whole characters, on lines of at most 76; the first line begins with the field's name.
std::string encoded_words(std::string_view text, std::size_t name_characters) {
    std::string out;
    while (!text.empty()) {
        std::size_t size = std::min(text.size(), out.empty() ? word_bytes_max - name_characters : word_bytes_max);
        while (size < text.size() && size > 1 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
        out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(0, size)) + "?=";
        text.remove_prefix(size);
    }
    return out;
}

class Conversation {
public:
    Conversation(const MailSettings& settings, Deadline until) : settings_(settings), until_(until) {}

    Result<int> send(const Mail& mail) {
        const std::size_t colon = settings_.relay.rfind(':');
        host_ = settings_.relay.substr(0, colon);
        const std::string port = colon == std::string::npos ? "587" : settings_.relay.substr(colon + 1);
        if (wire_.connect(host_, port, {}, until_) != WireFault::none) return unreachable("nobody answers there");
        if (settings_.security == "tls") TRY(secure());
        if (const int status = TRY(reply()); status != 220) return status;
        if (const int status = TRY(greet()); status != 250) return status;
        if (settings_.security == "starttls") {
            if (!offers("STARTTLS")) return unreachable("it offers no STARTTLS");
            if (const int status = TRY(say("STARTTLS")); status != 220) return status;
            if (!held_.empty()) return unreachable("it spoke before TLS began"); // would be taken for what came by TLS
            TRY(secure());
            if (const int status = TRY(greet()); status != 250) return status;
        }
        if (!settings_.user.empty()) {
            if (!secured_) return unreachable("a password goes by TLS only");
            const std::string secret = std::string(1, '\0') + settings_.user + std::string(1, '\0') + settings_.password;
            if (const int status = TRY(say("AUTH PLAIN " + base64(secret))); status != 235) return status;
        }
        if (const int status = TRY(say("MAIL FROM:<" + settings_.from + ">")); status != 250) return status;
        if (const int status = TRY(say("RCPT TO:<" + mail.to + ">")); status != 250 && status != 251) return status;
        if (const int status = TRY(say("DATA")); status != 354) return status;
        const int status = TRY(say(compose_mail(settings_, mail) + "\r\n."));
        (void)wire_.send("QUIT\r\n", until_);
        return status;
    }

private:
    Error unreachable(const std::string& reason) const {
        return {Failure::unavailable, "mail.relay", "The relay {relay} cannot be asked: {reason}.", {{"relay", settings_.relay}, {"reason", reason}}};
    }
    Result<Done> secure() {
        if (wire_.secure(host_, settings_.authorities_file, until_) != WireFault::none) return unreachable("TLS: " + wire_.detail());
        secured_ = true;
        return Done{};
    }
    Result<int> greet() { return say("EHLO " + settings_.from.substr(settings_.from.find('@') + 1)); }
    Result<int> say(const std::string& line) {
        if (wire_.send(line + "\r\n", until_) != WireFault::none) return unreachable("it hung up");
        return reply();
    }
    /// All lines of a reply, 250-… and at last 250 …; kept for offers().
    Result<int> reply() {
        lines_.clear();
        for (;;) {
            const std::size_t end = held_.find('\n');
            if (end == std::string::npos) {
                if (held_.size() + lines_.size() > reply_bytes_max) return unreachable("it says too much");
                if (wire_.receive(held_, until_) != WireFault::none) return unreachable("it hung up");
                continue;
            }
            const std::string line = held_.substr(0, end + 1);
            held_.erase(0, end + 1);
            const auto digit = [&](std::size_t at) { return at < line.size() && line[at] >= '0' && line[at] <= '9'; };
            if (!digit(0) || !digit(1) || !digit(2)) return unreachable("it does not speak SMTP");
            lines_ += line;
            if (line[3] == '-') continue;
            return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        }
    }
    bool offers(std::string_view extension) const {
        for (const std::string_view line : split(lines_, '\n'))
            if (line.size() >= 4 + extension.size() && line.substr(4, extension.size()) == extension) return true;
        return false;
    }

    const MailSettings& settings_;
    const Deadline until_;
    Wire wire_;
    std::string host_, held_, lines_;
    bool secured_ = false;
};

} // namespace

bool is_mail_address(std::string_view address) {
    if (address.size() > address_bytes_max) return false;
    const std::size_t at = address.find('@');
    if (at == 0 || at == std::string_view::npos || at > 64) return false;
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    const std::string_view local = address.substr(0, at), domain = address.substr(at + 1);
    const bool plain = std::all_of(
        local.begin(), local.end(), [&](char c) { return letter(c) || std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos; });
    const bool named = !domain.empty() && letter(domain.front()) && letter(domain.back()) &&
                       std::all_of(domain.begin(), domain.end(), [&](char c) { return letter(c) || c == '.' || c == '-'; });
    return plain && named && local.front() != '.' && local.back() != '.' && address.find("..") == std::string_view::npos;
}

std::string compose_mail(const MailSettings& settings, const Mail& mail) {
    std::string subject = mail.subject;
    std::replace_if(
        subject.begin(), subject.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    std::string out = "From: <" + settings.from + ">\r\nTo: <" + mail.to + ">\r\nSubject: " + encoded_words(subject, std::string_view("Subject: ").size()) +
                      "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                      "Content-Transfer-Encoding: base64\r\n\r\n";
    const std::string text = base64(mail.text); // no line of it begins with a dot
    for (std::size_t at = 0; at < text.size(); at += line_characters) out += (at ? "\r\n" : "") + text.substr(at, line_characters);
    return out;
}

Result<int> send_mail(const MailSettings& settings, const Mail& mail, Deadline until) {
    if (settings.relay.empty() || !is_mail_address(settings.from))
        return Error{Failure::unavailable, "mail.none", "This installation sends no mail; its operator must set a relay and a sender (greenbank config)."};
    if (!is_mail_address(mail.to)) return Error{Failure::invalid, "mail.address", "{address} is no address for mail.", {{"address", mail.to.substr(0, 80)}}};
    return Conversation(settings, until).send(mail);
}

} // namespace greenbank::http
