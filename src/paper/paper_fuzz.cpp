// libFuzzer on what strangers may write into a document: any bytes as the texts of every block. It is refused with a place, or it becomes pages.
#include <string>

#include "paper/clean.h"
#include "paper/file_end.h"
#include "paper/paper.h"

extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig.so\nleak:libcairo.so\n"; } // see paper_test.cpp

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace greenbank;
    using namespace greenbank::paper;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);

    FileEnd end; // the same, however the bytes are cut
    FileEnd bytewise;
    end.pass(bytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytewise.pass(bytes.substr(i, 1));
    require(end.update("en") == bytewise.update("en"), "cuts change nothing");

    if (is_utf8(bytes)) {
        const std::string once = clean(bytes);
        require(is_utf8(once), "a cleaned text is a text");
        require(clean(once) == once, "cleaning twice changes nothing more");
        require(clean_line(once).find('\n') == std::string::npos, "one line is one line");
    }

    std::vector<std::string> texts;
    for (const std::string_view line : split(bytes, '\n')) texts.emplace_back(line);
    const auto text = [&](std::size_t index) { return texts[index % texts.size()]; };
    Document document{
        .front = {.title = "T" + text(0), .organisation = text(1), .language = static_cast<Language>(size % 3), .title_page = size % 2 == 0}, .blocks = {}};
    document.blocks.push_back(Heading{1, "H" + text(2)});
    document.blocks.push_back(Paragraph{{Span{.text = std::string(bytes), .note = text(3)}, Span{.text = text(4), .strong = true}}});
    document.blocks.push_back(List{{{text(5), 0}, {text(6), 1}}, true});
    document.blocks.push_back(Facts{text(7), {{text(8), text(9), text(10), Status::sample}}});
    document.blocks.push_back(Table{text(11), {{text(12)}, {text(13), Align::right}}, {{{Cell(text(14), text(15)), Cell(text(16))}}}, text(17)});
    document.blocks.push_back(BarChart{text(18), text(19), {{text(20), static_cast<double>(size)}}});
    document.blocks.push_back(LineChart{text(21), text(22), {text(23), text(24)}, {{text(25), {1, -static_cast<double>(size)}}}});
    const auto made = to_pdf(document);
    if (is_utf8(bytes) && size < 500) require(static_cast<bool>(made), "short texts always fit");
    if (!made) require(!made.error().problems.empty(), "what is refused has its place");
    else require(made.value().starts_with("%PDF-1.4"), "pages are a PDF");
    return 0;
}
