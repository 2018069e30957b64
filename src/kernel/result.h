// Expected failures travel as values; broken promises stop the program.
#pragma once

#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace greenbank {

/// Stops the program for a broken promise of our own; never for a user's mistake.
[[noreturn]] void stop_for(const char* broken_promise);
inline void require(bool kept, const char* what = "a promise of our own is broken") {
    if (!kept) stop_for(what);
}

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

/// An error on its way up, a pointer wide: what a caller passes on is neither copied nor looked at.
class [[nodiscard]] Failed {
public:
    Failed() = default;
    explicit Failed(Error&& error) : error_(kept(std::move(error))) {}
    explicit Failed(const Error& error) : error_(kept(error)) {}
    Failed(Failed&& other) noexcept : error_(std::exchange(other.error_, nullptr)) {}
    Failed& operator=(Failed&& other) noexcept {
        std::swap(error_, other.error_);
        return *this;
    }
    ~Failed() {
        if (error_) forget(error_);
    }
    Error& error() const { return *error_; }

private:
    static Error* kept(Error&& error);
    static Error* kept(const Error& error);
    static void forget(Error* error);
    Error* error_ = nullptr;
};

/// A value or an error. Not a std::variant: every file of the program has hundreds of these, and they compile a quarter faster (decision 028).
template <class T> class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : has_value_(true), value_(std::move(value)) {}
    Result(Error&& error) : failed_(std::move(error)) {}
    Result(const Error& error) : failed_(error) {}
    Result(Failed failed) : failed_(std::move(failed)) {}
    Result(Result&& other) : failed_(std::move(other.failed_)), has_value_(other.has_value_) {
        if (has_value_) new (&value_) T(std::move(other.value_));
    }
    Result& operator=(Result&& other) {
        if (this == &other) return *this;
        this->~Result();
        return *new (this) Result(std::move(other));
    }
    ~Result() {
        if (has_value_) value_.~T();
    }

    explicit operator bool() const { return has_value_; }
    Error& error() const {
        require(!has_value_, "there is no error");
        return failed_.error();
    }
    T& value() & {
        require(has_value_, "there is no value");
        return value_;
    }
    const T& value() const& {
        require(has_value_, "there is no value");
        return value_;
    }
    T&& value() && {
        require(has_value_, "there is no value");
        return std::move(value_);
    }
    Failed&& failed() && { return std::move(failed_); }

private:
    Failed failed_;
    bool has_value_ = false;
    union {
        T value_;
    };
};

} // namespace greenbank

/// The value of `expression`, or leave the function with its error.
#define TRY(expression) GREENBANK_TRY_(expression, GREENBANK_JOIN_(try_result_, __COUNTER__))
#define GREENBANK_JOIN_(a, b) GREENBANK_JOIN_AGAIN_(a, b)
#define GREENBANK_JOIN_AGAIN_(a, b) a##b
#define GREENBANK_TRY_(expression, result)                                                                                                                     \
    __extension__({                                                                                                                                            \
        auto result = (expression);                                                                                                                            \
        if (!result) return std::move(result).failed();                                                                                                        \
        std::move(result).value();                                                                                                                             \
    })
