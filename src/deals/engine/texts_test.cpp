// texts_test.cpp — what gives a writer away, and clauses with their places.
#include <doctest/doctest.h>

#include "deals/engine/anonymity.h"
#include "deals/engine/clauses.h"

namespace greenbank::deals {

namespace {

const std::vector<std::string> names = {"示例岛供电公司", "Island Power Company Ltd", "Энергокомпания острова"};
std::vector<Trace> traces(std::string_view text) { return traces_in(text, names); }
using Traces = std::vector<Trace>;

} // namespace

TEST_CASE("names are found whatever their case, spaces and form") {
    CHECK(traces("We are ISLAND-POWER of the south") == Traces{Trace::name});
    CHECK(traces("我们是“示例岛 供电”。") == Traces{Trace::name});
    CHECK(traces("Пишет ЭНЕРГОКОМПАНИЯ  ОСТРОВА.") == Traces{Trace::name});
    CHECK(traces("We run a grid on an island and look for power.").empty());
    CHECK(traces("").empty());
}

TEST_CASE("addresses, links and numbers to call are found; sums and dates are not") {
    CHECK(traces("write to ana@grid.example.") == Traces{Trace::mail});
    CHECK(traces("см. www.grid.example") == Traces{Trace::link});
    CHECK(traces("详见 grid-sample.cn。") == Traces{Trace::link});
    CHECK(traces("call +86 21 5555 0000") == Traces{Trace::telephone});
    CHECK(traces("电话13800000000") == Traces{Trace::telephone});
    CHECK(traces("162,000,000.00 CNY until 2026-11-20, 12 GWh a year, 10000000000.50 t, 20 @ 5").empty());
    CHECK(traces("Island Power Company, ana@grid.example, +7 495 000-00-00") == Traces{Trace::name, Trace::mail, Trace::telephone});
}

TEST_CASE("a clause is filled, and what nobody gave is named and stays visible") {
    const Clause clause{.key = "term",
        .kinds = 1,
        .edition = "1",
        .status = "sample",
        .title = {"期限", "Term", "Срок"},
        .body = {"{months} 个月，自 {day} 起，{months}。", "{months} months from {day}, {months}.", "{months} мес. с {day}, {months}."}};
    CHECK(places_of(clause.body.en) == std::vector<std::string>{"months", "day"});
    const FilledClause some = filled(clause, Language::en, {{"months", "24"}});
    CHECK(some.body == "24 months from {day}, 24.");
    CHECK(some.missing == std::vector<std::string>{"day"});
    CHECK(filled(clause, Language::ru, {{"months", "24"}, {"day", "1.12.2026"}}).body == "24 мес. с 1.12.2026, 24.");
    CHECK(filled(clause, Language::zh, {{"months", ""}, {"day", "x"}}).missing == std::vector<std::string>{"months"});
}

TEST_CASE("clauses of a file are read, and every wrong row is named") {
    const std::string head = "key,kinds,edition,status,title_zh,title_en,title_ru,body_zh,body_en,body_ru\n";
    const auto good = read_clauses(head + "a,all,1,sample,甲,A,А,{x} 甲,A {x},А {x}\nb,licence engineering,1,sample,乙,B,Б,乙,B,Б\n");
    REQUIRE(good);
    CHECK(good.value()[1].kinds == (bit_of(ContractKind::licence) | bit_of(ContractKind::engineering)));
    const auto bad = read_clauses(head + "a,all,1,sample,甲,A,А,甲,A {x},А {x}\na,loan,1,sample,乙,B,Б,乙,B,Б\n");
    REQUIRE(!bad);
    CHECK(bad.error().problems.size() == 3); // places, kind, twice
    CHECK(!read_clauses("key\na\n"));
}

} // namespace greenbank::deals
