// remote.h — every endpoint as a command: `greenbank technology list --limit 5` calls a running server.
#pragma once

#include <string>
#include <vector>

#include "api/api.h"

namespace greenbank::cli {

struct Remote {
    std::string server = "http://127.0.0.1:8080";
    std::string token;
    Language language = Language::en;
    bool json = false; // print the answer as it came
};

/// "technology_list" is `technology list`, "capital_offer_create" `capital-offer create`.
struct CommandName {
    std::string noun, verb;
};
CommandName command_name(std::string_view endpoint);

/// Runs `arguments` (noun, verb, flags). Exit status: 0 done, 1 refused by the server, 2 wrong words.
int run_remote(const std::vector<Endpoint>& endpoints, const std::vector<std::string>& arguments, const Remote& remote);

/// Lines of help for all nouns, or the verbs and flags of one.
std::string remote_help(const std::vector<Endpoint>& endpoints, const std::string& noun);

} // namespace greenbank::cli
