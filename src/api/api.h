// What an endpoint and a job are: rows that http, cli, OpenAPI and the pages read. No socket and no domain word here.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/check.h"
#include "api/command.h"
#include "api/sample_set.h"
#include "kernel/record.h"
#include "store/store.h"

namespace greenbank {

enum class Method { get, post, patch, remove };
std::string_view to_text(Method method); // "GET", …, "DELETE"

/// read: one read-only transaction. write: one transaction, audited. compute: none is open; it opens what it needs.
enum class Mode { read, write, compute };

/// A permission by name ("library.publish"). `open` needs no sign-in, `signed_in` any person.
struct Right {
    std::string_view name;
    bool operator==(const Right&) const = default;
};
inline constexpr Right open_to_all{"open"};
inline constexpr Right signed_in{"signed_in"};

/// A slice's line about one of its rights: who has it unless an administrator decides otherwise.
struct RightRow {
    Right right;
    std::string_view doc;
    std::vector<std::string_view> roles; // "member", "editor", "manager" of any organisation; "officer", "administrator" of the bank
};

/// Who calls. Made by the authenticator from cookie or token; organisation never comes from a body.
struct Actor {
    std::string person;       // empty: nobody has signed in
    std::string organisation; // the one the person acts for
    std::string session;      // session or token id
    std::vector<std::string> rights;
    bool of_the_bank = false; // staff of the bank's own centre

    bool may(Right right) const;
};

/// One call, whatever edge it came from.
struct Caller {
    Actor actor;
    Language language = Language::en;
    Time now;
    std::string address;                          // the peer's IP address
    std::string agent;                            // what it calls itself
    std::string idempotency_key;                  // of a POST
    std::optional<std::int64_t> version_expected; // If-Match
    std::string cookie;                           // raw session cookie, for sign-out
    bool secure = false;                          // the call came by TLS (directly or by a trusted proxy)
    mutable Random random{0};                     // for ids, never for secrets
    /// What must be on the disk before the answer to a read leaves: who was shown what is not for everybody.
    mutable std::vector<Work> afterwards = {};

    template <class T> Id<T> new_id() const { return make_id<T>(now, random); }
};

/// Failure::forbidden or ::unauthenticated unless the actor has the right.
Result<Done> allow(const Caller& caller, Right right);

/// Failure::precondition where the caller has seen another version (If-Match) than the record's.
Result<Done> check_expected(const Caller& caller, std::int64_t version);
template <class T>
requires requires(const T& record) { record.version; }
Result<Done> check_expected(const Caller& caller, const T& record) { return check_expected(caller, record.version); }

struct Header {
    std::string name;
    std::string value;
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body = {};
    std::vector<Header> headers = {};
    bool keep = true; // false: never kept for a repeated Idempotency-Key
    /// Set for a stream (server-sent events): polled several times a second; text is sent as it comes, nothing ends it.
    std::function<std::optional<std::string>()> stream = {};
};

/// Shown in the browser; saved under `name`, which comes without its ending.
Response inline_pdf(std::string pdf, std::string_view name);

/// application/problem+json (RFC 9457) with code, sentence and problems by field, from whatever layer.
Response problem_response(const Error& error, Language language = Language::en);
int status_of(Failure kind);

/// What remains of a request after routing.
struct Request {
    std::vector<std::pair<std::string_view, std::string>> path_values; // {"id", "tech_1"}
    std::vector<std::pair<std::string, std::string>> query;            // decoded
    std::string body;
    std::string content_type; // of the body
    bool has_body = false;    // POST and PATCH: fields come from the body, else from the query
};

/// A result with headers or another status.
template <class T> struct Reply {
    T body;
    std::vector<Header> headers = {};
    int status = 200;
    bool keep = true; // false: never kept for a repeated Idempotency-Key (it holds a secret)
};
/// A result that is not JSON of a described record.
struct Raw {
    std::string content_type;
    std::string body;
    std::vector<Header> headers = {};
    int status = 200;
};

/// A page of a list; `next` is absent on the last one.
template <class T> struct Page {
    std::vector<T> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
};

/// Body of a PATCH: a JSON merge patch (RFC 7396) onto a T.
template <class T> struct Patch {
    Id<T> id;
    std::string json;
};

/// Body of a POST that is bytes of some type; path and query fill `fields`.
template <class T> struct Bytes {
    T fields;
    std::string content_type, body;
};

struct Endpoint;

using InTransaction = std::function<Result<Response>(Transaction&, const Caller&)>;
using Outside = std::function<Result<Response>(Store&, const Caller&)>;

/// An endpoint's function behind its description; made by call() in api/call.h. `prepare` reads and validates the
/// request (before any transaction is queued) and returns what is left to do; one of the two is set.
struct Handler {
    std::function<Result<InTransaction>(const Request&)> prepare_transaction = {};
    std::function<Result<Outside>(const Request&)> prepare_outside = {};
    const Record& (*request)() = nullptr; // path, query and body fields in one struct; null: none
    const Record& (*reply)() = nullptr;   // null: no content, or raw
    const Record& (*listed)() = nullptr;  // a list of this record
    bool paged = false;                   // the list takes limit, cursor, sort and the filters of its record
    std::string_view raw_type = {};       // content type of a Raw reply
    std::string_view file_types = {};     // the reply is a file; ?format= chooses among these
    bool patch = false;                   // the body is a merge patch of `request`
    bool raw_body = false;                // the body may be of any type, and is the function's own business
};

struct Endpoint {
    std::string_view name; // noun_verb: operationId, CLI command, audit action
    Method method;
    std::string_view path; // under /api/v1; "//oai" stands outside, at /oai
    std::string_view doc;
    Mode mode;
    Right right;
    Handler handler;
};

// ---- jobs -------------------------------------------------------------------------------------------------------

/// What a running job may ask and say. `report` returns false once it should stop (cancelled, or the lease was lost).
class JobRun {
public:
    virtual ~JobRun() = default;
    virtual bool report(std::int64_t done, std::int64_t total, const std::string& message = {}) = 0;
    /// Kept for the next runner, should this server die.
    virtual Result<Done> checkpoint(const std::string& json) = 0;
    virtual std::string last_checkpoint() const = 0; // empty at the first start
    virtual Store& store() = 0;
    virtual const Caller& caller() const = 0;       // who asked for it; its `now` is when the run began
    virtual Time now() const = 0;                   // what is written late must be dated late: harvesters read by date
    virtual const std::string& request() const = 0; // JSON
    /// Somebody asked it to stop for good; not so when the server goes down and another one goes on with it.
    virtual bool cancelled() const = 0;
};

struct JobKind {
    std::string_view name; // noun_verb
    std::string_view doc;
    Right right;
    /// Returns the result as JSON. May run again from the last checkpoint after a crash.
    std::function<Result<std::string>(JobRun&)> run;
    /// The job has ended without its end: cancelled while it waited, failed, or begun too often. In the transaction that says so;
    /// records that waited for it wait no longer. `run` may have written its own ending before.
    std::function<Result<Done>(Transaction& transaction, const std::string& job, Time now)> given_up = {};
};

// ---- beside requests --------------------------------------------------------------------------------------------

/// Keeps what a room holds outside the database (an index, prepared records) true to it, on every server.
struct Following {
    /// Once, before anybody is served: fills what is held. Where that lasts longer than the program, it is known up to a cursor
    /// of the feed; absent: up to now.
    std::function<Result<std::optional<std::string>>(Store&, Time now)> fill;
    /// Changes in order, some of them perhaps for a second time. After an error the same ones come again.
    std::function<Result<Done>(Store&, const std::vector<Announcement>&, const std::string& cursor, Time now)> follow;
};

/// Done every few seconds and once more at the end, on every server: it must bear being done by two at once.
struct Routine {
    std::string_view name; // noun_verb, for the log
    std::function<Result<Done>(Store&, Time now, std::uint64_t seed)> work;
};

// ---- slices -----------------------------------------------------------------------------------------------------

/// All that a slice brings; `app/slices.cpp` has one line for each.
struct Slice {
    std::string_view name;
    std::vector<Migration> migrations;
    std::vector<const Record*> records; // stored ones: their tables must equal their descriptions
    std::vector<RightRow> rights;
    std::vector<Endpoint> endpoints;
    std::vector<JobKind> jobs;
    std::vector<Command> commands = {};  // over plain files, or a database that is only read
    std::vector<Check> checks = {};      // what must hold in its tables
    std::vector<SampleSet> samples = {}; // parents first; a set may refer to those of the slices before
    std::vector<SampleStep> sample_steps = {};
    std::vector<Following> followings = {};
    std::vector<Routine> routines = {};
};

} // namespace greenbank
