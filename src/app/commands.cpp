// commands.cpp — commands, each a few lines over the rooms.
#include "app/commands.h"

#include <cstdlib>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "api/openapi.h"
#include "api/words.h"
#include "app/bank.h"
#include "app/bench.h"
#include "app/serve.h"
#include "app/verify.h"
#include "cli/remote.h"
#include "http/client.h"
#include "json/json.h"

namespace greenbank::app {

const char* const version = GREENBANK_VERSION;

namespace {

int failed(const Error& error, Language language = Language::en, int status = 1) {
    fmt::print(stderr, "{}\n", sentence(error.code, error.message, error.parameters, language));
    for (const Problem& problem : error.problems)
        fmt::print(stderr, "  {}: {}\n", problem.field, sentence(problem.code, problem.message, problem.parameters, language));
    return status;
}

Result<Settings> settings_of(const Options& options) {
    Settings settings;
    if (!options.settings_file.empty()) TRY(read_settings(options.settings_file, settings));
    TRY(read_environment(settings));
    const auto take = [](const std::string& given, std::string& into) {
        if (!given.empty()) into = given;
    };
    take(options.data, settings.data);
    take(options.database, settings.database);
    take(options.address, settings.http.address);
    take(options.public_address, settings.public_address);
    take(options.log_level, settings.log_level);
    take(options.mqtt_broker, settings.field.mqtt_broker);
    if (options.ocpp_port >= 0) settings.field.ocpp_port = options.ocpp_port;
    if (options.port >= 0) settings.http.port = static_cast<std::uint16_t>(options.port);
    if (options.threads > 0) settings.http.threads = options.threads;
    settings.sample = settings.sample || options.sample;
    return settings;
}

Language language_of(const Options& options) {
    if (const auto language = parse_language(options.language)) return *language;
    const char* locale = std::getenv("LANG");
    return parse_language(locale ? locale : "").value_or(Language::en);
}

template <class T> std::vector<T> of_all_slices(std::vector<T> Slice::*rows) {
    std::vector<T> all;
    for (const Slice& slice : slices_without_a_bank()) all.insert(all.end(), (slice.*rows).begin(), (slice.*rows).end());
    return all;
}

/// For commands: whoever types an address may ask what is there. What stands before an @ is sent along as bearer token.
Result<Fetched> ask_server(const std::string& method, const std::string& given, const std::string& body) {
    std::string url = given.find("://") == std::string::npos ? "http://" + given : given;
    std::vector<Header> headers;
    const std::size_t host = url.find("://") + 3, at = url.find('@', host);
    if (at != std::string::npos && at < url.find('/', host)) {
        headers.push_back({"Authorization", "Bearer " + url.substr(host, at - host)});
        url.erase(host, at + 1 - host);
    }
    const http::WebAddress address = TRY(http::parse_web_address(url));
    http::Client client(address.origin(), {.body_bytes_max = 16 << 20});
    auto answered = client.send({.method = method, .target = address.target, .body = body, .headers = std::move(headers)});
    if (!answered && answered.error().code == "client.no_server")
        return Error{
            Failure::unavailable, "fetch.no_answer", "Nobody answers at {address}; check name and port, or try again later.", {{"address", address.origin()}}};
    http::ClientResponse response = TRY(std::move(answered));
    return Fetched{response.status, std::string(response.header("Content-Type")), std::move(response.body), url};
}

int run_command(const Command& command, std::span<const std::string> flags, const Options& options) {
    if (std::find(flags.begin(), flags.end(), "--help") != flags.end()) return fmt::print("{}", command_help(command)), 0;
    Console console{.language = language_of(options),
        .json = options.json,
        .out = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); },
        .aside = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); },
        .open_database = [&options](const DatabaseChoice& choice) -> Result<std::unique_ptr<Store>> {
            Settings settings = TRY(settings_of(options));
            if (!choice.data.empty()) settings.data = choice.data, settings.database.clear();
            if (!choice.database.empty()) settings.database = choice.database;
            return open_existing_store(settings);
        },
        .ask = ask_server,
        .now = clock_now()};
    auto prepared = command.prepare(flags);
    if (!prepared) return failed(prepared.error(), console.language, 2);
    auto status = prepared.value()(console);
    return status ? status.value() : failed(status.error(), console.language);
}

} // namespace

void add_database_options(CLI::App& command, Options& options) {
    command.add_option("--data", options.data, "Folder of the embedded database and the search index");
    command.add_option("--database", options.database, "A PostgreSQL connection instead of the embedded database");
}

void add_serving_options(CLI::App& command, Options& options) {
    add_database_options(command, options);
    command.add_option("--address", options.address, "Address to listen on");
    command.add_option("--port", options.port, "Port to listen on; 0 takes a free one")->check(CLI::Range(0, 65535));
    command.add_option("--public-address", options.public_address, "How links begin, such as https://bank.example");
    command.add_option("--threads", options.threads, "Threads that serve")->check(CLI::Range(1, 256));
    command.add_option("--log", options.log_level, "debug, info, warning or error");
    command.add_option("--mqtt-broker", options.mqtt_broker, "host:port of an MQTT 5 broker that devices send to");
    command.add_option("--ocpp-port", options.ocpp_port, "Port where charge points call (OCPP 1.6-J); 0 takes a free one")->check(CLI::Range(0, 65535));
    command.add_flag("--sample", options.sample, "Load the sample bank into a new database");
}

void add_bench_options(CLI::App& command, Options& options) {
    command.add_option("--store", options.store, "sqlite or postgres")->check(CLI::IsMember({"sqlite", "postgres"}));
    command.add_option("--data", options.data, "Folder on the disk to measure");
    command.add_option("--database", options.database, "A PostgreSQL connection: measured, or the peer's alone where the store is sqlite");
    command.add_option("--seconds", options.seconds, "How long each figure is measured")->check(CLI::Range(0.01, 600.0));
}

int run_serve(const Options& options) {
    auto settings = settings_of(options);
    if (!settings) return failed(settings.error());
    return serve(settings.value());
}

int run_admin_link(const Options& options) {
    auto settings = settings_of(options);
    if (!settings) return failed(settings.error());
    auto store = open_store(settings.value());
    if (!store) return failed(store.error());
    auto token = parties::first_administrator_token(*store.value(), clock_now());
    if (!token) return failed(token.error());
    if (!token.value()) return fmt::print(stderr, "Somebody has an account already; ask an administrator for an invitation.\n"), 1;
    const http::ServerSettings& http = settings.value().http;
    const std::string address = settings.value().public_address.empty()
                                    ? fmt::format("{}://{}:{}", http.certificate_file.empty() ? "http" : "https", http.address, http.port)
                                    : settings.value().public_address;
    fmt::print("{}/setup?token={}\n", address, *token.value());
    return 0;
}

int run_log_key(const Options& options) {
    auto settings = settings_of(options);
    if (!settings) return failed(settings.error());
    auto key = change_log_key(settings.value());
    if (!key) return failed(key.error(), language_of(options));
    fmt::print("{}\n", key.value());
    return 0;
}

int run_migrate(const Options& options) {
    auto settings = settings_of(options);
    if (!settings) return failed(settings.error());
    auto store = open_store(settings.value());
    if (!store) return failed(store.error());
    fmt::print("The database is up to date.\n");
    return 0;
}

int run_verify(const Options& options) {
    auto settings = settings_of(options);
    if (!settings) return failed(settings.error());
    return verify(settings.value(), language_of(options), options.json);
}

int run_bench_ledger(const Options& options) {
    const auto settings = settings_of(options);
    if (!settings) return failed(settings.error());
    const auto status = bench_ledger(
        {.store = options.store, .folder = settings.value().data, .database = settings.value().database, .seconds = options.seconds, .json = options.json});
    return status ? status.value() : failed(status.error(), language_of(options));
}

int run_openapi() {
    fmt::print("{}\n", indented(openapi(slices_without_a_bank(), version)));
    return 0;
}

int run_config(const Options& options) {
    auto read = settings_of(options);
    if (!read) return failed(read.error());
    const Settings& settings = read.value();
    fmt::print("data = \"{}\"\ndatabase = \"{}\"\ndatabase_readers = {}\njob_threads = {}\nlog_level = \"{}\"\nlog_key = \"{}\"\nlog_hash = "
               "\"{}\"\nlog_signature = \"{}\"\npublic_address = \"{}\"\ncontact_email = "
               "\"{}\"\n\n[http]\n",
        settings.data, settings.database.empty() ? "" : "(set)", settings.database_readers, settings.job_threads, settings.log_level, settings.log_key,
        settings.log_hash, settings.log_signature, settings.public_address, settings.contact_email);
    const http::ServerSettings& http = settings.http;
    fmt::print("address = \"{}\"\nport = {}\nthreads = {}\nheader_bytes_max = {}\nbody_bytes_max = {}\nheader_seconds_max = {}\nbody_seconds_max = "
               "{}\nidle_seconds_max = {}\nanswer_seconds_max = {}\nconnections_max = {}\nconnections_per_address_max = {}\ntrusted_proxies = [{}]\n"
               "certificate = \"{}\"\nkey = \"{}\"\n",
        http.address, http.port, http.threads, http.header_bytes_max, http.body_bytes_max, http.header_seconds_max, http.body_seconds_max,
        http.idle_seconds_max, http.answer_seconds_max, http.connections_max, http.connections_per_address_max,
        http.trusted_proxies.empty() ? "" : "\"" + join(http.trusted_proxies, "\", \"") + "\"", http.certificate_file, http.key_file);
    fmt::print("\n[fetch]\nauthorities = \"{}\"\nproxy = \"{}\"\nprivate = {}\n", settings.fetch.authorities_file, settings.fetch.proxy,
        settings.fetch.private_allowed);
    const http::MailSettings& mail = settings.fetch.mail;
    fmt::print("\n[mail]\nrelay = \"{}\"\nfrom = \"{}\"\nuser = \"{}\"\npassword_file = \"\"\nsecurity = \"{}\"\nauthorities = \"{}\"\n", mail.relay, mail.from,
        mail.user, mail.security, mail.authorities_file);
    const FieldSettings& field = settings.field;
    fmt::print("\n[mqtt]\nbroker = \"{}\"\nclient = \"{}\"\nuser = \"{}\"\npassword_file = \"{}\"\ntls = {}\nauthorities = \"{}\"\ncertificate = \"{}\"\nkey = "
               "\"{}\"\n",
        field.mqtt_broker, field.mqtt_client, field.mqtt_user, field.mqtt_password_file, field.mqtt_tls, field.mqtt_authorities, field.mqtt_certificate,
        field.mqtt_key);
    fmt::print("\n[modbus]\nallowed = [{}]\n\n[ocpp]\naddress = \"{}\"\nport = {}\n",
        field.modbus_allowed.empty() ? "" : "\"" + join(field.modbus_allowed, "\", \"") + "\"", field.ocpp_address, field.ocpp_port);
    return 0;
}

int run_words(const Options& options, const std::vector<std::string>& words) {
    const std::vector<Command> commands = of_all_slices(&Slice::commands);
    std::string verbs;
    for (const Command& command : commands) {
        if (command.room != words[0]) continue;
        const std::size_t names = command.verb.empty() ? 1 : 2;
        if (names == 1 || (words.size() > 1 && command.verb == words[1])) return run_command(command, std::span(words).subspan(names), options);
        verbs += command_help(command);
    }
    const std::vector<Endpoint> endpoints = of_all_slices(&Slice::endpoints);
    if (!verbs.empty() && cli::remote_help(endpoints, words[0]).empty()) return fmt::print(stderr, "{}", verbs), 2;
    return cli::run_remote(endpoints, words, {options.server, options.token, language_of(options), options.json});
}

std::string words_help() {
    std::string help = "Commands over plain files, without a server:\n\n";
    for (const Command& command : of_all_slices(&Slice::commands))
        help += fmt::format("  {:<18} {}\n", fmt::format("{}{}{}", command.room, command.verb.empty() ? "" : " ", command.verb), command.doc);
    return help + "\nCommands of a running server, such as `greenbank technology list`:\n\n" + cli::remote_help(of_all_slices(&Slice::endpoints), "") +
           "\nMore: greenbank <noun> --help";
}

} // namespace greenbank::app
