// archive_http_bench.cpp — points over HTTP as devices send them: 1,000 channels of ten devices, bodies of line protocol with ten thousand points each on a
// few connections, each body once, durable when it is answered. What the server uses: its CPU a point, the socket and everything behind it included.
//   archive_http_bench [program] [folder on the disk to measure] [million points]      program: build/release/greenbank
#include <fmt/format.h>

#include "energy/engine/telemetry/aggregate.h"
#include "once.h"
#include "points.h"

namespace greenbank::bench {

namespace {

constexpr std::size_t devices = 10, channels_per_device = 100, moments_per_body = 100;

/// Credentials of devices that have their channels.
std::vector<std::string> enter_devices(Person& person) {
    const std::string site =
        text_in(person.send("POST", "/api/v1/sites", R"({"name":{"en":"Bench"},"about":{},"kind":"energy","country":"CN","place":{}})"), "id");
    std::vector<std::string> credentials;
    for (std::size_t i = 0; i < devices; ++i) {
        const std::string made =
            person.send("POST", "/api/v1/devices", fmt::format(R"({{"site":"{}","template":"other","name":{{"en":"{}"}},"serial":"bench-{}"}})", site, i, i));
        credentials.push_back(text_in(made, "credential"));
        for (std::size_t k = 0; k < channels_per_device; ++k)
            person.send("POST", "/api/v1/channels",
                fmt::format(R"({{"site":"{}","device":"{}","key":"c{:02}","name":{{"en":"c"}},"unit":"kW"}})", site, text_in(made, "id"), k));
    }
    return credentials;
}

std::string request_of(const std::string& credential, const std::vector<energy::Points>& all, std::size_t device, std::size_t from) {
    std::string body;
    for (std::size_t i = from; i < from + moments_per_body; ++i) {
        body += "m ";
        for (std::size_t k = 0; k < channels_per_device; ++k)
            fmt::format_to(std::back_inserter(body), "{}c{:02}={}", k ? "," : "", k, all[device * channels_per_device + k].values[i]);
        fmt::format_to(std::back_inserter(body), " {}\n", all[device * channels_per_device].times[i] / 1'000'000);
    }
    return fmt::format("POST /api/v1/points?precision=s HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: bench/1\r\nAuthorization: Bearer {}\r\n"
                       "Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{}",
        credential, body.size(), body);
}

void measure(const std::string& program, const std::string& place, double millions) {
    const Folder folder(place);
    Bank bank(program, folder.path(), {});
    Person person(bank);
    person.become_administrator(bank.setup_token());
    const std::vector<std::string> credentials = enter_devices(person);
    const std::size_t moments =
        std::max<std::size_t>(1, static_cast<std::size_t>(millions * 1e6) / (devices * channels_per_device * moments_per_body)) * moments_per_body;
    std::vector<energy::Points> all;
    for (std::size_t i = 0; i < devices * channels_per_device; ++i) all.push_back(energy::channel_points(i, moments, energy::begin - 365 * energy::day));
    std::vector<std::string> requests;
    for (std::size_t from = 0; from < moments; from += moments_per_body)
        for (std::size_t device = 0; device < devices; ++device) requests.push_back(request_of(credentials[device], all, device, from));
    const double points = static_cast<double>(requests.size() * moments_per_body * channels_per_device);
    Run run = send_all(bank, requests, 4);
    fmt::print(
        "points over HTTP, bodies of {}, 4 connections, SQLite: {:.1f} million, {:.2f} million per CPU-second of the server ({:.0f} ns each), {:.2f} million "
        "durable a second, a body p50 {:.1f} ms, p99 {:.1f} ms\n",
        moments_per_body * channels_per_device, points / 1e6, points / run.cpu / 1e6, run.cpu / points * 1e9, points / run.seconds / 1e6,
        quantile(run.milliseconds, 0.5), quantile(run.milliseconds, 0.99));
}

} // namespace

} // namespace greenbank::bench

int main(int count, char** words) {
    greenbank::bench::measure(count > 1 ? words[1] : "build/release/greenbank", count > 2 ? words[2] : ".", count > 3 ? std::atof(words[3]) : 10);
}
