// duplicates_test.cpp — what counts as the same thing, and that the index misses nothing that a look at all would find.
#include "library/engine/duplicates.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "kernel/random.h"
#include "library/engine/character_pairs.h"
#include "library/engine/column_guess.h"

namespace greenbank::library {
namespace {

/// The kinds of likeness between two entries of one owner, or "".
std::string check(const Likely& a, const Likely& b) {
    static constexpr const char* names[] = {"patent", "title", "near", "concepts"};
    DuplicateIndex index;
    index.add(0, a);
    const auto found = index.find(b);
    return found.empty() ? "" : names[static_cast<int>(found[0].likeness)];
}
Likely titled(std::vector<std::string> titles, std::string owner = "org_a") { return {std::move(owner), std::move(titles), {}, {}}; }

} // namespace

TEST_CASE("one holder's equal or nearly equal titles are the same thing, in any language") {
    CHECK(check(titled({"高效热泵供暖技术"}), titled({"高效热泵供暖技术"})) == "title");
    CHECK(check(titled({"高效热泵供暖技术", "efficient heat pump heating"}), titled({"", "efficient heat-pump heating"})) == "title");
    CHECK(check(titled({"membrane bioreactor for textile waste water"}), titled({"membrane bioreactors for textile waste water"})) == "near");
    CHECK(check(titled({"生活垃圾焚烧发电烟气净化成套技术"}), titled({"生活垃圾焚烧发电烟气净化成套技术装备"})) == "near");
    CHECK(check(titled({"高效热泵供暖技术"}), titled({"高效热泵供暖技术"}, "org_b")) == "");
    CHECK(check(titled({"battery container type 12"}), titled({"battery container type 13"})) == "");
    CHECK(check(titled({"膜"}), titled({"膜"})) == "title");
    CHECK(check(titled({"污泥干化"}), titled({"污泥焚烧"})) == "");
    CHECK(check(titled({""}), titled({""})) == "");
}

TEST_CASE("a patent is the same however it is written, whoever enters it; concepts bridge languages") {
    CHECK(patent_key("ZL 2019 1 0123456.7") == patent_key("CN201910123456.7A"));
    CHECK(patent_key("US 10,123,456 B2") == "US10123456");
    CHECK(patent_key("RU2712345C1") == "RU2712345");
    CHECK(patent_key("none") == "");
    CHECK(check({"org_a", {}, {"CN201910123456"}, {}}, {"org_b", {}, {"CN201910123456"}, {}}) == "patent");
    CHECK(check({"org_a", {"水源热泵"}, {}, {3, 9, 12}}, {"org_a", {"water source heat pump"}, {}, {3, 9, 12}}) == "concepts");
    CHECK(check({"org_a", {"水源热泵"}, {}, {3, 9}}, {"org_a", {"water source heat pump"}, {}, {3, 9}}) == "");
}

TEST_CASE("the index finds what a comparison of all with all finds") {
    static constexpr std::string_view words[] = {"污水", "处理", "高效", "膜", "热泵", "系统", "成套", "装备", "biogas", "plant", "solar", "насос", "12", "13"};
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto title = [&] {
            std::string text;
            for (std::size_t i = 0, n = 4 + random.below(5); i < n; ++i)
                text += std::string(words[random.below(std::size(words))]) + (random.chance(0.3) ? " " : "");
            return text;
        };
        std::vector<Likely> all;
        DuplicateIndex index;
        for (std::size_t i = 0; i < 40; ++i) {
            all.push_back(titled({i > 0 && random.chance(0.4) ? all[random.below(i)].titles[0] + (random.chance(0.5) ? "装" : "") : title()}));
            index.add(i, all.back());
        }
        const Likely asked = titled({all[random.below(all.size())].titles[0] + (random.chance(0.5) ? "x" : "")});
        std::vector<std::size_t> expected, found;
        const auto pairs = character_pairs(asked.titles[0]);
        const auto digits = [](const std::string& text) {
            std::string runs;
            for (const char c : text) runs += c >= '0' && c <= '9' ? c : ' ';
            runs.erase(std::unique(runs.begin(), runs.end(), [](char a, char b) { return a == ' ' && b == ' '; }), runs.end());
            return runs.substr(std::min(runs.find_first_not_of(' '), runs.size()));
        };
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto other = character_pairs(all[i].titles[0]);
            const std::size_t shared = shared_pairs(pairs, other);
            const bool near = pairs.size() >= 3 && other.size() >= 3 &&
                              static_cast<double>(shared) >= near_title_similarity * static_cast<double>(pairs.size() + other.size() - shared) &&
                              digits(asked.titles[0]) == digits(all[i].titles[0]);
            std::string a = asked.titles[0], b = all[i].titles[0];
            std::erase(a, ' '), std::erase(b, ' ');
            if (near || a == b) expected.push_back(i);
        }
        for (const Alike& alike : index.find(asked)) found.push_back(alike.entry);
        std::sort(found.begin(), found.end());
        CHECK(found == expected);
    }
}

TEST_CASE("columns find their fields by what they are called") {
    const std::vector<ColumnTarget> targets = {{"title.zh", {"技术名称", "名称中文", "title zh"}}, {"title.en", {"title", "title en", "技术名称英文"}},
        {"readiness.level", {"技术成熟度等级", "readiness level", "trl"}}, {"summary.zh", {"简介", "技术简介"}}};
    const std::vector<std::string> headings = {"序号", "技术名称（中文）*", "技术名称（英文）", "trl", "申报单位", "技术简介"};
    std::string said;
    for (const ColumnGuess& guess : guess_columns(headings, targets)) said += std::to_string(guess.column) + "=" + guess.path + " ";
    CHECK(said == "1=title.zh 2=title.en 3=readiness.level 5=summary.zh ");
    CHECK(guess_columns({}, targets).empty());
}

} // namespace greenbank::library
