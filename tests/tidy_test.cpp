// tidy_test.cpp — the shape of the house: who may include whom, which room knows which library, names and words.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "kernel/csv.h"
#include "kernel/text.h"

namespace fs = std::filesystem;
using namespace greenbank;

namespace {

/// The dependency rule (docs: ARCHITECTURE.md). A room also may use what its targets may use.
const std::map<std::string, std::set<std::string>> rooms = {
    {"kernel", {}},
    {"solver", {"kernel"}},
    {"json", {"kernel"}},
    {"sheets", {"kernel"}},
    {"store", {"json"}},
    {"search", {"kernel"}},
    {"xml", {"kernel"}},
    {"oai", {"json", "xml"}},
    {"rdf", {"json", "xml"}},
    {"paper", {"kernel"}},
    {"api", {"store"}},
    {"parties", {"api"}},
    {"library", {"parties", "search", "sheets", "oai", "rdf", "paper"}},
    {"peers", {"library"}},
    {"projects", {"library"}},
    {"services", {"projects"}},
    {"ledger", {"parties", "sheets", "paper"}},
    {"energy", {"projects", "ledger"}},
    {"pact", {"json"}},
    {"carbon", {"energy", "solver", "pact"}},
    {"planning", {"energy", "ledger", "solver"}},
    {"market", {"ledger", "carbon", "projects"}},
    {"finance", {"projects", "market"}},
    {"cities", {"market", "planning", "events"}},
    {"match", {"library", "projects"}},
    {"deals", {"match", "projects", "ledger"}},
    {"events", {"deals", "solver"}},
    {"http", {"api"}},
    {"mqtt", {"kernel"}},
    {"modbus", {"kernel"}},
    {"ocpp", {"kernel"}},
    {"cli", {"api", "http"}},
};

/// Libraries that only some files know.
// clang-format off
const std::vector<std::pair<std::string, std::string>> libraries = {
    {"sqlite3.h", "src/store/sqlite/"},
    {"libpq-fe.h", "src/store/postgres/"},
    {"boost/", "src/http/ src/ocpp/"},
    {"mosquitto.h", "src/mqtt/mosquitto.cpp"},
    {"mqtt_protocol.h", "src/mqtt/mosquitto.cpp"},
    {"modbus.h", "src/modbus/"},
    {"groonga", "src/search/"},
    {"opencc", "src/search/"},
    {"libstemmer", "src/search/"},
    {"unicode/", "src/search/ src/sheets/"},
    {"sodium.h", "src/parties/secrets.cpp"},
    {"openssl/", "src/parties/secrets.cpp src/parties/log/sm2.cpp src/http/"},
    {"zlib.h", "src/http/"},
    {"spdlog/", "src/app/logging.cpp"},
    {"prometheus/", "src/app/metrics.cpp"},
    {"toml++/", "src/app/settings.cpp"},
    {"CLI/", "src/app/"},
    {"simdjson.h", "src/json/ src/cli/table.cpp"},
    {"zip.h", "src/sheets/ src/carbon/formats/"},
    {"pugixml.hpp", "src/sheets/ src/xml/"},
    {"xlsxwriter", "src/sheets/"},
    {"cairo", "src/paper/"},
    {"pango/", "src/paper/"},
    {"fontconfig/", "src/paper/"},
    {"glib", "src/paper/"},
    {"qrencode.h", "src/paper/"},
    {"poppler/", "src/paper/pdf_under_test.h"},
    {"ql/", "src/finance/engine/pricing"}, // one engine's calendars and day counts, and its test (docs/decisions/018)
    {"cadical", "src/solver/cadical.cpp"},
    {"suitesparse/", "src/solver/sparse_lu.cpp"},
    {"Cbc", "src/solver/clp_cbc.cpp"},
    {"Cgl", "src/solver/clp_cbc.cpp"},
    {"Clp", "src/solver/clp_cbc.cpp src/solver/staged_simplex.cpp src/solver/rolling.cpp"},
    {"Osi", "src/solver/clp_cbc.cpp"},
};
// clang-format on

std::set<std::string> reachable(const std::string& room) {
    std::set<std::string> all{room};
    const auto found = rooms.find(room);
    if (found == rooms.end()) return all;
    for (const std::string& target : found->second) all.merge(reachable(target));
    return all;
}

struct Source {
    std::string path, room;
    std::vector<std::string> lines;
};

const std::vector<Source>& sources() {
    static const std::vector<Source> all = [] {
        std::vector<Source> read;
        for (const auto& entry : fs::recursive_directory_iterator("src")) {
            const std::string path = entry.path().generic_string(), extension = entry.path().extension().string();
            if (extension != ".h" && extension != ".cpp") continue;
            Source source{path, path.substr(4, path.find('/', 4) - 4), {}};
            std::ifstream file(path);
            for (std::string line; std::getline(file, line);) source.lines.push_back(line);
            read.push_back(std::move(source));
        }
        return read;
    }();
    return all;
}

std::string at(const Source& source, std::size_t line) { return source.path + ":" + std::to_string(line + 1); }

} // namespace

TEST_CASE("rooms include only what the dependency rule allows") {
    REQUIRE(sources().size() > 50);
    const std::regex include("^#include \"([a-z]+)/([^\"]+)\"");
    for (const Source& source : sources()) {
        if (source.room == "app") continue; // app introduces everybody
        const std::set<std::string> allowed = reachable(source.room);
        REQUIRE_MESSAGE(rooms.contains(source.room), source.path, ": this room is not in the dependency rule");
        const bool engine = source.path.find("/engine/") != std::string::npos && source.path.find("_test.cpp") == std::string::npos;
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            std::smatch found;
            if (!std::regex_search(source.lines[i], found, include)) continue;
            const std::string target = found[1], rest = found[2];
            CHECK_MESSAGE(allowed.contains(target), at(source, i), ": ", source.room, " may not include ", target);
            if (engine)
                CHECK_MESSAGE((target == "kernel" || target == "solver" || (target == source.room && rest.starts_with("engine/"))), at(source, i),
                    ": an engine knows the kernel and the solvers only");
            if (target == "store" && source.room != "store" && (rest.starts_with("sqlite/") || rest.starts_with("postgres/")))
                CHECK_MESSAGE(false, at(source, i), ": only app names an engine of the store");
            if (target == "search" && source.room != "search" && rest == "groonga.h" && source.path.find("_test.cpp") == std::string::npos)
                CHECK_MESSAGE(false, at(source, i), ": only app names the index; rooms are given it");
        }
    }
}

TEST_CASE("a library is known to its own files only") {
    for (const Source& source : sources())
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            if (!source.lines[i].starts_with("#include <") || source.path.find("_under_test") != std::string::npos) continue;
            for (const auto& [library, places] : libraries) {
                if (source.lines[i].find("<" + library) == std::string::npos) continue;
                bool known = false;
                for (const std::string_view place : split(places, ' ')) known = known || source.path.starts_with(place);
                CHECK_MESSAGE(known, at(source, i), ": ", library, " belongs to ", places);
            }
        }
}

TEST_CASE("no clock, no chance and no environment outside the edges") {
    const std::regex impure("system_clock::now|std::random_device|getenv\\(|\\btime\\(nullptr\\)");
    for (const Source& source : sources()) {
        if (source.room == "app" || source.room == "http" || source.room == "store" || source.path.find("_test.") != std::string::npos ||
            source.path.find("_under_test") != std::string::npos)
            continue;
        for (std::size_t i = 0; i < source.lines.size(); ++i)
            CHECK_MESSAGE(!std::regex_search(source.lines[i], impure), at(source, i), ": time, chance and settings are arguments");
    }
}

TEST_CASE("a prefix of ids belongs to one record: what an id refers to is known by it alone") {
    const std::regex prefix(R"re(id_prefix = "([a-z]+)")re");
    std::map<std::string, std::string> owners;
    for (const Source& source : sources()) {
        if (source.path.find("_test.") != std::string::npos || source.path.find("_under_test") != std::string::npos) continue;
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            std::smatch found;
            // Steps of deals and of assessments share theirs since the first banks that keep both; nothing refers to either.
            if (!std::regex_search(source.lines[i], found, prefix) || found[1] == "step") continue;
            const auto [owner, first] = owners.emplace(found[1], at(source, i));
            CHECK_MESSAGE(first, at(source, i), ": the prefix ", found[1].str(), " is that of ", owner->second);
        }
    }
}

TEST_CASE("files say in their first line what they are, and no name says nothing") {
    const std::regex empty_name("(util|helper|manager|common|misc)s?(_|\\.|/)");
    for (const Source& source : sources()) {
        CHECK_MESSAGE((!source.lines.empty() && source.lines[0].starts_with("// ")), source.path, ": begin with one line on the file's subject");
        CHECK_MESSAGE(!std::regex_search(source.path, empty_name), source.path, ": a name that says nothing");
        for (std::size_t i = 0; i < source.lines.size(); ++i)
            CHECK_MESSAGE((source.lines[i].find("TODO") == std::string::npos && source.lines[i].find("FIXME") == std::string::npos), at(source, i),
                ": finish it, or open an issue");
    }
}

TEST_CASE("every error has its sentence in Chinese and Russian, with the same places to fill") {
    std::map<std::string, Text> words;
    for (const auto& entry : fs::recursive_directory_iterator("src")) {
        if (entry.path().filename() != "words.csv") continue;
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        const auto csv = parse_csv(text.str());
        REQUIRE_MESSAGE(csv, entry.path().string());
        for (const auto& row : csv.value().rows) {
            REQUIRE_MESSAGE(row.size() == 4, entry.path().string());
            CHECK_MESSAGE(words.emplace(row[0], Text{row[1], row[2], row[3]}).second, entry.path().string(), ": ", row[0], " stands twice");
            CHECK_MESSAGE((!row[1].empty() && !row[2].empty() && !row[3].empty()), entry.path().string(), ": ", row[0], " is missing in a language");
        }
    }
    const std::regex code("(?:Failure::[a-z_]+, |push_back\\(\\{[^{}\"]*(?:\"[^\"]*\"[^{}\"]*)?, |(?:invalid\\(\\{\\{|return Problem\\{|return "
                          "\\{)\"?[^\"{}]*\"?, )\"([a-z_]+\\.[a-z_]+)\", ?(?:R\\()?\""),
        place("\\{([a-z_]+)\\}");
    const auto places = [&](const std::string& sentence) {
        std::set<std::string> names;
        for (std::sregex_iterator it(sentence.begin(), sentence.end(), place), end; it != end; ++it) names.insert((*it)[1]);
        return names;
    };
    for (const Source& source : sources()) {
        if (source.path.find("_test.cpp") != std::string::npos || source.path.find("under_test") != std::string::npos ||
            source.path.find("_bench.cpp") != std::string::npos || source.path.find("_fuzz.cpp") != std::string::npos)
            continue;
        std::string text; // one line, for a call may be broken anywhere
        for (const std::string& line : source.lines) (text += line.substr(std::min(line.find_first_not_of(' '), line.size()))) += ' ';
        for (std::sregex_iterator it(text.begin(), text.end(), code), end; it != end; ++it)
            CHECK_MESSAGE(words.contains("error." + std::string((*it)[1])), source.path, ": error.", std::string((*it)[1]), " has no words");
    }
    for (const auto& [key, text] : words) {
        CHECK_MESSAGE(places(text.zh) == places(text.en), key, ": Chinese fills other places than English");
        CHECK_MESSAGE(places(text.ru) == places(text.en), key, ": Russian fills other places than English");
    }
}
