// classes_test.cpp — the trees, cross-walks and prefixes that come with Greenbank: whole, joined, and equal to the open lists.
#include "library/classes/classes.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "library/finding/suggesting.h"
#include "search/folding.h"
#include "json/json.h"

namespace greenbank::library {
namespace {

std::string read_whole(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

using Files = std::map<std::string, std::string_view>;

const Files& reference_files() {
    static std::map<std::string, std::string> texts;
    static const Files files = [] {
        Files made;
        for (const auto& file : std::filesystem::directory_iterator("data/reference"))
            made[file.path().filename()] = texts[file.path().filename()] = read_whole(file.path());
        return made;
    }();
    return files;
}

const Reference& loaded() {
    static const auto read = read_reference(reference_files());
    if (!read) MESSAGE(fill_in(read.error().message, read.error().parameters));
    REQUIRE(read);
    set_reference(&read.value());
    return read.value();
}

const Classes& shipped() { return loaded().classification; }

std::string first_code(std::string_view symbol, std::string_view tree) {
    const auto range = parse_patent_range(symbol);
    REQUIRE_MESSAGE(range, symbol);
    for (const PatentClass& one : classes_of(range.value(), shipped().patent_rules))
        if (one.to.tree == tree) return one.to.code;
    return "none";
}

/// Lines of a file beside the sources, or nothing where this machine has it not.
std::vector<std::string> shared_lines(const char* path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        if (!trim(line).empty()) lines.emplace_back(trim(line));
    }
    if (lines.empty()) MESSAGE("skipped: there is no ", path);
    return lines;
}

std::string error_of(const std::string& file, std::string_view text) {
    Files files = reference_files();
    files[file] = text;
    const auto read = read_classes(files);
    return read ? "none" : read.error().code + ": " + fill_in(read.error().message, read.error().parameters);
}

} // namespace

TEST_CASE("every tree is there, named in three languages, with source and status") {
    std::map<std::string, std::size_t> sizes;
    for (const ClassEdition& edition : shipped().trees.editions()) {
        sizes[edition.tree + " " + edition.edition] = edition.classes.size();
        CHECK_MESSAGE((!edition.title.zh.empty() && !edition.title.en.empty() && !edition.title.ru.empty()), edition.tree);
        CHECK_MESSAGE(!edition.source.empty(), edition.tree);
        for (const ClassNode& node : edition.classes)
            CHECK_MESSAGE((!node.name.zh.empty() && !node.name.en.empty() && !node.name.ru.empty()), edition.tree, " ", node.code);
    }
    CHECK(sizes.at("fields 2023") == 6);
    CHECK(sizes.at("sdg 2015") == 17);
    CHECK(sizes.at("gbepc 2021") == loaded().classes.terms.size());
    CHECK(sizes.at("transition 2019") == 6);
    CHECK(sizes.at("cpc_y02 2020") > 150);
    CHECK(sizes.at("ipc_green 2021") > 50);
    for (const Term& term : loaded().classes.terms) CHECK(shipped().trees.find({"gbepc", "2021", term.code}) != nullptr);
    // an edition that we know in part is never official
    CHECK(shipped().trees.edition("transition", "2024")->standing == ClassStanding::unconfirmed);
    CHECK(shipped().trees.edition("cgt", "2022")->standing == ClassStanding::unconfirmed);
    CHECK(shipped().trees.edition("transition", "", parse_date("2023-05-01"))->edition == "2019");
    CHECK(shipped().trees.edition("transition", "", parse_date("2024-03-01"))->edition == "2024");
    CHECK(!shipped().trees.edition("gbepc", "2021")->in_force(*parse_date("2025-10-01")));
}

TEST_CASE("walks lead where one expects, and say how sure that is") {
    const auto relation = [](ClassCode from, const ClassCode& to) -> std::string {
        for (const Reached& one : shipped().trees.walk(from))
            if (one.to == to) return std::string(to_text(one.relation)) + (one.standing == ClassStanding::public_ ? " public" : "");
        return "none";
    };
    CHECK(relation({"gbepc", "2021", "3.2.2.1"}, {"cpc_y02", "2020", "Y02E10/70"}) == "close");
    CHECK(relation({"gbepc", "2021", "3.2.2.1"}, {"fields", "2023", "energy_carbon"}) == "broader");
    CHECK(relation({"gbepc", "2021", "3.2.2.1"}, {"sdg", "2015", "7"}) == "broader");
    CHECK(relation({"gbepc", "2021", "5.3.1.1"}, {"fields", "2023", "water"}) == "broader");
    CHECK(relation({"fields", "2023", "water"}, {"gbepc", "2021", "5.3.1.1"}) == "narrower");
    CHECK(relation({"cpc_y02", "2020", "Y02E10/70"}, {"gbepc", "2021", "3.2.2.1"}) == "close");
    CHECK(relation({"ipc_green", "2021", "1.8"}, {"gbepc", "2021", "3.2.2.1"}) == "close"); // through Y02E10/70
    CHECK(relation({"ipc_green", "2021", "1.9.1"}, {"gbepc", "2021", "3.2.2.2"}) == "broader");
    CHECK(relation({"transition", "2019", "3"}, {"transition", "2024", "4"}) == "close");
    CHECK(relation({"fields", "2023", "water"}, {"fields", "2023", "air"}) == "none");
    // every lowest class of the bond catalogue that belongs to a field leads to at most two
    for (const ClassNode& node : shipped().trees.edition("gbepc")->classes) {
        std::size_t fields = 0;
        for (const Reached& one : shipped().trees.walk({"gbepc", "2021", node.code}, {.crossings_max = 1, .to_tree = "fields"}))
            fields += one.relation == Relation::broader;
        CHECK_MESSAGE(fields <= 2, node.code);
    }
}

TEST_CASE("patent symbols stand for what the schemes say") {
    CHECK(first_code("Y02E 10/541", "cpc_y02") == "Y02E10/50");
    CHECK(first_code("Y02E 10/728", "cpc_y02") == "Y02E10/70");
    CHECK(first_code("Y02W 10/10", "cpc_y02") == "Y02W10/10");
    CHECK(first_code("Y04S 40/12", "cpc_y02") == "Y04S40/00");
    CHECK(first_code("F03D 7/02", "ipc_green") == "1.8");
    CHECK(first_code("F03D 7/02", "fields") == "energy_carbon");
    CHECK(first_code("C02F 3/12", "fields") == "water");
    CHECK(first_code("B01D 53/86", "fields") == "air");
    CHECK(first_code("B09C 1/08", "ipc_green") == "4.2.4");
    CHECK(first_code("H01M 10/54", "ipc_green") == "4.4.5");
    CHECK(first_code("A61K 31/00", "ipc_green") == "none");
    for (const ClassNode& node : shipped().trees.edition("cpc_y02")->classes) CHECK(first_code(node.code, "cpc_y02") == node.code);
}

TEST_CASE("every code of the open IPC Green Inventory list has a topic, and codes of one heading the same") {
    std::map<std::string, std::set<std::string>> topics;
    std::size_t codes = 0;
    for (const std::string& line : shared_lines("../shared/data/search/green/IPC_green_codes.csv")) {
        const std::size_t comma = line.find(',');
        const std::string topic = first_code(line.substr(0, comma), "ipc_green");
        CHECK_MESSAGE(topic != "none", line);
        topics[line.substr(comma + 1)].insert(topic);
        ++codes;
    }
    if (codes == 0) return;
    CHECK(codes == 1214);
    for (const auto& [heading, found] : topics) CHECK_MESSAGE(found.size() == 1, heading);
    MESSAGE(codes, " codes under ", topics.size(), " headings");
}

TEST_CASE("every Y02 symbol of the open OECD list falls into its own branch") {
    std::size_t symbols = 0, at_subclass = 0;
    for (const std::string& line : shared_lines("../shared/data/search/green/ENVTECH_codes.csv")) {
        if (!line.starts_with("Y02")) continue;
        const std::string code = first_code(line, "cpc_y02");
        CHECK_MESSAGE(code.starts_with(line.substr(0, 4)), line, " became ", code);
        at_subclass += code.size() == 4;
        ++symbols;
    }
    if (symbols == 0) return;
    CHECK(symbols > 300);
    CHECK(at_subclass * 8 < symbols); // groups that the scheme has given up since
    MESSAGE(symbols, " symbols, ", at_subclass, " of groups that are no more");
}

TEST_CASE("faulty files name file and line") {
    CHECK(error_of("classes_fields.csv", "code,zh\nwater,水\n") == "classes.columns: classes_fields.csv needs the columns code, parent, zh, en, ru, status.");
    CHECK(error_of("classes_fields.csv", "code,parent,zh,en,ru,status\nwater,,水,water,вода,sure\n") ==
          "classes.cell: classes_fields.csv, line 2: sure is no status.");
    CHECK(
        error_of("class_crossings.csv", "tree,edition,code,relation,to_tree,to_edition,to_code,source,status\nfields,2023,water,like,sdg,2015,6,x,public\n") ==
        "classes.cell: class_crossings.csv, line 2: like is no relation.");
    CHECK(
        error_of("class_crossings.csv", "tree,edition,code,relation,to_tree,to_edition,to_code,source,status\nfields,2023,fire,close,sdg,2015,6,x,public\n") ==
        "classes.crossing: A cross-walk names fields 2023 fire, which is in no tree.");
    CHECK(error_of("patent_prefixes.csv", "first,last,tree,edition,code,source,status\nC02F,B01D,fields,2023,water,x,public\n")
              .starts_with("classes.cell: patent_prefixes.csv, line 2"));
    CHECK(error_of("patent_prefixes.csv", "first,last,tree,edition,code,source,status\nC02F,,fields,2023,fire,x,public\n") ==
          "classes.cell: patent_prefixes.csv, line 2: fire is no code.");
    CHECK(error_of("class_editions.csv", "tree,edition,file,zh,en,ru,valid_from,valid_until,source,status\na,1,none.csv,x,x,x,,,x,public\n") ==
          "reference.missing: The file none.csv is missing.");
    CHECK(error_of("class_editions.csv", "tree,edition,file,zh,en,ru,valid_from,valid_until,source,status\na,1,classes_sdg.csv,x,x,x,soon,,x,public\n") ==
          "classes.cell: class_editions.csv, line 2: soon is no valid_from.");
}

TEST_CASE("names and thesaurus alone find the field and the class of most sample technologies, in any language") {
    REQUIRE(search::load_folding());
    const TermFinder finder = make_term_finder(loaded().thesaurus);
    const auto background = std::make_shared<const Background>(background_of(loaded(), loaded().thesaurus, finder));
    std::vector<Technology> technologies;
    for (const auto& file : std::filesystem::directory_iterator("data/sample/technologies")) {
        auto read = list_from_json<Technology>(read_whole(file.path()), {.accept_read_only = true});
        REQUIRE(read);
        for (Technology& one : read.value()) technologies.push_back(std::move(one));
    }
    const auto right_of = [&](std::string_view tree, std::size_t within, Language language) {
        const Suggester suggester(profiles_of(shipped().trees, *shipped().trees.edition(tree), finder), background);
        std::size_t right = 0;
        for (const Technology& one : technologies) {
            Text title, summary;
            title.in(language) = one.title.in(language);
            summary.in(language) = one.summary.in(language);
            const std::vector<std::string> codes = confirmed_codes(one, tree);
            for (const Suggestion& each : suggester.suggest(terms_of(finder, title, summary, {}), within))
                if (std::find(codes.begin(), codes.end(), each.code) != codes.end()) {
                    ++right;
                    break;
                }
        }
        return 100 * right / technologies.size();
    };
    for (const Language language : {Language::zh, Language::en, Language::ru}) {
        CAPTURE(to_text(language));
        CHECK(right_of("fields", 1, language) >= 80);
        CHECK(right_of("gbepc", 3, language) >= 75);
    }
    // Traditional script finds the same
    const Suggester suggester(profiles_of(shipped().trees, *shipped().trees.edition("gbepc"), finder), background);
    CHECK(suggester.suggest(finder.terms_of("風力發電機組"), 3)[0].score == suggester.suggest(finder.terms_of("风力发电机组"), 3)[0].score);
}

} // namespace greenbank::library
