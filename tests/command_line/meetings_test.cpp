// meetings_test.cpp — one-to-one meetings out of files: scheduled, repaired, and refused with reasons.
#include <filesystem>

#include "cast.h"

namespace greenbank::testing {

namespace {

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const char* const instance =
    R"({"slots":4,"tables":2,"sessions":[{"name":"morning","first_slot":1,"last_slot":2},{"name":"afternoon","first_slot":3,"last_slot":4}],
"participants":[{"id":"island","name":"Island power company"},{"id":"sun"},{"id":"wind"},{"id":"store","forbidden_slots":[1]},{"id":"grid"}],
"requests":[{"id":"a","from":"island","to":"sun","value_from":5,"value_to":3},{"id":"b","from":"island","to":"wind","value_from":4,"value_to":4},
{"id":"c","from":"island","to":"store","value_from":3,"value_to":5,"after":["a"]},{"id":"d","from":"grid","to":"island","value_from":1,"value_to":2},
{"id":"e","from":"grid","to":"sun","session":"afternoon"},{"id":"f","from":"store","to":"grid"},{"id":"g","from":"wind","to":"sun","fixed_slot":2},
{"id":"h","from":"island","to":"wind","value_from":1,"value_to":0}]})";

std::string with(const std::string& what, const std::string& instead) {
    std::string text = instance;
    REQUIRE(says(text, what));
    return text.replace(text.find(what), what.size(), instead);
}

} // namespace

TEST_CASE("meetings are scheduled with bounds, agendas and reasons") {
    const TemporaryFolder folder;
    const std::string in = folder.write("instance.json", instance), out = folder.path() + "/schedule.json";
    const Ran ran = run({"meetings", "schedule", "--in", in, "--out", out, "--language", "en"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    CHECK_MESSAGE(says(ran.out, "Meetings placed: 7 of 8"), ran.out);
    CHECK(says(ran.out, "Value: 33 (proven best, bound 33)"));
    CHECK(says(ran.out, "island has a meeting in every slot"));
    const Answer file{200, read_whole(out), "", {}};
    CHECK(file.at("/status") == "optimal");
    CHECK(file.number("/meetings") == 7);
    CHECK(file.at("/value/proven") == "true");
    CHECK(file.number("/idle_breaks/bound") == file.number("/idle_breaks/reached"));
    CHECK(file.at("/unplaced/0/request") == "h");
    CHECK(file.at("/unplaced/0/reason") == "first_full");
    CHECK(file.size("/agendas") == 5);
    CHECK(file.size("/agendas/0/meetings") == 4);
    CHECK(file.at("/agendas/0/name") == "Island power company");
    CHECK(says(run({"meetings", "schedule", "--in", in, "--language", "zh"}).out, "已证明最优"));
    CHECK(says(run({"meetings", "schedule", "--in", in, "--language", "ru"}).out, "Назначено встреч: 7 из 8"));
    CHECK(Answer{200, run({"meetings", "schedule", "--in", "-", "--json"}, instance).out, "", {}}.number("/meetings") == 7);

    // Somebody leaves after the first slot, somebody else loses one.
    const std::string again = folder.path() + "/repaired.json";
    const Ran repaired =
        run({"meetings", "repair", "--in", out, "--cancelled", "grid", "--unavailable", "sun@3", "--from-slot", "2", "--out", again, "--language", "en"});
    REQUIRE_MESSAGE(repaired.status == 0, repaired.err);
    CHECK_MESSAGE(says(repaired.out, "Meetings changed: "), repaired.out);
    const Answer left{200, read_whole(again), "", {}};
    CHECK(left.at("/changes/proven") == "true");
    CHECK(left.number("/changes/reached") == static_cast<std::int64_t>(left.size("/changed")));
    const Ran nothing = run({"meetings", "repair", "--in", out, "--json"});
    CHECK(Answer{200, nothing.out, "", {}}.number("/changes/reached") == 0);
}

TEST_CASE("a public instance is scheduled at its published optimum") {
    const std::string path = "../shared/data/meetings/tic-12.original.dzn";
    if (!std::filesystem::exists(path)) {
        MESSAGE("skipped: ", path, " is not here");
        return;
    }
    const Ran ran = run({"meetings", "schedule", "--in", path, "--json"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const Answer file{200, ran.out, "", {}};
    CHECK(file.at("/status") == "optimal");
    CHECK(file.number("/meetings") == 125);
    CHECK(file.number("/idle_breaks/reached") == 0);
}

TEST_CASE("what cannot be scheduled is refused with its place, and nothing is written") {
    const TemporaryFolder folder;
    const std::vector<std::pair<std::string, std::string>> cases = {
        {with(R"("to":"sun","value_from":5)", R"("to":"moon","value_from":5)"), "requests[0].to: There is no participant moon."},
        {with(R"("value_to":3})", R"("value_to":3,"after":["c"]})"), "in a circle: a → c → a."},
        {with(R"("value_to":2})", R"("value_to":2,"after":["d"]})"), "in a circle: d → d."},
        {with(R"("value_to":2})", R"("value_to":2,"after":["z"]})"), "There is no request z."},
        {with(R"({"id":"f","from":"store","to":"grid"})", R"({"id":"f","from":"sun","to":"grid","fixed_slot":2})"),
            "sun would be in two fixed meetings in slot 2: f and g."},
        {with(R"("forbidden_slots":[1])", R"("forbidden_slots":[1,2,3,4])"), "store has no slot in common"},
        {with(R"("forbidden_slots":[1])", R"("forbidden_slots":[5])"), "There is no slot 5"}, {with(R"("slots":4)", R"("slots":100000)"), "slots: "},
        {with(R"("tables":2)", R"("tables":0)"), "tables: "}, {with(R"("id":"sun")", R"("id":"island")"), "island stands twice."},
        {with(R"("to":"sun","value_from":5)", R"("to":"island","value_from":5)"), "cannot meet itself"},
        {with(R"("session":"afternoon")", R"("session":"evening")"), "There is no session evening."}, {"{", ""}, {"", "nBusiness is missing"},
        {"nBusiness = many;", "line 1: "}, {"\x89PNG", "line 1: "}};
    for (const auto& [text, said] : cases) {
        const std::string out = folder.path() + "/none.json";
        const Ran ran = run({"meetings", "schedule", "--in", folder.write("bad", text), "--out", out, "--language", "en"});
        INFO(text, ": ", ran.err);
        CHECK(ran.status == 1);
        CHECK(ran.out.empty());
        CHECK(!ran.err.empty());
        CHECK(says(ran.err, said));
        CHECK(!std::filesystem::exists(out));
    }
    CHECK(run({"meetings", "schedule", "--in", "/nowhere.json"}).status == 1);
    CHECK(run({"meetings", "schedule", "--in", "x", "--time-limit", "0"}).status == 2);
    CHECK(run({"meetings", "schedule"}).status == 2);
}

TEST_CASE("a repair refuses what it does not know, and schedules that were changed by hand") {
    const TemporaryFolder folder;
    const Ran made = run({"meetings", "schedule", "--in", folder.write("instance.json", instance), "--json"});
    REQUIRE(made.status == 0);
    const std::string good = folder.write("schedule.json", made.out);
    for (const auto& [flag, value, said] : {std::tuple("--cancelled", "moon", "There is no participant moon."),
             {"--cancelled-requests", "z", "There is no request z."}, {"--unavailable", "sun", "Write sun as participant@slot."},
             {"--unavailable", "sun@9", "There is no slot 9"}, {"--from-slot", "9", "There is no slot 9"}}) {
        const Ran ran = run({"meetings", "repair", "--in", good, flag, value, "--language", "en"});
        INFO(value, ": ", ran.err);
        CHECK(ran.status == 1);
        CHECK(says(ran.err, said));
    }
    std::string by_hand = made.out;
    const std::size_t fixed = by_hand.find("\"slot\": 2");
    REQUIRE(fixed != std::string::npos);
    for (std::size_t at = by_hand.find("\"slot\": 2"); at != std::string::npos; at = by_hand.find("\"slot\": 2")) by_hand.replace(at, 9, "\"slot\": 1");
    const Ran ran = run({"meetings", "repair", "--in", folder.write("by_hand.json", by_hand), "--language", "en"});
    CHECK(ran.status == 1);
    CHECK_MESSAGE(says(ran.err, "breaks the rules of its own instance"), ran.err);
    CHECK(run({"meetings", "repair", "--in", folder.write("instance2.json", instance)}).status == 1);
}

} // namespace greenbank::testing
