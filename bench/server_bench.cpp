// The real program from outside: reads beside a bare Beast echo, durable writes beside one commit a request, start and memory.
//   server_bench [program] [folder on the disk to measure] [seconds per run]      program: build/release/greenbank
// Reads are counted per second of server CPU, as a shared machine's clock tells little; both servers have one thread and run in turn.
#include "bank.h"
#include "beast_peer.h"
#include "one_commit.h"

namespace greenbank::bench {

namespace {

struct Plan {
    std::string program = "build/release/greenbank", folder = ".";
    double seconds = 2;
};

const std::string need =
    R"({"title":{"zh":"乳品厂高温工业热泵替代蒸汽锅炉","en":"A high-temperature industrial heat pump for dairy steam","ru":"Высокотемпературный промышленный тепловой насос"},
"summary":{"zh":"利用制冷站冷凝余热，为杀菌和清洗提供120摄氏度热水或低压蒸汽。","en":"Condenser heat of 30 to 40 degrees should become 120-degree water or low-pressure steam, 1.5 MW of it."},
"description":{"en":"Two 10 t/h gas boilers serve the site; one would fall back to reserve. Heat is needed 22 hours a day all year, with a shutdown of only five days. The working fluid must have a low warming potential and no path into the product."},
"field":"energy_carbon","classes":["3.2.2.9","1.1.2.3"],
"requirements":[{"indicator":"outlet_temperature","comparison":"at_least","value":120,"unit":"degC","hard":true},{"indicator":"cop","comparison":"at_least","value":2.2,"unit":"1","hard":true},{"indicator":"energy_saving","comparison":"at_least","value":30,"unit":"%","hard":false}],
"capacity":{"value":1500,"unit":"kW"},"budget":{"amount":"9000000.00","currency":"CNY"},"readiness_min":{"scale":"gbt22900","level":8},"country":"CN",
"place":{"zh":"内蒙古呼和浩特","en":"Hohhot, Inner Mongolia"},"required_traits":[],"excluded_traits":["high_gwp_refrigerant","fossil_fuel"],"evidence_min":1,
"keywords":{"zh":["热泵","余热回收"],"en":["heat pump","waste heat","dairy"],"ru":["тепловой насос"]},"deadline":"2027-10-31"})";

std::string get(const std::string& target, const std::string& more = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: bench/1\r\nAccept: application/json\r\nAccept-Language: zh-CN,zh;q=0.9\r\n" +
           more + "\r\n";
}

void reads(const Plan& plan) {
    const Folder folder(plan.folder);
    Bank bank(plan.program, folder.path(), {"--sample", "--threads", "1"});
    Person person(bank);
    person.become_administrator(bank.setup_token());
    const std::string technology = "/api/v1/technologies/" + text_in(person.send("GET", "/api/v1/technologies?limit=1"), "id");
    const std::string organisation = "/api/v1/organisations/" + text_in(person.send("GET", "/api/v1/organisations?limit=1"), "id");
    const std::string cookie = "Cookie: greenbank_session=" + person.cookie() + "\r\n";
    const std::pair<const char*, std::string> rows[] = {
        {"GET /healthz (edge only)", get("/healthz")},
        {"GET /session, nobody signed in", get("/api/v1/session")},
        {"GET /organisations/{id}", get(organisation)},
        {"GET /organisations/{id}, signed in", get(organisation, cookie)},
        {"GET /technologies/{id}", get(technology)},
        {"GET /technologies/{id}, signed in", get(technology, cookie)},
        {"GET /technologies?limit=1", get("/api/v1/technologies?limit=1")},
    };
    std::printf("Requests per server CPU-second, 16 connections\n  %-34s %7s %11s %9s %6s %12s\n", "", "bytes", "bare Beast", "ours", "ratio", "CPU us each");
    for (const auto& [name, request] : rows) {
        Load load{.request = request, .seconds = 0.3};
        const std::string json(static_cast<std::size_t>(drive(bank.port(), load).body_bytes), 'x'); // warms, and tells the size
        const Child beast([&](int port_pipe) { beast_serve(port_pipe, json); });
        drive(beast.port(), load);
        load.seconds = plan.seconds;
        double peer = 0, ours = 0;
        for (int round = 0; round < 3; ++round) { // in turn, so that a noisy neighbour disturbs both
            peer = std::max(peer, per_cpu_second(beast.process(), beast.port(), load));
            ours = std::max(ours, per_cpu_second(bank.process(), bank.port(), load));
        }
        std::printf("  %-34s %7zu %11.0f %9.0f %6.2f %12.1f\n", name, json.size(), peer, ours, ours / peer, 1e6 / ours);
    }
}

void writes(const Plan& plan) {
    const Folder folder(plan.folder);
    Bank bank(plan.program, folder.path(), {"--sample", "--threads", "1"});
    Person person(bank);
    person.become_administrator(bank.setup_token());
    const std::string token = text_in(person.send("POST", "/api/v1/tokens", R"({"name":"bench","days":1})"), "token");
    Load load{.request = fmt::format("POST /api/v1/needs HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: bench/1\r\nAuthorization: Bearer {}\r\n"
                                     "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
                  token, need.size(), need),
        .connections = 32,
        .seconds = 0.5,
        .status = 201};
    drive(bank.port(), load);
    load.seconds = plan.seconds;
    const std::string peer = folder.path() + "/peer.db"; // the same tables, indices and rows
    PlainDatabase(folder.path() + "/greenbank.db").run("VACUUM INTO '" + peer + "'");

    std::printf("Durable POST /needs of %zu bytes, %d connections, beside plain sqlite3 with one commit each\n", need.size(), load.connections);
    std::printf("  %10s %8s %8s %9s %9s  %14s %14s %7s\n", "ours a s", "p50 ms", "p99 ms", "a commit", "CPU us", "peer, 1 thread", "32 threads", "ratio");
    std::vector<double> ratios;
    for (int round = 0; round < 5; ++round) { // in turn, as a shared disk has its moods
        const double cpu = cpu_seconds_of(bank.process()), groups = state_of(person, "store_groups"), done = state_of(person, "store_writes");
        Outcome outcome = drive(bank.port(), load);
        if (outcome.good < outcome.answers || outcome.good == 0) give_up("not every POST was answered with 201");
        const double group = (state_of(person, "store_writes") - done) / std::max(1.0, state_of(person, "store_groups") - groups);
        sleep(1); // the search index catches up; its work is counted
        const double each = (cpu_seconds_of(bank.process()) - cpu) / outcome.good, rate = outcome.good / outcome.seconds;
        const double alone = one_commit_a_request(peer, 1, plan.seconds / 2), many = one_commit_a_request(peer, load.connections, plan.seconds / 2);
        ratios.push_back(rate / std::max(alone, many));
        std::printf("  %10.0f %8.2f %8.2f %9.1f %9.0f  %14.0f %14.0f %7.1f\n", rate, quantile(outcome.milliseconds, 0.5), quantile(outcome.milliseconds, 0.99),
            group, 1e6 * each, alone, many, ratios.back());
    }
    std::printf("  median ratio to the quicker peer %.1f\n", quantile(ratios, 0.5));
}

void starts(const Plan& plan) {
    std::vector<double> first, first_cpu, second, second_cpu;
    for (int round = 0; round < 5; ++round) {
        const Folder folder(plan.folder);
        {
            const Bank bank(plan.program, folder.path(), {"--sample"});
            first.push_back(bank.start_seconds());
            first_cpu.push_back(bank.start_cpu_seconds());
        }
        const Bank bank(plan.program, folder.path(), {"--sample"});
        second.push_back(bank.start_seconds());
        second_cpu.push_back(bank.start_cpu_seconds());
    }
    std::printf("Start until /healthz answers, median of %zu\n", first.size());
    std::printf("  new folder, loads the sample bank  %8.3f s   CPU %.3f s\n", quantile(first, 0.5), quantile(first_cpu, 0.5));
    std::printf("  second start                       %8.3f s   CPU %.3f s\n", quantile(second, 0.5), quantile(second_cpu, 0.5));
}

void memory(const Plan& plan) {
    const Folder folder(plan.folder);
    Bank bank(plan.program, folder.path(), {"--sample"});
    const auto print = [&](const char* when) {
        std::printf("  %-34s %8.1f MiB resident, %.1f of it its own (not mapped files)\n", when, memory_of(bank.process(), "VmRSS"),
            memory_of(bank.process(), "RssAnon"));
    };
    std::printf("Memory with the sample bank\n");
    sleep(2);
    print("2 s after the start");
    Person person(bank);
    const std::string technology = text_in(person.send("GET", "/api/v1/technologies?limit=1"), "id");
    const std::string some_need = text_in(person.send("GET", "/api/v1/needs?limit=1"), "id");
    const std::string targets[] = {"/", "/api/v1/session", "/api/v1/home", "/api/v1/technologies", "/api/v1/technologies/" + technology,
        "/api/v1/search?text=heat%20pump", "/api/v1/search?text=%E7%83%AD%E6%B3%B5", "/api/v1/needs/" + some_need + "/matches", "/api/v1/reference/classes",
        "/openapi.json"};
    for (int i = 0; i < 200; ++i) person.send("GET", targets[static_cast<std::size_t>(i) % std::size(targets)]);
    print("after 200 mixed requests");
}

} // namespace

} // namespace greenbank::bench

int main(int count, char** words) {
    using namespace greenbank::bench;
    Plan plan;
    if (count > 1) plan.program = words[1];
    if (count > 2) plan.folder = words[2];
    if (count > 3) plan.seconds = std::atof(words[3]);
    reads(plan);
    writes(plan);
    starts(plan);
    memory(plan);
    return 0;
}
