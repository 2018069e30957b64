// files_test.cpp — the command's columns to the letter, faults by line, nothing half written, and hledger's word for the balances.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "kernel/csv.h"
#include "kernel/random.h"
#include "kernel/text.h"
#include "ledger/files.h"
#include "ledger/hledger.h"
#include "sheets/folder_under_test.h"

namespace greenbank::ledger {
namespace {

Result<Applied> apply(const sheets::Folder& folder, std::string_view accounts, std::string_view transfers) {
    folder.write("accounts.csv", accounts);
    folder.write("transfers.csv", transfers);
    return apply_files(
        {folder.at("transfers.csv"), folder.at("results.csv"), folder.at("balances.csv"), folder.at("accounts.csv"), folder.at("books.journal")});
}

namespace fs = std::filesystem;

constexpr std::string_view accounts_of_all = "id,asset,flags\n"
                                             "bank,CNY,\n"
                                             "ana,CNY,debits_must_not_exceed_credits\n"
                                             "ben,CNY,debits_must_not_exceed_credits+frozen\n"
                                             "cai,CNY,\n"
                                             "registry,CEA/2025,\n"
                                             "ana_units,CEA/2025,debits_must_not_exceed_credits\n";
constexpr std::string_view columns = "id,debit,credit,amount,asset,kind,pending_id,linked,timeout_s,at\n";

std::string problems_of(const Error& error) {
    std::string all = error.code;
    for (const Problem& problem : error.problems) all += "; " + problem.field + " " + problem.code;
    return all;
}

/// Rows without their header, statuses in a line.
void check(const char* sentence, std::string_view rows, std::string_view statuses, std::string_view balances = {}) {
    INFO(std::string(sentence));
    sheets::Folder folder;
    const auto applied = apply(folder, accounts_of_all, std::string(columns) + std::string(rows));
    if (!applied) FAIL(problems_of(applied.error()));
    std::string line;
    std::istringstream results(folder.read("results.csv"));
    std::string row;
    std::getline(results, row);
    CHECK(row == "id,status");
    while (std::getline(results, row)) line += (line.empty() ? "" : " ") + row;
    CHECK(line == statuses);
    if (!balances.empty())
        CHECK(folder.read("balances.csv") == "id,asset,debits_pending,debits_posted,credits_pending,credits_posted\n" + std::string(balances));
}

} // namespace

TEST_CASE("transfers in, results and balances out") {
    check("every kind, in order",
        "f1,bank,ana,1000,CNY,posted,,0,0,0\n"
        "f2,registry,ana_units,50,CEA/2025,posted,,,,\n"
        "h1,ana,cai,300,CNY,pending,,0,60,10\n"
        "h2,ana,cai,200,CNY,pending,,0,60,10\n"
        "h3,ana,cai,100,CNY,pending,,0,5,10\n"
        "p1,,,120,,post,h1,,,20\n"
        "p2,,,0,,post,h2,,,20\n"
        "v3,,,0,,void,h3,,,20\n"
        "r1,,,0,,reverse,p1,,,20\n"
        "t1,ana,ben,1,CNY,posted,,,,\n"
        "t2,ana,cai,901,CNY,posted,,,,\n"
        "t3,ana,cai,-5,CNY,posted,,,,\n"
        "t4,ana,cai,0,CNY,posted,,,,\n"
        "t5,ana,cai,340282366920938463463374607431768211456,CNY,posted,,,,\n"
        "t6,ana,nobody,1,CNY,posted,,,,\n"
        ",ana,cai,1,CNY,posted,,,,\n"
        "f1,bank,ana,1000,CNY,posted,,,,\n"
        "f1,bank,ana,1001,CNY,posted,,,,\n"
        "c1,ana,cai,10,CNY,posted,,1,,\n"
        "c2,ana_units,registry,5,CEA/2025,posted,,,,\n"
        "d1,ana,cai,10,CNY,posted,,1,,\n"
        "d2,ana_units,registry,500,CEA/2025,posted,,,,\n"
        "e1,ana,cai,10,CNY,posted,,1,,\n",
        "f1,ok f2,ok h1,ok h2,ok h3,ok p1,ok p2,ok v3,hold_expired r1,ok t1,credit_account_frozen t2,debits_exceed_credits t3,amount_negative t4,amount_zero "
        "t5,amount_too_large t6,credit_account_unknown ,id_missing f1,exists f1,exists_with_other_amount c1,ok c2,ok d1,chain_broken d2,debits_exceed_credits "
        "e1,chain_open",
        "bank,CNY,0,1000,0,0\n"
        "ana,CNY,0,330,0,1120\n"
        "ben,CNY,0,0,0,0\n"
        "cai,CNY,0,120,0,330\n"
        "registry,CEA/2025,0,50,0,5\n"
        "ana_units,CEA/2025,0,5,0,50\n");
    check("an empty table", "", "");
    check("a moment as a time, and time that does not go back",
        "h1,bank,cai,5,CNY,pending,,0,60,2026-11-20T08:00:00Z\n"
        "h2,bank,cai,5,CNY,pending,,0,60,0\n"
        "p1,,,0,,post,h1,0,0,2026-11-20T16:00:59+08:00\n"
        "p2,,,0,,post,h2,0,0,2026-11-20T08:01:00Z\n",
        "h1,ok h2,ok p1,ok p2,hold_expired");
    check("0 stands for nothing where nothing is called 0",
        "t1,bank,cai,5,CNY,pending,0,0,0,\np1,0,0,0,0,post,t1,0,0,\n0,bank,cai,7,CNY,pending,,,,\nv0,,,,,void,0,,,\n", "t1,ok p1,ok 0,ok v0,ok");
    check("a post before its hold", "p1,,,0,,post,h1,,,\nh1,bank,cai,5,CNY,pending,,,,\np1,,,0,,post,h1,,,\n", "p1,hold_unknown h1,ok p1,ok");
    check("names of any kind, in quotes and out of them",
        "\"a,\"\"b\"\"\",bank,cai,5,CNY,posted,,,,\n转账 "
        "1,bank,cai,5,CNY,posted,,,,\n-5,bank,cai,5,CNY,posted,,,,\n007,bank,cai,5,CNY,posted,,,,\n7,bank,cai,5,CNY,posted,,,,\n",
        "\"a,\"\"b\"\"\",ok 转账 1,ok -5,ok 007,ok 7,ok");
}

TEST_CASE("columns may stand in any order, and only the first four are needed") {
    sheets::Folder folder;
    REQUIRE(apply(folder,
        "\xEF\xBB\xBF"
        "asset,id\r\nCNY,a\r\nCNY,b\r\n",
        "amount,credit,debit,id\r\n5,a,b,t1\r\n"));
    CHECK(folder.read("results.csv") == "id,status\nt1,ok\n");
}

TEST_CASE("batches cut no chain, and a chain that is too long says so") {
    std::string rows(columns), statuses = "id,status\n";
    std::size_t id = 0;
    const auto chain = [&](std::size_t length, std::string_view status) {
        for (std::size_t i = 0; i < length; ++i) {
            const std::string name = "t" + std::to_string(++id);
            rows += name + ",bank,cai,1,CNY,posted,," + (i + 1 < length ? "1" : "0") + ",,\n";
            statuses += name + "," + std::string(status) + "\n";
        }
    };
    chain(100, "ok");
    chain(8190, "ok");
    chain(1, "ok");
    chain(8191, "chain_too_long");
    chain(20000, "chain_too_long");
    chain(8189, "ok");
    chain(3, "ok");
    sheets::Folder folder;
    const auto applied = apply(folder, accounts_of_all, rows);
    REQUIRE(applied);
    CHECK(folder.read("results.csv") == statuses);
    CHECK(applied.value().rows == id);
    CHECK(applied.value().by_code[static_cast<std::size_t>(Code::ok)] == 100 + 8190 + 1 + 8189 + 3);
}

TEST_CASE("what cannot be understood is named by line and column, and nothing is written") {
    const auto faults = [](std::string_view accounts, std::string_view transfers) {
        sheets::Folder folder;
        const auto applied = apply(folder, accounts, transfers);
        REQUIRE(!applied);
        CHECK(folder.count() == 2);
        return problems_of(applied.error());
    };
    const std::string head(columns);
    CHECK(faults(accounts_of_all, head + "t1,bank,cai,1.5,CNY,posted,,,,\n\nt2,bank,cai,1,CNY,given,,2,-1,noon\nt3,bank,cai,,CNY,posted,,,,\n") ==
          "ledger.transfers_file; line 2: amount ledger.file_amount; line 4: kind ledger.file_kind; line 4: linked ledger.file_linked; line 4: timeout_s "
          "ledger.file_timeout; line 4: at ledger.file_at; line 5: amount ledger.file_amount");
    CHECK(
        faults(accounts_of_all, "id,debit,credit,linkd\nt1,a,b,1\n") == "ledger.transfers_file; amount sheets.column_missing; linkd sheets.column_unexpected");
    CHECK(faults("id,asset,flags\na,CNY,\na,CNY,\n,CNY,\nb,,\nc,CNY,poor\nd,CNY,frozen+\n", head) ==
          "ledger.accounts_file; line 3: id ledger.account_twice; line 4: id ledger.file_name; line 5: asset ledger.file_asset; line 6: flags "
          "ledger.file_flags; line 7: flags ledger.file_flags");
    CHECK(faults(accounts_of_all, head + std::string(200, 'x') + ",bank,cai,1,CNY,posted,,,,\n") == "ledger.transfers_file; line 2: id ledger.file_name");
    CHECK(faults(accounts_of_all, head + "t1,bank,cai,1,CNY,posted,,,,99999999999999\n") == "ledger.transfers_file; line 2: at ledger.file_at");
    std::string many(head);
    for (int i = 0; i < 1000; ++i) many += "t,bank,cai,x,CNY,posted,,,,\n";
    sheets::Folder folder;
    CHECK(apply(folder, accounts_of_all, many).error().problems.size() <= 60);
}

TEST_CASE("files that are not there, or may not be written, are named") {
    sheets::Folder folder;
    folder.write("accounts.csv", accounts_of_all);
    folder.write("transfers.csv", columns);
    ApplyOptions options{folder.at("transfers.csv"), folder.at("results.csv"), folder.at("balances.csv"), folder.at("accounts.csv"), {}};
    const auto code = [](const ApplyOptions& with) { return apply_files(with).error().code; };
    ApplyOptions missing = options;
    missing.in = folder.at("nothing.csv");
    CHECK(code(missing) == "sheets.unreadable");
    ApplyOptions nowhere = options;
    nowhere.out = folder.at("no/folder/results.csv");
    CHECK(code(nowhere) == "sheets.unwritable");
    ApplyOptions device = options;
    device.out = "/dev/null";
    CHECK(code(device) == "sheets.file_not_regular");
    CHECK(folder.count() == 2);
    REQUIRE(apply_files(options));
    CHECK(folder.count() == 4);
}

TEST_CASE("hledger counts the same balances") {
    if (std::system("command -v hledger >/dev/null 2>&1") != 0) {
        MESSAGE("skipped: hledger is not installed");
        return;
    }
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const std::vector<std::string> assets = {"CNY", "CEA/2025", "CCER/CN-0417/2024"};
        std::string accounts = "id,asset\n", rows(columns);
        std::vector<std::string> names;
        for (int i = 0; i < 12; ++i) {
            names.push_back(std::string(i % 2 ? "账户 " : "a:b (") + std::to_string(i));
            accounts += names.back() + "," + assets[static_cast<std::size_t>(i) % 3] + "\n";
        }
        for (int i = 0; i < 400; ++i) {
            const char* kinds[] = {"posted", "posted", "pending", "post", "void", "reverse"};
            const std::string kind = kinds[random.below(6)];
            const bool plain = kind == "posted" || kind == "pending";
            const std::size_t debit = random.below(12), credit = (debit + 3 * (1 + random.below(3))) % 12;
            rows += "t" + std::to_string(i) + "," + (plain ? names[debit] : "") + "," + (plain ? names[credit] : "") + "," +
                    (plain ? (random.chance(0.05) ? "99999999999999999999999999" : std::to_string(1 + random.below(100'000))) : "0") + ",," + kind + "," +
                    (plain ? "" : "t" + std::to_string(random.below(static_cast<std::uint64_t>(i) + 1))) + "," + (random.chance(0.1) ? "1" : "0") +
                    (kind == "pending" ? ",5," : ",0,") + std::to_string(i * 3) + "\n";
        }
        sheets::Folder folder;
        const auto applied = apply(folder, accounts, rows);
        if (!applied) FAIL(problems_of(applied.error()));
        const std::string answer = folder.at("hledger.csv");
        const std::string command = "LC_ALL=C.UTF-8 hledger -f '" + folder.at("books.journal") + "' balance --flat --no-total -O csv > '" + answer + "'";
        REQUIRE(std::system(command.c_str()) == 0);
        std::map<std::string, std::string> counted, ours;
        const auto theirs = parse_csv(folder.read("hledger.csv"));
        REQUIRE(theirs);
        for (const auto& row : theirs.value().rows) counted[row[0]] = row[1];
        const auto balances = parse_csv(folder.read("balances.csv"));
        REQUIRE(balances);
        for (const auto& row : balances.value().rows) {
            const SignedAmount balance = static_cast<SignedAmount>(*parse_amount(row[3])) - static_cast<SignedAmount>(*parse_amount(row[5]));
            if (balance != 0) ours[journal_account(row[0])] = amount_text(balance) + " " + (row[1] == "CNY" ? "CNY" : "\"" + row[1] + "\"");
        }
        CHECK(counted.size() > 5);
        CHECK(ours == counted);
    }
}

TEST_CASE("the command says how many came out how") {
    sheets::Folder folder;
    folder.write("accounts.csv", accounts_of_all);
    folder.write("transfers.csv", std::string(columns) + "t1,bank,cai,1,CNY,posted,,,,\nt2,bank,bank,1,CNY,posted,,,,\nt3,bank,cai,1,CNY,posted,,,,\n");
    const std::vector<std::string> flags = {"--in", folder.at("transfers.csv"), "--out", folder.at("results.csv"), "--balances", folder.at("balances.csv"),
        "--accounts", folder.at("accounts.csv")};
    std::string out;
    Console console{.json = true, .out = [&](std::string_view text) { out += text; }, .aside = {}};
    auto prepared = apply_command().prepare(flags);
    REQUIRE(prepared);
    const auto status = prepared.value()(console);
    REQUIRE(status);
    CHECK(status.value() == 0);
    CHECK(out == "{\"rows\":3,\"by_status\":{\"ok\":2,\"accounts_same\":1}}\n");
}

} // namespace greenbank::ledger
