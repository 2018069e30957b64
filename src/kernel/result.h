// Expected failures travel as values; broken promises stop the program.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace greenbank {

/// The closed list of failures; http maps each to one status.
enum class Failure {
    invalid,         // 422: the request contradicts a description or a rule
    malformed,       // 400: the request cannot be read at all
    unauthenticated, // 401
    forbidden,       // 403
    not_found,       // 404
    method_refused,  // 405
    conflict,        // 409
    gone,            // 410
    precondition,    // 412: If-Match names an older version
    too_large,       // 413
    unsupported,     // 415
    too_many,        // 429
    internal,        // 500: our own fault
    not_implemented, // 501
    unavailable,     // 503
    storage_full,    // 507
};

struct Parameter {
    std::string name;
    std::string value;
};

/// One faulty field of a body, or one faulty row of a file.
struct Problem {
    std::string field;   // "figures[2].unit"
    std::string code;    // "unit.unknown"
    std::string message; // English, with {name} where a parameter belongs
    std::vector<Parameter> parameters = {};
};
using Problems = std::vector<Problem>;

struct Error {
    Failure kind;
    std::string code;    // stable and machine-readable: "deal.not_offered"
    std::string message; // one English sentence a user can act on, with {name} where a parameter belongs
    std::vector<Parameter> parameters = {};
    Problems problems = {};
};

/// Puts the parameters into `{name}` places of a sentence.
std::string fill_in(std::string_view sentence, const std::vector<Parameter>& parameters);

/// One error out of many problems; `problems` must not be empty.
Error invalid(Problems problems);

struct Done {};

template <class T> class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : state_(std::move(value)) {}
    Result(Error error) : state_(std::move(error)) {}

    explicit operator bool() const { return std::holds_alternative<T>(state_); }
    const Error& error() const { return std::get<Error>(state_); }
    Error& error() { return std::get<Error>(state_); }
    T& value() & { return std::get<T>(state_); }
    const T& value() const& { return std::get<T>(state_); }
    T&& value() && { return std::get<T>(std::move(state_)); }

private:
    std::variant<T, Error> state_;
};

/// Stops the program for a broken promise of our own; never for a user's mistake.
inline void require(bool kept, const char* what = "a promise of our own is broken") {
    if (kept) return;
    std::fprintf(stderr, "greenbank stops: %s\n", what);
    std::abort();
}

} // namespace greenbank

/// The value of `expression`, or leave the function with its error.
#define TRY(expression) GREENBANK_TRY_(expression, GREENBANK_JOIN_(try_result_, __COUNTER__))
#define GREENBANK_JOIN_(a, b) GREENBANK_JOIN_AGAIN_(a, b)
#define GREENBANK_JOIN_AGAIN_(a, b) a##b
#define GREENBANK_TRY_(expression, result)                                                                                                                     \
    __extension__({                                                                                                                                            \
        auto result = (expression);                                                                                                                            \
        if (!result) return std::move(result.error());                                                                                                         \
        std::move(result).value();                                                                                                                             \
    })
