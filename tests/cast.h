// cast.h — one running bank with people of every role, shared by the tests of a program; and bodies they send.
#pragma once

#include "bank_process.h"

namespace greenbank::testing {

/// Everybody acts for the first organisation unless the name says otherwise.
struct Cast {
    explicit Cast(std::vector<std::string> flags = {"--sample"});

    /// A new visitor without an account.
    Visitor visitor() const { return Visitor(bank.address()); }
    /// An account of its own in the given organisation, for tests that change or end it.
    Visitor newcomer(const std::string& email, const std::string& role, const std::string& in);

    TemporaryFolder folder;
    BankProcess bank;
    Visitor nobody, administrator, officer, manager, editor, reader, other_manager, other_editor;
    std::string organisation, other_organisation, centre;
};

/// Started at the first use, with the sample bank.
Cast& cast();

/// A sound need, technology, offer or project; `more` is added as it is: `,"budget":{…}`.
std::string need_body(const std::string& title, const std::string& more = "");
std::string technology_body(const std::string& title, const std::string& more = "");
std::string capital_offer_body(const std::string& title, const std::string& more = "");
std::string project_body(const std::string& title, const std::string& more = "");

/// Creates an entry and returns its id; path is "/needs", "/technologies", "/projects" ….
std::string create(Visitor& visitor, const std::string& path, const std::string& body);

/// The day and the moment so far from now, as the API writes them.
std::string day_from_now(int days, int hours = 0);
std::string time_from_now(int seconds);

/// The code of an authenticator app for this moment, `steps` further on.
std::string totp(const std::string& base32_secret, int steps = 0);

} // namespace greenbank::testing
