// archive_peers.h — the peers of the archive, given the same points: PostgreSQL by COPY into partitions of days, VictoriaMetrics by its Influx lines.
#pragma once

#include <fcntl.h>
#include <fmt/format.h>
#include <libpq-fe.h>

#include <ctime>
#include <span>

#include "energy/engine/telemetry/aggregate.h"
#include "energy/engine/telemetry/points.h"
#include "load.h"

namespace greenbank::bench {

struct PeerFigures {
    double points = 0, wall_seconds = 0, cpu_seconds = 0, bytes = 0; // of writing
    double means_seconds = 0, means = 0;                             // hourly means of 30 days: the quickest of three
};

/// One table a day with an index of series and moment, filled in the order of time, a commit each million rows.
class PostgresPeer {
public:
    explicit PostgresPeer(const std::string& connection) : link_(PQconnectdb(connection.c_str())) {
        if (PQstatus(link_) != CONNECTION_OK) give_up(PQerrorMessage(link_));
    }
    ~PostgresPeer() { PQfinish(link_); }
    PostgresPeer(const PostgresPeer&) = delete;

    PeerFigures measure(std::span<const energy::Points> channels, energy::Moment means_from) {
        const std::size_t moments = channels[0].size();
        run("DROP TABLE IF EXISTS bench_point; CREATE TABLE bench_point (series integer NOT NULL, at timestamp NOT NULL, value double precision NOT NULL) "
            "PARTITION BY RANGE (at)");
        for (energy::Moment at = energy::step_of(channels[0].times.front(), energy::day); at <= channels[0].times.back(); at += energy::day) {
            run(fmt::format("CREATE TABLE bench_point_{0} PARTITION OF bench_point FOR VALUES FROM ('{1}') TO ('{2}')", at / energy::day, text_of(at),
                text_of(at + energy::day)));
            run(fmt::format("CREATE INDEX ON bench_point_{} (series, at)", at / energy::day));
        }
        PeerFigures figures;
        const pid_t backend = PQbackendPID(link_);
        const double cpu = cpu_seconds_of(backend);
        const auto start = Clock::now();
        std::string rows;
        bool copying = false;
        std::size_t in_commit = 0;
        for (std::size_t i = 0; i < moments; ++i) {
            if (!copying) PQclear(PQexec(link_, "COPY bench_point FROM STDIN"));
            copying = true;
            const std::string at = text_of(channels[0].times[i]);
            rows.clear();
            for (std::size_t series = 0; series < channels.size(); ++series)
                fmt::format_to(std::back_inserter(rows), "{}\t{}\t{}\n", series, at, channels[series].values[i]);
            PQputCopyData(link_, rows.data(), static_cast<int>(rows.size()));
            in_commit += channels.size();
            if (in_commit < 1'000'000 && i + 1 < moments) continue;
            PQputCopyEnd(link_, nullptr);
            while (PGresult* result = PQgetResult(link_)) {
                if (PQresultStatus(result) != PGRES_COMMAND_OK) give_up(PQerrorMessage(link_));
                PQclear(result);
            }
            copying = false;
            in_commit = 0;
        }
        figures.points = static_cast<double>(moments * channels.size());
        figures.wall_seconds = seconds_since(start);
        figures.cpu_seconds = cpu_seconds_of(backend) - cpu;
        figures.bytes = std::atof(one("SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'bench_point'::regclass").c_str());
        run("ANALYZE bench_point");
        figures.means_seconds = 1e9;
        for (int i = 0; i < 3; ++i) {
            const auto asked = Clock::now();
            figures.means = std::atof(one(fmt::format("SELECT count(*) FROM (SELECT series, date_trunc('hour', at), avg(value) FROM bench_point WHERE at >= "
                                                      "'{}' AND at < '{}' GROUP BY 1, 2) AS means",
                                              text_of(means_from), text_of(means_from + 30 * energy::day)))
                                          .c_str());
            figures.means_seconds = std::min(figures.means_seconds, seconds_since(asked));
        }
        run("DROP TABLE bench_point");
        return figures;
    }

private:
    static std::string text_of(energy::Moment at) {
        const std::time_t seconds = at / 1'000'000;
        std::tm parts{};
        gmtime_r(&seconds, &parts);
        return fmt::format(
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
    }
    void run(const std::string& sql) { (void)one(sql); }
    std::string one(const std::string& sql) {
        PGresult* result = PQexec(link_, sql.c_str());
        const ExecStatusType status = PQresultStatus(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) give_up(PQerrorMessage(link_));
        const std::string answer = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
        PQclear(result);
        return answer;
    }

    PGconn* link_;
};

/// The server of Debian's package victoria-metrics as a child; the same bodies that we take.
class VictoriaPeer {
public:
    explicit VictoriaPeer(std::string folder) : folder_(std::move(folder)) {
        process_ = fork();
        if (process_ == 0) {
            const int nothing = open("/dev/null", O_WRONLY);
            dup2(nothing, 1);
            dup2(nothing, 2);
            const std::string data = "-storageDataPath=" + folder_, address = fmt::format("-httpListenAddr=127.0.0.1:{}", port);
            execl("/usr/bin/victoria-metrics", "victoria-metrics", data.c_str(), address.c_str(), "-retentionPeriod=100y", "-search.maxQueryDuration=300s",
                "-search.latencyOffset=0s", nullptr);
            _exit(127);
        }
        for (int i = 0; i < 200; ++i) {
            if (const int socket = try_connect(port); socket >= 0) {
                close(socket);
                return;
            }
            usleep(50'000);
        }
        give_up("victoria-metrics did not start");
    }
    ~VictoriaPeer() {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
        std::filesystem::remove_all(folder_);
    }
    VictoriaPeer(const VictoriaPeer&) = delete;

    static bool installed() { return std::filesystem::exists("/usr/bin/victoria-metrics"); }

    PeerFigures measure(std::span<const std::string> bodies, double points, energy::Moment means_from) {
        PeerFigures figures{.points = points};
        const double cpu = cpu_seconds_of(process_);
        const auto start = Clock::now();
        for (const std::string& body : bodies)
            if (!ask("POST", "/write?precision=s", body).starts_with("HTTP/1.1 204")) give_up("victoria-metrics refuses the points");
        ask("GET", "/internal/force_flush", "");
        figures.wall_seconds = seconds_since(start);
        figures.cpu_seconds = cpu_seconds_of(process_) - cpu;
        ask("GET", "/internal/force_merge", "");
        sleep(8); // it merges beside
        for (const auto& file : std::filesystem::recursive_directory_iterator(folder_))
            if (file.is_regular_file() && file.path().string().find("/flock.lock") == std::string::npos) figures.bytes += static_cast<double>(file.file_size());
        figures.means_seconds = 1e9;
        for (int i = 0; i < 3; ++i) {
            const auto asked = Clock::now();
            // A window of an hour looks back from its end; what is measured is the time, not the edge.
            const std::string answer = ask("GET",
                fmt::format("/api/v1/query_range?query=avg_over_time(%7B__name__%3D~%22m_.%2A%22%7D%5B1h%5D)&start={}&end={}&step=3600&nocache=1",
                    means_from / 1'000'000 + 3600, (means_from + 30 * energy::day) / 1'000'000),
                "");
            figures.means_seconds = std::min(figures.means_seconds, seconds_since(asked));
            figures.means = 0;
            for (std::size_t at = answer.find("],["); at != std::string::npos; at = answer.find("],[", at + 3)) ++figures.means;
        }
        return figures;
    }

private:
    static constexpr std::uint16_t port = 18428;

    std::string ask(std::string_view method, std::string_view path, std::string_view body) {
        const int socket = try_connect(port);
        if (socket < 0) give_up("victoria-metrics has gone");
        const std::string request =
            fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{}", method, path, body.size(), body);
        for (std::size_t sent = 0; sent < request.size();) {
            const ssize_t some = send(socket, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
            if (some <= 0) give_up("victoria-metrics does not take the points");
            sent += static_cast<std::size_t>(some);
        }
        std::string answer;
        std::vector<char> part(1 << 18);
        for (ssize_t some; (some = recv(socket, part.data(), part.size(), 0)) > 0;) answer.append(part.data(), static_cast<std::size_t>(some));
        close(socket);
        return answer;
    }

    std::string folder_;
    pid_t process_ = 0;
};

} // namespace greenbank::bench
