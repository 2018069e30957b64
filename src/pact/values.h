// values.h — what PACT writes in texts: decimals, URNs, UUIDs, points in time, credentials. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/random.h"
#include "kernel/time.h"

namespace greenbank::pact {

/// [+-]digits[.digits]: numbers travel as texts, so that nobody's binary fractions change them.
bool is_decimal(std::string_view text);
/// -1, 0 or 1.
int sign_of(std::string_view decimal);
/// A finite number with twelve significant digits, never with an exponent.
std::string decimal_of(double value);

bool is_urn(std::string_view text);
bool is_uuid(std::string_view text);
/// A random UUID (version 4); it names, it does not protect.
std::string make_uuid(Random& random);

/// RFC 3339; also without seconds, as the specification's own examples are, and with a "+" that arrived as a space.
std::optional<Time> read_time(std::string_view text);
/// The same day and hour that many calendar years later; 29 February becomes 1 March.
Time years_later(Time time, int years);

/// ASCII letters made small: what is compared without regard to case.
std::string small_letters(std::string_view text);

struct Credentials {
    std::string id, secret;
};
/// "Basic …" (RFC 7617).
std::optional<Credentials> read_basic(std::string_view authorization);
std::string write_basic(const Credentials& credentials);

} // namespace greenbank::pact
