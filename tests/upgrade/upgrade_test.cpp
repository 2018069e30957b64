// upgrade_test.cpp — the database of an older program, brought to today's: nothing that people entered is lost or altered.
#include <filesystem>

#include <sqlite3.h>

#include "cast.h"
#include "json/value_tree.h"

namespace greenbank::testing {

namespace {

const std::string folder_of_dumps = "tests/upgrade/";

void make_database(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    char* reason = nullptr;
    const int done = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &reason);
    CHECK_MESSAGE(done == SQLITE_OK, std::string(reason ? reason : ""));
    sqlite3_free(reason);
    sqlite3_close(database);
}

/// Where `now` says less or other than `then` did; it may say more.
void add_lost(const ValueTree& then, const ValueTree& now, const std::string& path, std::vector<std::string>& lost) {
    if (then.shape == ValueTree::Shape::object && now.shape == then.shape) {
        for (const auto& [name, value] : then.members) {
            const ValueTree* kept = now.find(name);
            if (kept) add_lost(value, *kept, path + "/" + name, lost);
            else lost.push_back(path + "/" + name);
        }
    } else if (then.shape == ValueTree::Shape::list && now.shape == then.shape && now.items.size() == then.items.size()) {
        for (std::size_t i = 0; i < then.items.size(); ++i) add_lost(then.items[i], now.items[i], fmt::format("{}/{}", path, i), lost);
    } else if (!(then == now)) {
        lost.push_back(fmt::format("{}: {} became {}", path, to_json(then), to_json(now)));
    }
}

ValueTree tree_of(const std::string& json) {
    auto read = read_value_tree(json);
    REQUIRE_MESSAGE(read, json);
    return std::move(read).value();
}

struct Kept {
    std::string path, json;
};

/// What the older program answered: a path and its JSON a line.
std::vector<Kept> answers_of(const std::string& name) {
    std::vector<Kept> answers;
    const std::string lines = read_whole(folder_of_dumps + name + ".answers");
    for (const std::string_view line : split(lines, '\n'))
        if (const std::size_t space = line.find(' '); space != std::string_view::npos)
            answers.push_back({std::string(line.substr(0, space)), std::string(line.substr(space + 1))});
    return answers;
}

std::vector<std::string> names_of_dumps() {
    std::vector<std::string> names;
    const std::string ending = ".sqlite.sql";
    for (const auto& file : std::filesystem::directory_iterator(folder_of_dumps))
        if (const std::string name = file.path().filename(); name.ends_with(ending)) names.push_back(name.substr(0, name.size() - ending.size()));
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

TEST_CASE("a database of an older program is brought to today's, and keeps what people entered and their passwords") {
    REQUIRE(!names_of_dumps().empty());
    for (const std::string& name : names_of_dumps()) {
        INFO("database of ", name);
        const TemporaryFolder folder;
        make_database(folder.path() + "/greenbank.db", read_whole(folder_of_dumps + name + ".sqlite.sql"));
        for (int start = 1; start <= 2; ++start) { // the second finds nothing left to do
            BankProcess bank(folder.path(), {});
            CHECK(bank.setup_token().empty()); // there is an administrator
            Visitor visitor(bank.address());
            REQUIRE(visitor.post("/sign-in", fmt::format(R"({{"email":"wang@bank.test","password":"{}"}})", good_password)).status == 200);
            for (const auto& [path, json] : answers_of(name)) {
                const Answer answer = visitor.get(path);
                CHECK_MESSAGE(answer.status == 200, path, " ", answer.body);
                std::vector<std::string> lost;
                const ValueTree then = tree_of(json), now = tree_of(answer.body);
                const ValueTree *items_then = then.find("items"), *items_now = now.find("items");
                if (!items_then || !items_now) add_lost(then, now, path, lost);
                else // a list may have grown; what was in it is known by its id
                    for (const ValueTree& item : items_then->items) {
                        const ValueTree* same = nullptr;
                        for (const ValueTree& candidate : items_now->items)
                            if (*candidate.find("id") == *item.find("id")) same = &candidate;
                        if (same) add_lost(item, *same, path, lost);
                        else lost.push_back(path + " " + to_json(*item.find("id")));
                    }
                CHECK_MESSAGE(lost.empty(), fmt::format("{}", fmt::join(lost, "\n")));
            }
            CHECK(wait_for([&] { return visitor.get("/search?text=%E7%83%AD%E6%B3%B5").size("/items") >= 2; })); // 热泵
            CHECK(bank.stop() == 0);
        }
    }
}

} // namespace greenbank::testing
