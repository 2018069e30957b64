// composer.h — blocks to strips, one block at a time. It keeps what runs through a document: numbers of headings and notes.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "paper/flow.h"
#include "paper/layout.h"
#include "paper/paper.h"
#include "paper/strips.h"
#include "paper/typesetter.h"

namespace greenbank::paper {

class Composer {
public:
    Composer(const Front& front, const Geometry& geometry, Typesetter& type, Flow& flow);

    /// The title page, or the title above the text.
    void title();
    /// The contents page, on a page of its own; only headings up to `contents_levels`; nothing if there are none.
    void contents(const std::vector<HeadingPlace>& headings);
    /// The text begins on a page of its own behind title page and contents.
    void begin_text();
    void compose(const Block& block);

private:
    /// Sources of a table become notes under it, marked a, b, c; equal ones share a mark.
    struct Sources {
        std::map<std::string, std::size_t> places;
        std::vector<std::string> texts;
    };
    struct TableCell {
        std::vector<Line> lines;
    };
    /// One row of a table or of facts, set.
    struct TableRow {
        std::vector<TableCell> cells;
        bool strong = false, last = false, kept = false; // kept with the next
        std::vector<Ink> badge = {};                     // drawn at the height of the first line
    };
    struct TableLook {
        double pad_above, pad_below;
        std::shared_ptr<const Strip> repeated;
    };

    void block(const Heading& heading);
    void block(const Paragraph& paragraph);
    void block(const List& list);
    void block(const Facts& facts);
    void block(const Table& table);
    void block(const BarChart& chart);
    void block(const LineChart& chart);
    void block(const Badges& badges);
    void block(const Proof& proof);
    void block(const PageBreak&);

    void emit(Strip strip);
    /// Lines as strips, no line of them alone at the foot or the head of a page; `leads`: the last is kept with what follows.
    void emit_lines(std::vector<Line>& lines, double line_height, double space_before, bool leads, std::vector<std::string>& notes);
    /// Spans as pieces; notes get their numbers and wait in `notes`.
    std::vector<Piece> pieces(const Prose& prose, TextStyle style, std::vector<std::string>& notes);
    Note set_note(const std::string& text, std::size_t number);
    void emit_caption(const std::string& title, const std::string& unit);
    std::string number_of(int level);

    std::vector<Piece> cell_pieces(const std::string& text, const std::string& source, TextStyle style, Sources& sources);
    void emit_row(TableRow row, const TableLook& look);
    void emit_sources(const Sources& sources, const std::string& whole);
    std::shared_ptr<Strip> table_head(const Table& table, const std::vector<double>& widths);
    std::vector<double> fit_columns(const Table& table, Sources& sources, std::vector<Prepared>& cells);

    const Front& front_;
    const Geometry& geometry_;
    const Sizes sizes_;
    Typesetter& type_;
    Flow& flow_;
    std::array<int, 3> numbers_ = {};
    std::size_t notes_ = 0;
    double space_after_ = 0;   // of the block before
    bool starts_page_ = false; // the next strip does
};

/// Ink moved down, appended.
void append_ink(std::vector<Ink>& to, std::vector<Ink> ink, double x, double y);

} // namespace greenbank::paper
