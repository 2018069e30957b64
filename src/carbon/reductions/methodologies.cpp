// methodologies.cpp — reading the compiled-in methodologies, listing them.
#include "carbon/reductions/methodologies.h"

#include <algorithm>

#include "api/call.h"
#include "kernel/embedded.h"
#include "json/json.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile carbon_methodologies[];
extern const std::size_t carbon_methodologies_count;
} // namespace embedded

namespace carbon {

struct MethodologyKey {
    std::string code;
};
Record describe(const MethodologyKey*) {
    return {"methodology_key", "Names a methodology.", {field<&MethodologyKey::code>("code", "Its code.", {.min = 1, .max = 60})}};
}
struct MethodologyList {
    std::vector<Methodology> items;
};
Record describe(const MethodologyList*) {
    return {"methodology_list", "All methodologies.", {field<&MethodologyList::items>("items", "By their codes.", {.max = 500})}};
}

namespace {

Result<MethodologyList> methodology_list(Transaction&, const Caller&) { return MethodologyList{methodologies()}; }
Result<Methodology> methodology_get(Transaction&, const Caller&, const MethodologyKey& key) {
    for (const Methodology& one : methodologies())
        if (one.code == key.code) return one;
    return Error{Failure::not_found, "methodology.not_found", "There is no methodology with the code {code}.", {{"code", key.code}}};
}

} // namespace

const std::vector<Methodology>& methodologies() {
    static const std::vector<Methodology> all = [] {
        std::vector<Methodology> read;
        for (std::size_t i = 0; i < embedded::carbon_methodologies_count; ++i) {
            const EmbeddedFile& file = embedded::carbon_methodologies[i];
            auto one = from_json<Methodology>(file.bytes());
            if (!one)
                for (const Problem& problem : one.error().problems)
                    std::fprintf(
                        stderr, "%s: %s: %s\n", std::string(file.path).c_str(), problem.field.c_str(), fill_in(problem.message, problem.parameters).c_str());
            require(static_cast<bool>(one), "a methodology of the program cannot be read");
            read.push_back(std::move(one).value());
        }
        std::sort(read.begin(), read.end(), [](const Methodology& a, const Methodology& b) { return a.code < b.code; });
        return read;
    }();
    return all;
}

Result<Methodology> methodology_of(const std::string& code) {
    for (const Methodology& one : methodologies())
        if (one.code == code) return one;
    return invalid({{"methodology", "methodology.unknown", "There is no such methodology; choose one of the list."}});
}

std::vector<Endpoint> methodology_endpoints() {
    return {
        // clang-format off
        {"methodology_list", Method::get, "/methodologies", "Methodologies of reductions, with parameters, equations and rules.", Mode::read, open_to_all, call(methodology_list)},
        {"methodology_get", Method::get, "/methodologies/{code}", "One methodology.", Mode::read, open_to_all, call(methodology_get)},
        // clang-format on
    };
}

} // namespace carbon
} // namespace greenbank
