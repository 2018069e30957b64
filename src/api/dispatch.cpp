// dispatch.cpp — one request's way through the bank.
#include "api/dispatch.h"

#include <charconv>

#include <fmt/format.h>

#include "api/audited_store.h"
#include "kernel/log.h"
#include "json/json.h"

namespace greenbank {

struct Dispatcher::Running {
    const Endpoint* endpoint = nullptr;
    Caller caller;
    Credentials credentials;
    Request request;
    std::string if_none_match;
    std::uint64_t body_hash = 0;
    InTransaction in_transaction;
    Response response;
    Answer answer_to;
    Observer* observer = nullptr;
    Time (*clock)() = nullptr;

    void answer(Response out) {
        if (out.status == 200 && !if_none_match.empty())
            for (const Header& header : out.headers)
                if (header.name == "ETag" && header.value == if_none_match) out = {.status = 304, .content_type = "", .headers = {header}};
        if (*observer) (*observer)(endpoint ? endpoint->name : std::string_view{}, out.status, clock() - caller.now);
        answer_to(std::move(out));
    }
    void answer(const Error& error) {
        if (error.kind == Failure::internal)
            log(Level::error, "request_failed", fmt::format("{} {}: {}", endpoint ? endpoint->name : "", error.code, fill_in(error.message, error.parameters)));
        answer(problem_response(error, caller.language));
    }
};

namespace {

std::uint64_t hash_of(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3; // FNV-1a
    return hash;
}

std::string cookie_named(std::string_view header, std::string_view name) {
    for (std::string_view part : split(header, ';')) {
        part = trim(part);
        if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=') return std::string(part.substr(name.size() + 1));
    }
    return {};
}

/// Runs `work`, turning what a library throws into our own fault instead of a lost connection.
template <class Work> auto guarded(Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return Error{Failure::unavailable, "server.memory", "The server is short of memory; try again later."};
    } catch (const std::exception& error) {
        return Error{Failure::internal, "server.error", "Something went wrong here; it has been written to the log.", {{"reason", error.what()}}};
    }
}

Result<std::optional<std::int64_t>> parse_if_match(std::string_view header) {
    if (header.empty() || header == "*") return std::optional<std::int64_t>{};
    if (header.starts_with("W/")) header.remove_prefix(2);
    std::int64_t version = 0;
    if (header.size() > 2 && header.front() == '"' && header.back() == '"') {
        const auto [end, error] = std::from_chars(header.data() + 1, header.data() + header.size() - 1, version);
        if (error == std::errc{} && end == header.data() + header.size() - 1) return std::optional<std::int64_t>{version};
    }
    return Error{Failure::precondition, "request.if_match", "If-Match must be the ETag that came with the record."};
}

} // namespace

Dispatcher::Dispatcher(Store& store, const std::vector<Slice>& slices, Gatekeeper& gatekeeper, DispatcherSettings settings) :
    store_(store), gatekeeper_(gatekeeper), settings_(settings) {
    for (const Slice& slice : slices)
        for (const Endpoint& endpoint : slice.endpoints) router_.add(api_prefix, endpoint);
    for (int i = 0; i < settings_.compute_threads; ++i) threads_.emplace_back([this] { compute_loop(); });
}

Dispatcher::~Dispatcher() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    // Writes that still wait hold on to us, and so do the notes which their refusals leave behind.
    for (int round = 0; round < 2; ++round) (void)store_.write([](Transaction&) -> Result<Done> { return Done{}; });
}

void Dispatcher::handle(Incoming incoming, Answer answer) {
    auto running = std::make_shared<Running>();
    running->answer_to = std::move(answer);
    running->observer = &observer_;
    running->clock = settings_.clock;
    running->caller.now = settings_.clock();
    running->caller.language = accept_language(incoming.accept_language);
    auto done = guarded([&]() -> Result<Done> { return route(running, std::move(incoming)), Done{}; });
    if (!done) running->answer(done.error());
}

void Dispatcher::route(const std::shared_ptr<Running>& running, Incoming incoming) {
    const std::string_view target = incoming.target;
    const std::size_t question = target.find('?');
    auto found = router_.find(incoming.method, target.substr(0, question));
    if (!found) return running->answer(found.error());
    if (!found.value().endpoint) {
        Response refused = problem_response(
            {Failure::method_refused, "request.method", "This address takes {methods}.", {{"methods", found.value().allowed}}}, running->caller.language);
        refused.headers.push_back({"Allow", found.value().allowed});
        return running->answer(std::move(refused));
    }
    const Endpoint& endpoint = *found.value().endpoint;
    running->endpoint = &endpoint;
    running->request.path_values = std::move(found.value().path_values);
    running->request.has_body = endpoint.method == Method::post || endpoint.method == Method::patch;
    if (question != std::string_view::npos) {
        auto query = parse_query(target.substr(question + 1));
        if (!query) return running->answer(query.error());
        running->request.query = std::move(query).value();
    }
    if (running->request.has_body && !incoming.body.empty()) {
        const std::string_view type = trim(std::string_view(incoming.content_type).substr(0, incoming.content_type.find(';')));
        running->request.content_type = type;
        if (type != "application/json" && !endpoint.handler.raw_body && !(endpoint.handler.patch && type == "application/merge-patch+json"))
            return running->answer(Error{Failure::unsupported, "request.content_type", "Send the body as application/json."});
    }
    auto version = parse_if_match(incoming.if_match);
    if (!version) return running->answer(version.error());

    Caller& caller = running->caller;
    caller.version_expected = version.value();
    caller.address = std::move(incoming.address);
    caller.agent = std::move(incoming.user_agent);
    caller.secure = incoming.secure;
    caller.random = Random(settings_.seed());
    if (incoming.idempotency_key.size() > 200 || !is_utf8(incoming.idempotency_key))
        return running->answer(Error{Failure::malformed, "request.idempotency_key", "The Idempotency-Key must be a text of at most 200 characters."});
    caller.idempotency_key = std::move(incoming.idempotency_key);
    if (incoming.authorization.starts_with("Bearer ")) running->credentials.bearer = incoming.authorization.substr(7);
    else running->credentials.cookie = cookie_named(incoming.cookie, incoming.secure ? secure_session_cookie : session_cookie);
    caller.cookie = running->credentials.cookie;
    if (endpoint.method != Method::get && !caller.cookie.empty() && incoming.csrf.empty())
        return running->answer(Error{Failure::forbidden, "access.csrf", "A page of another site may have sent this; send the header X-Greenbank-Request: 1."});
    running->if_none_match = endpoint.method == Method::get ? std::move(incoming.if_none_match) : std::string();
    if (running->request.has_body && !caller.idempotency_key.empty()) running->body_hash = hash_of(incoming.body, hash_of(target));
    running->request.body = std::move(incoming.body);

    switch (endpoint.mode) {
    case Mode::read: return run_read(running);
    case Mode::write: return run_write(running);
    case Mode::compute: return run_compute(running);
    }
}

Result<Done> Dispatcher::admit(Transaction& transaction, Running& running) {
    if (!running.credentials.cookie.empty() || !running.credentials.bearer.empty()) {
        auto actor = gatekeeper_.identify(transaction, running.credentials, running.caller.now);
        if (actor) running.caller.actor = std::move(actor).value();
        else if (running.endpoint->right != open_to_all || !running.credentials.bearer.empty() || actor.error().kind != Failure::unauthenticated)
            return actor.error(); // a page whose session has ended goes on as nobody; a program with a bad token must hear of it
    }
    return allow(running.caller, running.endpoint->right);
}

void Dispatcher::run_read(const std::shared_ptr<Running>& running) {
    auto done = store_.read([&](Transaction& transaction) {
        return guarded([&]() -> Result<Done> {
            running->caller.afterwards.clear();
            TRY(admit(transaction, *running));
            const InTransaction work = TRY(running->endpoint->handler.prepare_transaction(running->request));
            running->response = TRY(work(transaction, running->caller));
            return Done{};
        });
    });
    if (!done) return running->answer(done.error());
    finish(running);
}

void Dispatcher::finish(const std::shared_ptr<Running>& running) {
    if (running->caller.afterwards.empty()) return running->answer(std::move(running->response));
    store_.write(
        [this, running](Transaction& transaction) {
            return guarded([&]() -> Result<Done> {
                for (const Work& work : running->caller.afterwards) TRY(work(transaction));
                return gatekeeper_.audit(transaction, running->caller, running->endpoint->name, "ok", transaction.changes());
            });
        },
        [running](Result<Done> done) { done ? running->answer(std::move(running->response)) : running->answer(done.error()); });
}

void Dispatcher::run_write(const std::shared_ptr<Running>& running) {
    if (store_.statistics().waiting > settings_.writes_waiting_max)
        return running->answer(Error{Failure::unavailable, "server.busy", "The server is busy; try again in a moment."});
    // Who calls and what is asked are settled before anything waits for the writer.
    auto admitted = store_.read([&](Transaction& transaction) { return guarded([&] { return admit(transaction, *running); }); });
    if (!admitted) {
        note_refusal(*running, admitted.error());
        return running->answer(admitted.error());
    }
    auto prepared = guarded([&] { return running->endpoint->handler.prepare_transaction(running->request); });
    if (!prepared) {
        note_refusal(*running, prepared.error());
        return running->answer(prepared.error());
    }
    running->in_transaction = std::move(prepared).value();
    store_.write([this, running](Transaction& transaction) { return guarded([&] { return write_once(transaction, *running); }); },
        [this, running](Result<Done> done) {
            if (done) return running->answer(std::move(running->response));
            note_refusal(*running, done.error());
            running->answer(done.error());
        });
}

Result<Done> Dispatcher::write_once(Transaction& transaction, Running& running) {
    const Caller& caller = running.caller;
    const bool keyed = running.endpoint->method == Method::post && !caller.idempotency_key.empty() && !caller.actor.person.empty();
    const std::string hash = fmt::format("{:016x}", running.body_hash);
    if (keyed) {
        const Rows kept = TRY(transaction.query("SELECT request_hash, status, content_type, body, headers FROM idempotency WHERE actor = $1 AND key = $2",
            {caller.actor.person, caller.idempotency_key}));
        if (!kept.empty()) {
            const auto& row = kept.rows[0];
            if (as_text(row[0]) != hash)
                return Error{Failure::conflict, "request.idempotency_reused", "This Idempotency-Key was used for another request; take a new one."};
            running.response = {static_cast<int>(as_integer(row[1])), as_text(row[2]), as_text(row[3]), {{"Idempotent-Replayed", "true"}}};
            for (const std::string_view line : split(as_text(row[4]), '\n'))
                if (const std::size_t colon = line.find(':'); colon != std::string_view::npos)
                    running.response.headers.push_back({std::string(line.substr(0, colon)), std::string(line.substr(colon + 1))});
            return Done{};
        }
    }
    caller.afterwards.clear();
    running.response = TRY(running.in_transaction(transaction, caller));
    for (const Work& work : caller.afterwards) TRY(work(transaction));
    TRY(gatekeeper_.audit(transaction, caller, running.endpoint->name, "ok", transaction.changes()));
    if (keyed && running.response.keep) {
        std::string headers;
        for (const Header& header : running.response.headers) headers += header.name + ":" + header.value + "\n";
        TRY(transaction.execute(
            "INSERT INTO idempotency (actor, key, request_hash, status, content_type, body, headers, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            {caller.actor.person, caller.idempotency_key, hash, std::int64_t{running.response.status}, running.response.content_type, running.response.body,
                headers, caller.now.microseconds}));
    }
    return Done{};
}

void Dispatcher::note_refusal(const Running& running, const Error& error) {
    if (running.caller.actor.person.empty() || error.kind == Failure::unavailable || error.kind == Failure::storage_full) return;
    store_.write([this, caller = running.caller, name = running.endpoint->name, code = error.code](
                     Transaction& transaction) { return gatekeeper_.audit(transaction, caller, name, code, {}); },
        [](Result<Done>) {});
}

void Dispatcher::run_compute(const std::shared_ptr<Running>& running) {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() < settings_.compute_waiting_max) {
            waiting_.push_back([this, running] {
                auto response = guarded([&]() -> Result<Response> {
                    TRY(store_.read([&](Transaction& transaction) { return admit(transaction, *running); }));
                    const Outside work = TRY(running->endpoint->handler.prepare_outside(running->request));
                    if (running->endpoint->method == Method::get) return work(store_, running->caller);
                    AuditedStore audited(store_, gatekeeper_, running->caller, running->endpoint->name);
                    return work(audited, running->caller);
                });
                if (!response) return running->answer(response.error());
                running->response = std::move(response).value();
                finish(running);
            });
            wake_.notify_one();
            return;
        }
    }
    running->answer(Error{Failure::unavailable, "server.busy", "The server is busy; try again in a moment."});
}

void Dispatcher::compute_loop() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        auto work = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        work();
        lock.lock();
    }
}

} // namespace greenbank
