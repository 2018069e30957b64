// settings.h — what an installation may set: flag, else environment, else file, else this.
#pragma once

#include <string>

#include "http/fetcher.h"
#include "http/server.h"
#include "kernel/result.h"

namespace greenbank::app {

/// Where devices are heard and reached (docs/connections.md). Nothing of it is on unless it is said.
struct FieldSettings {
    std::string mqtt_broker;               // "host:port"; empty: no broker
    std::string mqtt_client = "greenbank"; // the session's name at the broker, and this host's name for Sparkplug
    std::string mqtt_user, mqtt_password, mqtt_password_file;
    bool mqtt_tls = false;
    std::string mqtt_authorities, mqtt_certificate, mqtt_key; // PEM files; no authorities: the system's
    std::vector<std::string> modbus_allowed;                  // hosts and blocks of addresses whose registers may be read; none: nothing is polled
    std::string ocpp_address = "127.0.0.1";
    int ocpp_port = -1; // -1: charge points are not listened to; 0: a free port
};

struct Settings {
    std::string data = "./greenbank-data"; // where the embedded database and the search index live
    std::string database;                  // a PostgreSQL connection; empty: SQLite in `data`
    int database_readers = 8;
    http::ServerSettings http;
    http::FetchSettings fetch; // how peers are asked
    FieldSettings field;
    bool sample = false; // load the sample bank into a new database
    int job_threads = 1;
    std::string log_level = "info";
    std::string log_key;                   // the file with the key that signs the transparency log; empty: "log.key" in `data`. Several servers share one.
    std::string log_hash = "sha256";       // or "sm3"; chosen when the log begins
    std::string log_signature = "ed25519"; // or "sm2"; what the log's key is made for, with the log or by `admin log-key`
    std::string contact_email;             // told to harvesters and data portals; empty: the postmaster's
    std::string public_address;            // "https://bank.example": how links begin; empty: the listening address
};

/// Reads a TOML file over the defaults; an unknown key is an error that names it.
Result<Done> read_settings(const std::string& path, Settings& settings);
/// GREENBANK_DATA, GREENBANK_DATABASE, GREENBANK_ADDRESS, GREENBANK_PORT, GREENBANK_LOG, GREENBANK_LOG_KEY, …
Result<Done> read_environment(Settings& settings);

} // namespace greenbank::app
