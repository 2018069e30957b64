// provider.h — the provider's side of OAI-PMH 2.0: arguments in, XML out. Text and time in, text out; sockets are elsewhere.
#pragma once

#include "oai/token.h"

namespace greenbank::oai {

/// What harvesters such as BASE accept; settings of a bank stay within.
constexpr std::int64_t batch_size_min = 100, batch_size_max = 500;

struct ProviderSettings {
    std::string base_url; // what harvesters ask, without arguments
    Checksum checksum;    // guards tokens; with another key, tokens given before are refused
    std::int64_t batch_size = 200;
    /// How long we promise to understand a token; at least 23 hours. Tokens hold no date: we understand them for as long as the key stays.
    Duration token_life = hours(48);
};

/// The answer of status 200, Content-Type `text/xml; charset=utf-8`, protocol errors included. An Error is the repository's own.
/// Asked again with the same token it answers the same, but for responseDate, expirationDate and what has changed since.
Result<std::string> answer(const Repository& repository, const ProviderSettings& settings, const Arguments& arguments, Time now);
/// The same from a query or the body of a POST; one that cannot be read is answered with badArgument.
Result<std::string> answer(const Repository& repository, const ProviderSettings& settings, std::string_view query, Time now);

} // namespace greenbank::oai
