// main.cpp — the program's table of contents.
#include <cstdio>
#include <cstdlib>
#include <functional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/serve.h"

using namespace greenbank;

int main(int argument_count, char** arguments) {
    app::load_compiled_in_data();

    CLI::App program{"Greenbank, an open Green Technology Bank"};
    program.set_version_flag("--version", app::version);
    program.require_subcommand(0, 1);
    program.footer(app::words_help); // made when somebody asks for help: it needs every room's rows

    app::Options options;
    program.add_option("--settings", options.settings_file, "A TOML file with settings")->envname("GREENBANK_SETTINGS");
    program.add_option("--server", options.server, "The server that commands talk to")->envname("GREENBANK_SERVER");
    program.add_option("--token", options.token, "An API token")->envname("GREENBANK_TOKEN");
    program.add_option("--language", options.language, "zh, en or ru")->envname("GREENBANK_LANGUAGE");
    program.add_flag("--json", options.json, "Print JSON");

    std::function<int()> chosen; // runs only once every word on the line was understood
    const auto command = [&](CLI::App& parent, const char* name, const char* doc, auto run) {
        CLI::App* sub = parent.add_subcommand(name, doc);
        sub->fallthrough();
        sub->callback([&chosen, run] { chosen = run; });
        return sub;
    };
    CLI::App* serve = command(program, "serve", "Open the bank", [&] { return app::run_serve(options); });
    app::add_serving_options(*serve, options);
    CLI::App* admin = program.add_subcommand("admin", "First administrator; a new key for the log");
    admin->require_subcommand(1);
    app::add_database_options(*command(*admin, "link", "A one-time link for the first administrator", [&] { return app::run_admin_link(options); }), options);
    app::add_database_options(*command(*admin, "log-key", "A new key for the transparency log, whose old one is lost (move its file away first)",
                                  [&] { return app::run_log_key(options); }),
        options);
    app::add_database_options(*command(program, "migrate", "Bring the database up to date", [&] { return app::run_migrate(options); }), options);
    app::add_database_options(
        *command(program, "verify", "Check everything that must hold in the database", [&] { return app::run_verify(options); }), options);
    command(program, "openapi", "Print the OpenAPI document", [&] { return app::run_openapi(); });
    command(program, "config", "Print the settings in force", [&] { return app::run_config(options); });
    program.allow_extras(); // the rooms' own words

    // After a noun of a room, --help and every other word are the noun's own: `greenbank log verify` is not `greenbank verify`.
    for (int i = 1; i < argument_count; ++i) {
        const std::string_view given = arguments[i];
        if (given.starts_with("--") && given.find('=') == given.npos && given != "--json" && given != "--help" && given != "--version") ++i; // and its value
        if (given.starts_with('-')) continue;
        if (program.get_subcommands([&](const CLI::App* sub) { return sub->check_name(arguments[i]); }).empty()) {
            program.set_help_flag();
            for (CLI::App* sub : program.get_subcommands([](const CLI::App*) { return true; })) sub->disabled();
        }
        break;
    }

    try {
        program.parse(argument_count, arguments);
        if (program.get_subcommands().empty()) {
            if (program.remaining().empty()) return fmt::print("{}", program.help()), 0;
            return app::run_words(options, program.remaining());
        }
        for (const std::string& word : program.remaining()) return fmt::print(stderr, "“{}” is not expected here; see --help.\n", word), 2;
        return chosen();
    } catch (const CLI::ParseError& error) {
        const int code = program.exit(error);
        return code == 0 ? 0 : 2;
    }
}
