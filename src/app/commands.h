// commands.h — what each command of the program does.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace greenbank::app {

extern const char* const version;
void load_compiled_in_data();

struct Options {
    std::string settings_file, server = "http://127.0.0.1:8080", token, language;
    bool json = false;
    // serve and the database; empty or negative: as the settings say
    std::string data, database, address, public_address, log_level, mqtt_broker;
    int port = -1, threads = 0, ocpp_port = -1;
    bool sample = false;
    // bench
    std::string store = "sqlite";
    double seconds = 4;
};

void add_database_options(CLI::App& command, Options& options);
void add_serving_options(CLI::App& command, Options& options);
void add_bench_options(CLI::App& command, Options& options);

int run_serve(const Options& options);
int run_admin_link(const Options& options);
int run_log_key(const Options& options);
int run_migrate(const Options& options);
int run_verify(const Options& options);
int run_bench_ledger(const Options& options);
int run_openapi();
int run_config(const Options& options);
/// `greenbank ledger apply --in FILE` works on files, `greenbank technology list --limit 5` calls the server.
int run_words(const Options& options, const std::vector<std::string>& words);
/// What `--help` says of them.
std::string words_help();

} // namespace greenbank::app
