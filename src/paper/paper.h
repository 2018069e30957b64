// paper.h — the face: documents on paper. A room fills a Document with words and figures and need not know how a page is made.
// Words come in one language, chosen by whoever fills the document; the room's own words (page x of y, contents, source) are in words.csv.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kernel/result.h"
#include "kernel/text.h"
#include "kernel/time.h"

namespace greenbank::paper {

enum class Tone { neutral, good, warn, bad, info, sample };

/// What a figure's standing is (docs: regulated numbers); an unconfirmed one is never shown as official.
enum class Status { official, unconfirmed, sample };

struct Badge {
    std::string text;
    Tone tone = Tone::neutral;
};
Badge badge(Status status, Language language);

/// A piece of running text. `link` is an http(s) or mailto address; `note` is a footnote whose mark stands after the piece.
struct Span {
    std::string text;
    bool strong = false;
    std::string link = {};
    std::string note = {};
};

struct Prose {
    std::vector<Span> spans;

    Prose() = default;
    Prose(std::string text) { spans.push_back({std::move(text)}); }
    Prose(const char* text) { spans.push_back({text}); }
    Prose(std::initializer_list<Span> list) : spans(list) {}
};

struct Heading {
    int level = 1; // 1 to 3
    std::string text;
};

/// Justified; a line feed begins a new line, runs of white space are one space.
struct Paragraph {
    Prose text;
    bool leads = false; // to what follows (a table, a list): its end stays on one page with the beginning of that
};

struct Item {
    Prose text;
    int depth = 0; // 0 to 2
};
struct List {
    std::vector<Item> items;
    bool numbered = false;
};

struct Fact {
    std::string label, value;
    std::string source = {}; // becomes a note under the table; equal sources share one
    std::optional<Status> status = {};
};
struct Facts {
    std::string title;
    std::vector<Fact> facts;
};

enum class Align { left, centre, right }; // figures: right

struct Column {
    std::string title;
    Align align = Align::left;
    double share = 0; // of the table's width; 0: what its cells need
};
struct Cell {
    std::string text;
    std::string source = {}; // as in a Fact

    Cell() = default;
    Cell(std::string words, std::string where = {}) : text(std::move(words)), source(std::move(where)) {}
    Cell(const char* words) : text(words) {}
};
struct Row {
    std::vector<Cell> cells; // as many as there are columns
    bool strong = false;     // a total
};
/// The head is repeated on every page (twelve lines of it at most); a row of up to a third of a page is never split, a longer one between lines.
struct Table {
    std::string title;
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::string source = {}; // of the whole table
};

struct Bar {
    std::string label;
    double value = 0;
};
struct BarChart {
    std::string title, unit;
    std::vector<Bar> bars;
    int decimals = 0;
    std::string source = {};
};

struct Series {
    std::string name;
    std::vector<std::optional<double>> values; // one for each place on the x axis; absent ones are a gap
};
struct LineChart {
    std::string title, unit;
    std::vector<std::string> places; // labels of the x axis: years, hours
    std::vector<Series> series;      // up to seven
    int decimals = 0;
    std::string source = {};
};

struct Badges {
    std::vector<Badge> badges;
};

/// A QR code of the link, beside its caption and the link in words: for documents whose figures can be checked.
struct Proof {
    std::string caption, link;
};

struct PageBreak {};

using Block = std::variant<Heading, Paragraph, List, Facts, Table, BarChart, LineChart, Badges, Proof, PageBreak>;

enum class Orientation { portrait, landscape };

/// What stands before the text and around every page.
struct Front {
    std::string title, subtitle = {}, organisation = {}, edition = {};
    std::optional<Date> date = {};
    Language language = Language::zh;
    std::vector<Badge> marks = {}; // in title and header; the first one also lies lightly across every page: "样本"
    Orientation orientation = Orientation::portrait;
    bool title_page = true;  // else the title stands above the text of the first page, and there is no contents page
    int contents_levels = 2; // of headings in the contents page; 0: no contents page
    bool numbered = true;    // headings: 1, 1.1, 1.1.1
    Time created_at = {};    // in the file's metadata; the same document and time give the same bytes
};

struct Document {
    Front front;
    std::vector<Block> blocks;
};

/// The files of the typefaces; the defaults are where fonts-noto-core and fonts-noto-cjk lay them. No other font of the machine is ever used.
struct FontFiles {
    std::string latin = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";
    std::string latin_bold = "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf";
    std::string symbols = "/usr/share/fonts/truetype/noto/NotoSansMath-Regular.ttf";
    std::string han = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
    std::string han_bold = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc";
};

struct Limits {
    std::size_t pages = 5'000;
    std::size_t text_bytes = 1u << 20;    // of one paragraph or list item
    std::size_t cell_bytes = 16u << 10;   // of one cell, fact, label or source
    std::size_t short_text_bytes = 1'000; // titles, headings, notes, badges, links
    std::size_t columns = 24;
    std::size_t rows = 100'000; // of one table, list, facts
    std::size_t bars = 500, series = 7, places = 2'000;
    std::size_t blocks = 1'000'000;
};

struct Settings {
    FontFiles fonts = {};
    Limits limits = {};
};

/// The pages as PDF 1.4 with embedded fonts. Fails with problems by block ("blocks[3].rows[7].cells[1]") for texts that are not UTF-8,
/// figures that are not finite, and what is over a limit.
Result<std::string> to_pdf(const Document& document, const Settings& settings = {});

struct Written {
    std::size_t pages = 0, bytes = 0;
};

/// The same in memory that does not grow with the text, for catalogues: the text is given twice in the same pieces' order, first to be measured
/// (headings learn their pages), then to be written; between them title and contents go out. Pieces may be cut anywhere between blocks.
/// Only headings are kept, with links and outline: about 1 kB each.
class PdfWriter {
public:
    using Sink = std::function<Result<Done>(std::string_view bytes)>;

    static Result<PdfWriter> open(Front front, Sink sink, Settings settings = {});
    Result<Done> measure(std::span<const Block> blocks);
    Result<Done> write(std::span<const Block> blocks);
    /// Fails if the second text was not the first.
    Result<Written> finish();

    PdfWriter(PdfWriter&&) noexcept;
    PdfWriter& operator=(PdfWriter&&) noexcept;
    ~PdfWriter();

private:
    struct State;
    explicit PdfWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace greenbank::paper
