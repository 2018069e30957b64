// operations.cpp — what the operations of all folders share: whose a record is, who sees it, codes.
#include "services/operations.h"

#include <fmt/format.h>

#include "library/rules.h"

namespace greenbank::services {

Error not_your_record() {
    return {Failure::forbidden, "services.not_yours", "This belongs to another organisation; its own people and the desk of the bank may change it."};
}

std::string seen_where(const Caller& caller, std::string_view owner_column, std::vector<Value>& parameters) {
    if (caller.actor.may(run_desk)) return "1 = 1";
    if (caller.actor.organisation.empty()) return "state = 'published'";
    parameters.emplace_back(caller.actor.organisation);
    return fmt::format("(state = 'published' OR {} = ${})", owner_column, parameters.size());
}

void check_languages(const std::vector<std::string>& languages, Problems& problems) {
    for (std::size_t i = 0; i < languages.size(); ++i)
        if (languages[i].size() != 2 || !std::all_of(languages[i].begin(), languages[i].end(), [](char c) { return c >= 'a' && c <= 'z'; }))
            problems.push_back({fmt::format("languages[{}]", i), "expert.language", "Write a language as its two letters: zh, en, ru."});
}

void check_countries(const std::vector<std::string>& countries, const std::string& path, Problems& problems) {
    library::check_codes(library::reference().countries, countries, path, problems);
}

} // namespace greenbank::services
