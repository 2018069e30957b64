// replay_test.cpp — a day of orders through files: what comes out is what the engine says, and bad files are refused whole.
#include "market/replay_files.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "kernel/random.h"
#include "market/engine/naive_book.h"
#include "market/rules_records.h"
#include "sheets/folder_under_test.h"

namespace greenbank::market {

using sheets::Folder;

namespace {

namespace fs = std::filesystem;

std::string faults(const Result<Replayed>& result) {
    if (result) return "none";
    std::string all = result.error().code;
    for (const Problem& problem : result.error().problems) all += "; " + problem.field + " " + problem.code;
    return all;
}

} // namespace

TEST_CASE("the deals and the book of a file are those of the naive twin, and the same bytes twice") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Folder folder;
        Random random(seed);
        NaiveBook naive;
        std::vector<Trade> trades;
        std::string orders = "seq,op,side,order,price,quantity\n";
        for (std::uint64_t i = 1; i <= 300; ++i) {
            static constexpr std::pair<const char*, Op> ops[] = {
                {"new", Op::limit}, {"ioc", Op::immediate}, {"fok", Op::all_or_none_now}, {"cancel", Op::cancel}, {"replace", Op::replace}};
            const auto& [name, op] = ops[random.below(5)];
            const Side side = random.chance(0.5) ? Side::buy : Side::sell;
            const std::uint64_t order = 1 + random.below(80);
            const std::int64_t cents = 4800 + random.between(-9, 9), quantity = op == Op::replace && random.chance(0.5) ? 0 : random.between(1, 50);
            orders += fmt::format("{},{},{},{},{}.{:02},{}\n", i, name, side == Side::buy ? "buy" : "sell", order, cents / 100, cents % 100, quantity);
            naive.execute({.sequence = i, .op = op, .side = side, .order = order, .price = cents, .quantity = quantity}, trades);
        }
        const ReplayOptions options{folder.write("orders.csv", orders), {}, folder.at("trades.csv"), folder.at("state.json")};
        const auto done = replay_files(options);
        REQUIRE_MESSAGE(done, faults(done));
        CHECK(done.value().commands == 300);
        CHECK(done.value().trades == static_cast<std::int64_t>(trades.size()));
        std::string expected = "seq,price,quantity,buy_order,sell_order\n";
        for (const Trade& trade : trades) {
            fmt::format_to(std::back_inserter(expected), "{},", trade.sequence);
            append_scaled(expected, trade.price, 2);
            fmt::format_to(std::back_inserter(expected), ",{},{},{}\n", trade.quantity, trade.buy_order, trade.sell_order);
        }
        CHECK_MESSAGE(folder.read("trades.csv") == expected, "seed ", seed);
        std::size_t resting = 0;
        const std::string state = folder.read("state.json");
        for (std::size_t at = state.find("\"side\""); at != std::string::npos; at = state.find("\"side\"", at + 1)) ++resting;
        CHECK(resting == naive.orders().size());
        const auto again = replay_files(options);
        REQUIRE(again);
        CHECK(again.value().trades_sha256 == done.value().trades_sha256);
        CHECK(again.value().state_sha256 == done.value().state_sha256);
    }
}

TEST_CASE("rules out of a file: limits from the last close, hours of the market's clock, listed agreement") {
    const Folder folder;
    const std::string rules = folder.write("rules.json",
        R"({"allocation":"listed","quantity_max":99999,"last_close":50,"price_limit":10,"hours":[{"from":"09:30","to":"11:30"},{"from":"13:00","to":"15:00"}]})");
    const auto done = replay_files({folder.write("orders.csv",
                                        "seq,op,side,order,price,quantity,account,at\n"
                                        "1,new,sell,a,50.50,100,7,2026-03-02T01:30:00Z\n"
                                        "2,new,sell,b,50.50,100,8,2026-03-02T01:31:00Z\n"
                                        "3,new,buy,c,50.50,10,9,2026-03-02T01:32:00Z\n" // pick the quotes
                                        "4,take,buy,d,,150,9,2026-03-02T01:33:00Z\n"
                                        "5,new,sell,e,55.01,1,7,2026-03-02T01:34:00Z\n" // beyond ten percent
                                        "6,new,sell,f,55.00,100000,7,2026-03-02T01:35:00Z\n"
                                        "7,new,sell,g,55.00,1,7,2026-03-02T04:00:00Z\n") // noon
        ,
        rules, folder.at("trades.csv"), {}});
    REQUIRE_MESSAGE(done, faults(done));
    CHECK(folder.read("trades.csv") == "seq,price,quantity,buy_order,sell_order\n4,50.5,100,d,a\n4,50.5,50,d,b\n");
    CHECK(done.value().refused ==
          std::vector<std::pair<std::string, std::int64_t>>{{"market_closed", 1}, {"price_outside_limits", 1}, {"quantity_too_large", 1}, {"would_cross", 1}});
    CHECK(done.value().turnover == "7575");
    CHECK(done.value().close == "50.5");
}

TEST_CASE("what is wrong with a file is said by line and column, all at once, and nothing is written") {
    const Folder folder;
    CHECK(faults(replay_files({folder.write("orders.csv", "seq,op,side,order,price,quantity\n1,new,up,1,x,1\n-2,swap,buy,,1,1.5e3\n"), {},
              folder.at("trades.csv"), {}})) == "market.orders_file; line 2: side market.file_side; line 2: price market.file_decimal; line 3: seq "
                                                "market.file_number; line 3: op market.file_op; line 3: order "
                                                "market.file_order; line 3: quantity market.file_decimal");
    CHECK(!folder.has("trades.csv"));
    const std::string rules = folder.write("rules.json", R"({"tick":0.0000001,"hours":[{"from":"15:00","to":"09:00"}],"quantity_min":5,"quantity_max":4})");
    CHECK(faults(replay_files({folder.write("orders.csv", "seq,op,side,order,price,quantity\n"), rules, {}, {}})) ==
          "market.rules_file; tick market.rule_number; quantity_max market.rule_crossed; hours[0] market.rule_hours");
}

TEST_CASE("decimals there and back") {
    CHECK(parse_scaled("48.5", 2) == 4850);
    CHECK(parse_scaled("48.500", 2) == 4850);
    CHECK(parse_scaled("-0.01", 2) == -1);
    for (const char* wrong : {"", ".", "1.", ".5", "1.001", "1e5", "nan", "--1", "99999999999999999999"}) CHECK_MESSAGE(!parse_scaled(wrong, 2), wrong);
    for (const auto& [value, text] : {std::pair{0, "0"}, std::pair{5, "0.05"}, std::pair{100, "1"}, std::pair{-250, "-2.5"}, std::pair{12345, "123.45"}}) {
        std::string out;
        append_scaled(out, value, 2);
        CHECK(out == text);
        CHECK(parse_scaled(out, 2) == value);
    }
}

} // namespace greenbank::market
