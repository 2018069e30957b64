// chapter_2_on_paper_test.cpp — what the island's best technologies say on the page stands in their PDF files, in three languages.
#include "cast.h"

namespace greenbank::testing {

namespace {

/// Nor hyphens: a word may be parted at the end of a line.
std::string without_blanks(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (static_cast<unsigned char>(text[i]) <= ' ' || text[i] == '-') continue;
        if (text.compare(i, 2, "\u00A0") == 0 || text.compare(i, 2, "\u00AD") == 0) ++i; // no-break space, soft hyphen
        else if (text.compare(i, 3, "\u2010") == 0 || text.compare(i, 3, "\u2011") == 0) i += 2;
        else out += text[i];
    }
    return out;
}

/// The words of a PDF without blanks and line ends, as Debian's pdftotext reads them.
std::string words_of(const TemporaryFolder& folder, const std::string& pdf) {
    const Ran read = run_command({"pdftotext", "-enc", "UTF-8", folder.write("one.pdf", pdf), "-"});
    REQUIRE_MESSAGE(read.status == 0, read.err);
    return without_blanks(read.out);
}

} // namespace

TEST_CASE("chapter 2: titles, costs and readiness of the best four agree on paper") {
    Visitor& visitor = cast().nobody;
    const Answer matches = visitor.get("/needs/need_sample_island_power/matches?top=4");
    REQUIRE(matches.size("/items") == 4);
    const TemporaryFolder folder;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::string id = matches.at(fmt::format("/items/{}/technology", i));
        const Answer technology = visitor.get("/technologies/" + id);
        REQUIRE(technology.status == 200);
        for (const std::string language : {"zh", "en", "ru"}) {
            INFO(id, " in ", language);
            const Answer pdf = visitor.get("/technologies/" + id + "/pdf", {{"Accept-Language", language}});
            REQUIRE(pdf.status == 200);
            REQUIRE(pdf.body.starts_with("%PDF-"));
            const std::string words = words_of(folder, pdf.body);
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
