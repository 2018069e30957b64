// command.h — what a command over plain files is: `greenbank ledger apply --in FILE`, without a server or a database.
// command("ledger", "apply", "…", f) makes the row out of a typed function:
//   Result<int> f(const Options&, Console&)      Options: a described struct, a flag each field; the int is the exit status
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/fetch.h"
#include "kernel/record.h"
#include "kernel/time.h"

namespace greenbank {

class Store;

/// The database that a command names, opened to be read; empty fields: the one of the program's settings.
struct DatabaseChoice {
    std::string data, database;
};

/// Where a command speaks. Results go to `out`; progress and remarks to `aside`, which a pipe does not carry.
struct Console {
    Language language = Language::en;
    bool json = false; // print JSON
    std::function<void(std::string_view)> out;
    std::function<void(std::string_view)> aside;
    std::function<Result<std::unique_ptr<Store>>(const DatabaseChoice&)> open_database = {}; // one that is there, as it is
    /// Asks any server with that method at that address; a body is JSON.
    std::function<Result<Fetched>(const std::string& method, const std::string& url, const std::string& body)> ask = {};
    Time now;
};

struct Command {
    std::string_view room, verb; // an empty verb: `greenbank match`
    std::string_view doc;
    const Record& (*options)();
    /// Failure::invalid for flags that are not right (exit 2); any other error is the command's own (exit 1).
    std::function<Result<std::function<Result<int>(Console&)>>(std::span<const std::string> flags)> prepare;
};

/// Sets the fields of `value` from `--name value` words ("--flag" alone sets a boolean, a list takes several or commas)
/// and validates; every wrong flag is a problem of its own, named as it was written.
Result<Done> bind_flags(std::span<const std::string> words, const Record& record, void* value);

/// Lines of help: the command, what it is for, each flag.
std::string command_help(const Command& command);

template <class Options>
Command command(std::string_view room, std::string_view verb, std::string_view doc, Result<int> (*function)(const Options&, Console&)) {
    return {room, verb, doc, []() -> const Record& { return record_of<Options>(); },
        [function](std::span<const std::string> flags) -> Result<std::function<Result<int>(Console&)>> {
            auto options = std::make_shared<Options>();
            auto bound = bind_flags(flags, record_of<Options>(), options.get());
            if (!bound) return bound.error();
            return std::function<Result<int>(Console&)>([function, options](Console& console) { return function(*options, console); });
        }};
}

} // namespace greenbank
