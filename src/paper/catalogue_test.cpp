// catalogue_test.cpp — thousands of entries given piece by piece: bounded memory, the same bytes however it is cut, honest failures.
#include <fmt/format.h>

#include <malloc.h>

#include "paper/example_documents.h"
#include "paper/pdf_under_test.h"

#ifdef __SANITIZE_ADDRESS__
extern "C" std::size_t __sanitizer_get_current_allocated_bytes(); // its header is a package of its own
#endif

namespace greenbank::paper {

namespace {

std::size_t allocated_bytes() {
#ifdef __SANITIZE_ADDRESS__
    return __sanitizer_get_current_allocated_bytes();
#else
    return mallinfo2().uordblks;
#endif
}

Result<std::string> make_in_pieces(const Document& document, Random& random) {
    std::string pdf;
    PdfWriter writer = TRY(PdfWriter::open(document.front, [&](std::string_view bytes) -> Result<Done> {
        pdf += bytes;
        return Done{};
    }));
    for (const bool measure : {true, false}) {
        std::span<const Block> rest(document.blocks);
        while (!rest.empty()) {
            const std::size_t size = std::min<std::size_t>(rest.size(), random.below(4));
            TRY(measure ? writer.measure(rest.first(size)) : writer.write(rest.first(size)));
            rest = rest.subspan(size);
        }
    }
    TRY(writer.finish());
    return pdf;
}

} // namespace

TEST_CASE("a catalogue of 2,000 entries is made in memory that does not grow with its text") {
    std::size_t bytes = 0;
    auto opened = PdfWriter::open(example_catalogue(Language::zh), [&](std::string_view some) -> Result<Done> {
        bytes += some.size();
        return Done{};
    });
    REQUIRE(opened);
    PdfWriter& writer = opened.value();
    constexpr std::size_t entries = 2000;
    std::vector<std::size_t> measured, written;
    for (std::size_t i = 0; i < entries; ++i) {
        REQUIRE(writer.measure(example_entry(i, Language::zh)));
        if (i % 100 == 99) measured.push_back(allocated_bytes());
    }
    for (std::size_t i = 0; i < entries; ++i) {
        REQUIRE(writer.write(example_entry(i, Language::zh)));
        if (i % 100 == 99) written.push_back(allocated_bytes());
    }
    const auto finished = writer.finish();
    REQUIRE(finished);
    CHECK(finished.value().pages > 700);
    CHECK(finished.value().bytes == bytes);
    // The cache of words is emptied when it is full, so memory goes up and down; what counts is the least of each half.
    const auto least = [](const std::vector<std::size_t>& list, std::size_t from, std::size_t to) {
        return *std::min_element(list.begin() + from, list.begin() + to);
    };
    for (const auto* list : {&measured, &written}) {
        const std::size_t early = least(*list, 0, 10), late = least(*list, 10, 20), most = *std::max_element(list->begin(), list->end());
        MESSAGE(fmt::format("allocated: {} kB early, {} kB late, {} kB at most", early / 1024, late / 1024, most / 1024));
        CHECK(late < early + 1000 * 4096); // headings, links, outline: at most 4 kB an entry
        CHECK(most < early + (24u << 20));
    }
}

TEST_CASE("documents do not pile up in memory") {
    const Document document = example_report(Language::zh);
    must_make(document);
    const std::size_t before = allocated_bytes();
    for (int i = 0; i < 10; ++i) must_make(document);
    const std::size_t after = allocated_bytes();
    MESSAGE(fmt::format("ten documents later: {} bytes more", static_cast<long>(after) - static_cast<long>(before)));
    CHECK(after < before + 10 * 8192); // cairo 1.16 forgets 1.5 kB for each embedded Chinese font
}

TEST_CASE("pieces may be cut anywhere") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Document document{.front = example_catalogue(static_cast<Language>(seed % 3)), .blocks = {}};
        for (std::size_t i = 0; i < 12; ++i)
            for (Block& block : example_entry(i, document.front.language)) document.blocks.push_back(std::move(block));
        const auto made = make_in_pieces(document, random);
        REQUIRE(made);
        CHECK((made.value() == must_make(document)));
    }
}

TEST_CASE("a writer is honest about its order and its second text") {
    const auto nowhere = [](std::string_view) -> Result<Done> { return Done{}; };
    const std::vector<Block> text = {Heading{1, "One"}, Paragraph{"Words."}}, other = {Heading{1, "Two"}, Paragraph{"Words."}};
    const auto code = [](const auto& result) { return result ? std::string("none") : result.error().code; };
    {
        auto writer = PdfWriter::open({.title = "T", .language = Language::en}, nowhere);
        CHECK(writer.value().measure(text));
        CHECK(writer.value().write(text));
        CHECK(code(writer.value().measure(text)) == "paper.order");
        CHECK(writer.value().finish());
        CHECK(code(writer.value().finish()) == "paper.order");
        CHECK(code(writer.value().write(text)) == "paper.order");
    }
    {
        auto writer = PdfWriter::open({.title = "T", .language = Language::en}, nowhere);
        CHECK(writer.value().measure(text));
        CHECK(writer.value().write(other));
        CHECK(code(writer.value().finish()) == "paper.second_text");
    }
    {
        auto writer = PdfWriter::open({.title = "T", .language = Language::en}, nowhere);
        CHECK(writer.value().measure(text));
        CHECK(code(writer.value().finish()) == "paper.second_text");
    }
    {
        auto writer = PdfWriter::open({.title = "T", .language = Language::en}, nowhere);
        CHECK(writer.value().finish()); // a title page alone
    }
    { // left unfinished
        auto writer = PdfWriter::open({.title = "T", .language = Language::en}, nowhere);
        CHECK(writer.value().measure(text));
        CHECK(writer.value().write(text));
    }
}

TEST_CASE("a sink that refuses stops the writing with its own error") {
    std::size_t taken = 0;
    auto writer = PdfWriter::open(example_catalogue(Language::en), [&](std::string_view bytes) -> Result<Done> {
        taken += bytes.size();
        if (taken > 20'000) return Error{Failure::storage_full, "test.full", "The disk is full."};
        return Done{};
    });
    for (std::size_t i = 0; i < 60; ++i) REQUIRE(writer.value().measure(example_entry(i, Language::en)));
    bool refused = false;
    for (std::size_t i = 0; i < 60 && !refused; ++i) {
        const auto result = writer.value().write(example_entry(i, Language::en));
        refused = !result;
        if (refused) CHECK(result.error().code == "test.full");
    }
    const auto finished = writer.value().finish();
    REQUIRE(!finished);
    CHECK((refused || finished.error().code == "test.full"));
    CHECK(taken < 200'000);
}

} // namespace greenbank::paper
