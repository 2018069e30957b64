// finance_test.cpp — bonds, loans and scores out of files: computed, and refused by field and row in the asked language.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cast.h"

namespace greenbank::testing {

namespace {

const char* const heading = "id,issue,maturity,settle,coupon,frequency,day_count,yield";

/// The public credit data as CSV, or nothing where it is not here: German rows by blanks, Polish ones after @data.
std::string german_csv() {
    std::ifstream file("../shared/data/finance/german.data");
    std::string csv, line;
    while (std::getline(file, line)) {
        std::istringstream words(line);
        std::string row, cell;
        while (words >> cell) row += (row.empty() ? "" : ",") + cell;
        if (!row.empty()) csv += row + "\n";
    }
    if (csv.empty()) return csv;
    std::string names;
    for (int i = 1; i <= 20; ++i) names += "a" + std::to_string(i) + ",";
    return names + "bad\n" + csv;
}
std::string polish_csv() {
    std::ifstream file("../shared/data/finance/polish_1year.arff");
    std::string csv, line;
    bool data = false;
    while (std::getline(file, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (data && !line.empty()) csv += line + "\n";
        data = data || line.starts_with("@data");
    }
    if (csv.empty()) return csv;
    std::string names;
    for (int i = 1; i <= 64; ++i) names += "x" + std::to_string(i) + ",";
    return names + "bad\n" + csv;
}

double number_after(const std::string& text, const std::string& key) {
    const std::size_t at = text.find(key);
    return at == std::string::npos ? -1 : std::strtod(text.c_str() + at + key.size(), nullptr);
}

} // namespace

TEST_CASE("bonds out of a table: a par bond is worth 100, another has a price by hand") {
    const TemporaryFolder folder;
    const std::string in = folder.write("bonds.csv", std::string(heading) + "\npar,2024-02-15,2034-02-15,2024-02-15,0.04,2,30/360,0.04\n"
                                                                            "odd,2023-08-31,2029-02-28,2026-02-10,0.03,2,Actual/365 (Fixed),-0.001\n"),
                      out = folder.path() + "/priced.csv";
    const Ran ran = run({"finance", "bonds", "--in", in, "--out", out});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const std::string priced = read_whole(out);
    CHECK(priced.starts_with("id,clean,dirty,accrued,mod_duration,mac_duration,convexity\npar,"));
    CHECK(number_after(priced, "\npar,") == doctest::Approx(100).epsilon(1e-12));
    CHECK(number_after(priced, "\nodd,") > 100);
}

TEST_CASE("bonds that cannot be are named by row and column, and nothing is written") {
    const TemporaryFolder folder;
    const std::string in = folder.write("bonds.csv", std::string(heading) + "\na,2024-02-30,2034-02-15,2024-02-15,0.04,2,30/360,0.04\n"
                                                                            "b,2024-02-15,2024-02-15,2024-02-15,4,2,30/360,0.04\n"
                                                                            "c,2024-02-15,2034-02-15,2024-02-15,0.04,5,moon,0.04\n"
                                                                            "d,2024-02-15,2023-02-15,2022-02-15,0.04,2,30/360,0.04\n"),
                      out = folder.path() + "/priced.csv";
    for (const auto& [language, sentence] : {std::pair{"en", "Write a day of the calendar"}, {"zh", "请按 2026-11-20"}, {"ru", "Укажите существующую дату"}}) {
        const Ran ran = run({"finance", "bonds", "--in", in, "--out", out, "--language", language});
        CHECK(ran.status == 1);
        CHECK_MESSAGE(ran.err.find(sentence) != std::string::npos, ran.err);
        for (const char* place : {"issue", "coupon", "frequency", "day_count", "maturity"}) CHECK_MESSAGE(ran.err.find(place) != std::string::npos, ran.err);
    }
    CHECK(!std::filesystem::exists(out));
}

TEST_CASE("a loan's payments: level, with a step and a fee; faults by field") {
    const TemporaryFolder folder;
    const std::string sound = R"({"principal":1200000,"rate":0.04,"start":"2024-02-29","end":"2034-02-28","day_count":"thirty_360","decimals":2,"fee":12000)";
    const Ran ran = run({"finance", "schedule", "--in", folder.write("loan.json", sound + R"(,"steps":[{"from":"2027-02-28","rate":0.05}]})"), "--json"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    CHECK(number_after(ran.out, "\"opening\":") == 1'200'000);
    CHECK(number_after(ran.out, "\"effective_rate\":") > 0.045);
    const Ran wrong = run({"finance", "schedule", "--in", folder.write("wrong.json", sound + R"(,"grace_periods":500})")});
    CHECK(wrong.status == 1);
    CHECK_MESSAGE(wrong.err.find("grace_periods") != std::string::npos, wrong.err);
    const Ran custom = run({"finance", "schedule", "--in",
        folder.write("custom.json", R"({"principal":100,"rate":0.04,"start":"2024-01-01","end":"2025-01-01","frequency":2,"repayment":"custom",
            "custom":[{"due":"2024-07-01","amount":50},{"due":"2025-01-01","amount":49}]})")});
    CHECK(custom.status == 1);
    CHECK_MESSAGE(custom.err.find("add up") != std::string::npos, custom.err);
}

TEST_CASE("scores: trained, applied with reasons, reported; one class and unknown columns are refused") {
    const TemporaryFolder folder;
    std::string table = "name,load,sector,bad\n";
    for (int i = 0; i < 400; ++i)
        table += "b" + std::to_string(i) + "," + std::to_string(i % 97) + "," + (i % 3 == 0 ? "mining" : "power") + "," +
                 (i % 97 + (i * 7) % 50 > 90 ? "1" : "0") + "\n";
    const std::string in = folder.write("data.csv", table), model = folder.path() + "/model.json", out = folder.path() + "/scores.csv";
    for (const char* kind : {"scorecard", "trees"}) {
        Ran ran = run({"score", "train", "--in", in, "--target", "bad", "--out", model, "--kind", kind, "--ignore", "name"});
        REQUIRE_MESSAGE(ran.status == 0, ran.err);
        CHECK_MESSAGE(number_after(ran.out, "auc ") > 0.8, ran.out);
        const std::string first = read_whole(model);
        run({"score", "train", "--in", in, "--target", "bad", "--out", model, "--kind", kind, "--ignore", "name"});
        CHECK(read_whole(model) == first);
        ran = run({"score", "apply", "--model", model, "--in", in, "--out", out, "--id", "name", "--language", "en"});
        REQUIRE_MESSAGE(ran.status == 0, ran.err);
        CHECK(read_whole(out).find("more risk") != std::string::npos);
        ran = run({"score", "report", "--model", model, "--in", in, "--target", "bad"});
        REQUIRE_MESSAGE(ran.status == 0, ran.err);
        CHECK(number_after(ran.out, "population stability of the score ") < 0.1);
    }
    const Ran strange = run({"score", "apply", "--model", model, "--in", folder.write("other.csv", "load\n1\n"), "--out", out});
    CHECK(strange.status == 1);
    CHECK_MESSAGE(strange.err.find("sector") != std::string::npos, strange.err);
    const Ran one = run({"score", "train", "--in", folder.write("one.csv", "x,bad\n1,0\n2,0\n"), "--target", "bad", "--out", model});
    CHECK(one.status == 1);
    CHECK_MESSAGE(one.err.find("one class") != std::string::npos, one.err);
}

TEST_CASE("a mistyped number is told, not taken for a name; a report of one outcome says no area; nothing to learn from is nothing to learn from") {
    const TemporaryFolder folder;
    std::string table = "load,bad\n";
    for (int i = 0; i < 400; ++i) table += fmt::format("{},{}\n", i == 250 ? "12.5x" : std::to_string(i), i % 97 > 80 ? 1 : 0);
    const std::size_t typed = table.find("12.5x");
    const std::string model = folder.path() + "/model.json";
    const Ran mixed = run({"score", "train", "--in", folder.write("mixed.csv", table), "--target", "bad", "--out", model});
    CHECK(mixed.status == 1);
    CHECK_MESSAGE(mixed.err.find("line 252, load") != std::string::npos, mixed.err);
    CHECK(mixed.err.find("12.5x") != std::string::npos);
    table.replace(typed, 5, "250");
    REQUIRE(run({"score", "train", "--in", folder.write("sound.csv", table), "--target", "bad", "--out", model}).status == 0);
    const Ran one = run({"score", "report", "--model", model, "--in", folder.write("one.csv", "load,bad\n1,0\n2,0\n"), "--target", "bad", "--json"});
    REQUIRE_MESSAGE(one.status == 0, one.err);
    CHECK(one.out.find("\"auc\"") == std::string::npos);
    CHECK(one.err.find("no AUC") != std::string::npos);
    CHECK(run({"score", "report", "--model", model, "--in", folder.write("none.csv", "load,bad\n")}).err.find("no rows") != std::string::npos);
    const Ran bare = run({"score", "train", "--in", folder.write("bare.csv", "bad\n0\n1\n"), "--target", "bad", "--out", model});
    CHECK_MESSAGE(bare.err.find("nothing to learn from") != std::string::npos, bare.err);
    const Ran broken = run({"score", "apply", "--model", folder.write("broken.json", "{\"kind\":"), "--in", model, "--out", model});
    CHECK_MESSAGE(broken.err.find("broken.json: The body is not JSON") != std::string::npos, broken.err);
}

TEST_CASE("a pool of alike exposures is known exactly; ids that repeat are told; what is in default has no capital by the formula") {
    const TemporaryFolder folder;
    std::string table = "id,exposure,pd,lgd\n";
    for (int i = 0; i < 1'000; ++i) table += fmt::format("b{},10,0.01,0.5\n", i % 999);
    const Ran ran = run({"risk", "portfolio", "--in", folder.write("alike.csv", table), "--quantiles", "0.999", "--scenarios", "200000", "--json"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const Answer answer{200, ran.out, "", {}};
    CHECK(std::stod(answer.at("/levels/0/value_at_risk")) == doctest::Approx(std::stod(answer.at("/exact/0/value_at_risk"))).epsilon(0.03));
    CHECK(answer.at("/repeated_ids") == "1");
    CHECK(ran.err.find("repeat the id") != std::string::npos);
    for (const char* pd : {"0", "1"}) {
        const Ran refused =
            run({"risk", "capital", "--in", folder.write("capital.csv", fmt::format("id,class,pd,lgd\na,corporate,{},0.45\n", pd)), "--language", "en"});
        CHECK(refused.status == 1);
        CHECK_MESSAGE(refused.err.find("above 0 and below 1") != std::string::npos, refused.err);
    }
    CHECK(run({"risk", "capital", "--in", folder.write("empty.csv", "id,class,pd,lgd\n")}).status == 1);
}

TEST_CASE("hazards: learnt from borrower-months with lead times, told for others; what teaches nothing or knows the future is refused") {
    const TemporaryFolder folder;
    std::string table = "borrower,month,strain,default\n"; // a third of the borrowers goes from calm to strained and defaults in the tenth month
    for (int borrower = 0; borrower < 90; ++borrower)
        for (int month = 1; month <= (borrower % 3 == 0 ? 10 : 24); ++month) {
            const int strain = borrower % 3 == 0 ? month * 2 + borrower % 5 : 1 + (borrower * 7 + month * 3) % 9;
            table += fmt::format("b{},{},{},{}\n", borrower, month, strain, borrower % 3 == 0 && month == 10 ? 1 : 0);
        }
    const std::string in = folder.write("months.csv", table), model = folder.path() + "/hazard.json", out = folder.path() + "/chances.csv";
    const Ran trained = run({"hazard", "train", "--in", in, "--out", model});
    REQUIRE_MESSAGE(trained.status == 0, trained.err);
    CHECK_MESSAGE(number_after(trained.out, "auc ") > 0.95, trained.out);
    CHECK_MESSAGE(trained.out.find("30 of 30") != std::string::npos, trained.out); // warned of before, all of them
    const Ran applied = run({"hazard", "apply", "--model", model, "--in", folder.write("now.csv", "borrower,month,strain\nx,9,20\ny,9,2\n"), "--out", out});
    REQUIRE_MESSAGE(applied.status == 0, applied.err);
    const std::string chances = read_whole(out);
    CHECK(chances.find("strain 20") != std::string::npos);
    CHECK(chances.find("\ny,9,") != std::string::npos);
    const auto refused = [&](const std::string& rows) { return run({"hazard", "train", "--in", folder.write("bad.csv", rows), "--out", model}); };
    CHECK(refused("borrower,month,strain,default\na,1,1,0\nb,1,2,0\n").err.find("one class") != std::string::npos);
    CHECK(refused("borrower,month,strain,default\na,0,1,0\nb,1.5,2,1\n").err.find("month") != std::string::npos);
    CHECK(refused("borrower,strain,default\na,1,0\n").err.find("month") != std::string::npos);
    std::string later = table;
    later += "b0,11,3,0\n";
    CHECK(refused(later).err.find("after its default") != std::string::npos);
}

TEST_CASE("public credit data: the areas under the curve that the issue asks for, by the same settings") {
    const TemporaryFolder folder;
    const std::string german = german_csv(), polish = polish_csv();
    if (german.empty() || polish.empty()) {
        MESSAGE("skipped: the credit data is not here");
        return;
    }
    const std::string model = folder.path() + "/model.json";
    const auto area = [&](const std::string& in, const std::string& kind, const std::string& bad) {
        const Ran ran = run({"score", "train", "--in", in, "--target", "bad", "--bad", bad, "--out", model, "--kind", kind, "--json"});
        REQUIRE_MESSAGE(ran.status == 0, ran.err);
        MESSAGE(kind, ": ", ran.out);
        return number_after(ran.out, "\"auc\":");
    };
    CHECK(area(folder.write("german.csv", german), "scorecard", "2") >= 0.79);
    CHECK(area(folder.write("polish.csv", polish), "scorecard", "1") >= 0.91);
    CHECK(area(folder.path() + "/polish.csv", "trees", "1") >= 0.955);
}

} // namespace greenbank::testing
