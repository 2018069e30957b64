// mail_test.cpp — conversations with a relay made here: what it is told, what it refuses, what never becomes a second line.
#include "http/mail.h"

#include <doctest/doctest.h>

#include "http/mail_relay_under_test.h"
#include "kernel/text.h"

using namespace greenbank;
using namespace greenbank::http;

namespace {

MailSettings settings_for(const MailRelayUnderTest& relay) { return {.relay = relay.address(), .from = "bank@bank.example", .security = "none"}; }
Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(10); }
const Mail mail{"ops@example.org", "[严重] 温度过高", "Тревога\n.\nend"};

} // namespace

TEST_CASE("mail: a relay is told who, to whom and what, and takes it") {
    MailRelayUnderTest relay;
    const auto sent = send_mail(settings_for(relay), mail, soon());
    REQUIRE(sent);
    CHECK(sent.value() == 250);
    const std::string heard = relay.end();
    CHECK(heard.starts_with("EHLO bank.example\r\nMAIL FROM:<bank@bank.example>\r\nRCPT TO:<ops@example.org>\r\nDATA\r\nFrom: <bank@bank.example>\r\n"));
    CHECK(heard.find("\r\n\r\n0KLRgNC10LLQvtCz0LAKLgplbmQ=\r\n.\r\n") != std::string::npos);
    CHECK(heard.find("Subject: =?UTF-8?B?W+S4pemHjV0g5rip5bqm6L+H6auY?=\r\n") != std::string::npos);
}

TEST_CASE("mail: what a relay refuses is its status, what cannot be asked is said") {
    MailRelayUnderTest relay("RCPT");
    CHECK(send_mail(settings_for(relay), mail, soon()).value() == 550);
    MailRelayUnderTest open;
    MailSettings settings = settings_for(open);
    settings.security = "starttls";
    CHECK(send_mail(settings, mail, soon()).error().code == "mail.relay"); // it offers none
    MailRelayUnderTest plain;
    settings = settings_for(plain);
    settings.user = "bank";
    CHECK(send_mail(settings, mail, soon()).error().code == "mail.relay"); // no password in the clear
    CHECK(plain.end().find("AUTH") == std::string::npos);
    settings.relay = "127.0.0.1:1";
    CHECK(send_mail(settings, mail, soon()).error().code == "mail.relay");
    CHECK(send_mail({}, mail, soon()).error().code == "mail.none");
    CHECK(send_mail(settings, {"a@b.c>\r\nRCPT TO:<d@e.f", "x", "x"}, soon()).error().code == "mail.address");
}

TEST_CASE("mail: addresses, and heads of one line each") {
    for (const char* good : {"a@b.example", "first.last+tag@mail.bank.example", "x_y@localhost"}) CHECK(is_mail_address(good));
    for (const char* bad : {"", "a", "@b.c", "a@", "a b@c.d", "a@b c", "a@b..c", ".a@b.c", "a.@b.c", "a@-b.c", "a\r\n@b.c", "a@b.c\n", "<a@b.c>", "a,b@c.d"})
        CHECK_FALSE(is_mail_address(bad));
    Mail sly = mail;
    sly.subject = "x\r\nBcc: everybody@example.org\n" + std::string(300, 'y');
    const std::string composed = compose_mail({.from = "bank@bank.example"}, sly);
    const std::string head = composed.substr(0, composed.find("\r\n\r\n"));
    CHECK(head.find("Bcc") == std::string::npos);
    for (const std::string_view line : split(composed, '\n')) CHECK(line.size() <= 78);
}
