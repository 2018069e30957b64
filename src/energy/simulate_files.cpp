// simulate_files.cpp — the simulator's values into a file, or to a server in batches and then live; orders from there are obeyed.
#include "energy/simulate_files.h"

#include <chrono>
#include <cmath>
#include <thread>

#include <fmt/format.h>

#include "sheets/text_file.h"
#include "json/json.h"
#include "json/value_tree.h"

namespace greenbank::energy {

Record describe(const SimulateOptions*) {
    using R = SimulateOptions;
    return {"simulate_options", "Which site, for how long, and where its values go. All of it is invented: a sample.",
        {field<&R::kind>("kind", "An island, an industrial park or a city district.", {.defaulted = true}),
            field<&R::seed>("seed", "The same seed lives the same life.", {.min = 0, .defaulted = true}),
            field<&R::from>("from", "The first moment; left out: so that it ends now."),
            field<&R::hours>("hours", "For so long.", {.unit = "h", .min = 0, .max = 87'600, .defaulted = true}),
            field<&R::step_seconds>("step_seconds", "From one value to the next.", {.unit = "s", .min = 1, .max = 86'400, .defaulted = true}),
            field<&R::faults>("faults", "KIND:CHANNEL:FROM:TO[:SIZE], minutes after the first moment: stuck, spike, drift, silence, outage, loss.",
                {.max = 50, .defaulted = true}),
            field<&R::out>("out", "A table to write: timestamp and a column each channel.", {.min = 1}),
            field<&R::server>("address", "A server to be driven: http://127.0.0.1:8080.", {.min = 1}),
            field<&R::credential>("credential", "Of the device that it plays.", {.min = 1}),
            field<&R::live_seconds>(
                "live_seconds", "Then goes on living for so long, a step each step.", {.unit = "s", .min = 0, .max = 604'800, .defaulted = true})}};
}

namespace {

constexpr std::int64_t points_per_request = 10'000;

/// The server as a device sees it.
class DrivenServer {
public:
    DrivenServer(const SimulateOptions& options, Console& console) : console_(console) {
        const std::size_t host = options.server->find("://") == std::string::npos ? 0 : options.server->find("://") + 3;
        base_ = options.server->substr(0, host) + *options.credential + "@" + options.server->substr(host) + "/api/v1";
    }

    void add(const Simulator& simulator, Moment at, const std::vector<double>& values) {
        JsonWriter one;
        one.begin_object().member("ts", at / 1000).key("values").begin_object();
        for (std::size_t i = 0; i < values.size(); ++i)
            if (std::isfinite(values[i])) one.member(simulator.channels()[i].key, values[i]), ++waiting_;
        one.end_object().end_object();
        (batch_.empty() ? batch_ : batch_ += ',') += one.take();
    }
    bool is_full() const { return waiting_ >= points_per_request; }

    Result<Done> send() {
        if (batch_.empty()) return Done{};
        const Fetched answered = TRY(console_.ask("POST", base_ + "/points", "[" + batch_ + "]"));
        if (answered.status != 200)
            return Error{Failure::unavailable, "simulate.refused", "The server answered {status}: {answer}",
                {{"status", std::to_string(answered.status)}, {"answer", answered.body.substr(0, 300)}}};
        sent_ += waiting_;
        waiting_ = 0;
        batch_.clear();
        return Done{};
    }
    std::int64_t sent() const { return sent_; }

    /// Orders that are due: the plant obeys those it knows and says so.
    Result<Done> obey(Simulator& simulator) {
        const Fetched answered = TRY(console_.ask("POST", base_ + "/device-commands", ""));
        if (answered.status != 200) return Done{};
        const auto tree = read_value_tree(answered.body);
        const ValueTree* commands = tree ? tree.value().find("commands") : nullptr;
        if (!commands) return Done{};
        for (const ValueTree& command : commands->items) {
            const auto plain = [&](const char* name) { return command.find(name) ? command.find(name)->plain : std::string(); };
            const auto unquoted = [](const std::string& text) { return text.size() >= 2 && text.front() == '"' ? text.substr(1, text.size() - 2) : text; };
            const std::string id = unquoted(plain("id")), key = unquoted(plain("key"));
            const double value = std::strtod(plain("value").c_str(), nullptr);
            JsonWriter word;
            word.begin_object();
            if (simulator.order(key, value)) word.member("value", value);
            else word.member("failure", "This plant has no such set point.");
            word.end_object();
            TRY(console_.ask("POST", base_ + "/device-commands/" + id, word.take()));
            console_.aside(fmt::format("order {} {} = {}\n", id, key, value));
        }
        return Done{};
    }

private:
    Console& console_;
    std::string base_, batch_;
    std::int64_t sent_ = 0, waiting_ = 0;
};

std::string row_of(Moment at, const std::vector<double>& values) {
    std::string row = to_text(Time{at});
    for (const double value : values) {
        row += ',';
        if (std::isfinite(value)) fmt::format_to(std::back_inserter(row), "{}", value);
    }
    return row + "\n";
}

Result<int> run_simulate(const SimulateOptions& options, Console& console) {
    if (options.out.has_value() == options.server.has_value() || options.server.has_value() != options.credential.has_value())
        return invalid({{"out", "simulate.where", "Say where the values go: --out FILE, or --address ADDRESS with --credential of a device."}});
    const Moment step = options.step_seconds * 1'000'000, length = static_cast<Moment>(options.hours * 3600e6) / step * step;
    const Moment from = options.from ? options.from->microseconds : console.now.microseconds / step * step - length;
    std::vector<SimulatedFault> faults;
    for (const std::string& one : options.faults) faults.push_back(TRY(parse_fault(one, from)));
    Simulator simulator(options.kind, static_cast<std::uint64_t>(options.seed), from - step, std::move(faults));
    if (options.out) {
        auto table = TRY(sheets::TextFile::create(*options.out));
        table.text() = "timestamp";
        for (const SimulatedChannel& channel : simulator.channels()) table.text() += fmt::format(",{}", channel.key);
        table.text() += '\n';
        for (Moment at = from; at < from + length; at += step) {
            table.text() += row_of(at, simulator.step(at));
            TRY(table.pass_on());
        }
        TRY(table.place());
        return 0;
    }
    DrivenServer server(options, console);
    Moment at = from;
    for (; at < from + length; at += step) {
        server.add(simulator, at, simulator.step(at));
        if (server.is_full()) TRY(server.send());
    }
    TRY(server.send());
    const auto began = std::chrono::steady_clock::now();
    for (Moment lived = 0; lived < options.live_seconds * 1'000'000; lived += step, at += step) {
        std::this_thread::sleep_until(began + std::chrono::microseconds(lived));
        server.add(simulator, at, simulator.step(at));
        TRY(server.send());
        TRY(server.obey(simulator));
    }
    console.out(fmt::format("points  {}\n", server.sent()));
    return 0;
}

} // namespace

Command simulate_command() {
    return command("simulate", "site", "Live the life of an invented site by a seed: into a table, or as a device that drives a server.", run_simulate);
}

} // namespace greenbank::energy
