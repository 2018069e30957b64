// commands_test.cpp — the program's words, flags, exit codes and files.
#include <filesystem>

#include "cast.h"

namespace greenbank::testing {

/// A command against the shared server.
static Ran ask(std::vector<std::string> words, const std::string& token = "", const std::string& input = "") {
    std::vector<std::string> environment{"GREENBANK_SERVER=" + cast().bank.address(), "GREENBANK_LANGUAGE=en"};
    if (!token.empty()) environment.push_back("GREENBANK_TOKEN=" + token);
    return run(std::move(words), input, environment);
}

static bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST_CASE("without words the program helps, and it knows its version") {
    const Ran help = run({});
    CHECK(help.status == 0);
    for (const std::string word : {"serve", "match", "admin", "openapi", "technology", "capital-offer"}) CHECK_MESSAGE(has(help.out, word), word);
    CHECK(run({"--help"}).status == 0);
    const Ran version = run({"--version"});
    CHECK(version.status == 0);
    CHECK(version.out == cast().nobody.get("/session").at("/version") + "\n");
}

TEST_CASE("the ledger is measured on a database of its own, which goes afterwards") {
    const TemporaryFolder folder;
    const Ran ran = run({"bench", "ledger", "--store", "sqlite", "--data", folder.path(), "--seconds", "0.05", "--json"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const Answer figures{200, ran.out, "", {}};
    CHECK(figures.at("/store") == "sqlite");
    CHECK(figures.all("/ours", "/batch_size") == std::vector<std::string>{"1", "100", "8190"});
    for (const std::string& rate : figures.all("/ours", "/random_per_second")) CHECK(std::stod(rate) > 0);
    CHECK(std::filesystem::is_empty(folder.path()));
    CHECK(run({"bench", "ledger", "--store", "paper"}).status == 2);
    CHECK(run({"bench", "ledger", "--store", "postgres", "--data", folder.path()}).status == 1);
}

TEST_CASE("a list is a table, or JSON as the server sent it") {
    const Ran table = ask({"technology", "list", "--limit", "3", "--sample", "true"});
    CHECK(table.status == 0);
    CHECK(table.err.empty());
    CHECK(has(table.out, "3 of 85"));
    CHECK(table.out.find('\033') == std::string::npos); // no colours where nobody looks
    for (const std::vector<std::string>& words :
        {std::vector<std::string>{"technology", "list", "--limit", "3", "--json"}, {"--json", "technology", "list", "--limit=3"}}) {
        const Ran json = ask(words);
        CHECK(json.status == 0);
        const Answer page{200, json.out, "", {}};
        CHECK(page.size("/items") == 3);
        CHECK(page.body == cast().nobody.get("/technologies?limit=3").body + "\n");
    }
    const Ran one = ask({"need", "get", "need_sample_island_power", "--language", "ru"});
    CHECK(one.status == 0);
    CHECK(has(one.out, "Замена дизельной генерации"));
    CHECK(has(ask({"need", "get", "--id", "need_sample_island_power"}).out, "180000000.00 CNY"));
    CHECK(has(ask({"search", "get", "--text", "heat pump", "--kind", "technology"}).out, "heat pump"));
    CHECK(has(ask({"need", "matches", "need_sample_island_power", "--top", "2", "--json"}).out, "\"score_points\""));
}

TEST_CASE("wrong words exit with 2 and say what would be right") {
    const TemporaryFolder elsewhere;
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {{{"technolgy", "list"}, "There is no command"},
        {{"technology"}, "greenbank technology list"}, {{"technology", "lst"}, "greenbank technology list"}, {{"technology", "list", "--limt", "3"}, "--limt"},
        {{"technology", "list", "--limit"}, "without a value"}, {{"technology", "get"}, "Say which one"}, {{"technology", "list", "more"}, "not expected"},
        {{"match"}, "--need"}, {{"serve", "--port", "99999"}, "--port"}, {{"match", "--need", "x", "--library", "y", "--top", "0"}, "--top"},
        {{"openapi", "more"}, "not expected"}, {{"migrate", "more", "--data", elsewhere.path() + "/none"}, "not expected"}, {{"admin"}, ""},
        {{"need", "create", "--in", "/nowhere/need.json"}, "cannot be read"}};
    for (const auto& [words, said] : cases) {
        const Ran ran = ask(words);
        INFO(fmt::format("{}", fmt::join(words, " ")), ": ", ran.out, ran.err);
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(has(ran.err, said));
    }
}

TEST_CASE("what the server refuses exits with 1 and names each fault in the asked language") {
    const Ran nobody = ask({"need", "create", "--title", "A need", "--field", "water", "--country", "KZ"});
    CHECK(nobody.status == 1);
    CHECK(nobody.out.empty());
    CHECK(has(nobody.err, "Sign in first"));
    CHECK(has(ask({"need", "list", "--limit", "0", "--language", "zh"}).err, "limit"));
    CHECK(ask({"need", "get", "need_nothing"}).status == 1);
    CHECK(ask({"need", "list"}, "gb_forged").status <= 1);
    const Ran unreachable = run({"need", "list", "--server", "http://127.0.0.1:1"});
    CHECK(unreachable.status == 1);
    CHECK(has(unreachable.err, "greenbank serve"));
}

TEST_CASE("with a token one writes from the command line, by flags or from a file") {
    const std::string token = cast().editor.post("/tokens", R"({"name":"shell"})").at("/token");
    const Ran made = ask({"need", "create", "--title", "From the shell; it's \"quoted\"", "--field", "water", "--country", "KZ", "--budget",
                             R"({"amount":"5.00","currency":"CNY"})", "--json"},
        token);
    REQUIRE_MESSAGE(made.status == 0, made.err);
    const Answer need{201, made.out, "", {}};
    CHECK(need.at("/title/en") == "From the shell; it's \"quoted\"");
    CHECK(need.at("/budget/amount") == "5.00");
    const Ran from_file = ask({"need", "create", "--in", "-", "--json"}, token, need_body("From standard input"));
    CHECK(Answer{201, from_file.out, "", {}}.at("/title/en") == "From standard input");
    const Ran changed = ask({"need", "update", need.at("/id"), "--country", "RU", "--json"}, token);
    CHECK_MESSAGE(changed.status == 0, changed.err);
    CHECK(Answer{200, changed.out, "", {}}.at("/country") == "RU");
    const Ran faulty = ask({"need", "create", "--title", "x", "--field", "wood", "--country", "KZ"}, token);
    CHECK(faulty.status == 1);
    CHECK(has(faulty.err, "field: "));
    const Ran removed = ask({"need", "delete", need.at("/id")}, token);
    CHECK(removed.status == 0);
    CHECK(removed.out == "Done.\n");
    const Ran publish = ask({"need", "publish", Answer{201, from_file.out, "", {}}.at("/id")}, token);
    CHECK(publish.status == 1);
    CHECK_MESSAGE(has(publish.err, "You need the right"), publish.err);
}

TEST_CASE("match reads files, and names every faulty row") {
    const TemporaryFolder folder;
    const std::string need =
        folder.write("need.json", R"({"title":{"en":"Clean water"},"field":"water","country":"KZ","capacity":{"value":500,"unit":"m3/d"}})");
    const std::string json =
        folder.write("library.json", "[" + technology_body("First") + "," + technology_body("Second", R"(,"capacity_max":{"value":100,"unit":"m3/d"})") + "]");
    const Ran good = run({"match", "--need", need, "--library", json, "--json"});
    REQUIRE_MESSAGE(good.status == 0, good.err);
    const Answer list{200, good.out, "", {}};
    CHECK(list.number("/considered") == 2);
    CHECK(list.size("/items") == 1);
    CHECK(list.at("/excluded_by/0/rule") == "capacity");

    const std::string head = "title.en,summary.en,field,readiness,territories,origin\n";
    const auto row = [](const char* title, const char* field, const char* level, const char* origin) {
        return fmt::format("{},Cleans it,{},\"{{\"\"scale\"\":\"\"gbt22900\"\",\"\"level\"\":{}}}\",\"[\"\"WORLD\"\"]\",{}\n", title, field, level, origin);
    };
    const std::string csv = folder.write("library.csv", head + row("First", "water", "8", "CN") + row("Second", "air", "9", "DE"));
    const Ran table = run({"match", "--need", need, "--library", csv});
    INFO(table.out, table.err);
    CHECK(table.status == 0);
    CHECK(has(table.out, "First"));
    CHECK(!has(table.out, "Second"));
    CHECK(run({"match", "--need", "-", "--library", csv}, read_whole(need)).out == table.out);

    const std::string bad = folder.write("bad.csv",
        head + row("First", "water", "8", "CN") + row("Second", "wood", "8", "CN") + row("Third", "water", "12", "CN") + row("Fourth", "water", "8", "XX"));
    const Ran faults = run({"match", "--need", need, "--library", bad});
    INFO(faults.err);
    CHECK(faults.status == 1);
    CHECK(faults.out.empty());
    for (const std::string place : {"line 3: field", "line 4: readiness.level", "line 5: origin"}) CHECK_MESSAGE(has(faults.err, place), place);
    CHECK(!has(faults.err, "line 2"));

    const std::string binary = folder.write("picture.png", std::string("\x89PNG\r\n\x1a\n\0\0\xff", 11)), empty = folder.write("empty.csv", ""),
                      letter = folder.write("letter.txt", "Dear bank,\nplease match.\n");
    for (const std::string& library : {binary, empty, letter, std::string("/nowhere/library.csv"), folder.path()}) {
        const Ran ran = run({"match", "--need", need, "--library", library});
        INFO(library, ": ", ran.err);
        CHECK(ran.status == 1);
        CHECK(!ran.err.empty());
        CHECK(ran.out.empty());
    }
    for (const std::string& wrong :
        {json, binary, empty, std::string("/nowhere/need.json"), folder.write("need2.json", R"({"title":{"en":"x"},"field":"wood"})")}) {
        const Ran ran = run({"match", "--need", wrong, "--library", csv});
        INFO(wrong, ": ", ran.err);
        CHECK(ran.status == 1);
        CHECK(!ran.err.empty());
    }
    CHECK(has(run({"match", "--need", folder.path() + "/need2.json", "--library", csv}).err, "country"));
}

TEST_CASE("admin link works while nobody has an account and is refused later") {
    const TemporaryFolder folder;
    const Ran link = run({"admin", "link", "--data", folder.path()}, "", {"GREENBANK_PUBLIC_ADDRESS=https://bank.example"});
    REQUIRE_MESSAGE(link.status == 0, link.err);
    CHECK(link.out.starts_with("https://bank.example/setup?token="));
    const std::string token = link.out.substr(link.out.find('=') + 1, 43);
    {
        const BankProcess bank(folder.path(), {}); // its own new link replaces that one
        Visitor visitor(bank.address());
        CHECK(visitor.get("/setup?token=" + token).at("/valid") == "false");
        const Ran another = run({"admin", "link", "--data", folder.path()}); // beside the running server
        REQUIRE_MESSAGE(another.status == 0, another.err);
        CHECK(visitor.get("/setup?token=" + bank.setup_token()).at("/valid") == "false");
        const Answer made = visitor.post("/setup", fmt::format(R"({{"token":"{}","email":"ana@bank.test","name":"Ana","password":"{}","language":"zh"}})",
                                                       another.out.substr(another.out.find('=') + 1, 43), good_password));
        CHECK_MESSAGE(made.status == 200, made.body);
    }
    const Ran late = run({"admin", "link", "--data", folder.path()});
    CHECK(late.status == 1);
    CHECK(late.out.empty());
    CHECK(has(late.err, "invitation"));
}

TEST_CASE("settings come from the file, then the environment, then the flags; a wrong one is named") {
    const TemporaryFolder folder;
    const std::string file = folder.write("bank.toml", "data = \"/from/file\"\nlog_level = \"error\"\n[http]\nport = 9001\nthreads = 3\n");
    const Ran config = run({"config", "--settings", file}, "", {"GREENBANK_PORT=9002", "GREENBANK_DATABASE=host=secret password=hidden"});
    CHECK(config.status == 0);
    CHECK(has(config.out, "data = \"/from/file\""));
    CHECK(has(config.out, "port = 9002"));
    CHECK(has(config.out, "threads = 3"));
    CHECK(!has(config.out, "hidden"));
    const Ran printed_back = run({"config", "--settings", folder.write("again.toml", run({"config"}).out)});
    CHECK_MESSAGE(printed_back.status == 0, printed_back.err);
    for (const auto& [text, said] :
        {std::pair("colour = 1\n", "colour"), {"[http]\nport = 70000\n", "http.port"}, {"data = 5\n", "data"}, {"data = \n", "line 1"}}) {
        const Ran wrong = run({"config", "--settings", folder.write("wrong.toml", text)});
        INFO(text, wrong.err);
        CHECK(wrong.status == 1);
        CHECK(has(wrong.err, said));
    }
    CHECK(run({"config", "--settings", "/nowhere.toml"}).status == 1);
    CHECK(run({"config"}, "", {"GREENBANK_PORT=many"}).status == 1);
}

TEST_CASE("openapi prints the contract, migrate makes a database, serve says why it cannot") {
    CHECK(Answer{200, run({"openapi"}).out, "", {}}.at("/openapi") == "3.1.0");
    const TemporaryFolder folder;
    CHECK(run({"migrate", "--data", folder.path() + "/new/folder"}).status == 0);
    CHECK(run({"migrate", "--data", folder.path() + "/new/folder"}).status == 0);
    const std::string address = cast().bank.address();
    const Ran taken = run({"serve", "--data", folder.path(), "--port", address.substr(address.rfind(':') + 1)});
    CHECK(taken.status == 1);
    CHECK(has(taken.err, "taken"));
    const Ran unreadable = run({"serve", "--data", folder.write("a file", "x"), "--port", "0"});
    CHECK(unreadable.status == 1);
    CHECK(!unreadable.err.empty());
}

TEST_CASE("a stopped server leaves within ten seconds and with 0") {
    const TemporaryFolder folder;
    BankProcess bank(folder.path(), {});
    Visitor visitor(bank.address());
    CHECK(visitor.get("//healthz").status == 200);
    const auto start = std::chrono::steady_clock::now();
    CHECK(bank.stop() == 0);
    CHECK(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < 10.5);
}

} // namespace greenbank::testing
