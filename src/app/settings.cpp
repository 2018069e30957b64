// settings.cpp — the one file that knows TOML.
#include "app/settings.h"

#include <charconv>
#include <cstdlib>
#include <fstream>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace greenbank::app {

namespace {

Error wrong(std::string_view key, std::string_view expected) {
    return {Failure::invalid, "settings.value", "The setting {key} must be {expected}.", {{"key", std::string(key)}, {"expected", std::string(expected)}}};
}

Result<Done> set(std::string_view key, const toml::node& node, Settings& settings) {
    const auto text = [&](std::string& into) -> Result<Done> {
        const auto value = node.value<std::string>();
        if (!value) return wrong(key, "a text");
        into = *value;
        return Done{};
    };
    const auto number = [&](auto& into, std::int64_t low, std::int64_t high) -> Result<Done> {
        const auto value = node.value<std::int64_t>();
        if (!value || *value < low || *value > high) return wrong(key, fmt::format("a whole number from {} to {}", low, high));
        into = static_cast<std::remove_reference_t<decltype(into)>>(*value);
        return Done{};
    };
    const auto boolean = [&](bool& into) -> Result<Done> {
        const auto value = node.value<bool>();
        if (!value) return wrong(key, "true or false");
        into = *value;
        return Done{};
    };
    http::ServerSettings& http = settings.http;
    if (key == "data") return text(settings.data);
    if (key == "database") return text(settings.database);
    if (key == "database_readers") return number(settings.database_readers, 1, 100);
    if (key == "log_level") return text(settings.log_level);
    if (key == "log_key") return text(settings.log_key);
    if (key == "log_hash") return text(settings.log_hash);
    if (key == "log_signature") return text(settings.log_signature);
    if (key == "public_address") return text(settings.public_address);
    if (key == "contact_email") return text(settings.contact_email);
    if (key == "job_threads") return number(settings.job_threads, 0, 64);
    if (key == "http.address") return text(http.address);
    if (key == "http.certificate") return text(http.certificate_file);
    if (key == "http.key") return text(http.key_file);
    if (key == "http.port") return number(http.port, 0, 65535);
    if (key == "http.threads") return number(http.threads, 1, 256);
    if (key == "http.header_bytes_max") return number(http.header_bytes_max, 1024, 1024 * 1024);
    if (key == "http.body_bytes_max") return number(http.body_bytes_max, 1024, 1024 * 1024 * 1024);
    if (key == "http.header_seconds_max") return number(http.header_seconds_max, 1, 3600);
    if (key == "http.body_seconds_max") return number(http.body_seconds_max, 1, 3600);
    if (key == "http.idle_seconds_max") return number(http.idle_seconds_max, 1, 3600);
    if (key == "http.answer_seconds_max") return number(http.answer_seconds_max, 1, 3600);
    if (key == "http.connections_max") return number(http.connections_max, 1, 1'000'000);
    if (key == "http.connections_per_address_max") return number(http.connections_per_address_max, 0, 1'000'000);
    if (key == "fetch.authorities") return text(settings.fetch.authorities_file);
    if (key == "fetch.proxy") return text(settings.fetch.proxy);
    if (key == "fetch.private") return boolean(settings.fetch.private_allowed);
    http::MailSettings& mail = settings.fetch.mail;
    if (key == "mail.relay") return text(mail.relay);
    if (key == "mail.from") return text(mail.from);
    if (key == "mail.user") return text(mail.user);
    if (key == "mail.authorities") return text(mail.authorities_file);
    if (key == "mail.security") {
        TRY(text(mail.security));
        if (mail.security != "starttls" && mail.security != "tls" && mail.security != "none") return wrong(key, "starttls, tls or none");
        return Done{};
    }
    if (key == "mail.password_file") {
        std::string path;
        TRY(text(path));
        std::ifstream file(path);
        if (!path.empty() && !std::getline(file, mail.password)) return wrong(key, "a file that can be read");
        return Done{};
    }
    FieldSettings& field = settings.field;
    if (key == "mqtt.broker") return text(field.mqtt_broker);
    if (key == "mqtt.client") return text(field.mqtt_client);
    if (key == "mqtt.user") return text(field.mqtt_user);
    if (key == "mqtt.password_file") return text(field.mqtt_password_file);
    if (key == "mqtt.tls") return boolean(field.mqtt_tls);
    if (key == "mqtt.authorities") return text(field.mqtt_authorities);
    if (key == "mqtt.certificate") return text(field.mqtt_certificate);
    if (key == "mqtt.key") return text(field.mqtt_key);
    if (key == "ocpp.address") return text(field.ocpp_address);
    if (key == "ocpp.port") return number(field.ocpp_port, -1, 65535);
    const auto addresses = [&](std::vector<std::string>& into) -> Result<Done> {
        const toml::array* list = node.as_array();
        if (!list) return wrong(key, "a list of addresses");
        for (const toml::node& item : *list) {
            const auto value = item.value<std::string>();
            if (!value) return wrong(key, "a list of addresses");
            into.push_back(*value);
        }
        return Done{};
    };
    if (key == "modbus.allowed") return addresses(field.modbus_allowed);
    if (key == "http.trusted_proxies") return addresses(http.trusted_proxies);
    return Error{Failure::invalid, "settings.unknown", "There is no setting {key}; `greenbank config` lists them.", {{"key", std::string(key)}}};
}

} // namespace

Result<Done> read_settings(const std::string& path, Settings& settings) {
    try {
        const toml::table table = toml::parse_file(path);
        for (const auto& [name, node] : table) {
            const std::string key(name.str());
            if (const toml::table* group = node.as_table()) {
                for (const auto& [inner, value] : *group) TRY(set(fmt::format("{}.{}", key, inner.str()), value, settings));
            } else {
                TRY(set(key, node, settings));
            }
        }
        return Done{};
    } catch (const toml::parse_error& error) {
        return Error{Failure::invalid, "settings.syntax", "{path}, line {line}: {reason}",
            {{"path", path}, {"line", std::to_string(error.source().begin.line)}, {"reason", std::string(error.description())}}};
    }
}

Result<Done> read_environment(Settings& settings) {
    const auto text = [](const char* name, std::string& into) {
        if (const char* value = std::getenv(name)) into = value;
    };
    text("GREENBANK_DATA", settings.data);
    text("GREENBANK_DATABASE", settings.database);
    text("GREENBANK_ADDRESS", settings.http.address);
    text("GREENBANK_CERTIFICATE", settings.http.certificate_file);
    text("GREENBANK_KEY", settings.http.key_file);
    text("GREENBANK_LOG", settings.log_level);
    text("GREENBANK_LOG_KEY", settings.log_key);
    text("GREENBANK_LOG_HASH", settings.log_hash);
    text("GREENBANK_LOG_SIGNATURE", settings.log_signature);
    text("GREENBANK_PUBLIC_ADDRESS", settings.public_address);
    text("GREENBANK_CONTACT_EMAIL", settings.contact_email);
    text("GREENBANK_FETCH_AUTHORITIES", settings.fetch.authorities_file);
    text("GREENBANK_FETCH_PROXY", settings.fetch.proxy);
    text("GREENBANK_MAIL_RELAY", settings.fetch.mail.relay);
    text("GREENBANK_MAIL_FROM", settings.fetch.mail.from);
    text("GREENBANK_MAIL_USER", settings.fetch.mail.user);
    text("GREENBANK_MAIL_PASSWORD", settings.fetch.mail.password);
    text("GREENBANK_MQTT_BROKER", settings.field.mqtt_broker);
    text("GREENBANK_MQTT_USER", settings.field.mqtt_user);
    text("GREENBANK_MQTT_PASSWORD", settings.field.mqtt_password);
    std::string private_allowed;
    text("GREENBANK_FETCH_PRIVATE", private_allowed);
    if (!private_allowed.empty()) {
        if (private_allowed != "true" && private_allowed != "false") return wrong("GREENBANK_FETCH_PRIVATE", "true or false");
        settings.fetch.private_allowed = private_allowed == "true";
    }
    std::string port;
    text("GREENBANK_PORT", port);
    if (!port.empty()) {
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), settings.http.port);
        if (error != std::errc{} || end != port.data() + port.size()) return wrong("GREENBANK_PORT", "a port number");
    }
    return Done{};
}

} // namespace greenbank::app
