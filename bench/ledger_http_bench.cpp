// ledger_http_bench.cpp — durable transfers over HTTP: batches of 8,190 and 1,000 with an id each, and single transfers on 64 connections.
//   ledger_http_bench [program] [folder on the disk to measure] [seconds per run]      program: build/release/greenbank
// Every request bears ids that were never used, as a client's do; a batch that is sent again must say so of each transfer.
#include <fmt/format.h>

#include "bank.h"
#include "once.h"

namespace greenbank::bench {

namespace {

constexpr int accounts_count = 1'000;

class Ledger {
public:
    explicit Ledger(Bank& bank) : bank_(bank), person_(bank) {
        person_.become_administrator(bank.setup_token());
        const std::string centre = text_in(person_.send("GET", "/api/v1/organisations?limit=1"), "id");
        const std::string asset =
            text_in(person_.send("POST", "/api/v1/ledger/assets", R"({"code":"CNY","key":"bench","scale":2,"kind":"currency","name":{"en":"yuan"}})"), "id");
        for (int i = 0; i < accounts_count; ++i)
            accounts_.push_back(
                text_in(person_.send("POST", "/api/v1/ledger/accounts",
                            fmt::format(R"({{"title":{{"en":"{}"}},"owner":"{}","purpose":"customer","asset":"{}","rule":"free"}})", i, centre, asset)),
                    "id"));
        token_ = text_in(person_.send("POST", "/api/v1/tokens", R"({"name":"bench","days":1})"), "token");
    }

    Bank& bank() { return bank_; }
    std::string transfer(bool hot) {
        const std::size_t debit = hot ? 0 : next() % accounts_count, credit = (debit + 1 + next() % (accounts_count - 1)) % accounts_count;
        return fmt::format(R"({{"id":"transfer_{:026}","debit":"{}","credit":"{}","amount":"{}.{:02}"}})", ++ids_, accounts_[debit], accounts_[credit],
            1 + next() % 100, next() % 100);
    }
    std::string batch(std::size_t size, bool hot) {
        std::string body = R"({"transfers":[)";
        for (std::size_t i = 0; i < size; ++i) (body += i ? "," : "") += transfer(hot);
        return request("/api/v1/ledger/transfers", body + "]}");
    }
    std::string single() { return request("/api/v1/ledger/transfer", transfer(false)); }

private:
    std::string request(const std::string& target, const std::string& body) {
        return fmt::format("POST {} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: bench/1\r\nAuthorization: Bearer {}\r\nIdempotency-Key: bench-{}\r\n"
                           "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
            target, token_, ++keys_, body.size(), body);
    }
    std::uint64_t next() { return (state_ = state_ * 6364136223846793005U + 1442695040888963407U) >> 33; }

    Bank& bank_;
    Person person_;
    std::vector<std::string> accounts_;
    std::string token_;
    std::uint64_t ids_ = 0, keys_ = 0, state_ = 1;
};

void print(const std::string& name, const Run& run, double transfers_each) {
    const double transfers = run.answers * transfers_each;
    Run sorted = run;
    fmt::print("  {:<44} {:>9.0f}/s {:>8.2f} us server CPU each   p50 {:>8.2f} ms   p99 {:>8.2f} ms\n", name, transfers / run.seconds,
        1e6 * run.cpu / transfers, quantile(sorted.milliseconds, 0.5), quantile(sorted.milliseconds, 0.99));
    std::fflush(stdout);
}

void measure(const std::string& program, const std::string& place, double seconds) {
    const Folder folder(place);
    Bank bank(program, folder.path(), {"--sample"});
    Ledger ledger(bank);
    fmt::print("Durable transfers over HTTP, {} accounts, SQLite\n", accounts_count);
    const auto made = [](std::size_t count, auto make) {
        std::vector<std::string> requests(count);
        for (std::string& request : requests) request = make();
        return requests;
    };
    for (const bool hot : {false, true})
        for (const std::size_t size : {std::size_t{8190}, std::size_t{1000}}) {
            const std::size_t count = std::max<std::size_t>(4, static_cast<std::size_t>(seconds * 40'000) / size);
            const auto requests = made(count, [&] { return ledger.batch(size, hot); });
            print(fmt::format("batches of {}, 4 connections, {}", size, hot ? "one hot account" : "random"), send_all(ledger.bank(), requests, 4),
                static_cast<double>(size));
        }
    const auto singles = made(static_cast<std::size_t>(seconds * 2'000), [&] { return ledger.single(); });
    print("single transfers, 64 connections", send_all(ledger.bank(), singles, 64), 1);
}

} // namespace

} // namespace greenbank::bench

int main(int count, char** words) {
    greenbank::bench::measure(count > 1 ? words[1] : "build/release/greenbank", count > 2 ? words[2] : ".", count > 3 ? std::atof(words[3]) : 4);
}
