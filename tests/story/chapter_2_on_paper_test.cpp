// chapter_2_on_paper_test.cpp — what the island's best technologies say on the page stands in their PDF files, in three languages.
#include "cast.h"
#include "read_back.h"

namespace greenbank::testing {

TEST_CASE("chapter 2: titles, costs and readiness of the best four agree on paper") {
    Visitor& visitor = cast().nobody;
    const Answer matches = visitor.get("/needs/need_sample_island_power/matches?top=4");
    REQUIRE(matches.size("/items") == 4);
    for (std::size_t i = 0; i < 4; ++i) {
        const std::string id = matches.at(fmt::format("/items/{}/technology", i));
        const Answer technology = visitor.get("/technologies/" + id);
        REQUIRE(technology.status == 200);
        for (const std::string language : {"zh", "en", "ru"}) {
            INFO(id, " in ", language);
            const Answer pdf = visitor.get("/technologies/" + id + "/pdf", {{"Accept-Language", language}});
            REQUIRE(pdf.status == 200);
            REQUIRE(pdf.body.starts_with("%PDF-"));
            const std::string words = words_of_pdf(pdf.body);
            CHECK(words.find(without_blanks(technology.at("/title/" + language))) != std::string::npos);
            CHECK(words.find(without_blanks(technology.at("/summary/" + language)).substr(0, 30)) != std::string::npos);
            CHECK(words.find("·" + technology.at("/readiness/level")) != std::string::npos);
            // 4600.00 CNY is written 4,600, in Russian 4 600; no figure loses its currency.
            const std::string amount = technology.at("/capital_cost/amount");
            if (amount.empty()) continue;
            std::string whole = amount.substr(0, amount.find('.'));
            if (whole.size() > 3 && language != "ru") whole.insert(whole.size() - 3, ",");
            if (whole.size() <= 7) CHECK_MESSAGE(words.find(whole) != std::string::npos, whole, " in ", words.substr(0, 600));
            CHECK(words.find(technology.at("/capital_cost/currency")) != std::string::npos);
        }
    }
}

} // namespace greenbank::testing
