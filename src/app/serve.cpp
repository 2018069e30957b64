// serve.cpp — the server's life.
#include "app/serve.h"

#include <csignal>

#include <fmt/format.h>

#include "app/at_rest.h"
#include "app/bank.h"
#include "app/field_edges.h"
#include "app/logging.h"
#include "app/metrics.h"
#include "http/files.h"
#include "kernel/log.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile page[];
extern const std::size_t page_count;
} // namespace embedded

namespace app {

namespace {

Response plain(int status, std::string body) { return {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(body)}; }

/// Ready means: the database takes writes. A write of nothing goes through the writer like any other.
void answer_ready(Store& store, const http::Answer& answer) {
    store.write([](Transaction& transaction) -> Result<Done> { return TRY(transaction.query("SELECT 1")), Done{}; },
        [answer](Result<Done> done) {
            answer(done ? plain(200, "ready\n") : plain(503, "not ready: " + fill_in(done.error().message, done.error().parameters) + "\n"));
        });
}

/// The page with what search engines read about this entry in its head; nothing where the path is no entry's.
std::optional<Response> landing_page(Bank& bank, const http::Files& files, const Incoming& incoming, std::string_view path) {
    const auto script = library::landing_script(bank.store(), bank.address(), path, accept_language(incoming.accept_language));
    if (!script || !script.value()) return {};
    Incoming plain_wanted = incoming;
    plain_wanted.accept_encoding.clear();
    plain_wanted.if_none_match.clear();
    auto page = files.answer(plain_wanted);
    const std::size_t head = page ? page->body.find("</head>") : std::string::npos;
    if (head == std::string::npos) return page;
    page->body.insert(head, *script.value());
    std::erase_if(page->headers, [](const Header& header) { return header.name == "ETag"; });
    return page;
}

} // namespace

int serve(const Settings& settings) {
    start_logging(settings.log_level);
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr); // before any thread starts, so that only sigwait hears them
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // a file at its limit is an error of the write, not the end of the bank

    auto opened = Bank::open(settings);
    if (!opened) {
        fmt::print(stderr, "{}\n", fill_in(opened.error().message, opened.error().parameters));
        for (const Problem& problem : opened.error().problems) fmt::print(stderr, "  {}: {}\n", problem.field, fill_in(problem.message, problem.parameters));
        return 1;
    }
    const std::unique_ptr<Bank> bank = std::move(opened).value();
    const http::Files files({embedded::page, embedded::page_count}, "web/dist/");
    Metrics metrics;
    bank->dispatcher().observe([&](std::string_view endpoint, int status, Duration took) { metrics.answered(endpoint, status, took); });
    http::Server* running = nullptr;

    auto started = http::serve(settings.http, [&](Incoming incoming, http::Answer answer) {
        const std::string_view path = std::string_view(incoming.target).substr(0, incoming.target.find('?'));
        if (path.starts_with("/api/") || bank->dispatcher().knows(path)) return bank->dispatcher().handle(std::move(incoming), std::move(answer));
        if (carbon::PartnerExchange::takes(path)) return bank->exchange().handle(std::move(incoming), std::move(answer));
        if (path == "/healthz") return answer(plain(200, "ok\n"));
        if (path == "/readyz") return answer_ready(bank->store(), answer);
        if (path == "/metrics")
            return answer({.content_type = "text/plain; version=0.0.4; charset=utf-8",
                .body = metrics.text(bank->store(), running ? running->statistics() : http::ServerStatistics{})});
        if (path == "/openapi.json") return answer({.body = bank->openapi()});
        if (auto landing = landing_page(*bank, files, incoming, path)) return answer(std::move(*landing));
        if (auto file = files.answer(incoming)) return answer(std::move(*file));
        answer(problem_response({Failure::not_found, "request.no_such_path", "There is nothing at this address; the list of addresses is at /openapi.json."},
            accept_language(incoming.accept_language)));
    });
    if (!started) {
        fmt::print(stderr, "{}\n", fill_in(started.error().message, started.error().parameters));
        return 1;
    }
    const std::unique_ptr<http::Server> server = std::move(started).value();
    running = server.get();

    auto edges = FieldEdges::start(bank->field(), bank->store(), settings.field);
    if (!edges) {
        fmt::print(stderr, "{}\n", fill_in(edges.error().message, edges.error().parameters));
        return 1;
    }
    const std::string address = settings.public_address.empty() ? fmt::format("{}://{}:{}", settings.http.certificate_file.empty() ? "http" : "https",
                                                                      settings.http.address, server->port())
                                                                : settings.public_address;
    bank->is_at(address, settings.contact_email);
    fmt::print("Greenbank {} is open at {}\n", version, address);
    auto token = parties::first_administrator_token(bank->store(), clock_now());
    if (token && token.value())
        fmt::print("Nobody has an account yet. Make the first administrator's with this link (it works once; `greenbank admin link` makes another):\n\n    "
                   "{}/setup?token={}\n\n",
            address, *token.value());
    if (const std::uint16_t port = edges.value()->ocpp_port()) fmt::print("Charge points call ws://{}:{}/ocpp/<identity>\n", settings.field.ocpp_address, port);
    fmt::print("Stop with Ctrl-C.\n");
    std::fflush(stdout);
    come_to_rest();

    int signal = 0;
    sigwait(&ending, &signal);
    log(Level::info, "server_stopping", "no new connections; running requests end within 10 s");
    server->stop(seconds(10));
    edges.value().reset(); // what it has read is kept or comes again
    return 0;
}

} // namespace app
} // namespace greenbank
