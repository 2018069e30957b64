// exchange_http_bench.cpp — the exchange over HTTP: orders in batches of 1,000 on 2 connections, each batch durable and settled when it is answered; then
// price ticks to listeners of the stream: from the answer of an order to the arrival of its event at each of them.
//   exchange_http_bench [program] [folder on the disk to measure] [orders] [listeners]      program: build/release/greenbank
#include <fmt/format.h>

#include "kernel/random.h"
#include "once.h"

namespace greenbank::bench {

namespace {

class Exchange {
public:
    explicit Exchange(Bank& bank) : bank_(bank), first_(bank), second_(bank) {
        first_.become_administrator(bank.setup_token());
        const std::string centre = text_in(first_.send("GET", "/api/v1/organisations?limit=1"), "id");
        const std::string invited = text_in(first_.send("POST", "/api/v1/invitations", R"({"email":"two@bank.test","role":"administrator"})"), "link");
        second_.send("POST", "/api/v1/invitations/accept",
            fmt::format(
                R"({{"token":"{}","name":"Ben Second","password":"a quiet green forest 43","language":"en"}})", invited.substr(invited.rfind('=') + 1)));
        const std::string money = entered("/api/v1/ledger/assets", R"({"code":"CNY","key":"bench","scale":2,"kind":"currency","name":{"en":"yuan"}})");
        const auto account = [&](const char* purpose, const char* rule) {
            return entered("/api/v1/ledger/accounts",
                fmt::format(R"({{"title":{{"en":"x"}},"owner":"{}","purpose":"{}","asset":"{}","rule":"{}"}})", centre, purpose, money, rule));
        };
        const std::string source = account("settlement", "free"), cash = account("customer", "debits_must_not_exceed_credits");
        first_.send("POST", "/api/v1/ledger/transfer",
            fmt::format(R"({{"id":"transfer_{:026}","debit":"{}","credit":"{}","amount":"900000000000.00"}})", 1, source, cash));
        const std::string registry = entered("/api/v1/registry-accounts", R"({"kind":"trading"})");
        second_.send("POST", "/api/v1/registry-accounts/" + registry + "/decide", R"({"state":"open"})");
        const std::string programme =
            entered("/api/v1/carbon-programmes", R"({"code":"B","kind":"credits","name":{"en":"x"},"country":"CN","registry":"xxx","source":"xxx"})");
        const std::string product = entered("/api/v1/carbon-products",
            fmt::format(R"({{"programme":"{}","name":{{"en":"x"}},"vintage":2026,"host_country":"CN","serial_prefix":"B-1"}})", programme));
        const std::string issuance = entered("/api/v1/issuances",
            fmt::format(R"({{"product":"{}","organisation":"{}","tonnes":1000000000,"period_from":"2026-01-01","period_to":"2026-06-30","evidence":"bench"}})",
                product, centre));
        second_.send("POST", "/api/v1/issuances/" + issuance + "/approve", "{}");
        market_ = entered("/api/v1/markets",
            fmt::format(
                R"({{"code":"B1","name":{{"en":"x"}},"product":"{}","currency":"CNY","rules":[{{"edition":"1","source":"bench","fee_basis_points":5}}]}})",
                product));
        token_ = text_in(first_.send("POST", "/api/v1/tokens", R"({"name":"bench","days":1})"), "token");
    }

    Bank& bank() { return bank_; }
    const std::string& market() const { return market_; }
    /// Sides alternate, prices of ten ticks a side of which six cross.
    std::string batch(std::size_t size) {
        std::string body = R"({"orders":[)";
        for (std::size_t i = 0; i < size; ++i) {
            const bool buys = ++orders_ % 2 == 0;
            fmt::format_to(std::back_inserter(body), R"({}{{"side":"{}","price":"18.{}","quantity":{}}})", i ? "," : "", buys ? "buy" : "sell",
                (buys ? 80 : 84) + random_.below(10), 100 * (1 + random_.below(10)));
        }
        return request(body + "]}");
    }

private:
    std::string entered(const std::string& path, const std::string& body) { return text_in(first_.send("POST", path, body), "id"); }
    std::string request(const std::string& body) {
        return fmt::format("POST /api/v1/markets/{}/orders HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: bench/1\r\nAuthorization: Bearer "
                           "{}\r\nIdempotency-Key: bench-{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
            market_, token_, ++keys_, body.size(), body);
    }

    Bank& bank_;
    Person first_, second_;
    std::string market_, token_;
    Random random_{1};
    std::uint64_t orders_ = 0, keys_ = 0;
};

/// Milliseconds from sending an order to each listener's event, of some orders; a listener that hears nothing in 10 s ends the run.
void listen(Exchange& exchange, std::size_t listeners, int ticks) {
    const int poll = epoll_create1(EPOLL_CLOEXEC);
    const std::string asked = fmt::format("GET /api/v1/markets/{}/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n", exchange.market());
    std::vector<int> sockets;
    for (std::size_t i = 0; i < listeners; ++i) {
        sockets.push_back(connect_to(exchange.bank().port(), poll));
        if (send(sockets.back(), asked.data(), asked.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(asked.size())) give_up("a listener cannot ask");
    }
    std::vector<char> bytes(1 << 16);
    std::size_t heads = 0;
    const auto hear = [&](const char* mark, const std::function<void()>& heard) {
        epoll_event events[256];
        const int count = epoll_wait(poll, events, 256, 10'000);
        if (count <= 0) give_up("a listener hears nothing");
        for (int i = 0; i < count; ++i) {
            const ssize_t received = recv(events[i].data.fd, bytes.data(), bytes.size(), 0);
            if (received <= 0) give_up("a listener was left alone");
            if (std::string_view(bytes.data(), static_cast<std::size_t>(received)).find(mark) != std::string_view::npos) heard();
        }
    };
    while (heads < listeners) hear("text/event-stream", [&] { ++heads; });
    std::vector<double> milliseconds;
    for (int tick = 0; tick < ticks; ++tick) {
        usleep(300'000 + 37'000 * static_cast<unsigned>(tick % 7)); // not in step with the server's clock
        const auto began = Clock::now();
        const std::vector<std::string> one{exchange.batch(1)};
        send_all(exchange.bank(), one, 1);
        std::size_t heard = 0;
        while (heard < listeners)
            hear("data: ", [&] {
                ++heard;
                milliseconds.push_back(1000 * seconds_since(began));
            });
    }
    for (const int socket : sockets) close(socket);
    close(poll);
    fmt::print("  {} ticks to {} listeners, from sending the order: p50 {:.0f} ms, p99 {:.0f} ms, all {:.0f} ms\n", ticks, listeners,
        quantile(milliseconds, 0.5), quantile(milliseconds, 0.99), quantile(milliseconds, 1));
}

void measure(const std::string& program, const std::string& place, std::size_t orders, std::size_t listeners) {
    const Folder folder(place);
    Bank bank(program, folder.path(), {});
    Exchange exchange(bank);
    constexpr std::size_t size = 1'000;
    std::vector<std::string> requests(std::max<std::size_t>(4, orders / size));
    for (std::string& request : requests) request = exchange.batch(size);
    send_all(bank, {exchange.batch(size)}, 1); // its account in the market is opened
    const Run run = send_all(bank, requests, 2);
    Run sorted = run;
    const double count = run.answers * size;
    fmt::print("The exchange over HTTP, SQLite: {:.0f} orders in batches of {}, 2 connections: {:.0f}/s on the clock, {:.0f} a second of the server's CPU; "
               "a batch p50 {:.0f} ms, p99 {:.0f} ms\n",
        count, size, count / run.seconds, count / run.cpu, quantile(sorted.milliseconds, 0.5), quantile(sorted.milliseconds, 0.99));
    if (listeners > 0) listen(exchange, listeners, 20);
}

} // namespace

} // namespace greenbank::bench

int main(int count, char** words) {
    greenbank::bench::measure(count > 1 ? words[1] : "build/release/greenbank", count > 2 ? words[2] : ".",
        count > 3 ? std::strtoull(words[3], nullptr, 10) : 200'000, count > 4 ? std::strtoull(words[4], nullptr, 10) : 1'000);
}
