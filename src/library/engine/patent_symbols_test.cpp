// patent_symbols_test.cpp — ways to write a symbol, what stands above what, and which rule speaks.
#include "library/engine/patent_symbols.h"

#include <doctest/doctest.h>

#include <map>

#include "kernel/random.h"

namespace greenbank::library {
namespace {

std::string read(std::string_view text) {
    const auto range = parse_patent_range(text);
    return range ? range.value().text() : "no";
}

PatentRule rule(std::string_view range, std::string tree, std::string code) {
    return {parse_patent_range(range).value(), {std::move(tree), "1", std::move(code)}, "test", ClassStanding::public_};
}

std::string classes(std::string_view asked, const std::vector<PatentRule>& rules) {
    std::string out;
    for (const PatentClass& one : classes_of(parse_patent_range(asked).value(), rules))
        out += (out.empty() ? "" : " ") + one.to.code + (one.partly ? "?" : "") + "(" + one.rule.text() + ")";
    return out;
}

} // namespace

TEST_CASE("symbols are read as people and databases write them") {
    const std::pair<std::string_view, std::string_view> table[] = {
        {"A01B 33/00", "A01B33/00"},
        {"A01B33/00", "A01B33/00"},
        {"a01b33/02", "A01B33/02"},
        {" Y02E 10/50 ", "Y02E10/50"},
        {"C02F   1/14", "C02F1/14"},
        {"C02F0001140000", "C02F1/14"},
        {"A01B0033000000", "A01B33/00"},
        {"Y02E0010541000", "Y02E10/541"},
        {"F03D", "F03D"},
        {"Y02", "Y02"},
        {"G", "G"},
        {"H02J 3/38 (2006.01)", "H02J3/38"},
        {"H01M 8/1231", "H01M8/1231"},
        {"C02F 2001/007", "C02F2001/007"},
        {"B01D53", "B01D53/00"},
        {"B01D 53/000", "B01D53/00"},
        {"A01N 25/00-65/00", "A01N25/00-65/00"},
        {"A01N25/00 – A01N65/00", "A01N25/00-65/00"},
        {"F01N 3/00-3/38", "F01N3/00-3/38"},
        {"F03D-F03G", "F03D-F03G"},
        {"B61", "B61"},
        {"B61-B64", "B61-B64"},
        // what is not one
        {"", "no"},
        {"I01B", "no"},
        {"A1B", "no"},
        {"A01B33/", "no"},
        {"A01B33/0", "no"},
        {"A01B 33/1234567", "no"},
        {"A01B0/00", "no"},
        {"A01B12345/00", "no"},
        {"A01B33/00x", "no"},
        {"A01B33/00(now)", "no"},
        {"A01B33/00-", "no"},
        {"A01B33/00-12/00", "no"},
        {"风能", "no"},
        {"A01B33/00,A01B34/00", "no"},
        {"A01BB", "no"},
        {"A01B 33 / 00 / 02", "no"},
        {"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "no"},
    };
    for (const auto& [written, expected] : table) {
        CAPTURE(written);
        CHECK(read(written) == expected);
    }
    CHECK(parse_patent_symbol("Y02E10/50").value().text() == "Y02E10/50");
    CHECK(parse_patent_symbol("Y02E10/50-10/60").error().code == "patent.symbol");
    CHECK(parse_patent_range("A01B33/00-12/00").error().code == "patent.range");
    CHECK(parse_patent_range("\xff\xfe").error().code == "patent.symbol");
    CHECK(is_utf8(parse_patent_range("E30E83\xe2 \x80\x93"
                                     "3")
                      .error()
                      .parameters.at(0)
                      .value)); // found by the fuzzer
}

TEST_CASE("the closest rule of each tree speaks, with its reason") {
    const std::vector<PatentRule> rules = {rule("C02F", "topics", "water"), rule("C02F1/14", "topics", "solar"), rule("C02F3/28", "topics", "biogas"),
        rule("C02F", "fields", "water"), rule("Y02E10/50-10/58", "cpc", "pv"), rule("Y02E10/00", "cpc", "renewable"), rule("Y02E", "cpc", "energy"),
        rule("A01N25/00-65/00", "topics", "pesticides"), rule("B09B", "topics", "disposal"), rule("B09B", "topics", "landfill")};
    const auto check = [&](std::string_view asked, std::string_view expected) {
        CAPTURE(asked);
        CHECK(classes(asked, rules) == expected);
    };
    check("C02F 1/14", "water(C02F) solar(C02F1/14)");
    check("C02F 1/145", "water(C02F) solar(C02F1/14)"); // a finer CPC group
    check("C02F 1/16", "water(C02F) water(C02F)");
    check("C02F 1/00", "water(C02F) water(C02F)");
    check("C02F", "water(C02F) water(C02F)");
    check("Y02E 10/541", "pv(Y02E10/50-10/58)");
    check("Y02E 10/50", "pv(Y02E10/50-10/58)");
    check("Y02E 10/70", "renewable(Y02E10/00)");
    check("Y02E 10/00", "renewable(Y02E10/00)");
    check("Y02E 60/10", "energy(Y02E)");
    check("Y02", "");
    check("A01N 43/02", "pesticides(A01N25/00-65/00)");
    check("A01N 65/48", "pesticides(A01N25/00-65/00)"); // the last main group with all below it
    check("A01N 1/00", "");
    check("B09B 1/00", "disposal(B09B) landfill(B09B)"); // equal rules both speak
    check("C02F1/00-3/00", "water(C02F) biogas?(C02F3/28) solar?(C02F1/14) water(C02F)");
    check("C02F1/14-1/16", "water(C02F) solar?(C02F1/14) water(C02F)");
}

TEST_CASE("a symbol read back from its text is the same, and keys order it below what stands above it") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        PatentSymbol symbol{std::string(1, "ABCDEFGHY"[random.below(9)]), 0, ""};
        std::vector<std::string> above = {symbol.key()};
        if (random.chance(0.9)) {
            symbol.subclass += static_cast<char>('0' + random.below(10));
            symbol.subclass += static_cast<char>('0' + random.below(10));
            above.push_back(symbol.key());
            if (random.chance(0.9)) {
                symbol.subclass += static_cast<char>('A' + random.below(26));
                above.push_back(symbol.key());
                if (random.chance(0.9)) {
                    symbol.main_group = static_cast<int>(random.between(1, 9999));
                    above.push_back(symbol.key());
                    for (std::uint64_t i = 0, n = random.chance(0.8) ? 2 + random.below(5) : 0; i < n; ++i)
                        symbol.subgroup += static_cast<char>('0' + random.below(10));
                    if (symbol.subgroup.find_first_not_of('0') == std::string::npos) symbol.subgroup.clear();
                }
            }
        }
        const auto back = parse_patent_symbol(symbol.text());
        REQUIRE(back);
        CHECK(back.value() == symbol);
        for (const std::string& key : above) CHECK(symbol.key().starts_with(key));
        const PatentRange own{symbol, symbol};
        CHECK(own.contains(symbol));
        CHECK(own.contains(own));
    }
}

TEST_CASE("which rule speaks agrees with comparing keys letter by letter") {
    // Naive: a rule of one symbol fits when its key begins the asked key; of those, the longest key of the tree speaks.
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto any = [&] {
            std::string text = random.chance(0.5) ? "C02F" : "Y02E";
            if (random.chance(0.8))
                text += std::to_string(1 + random.below(3)) +
                        (random.chance(0.7) ? "/" + std::to_string(10 + random.below(4)) + (random.chance(0.4) ? std::to_string(random.below(3)) : "") : "/00");
            return text;
        };
        std::vector<PatentRule> rules;
        for (int i = 0; i < 12; ++i) rules.push_back(rule(any(), random.chance(0.5) ? "t" : "u", std::to_string(i)));
        const PatentSymbol asked = parse_patent_symbol(any()).value();
        std::map<std::string, std::size_t> longest;
        for (const PatentRule& one : rules)
            if (asked.key().starts_with(one.range.first.key())) longest[one.to.tree] = std::max(longest[one.to.tree], one.range.first.key().size());
        std::vector<ClassCode> expected, found;
        for (const PatentRule& one : rules)
            if (asked.key().starts_with(one.range.first.key()) && one.range.first.key().size() == longest[one.to.tree]) expected.push_back(one.to);
        for (const PatentClass& one : classes_of({asked, asked}, rules)) found.push_back(one.to);
        std::sort(expected.begin(), expected.end());
        CHECK(found == expected);
    }
}

} // namespace greenbank::library
