// reading_fuzz.cpp — any bytes as a query and as the beginning of one: read, corrected, searched, marked, suggested.
#include "kernel/text.h"
#include "search/folding.h"
#include "search/naive.h"
#include "search/reading.h"
#include "search/suggesting.h"

using namespace greenbank;
using namespace greenbank::search;

namespace {

const std::vector<Document> documents = {
    {.id = "heat",
        .title = {"空气源热泵供暖系统", "Air-source heat pump system", "Воздушный тепловой насос"},
        .summary = {"在零下25℃稳定制热。", "½ of the “energy”", "Ещё"},
        .keywords = {"热泵", "heat pumps"}},
    {.id = "battery", .title = {"12V锂电池", "PM2.5 filtration", "Очистка сточных вод"}, .summary = {}, .body = "ﾎﾟﾝﾌﾟ, 한국어, e\u0301t\u00e9, 𠀀"},
    {.id = "secret", .title = {"保密的需求", "Secret", ""}, .summary = {}, .visible = "org_1"},
};

std::size_t marks(std::string_view text, char mark) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), mark)); }

std::string without_marks(std::string text) {
    std::erase_if(text, [](char c) { return c == mark_begin || c == mark_end; });
    return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    static const std::unique_ptr<Index> index = [] {
        auto made = make_naive_index({.synonyms = {{{"热泵", "heat pump", "тепловой насос"}, {"12v", "двенадцать вольт"}}}});
        require(bool(made) && bool(made.value()->put(documents)), "the documents are good");
        return std::move(made).value();
    }();
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto language = static_cast<Language>(size % 3);

    const Folded folded = fold_with_origin(text);
    require(folded.text == fold(text) && folded.origin.size() == folded.text.size() + 1, "both ways of folding agree");
    require(fold(folded.text) == folded.text || !is_utf8(text), "folding again changes nothing");

    auto found = index->search({.text = std::string(text), .visible = {"public"}, .language = language});
    require(bool(found), "no text is an error");
    for (const Hit& hit : found.value().hits) {
        require(hit.id != "secret", "what others may see was found");
        require(marks(hit.title, mark_begin) == marks(hit.title, mark_end), "marks come in pairs");
        require(is_utf8(hit.title) && is_utf8(hit.summary), "marks stand between characters");
        const auto document = std::find_if(documents.begin(), documents.end(), [&](const Document& each) { return each.id == hit.id; });
        require(without_marks(hit.title) == document->title.best(language), "marks change nothing else");
    }
    for (const Correction& correction : found.value().corrected) require(correction.typed != correction.read_as, "a correction corrects");
    require(bool(index->suggest(text, language, std::vector<std::string>{"public"}, 8)), "no beginning is an error");
    return 0;
}
