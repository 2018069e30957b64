// tables.cpp — tables and facts: columns fitted, cells set, rows cut into strips of one line each.
#include <algorithm>

#include "paper/clean.h"
#include "paper/composer.h"
#include "paper/engine/columns.h"
#include "paper/words.h"

namespace greenbank::paper {

namespace {

constexpr double side_pad = 5;             // of a cell
constexpr std::size_t rows_measured = 500; // to fit columns: the first ones
constexpr std::size_t head_lines_max = 12;
constexpr std::size_t kept_facts = 8; // so many are not parted by a page's end

/// a, b, … z, aa, ab, …
std::string letters(std::size_t index) {
    std::string text(1, static_cast<char>('a' + index % 26));
    for (index /= 26; index > 0; index = (index - 1) / 26) text.insert(text.begin(), static_cast<char>('a' + (index - 1) % 26));
    return text;
}

/// A filled rectangle: a file says it shorter than a stroke.
Panel rule(double y, double width, Colour colour, double thickness) { return {0, y - thickness / 2, width, thickness, colour}; }

} // namespace

void Composer::emit_caption(const std::string& title, const std::string& unit) {
    const TextStyle style{.size = sizes_.caption.size, .bold = true}, small{.size = sizes_.note.size, .colour = colours::muted};
    const std::string words = clean_line(title);
    const bool with_unit = !clean_line(unit).empty();
    if (words.empty() && !with_unit) return;
    std::vector<Ink> right;
    const double y = baseline(sizes_.caption.line_height, static_cast<double>(sizes_.caption.size));
    double used = 0;
    if (with_unit)
        used =
            type_.put(right, say("paper.unit", front_.language, {{"unit", clean_line(unit)}}), small, geometry_.width, y, Align::right, geometry_.width / 3) +
            12;
    Prepared prepared = type_.prepare({Piece{.text = words, .style = style}});
    std::vector<Line> lines = type_.set(prepared, {.width = geometry_.width - used, .line_height = sizes_.caption.line_height});
    if (lines.empty()) lines.emplace_back();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool last = i + 1 == lines.size();
        Strip strip{
            .height = sizes_.caption.line_height + (last ? 3 : 0), .space_before = i == 0 ? 10.0 : 0, .keep_with_next = true, .ink = std::move(lines[i].ink)};
        if (last) append_ink(strip.ink, std::move(right), 0, 0);
        emit(std::move(strip));
    }
}

std::vector<Piece> Composer::cell_pieces(const std::string& text, const std::string& source, TextStyle style, Sources& sources) {
    std::vector<Piece> made{Piece{.text = clean(text), .style = style}};
    const std::string origin = clean_line(source);
    if (origin.empty()) return made;
    const auto [found, added] = sources.places.emplace(origin, sources.texts.size());
    if (added) sources.texts.push_back(origin);
    style.raised = true;
    style.bold = false;
    made.push_back(Piece{.text = letters(found->second), .style = style});
    return made;
}

void Composer::emit_sources(const Sources& sources, const std::string& whole) {
    const TextStyle style{.size = sizes_.note.size, .colour = colours::muted};
    const double line_height = sizes_.note.line_height;
    std::vector<std::pair<std::string, std::string>> notes; // mark, text
    if (const std::string origin = clean_line(whole); !origin.empty()) notes.emplace_back("", say("paper.source", front_.language) + origin);
    for (std::size_t i = 0; i < sources.texts.size(); ++i) notes.emplace_back(letters(i), sources.texts[i]);
    bool first = true;
    for (const auto& [mark, text] : notes) {
        const double indent = mark.empty() ? 0 : 12;
        Prepared prepared = type_.prepare({Piece{.text = text, .style = style}});
        std::vector<Line> lines = type_.set(prepared, {.width = geometry_.width - indent, .line_height = line_height, .x = indent});
        for (std::size_t i = 0; i < lines.size(); ++i) {
            Strip strip{.height = line_height, .space_before = first ? 4.0 : 0, .keep_with_next = i + 1 < lines.size()};
            if (i == 0 && !mark.empty()) type_.put(strip.ink, mark, style, 0, baseline(line_height, static_cast<double>(style.size)), Align::left, indent);
            append_ink(strip.ink, std::move(lines[i].ink), 0, 0);
            emit(std::move(strip));
            first = false;
        }
    }
}

/// A row of up to a third of a page is one strip, cell after cell, so that what reads the file finds each cell's lines together. A longer row is
/// one strip a line, of which two stay together at either end.
void Composer::emit_row(TableRow row, const TableLook& look) {
    std::size_t count = 1;
    for (const TableCell& cell : row.cells) count = std::max(count, cell.lines.size());
    const double line_height = sizes_.table.line_height;
    const bool whole = static_cast<double>(count) * line_height <= geometry_.height / 3;
    const std::size_t strips = whole ? 1 : count, lines = whole ? count : 1; // of a strip
    for (std::size_t i = 0; i < strips; ++i) {
        const bool first = i == 0, last = i + 1 == strips;
        const double above = first ? look.pad_above : 0;
        Strip strip{.height = static_cast<double>(lines) * line_height + above + (last ? look.pad_below : 0), .repeated = look.repeated};
        strip.keep_with_next = last ? row.kept : first || i + 2 == strips;
        if (!type_.is_draft()) {
            if (first && row.strong) strip.ink.emplace_back(rule(0, geometry_.width, colours::line_strong, 0.6));
            for (TableCell& cell : row.cells)
                for (std::size_t k = 0; k < lines && i + k < cell.lines.size(); ++k)
                    append_ink(strip.ink, std::move(cell.lines[i + k].ink), 0, above + static_cast<double>(k) * line_height);
            if (first) append_ink(strip.ink, std::move(row.badge), 0, above + line_height / 2);
            if (last)
                strip.ink.emplace_back(
                    row.last ? rule(strip.height, geometry_.width, colours::text, 0.9) : rule(strip.height, geometry_.width, colours::line, 0.5));
        }
        emit(std::move(strip));
    }
}

/// The first rows decide; what was prepared of them is kept for setting them.
std::vector<double> Composer::fit_columns(const Table& table, Sources& sources, std::vector<Prepared>& cells) {
    std::vector<ColumnNeed> needs(table.columns.size());
    const auto widen = [&](std::size_t column, const Prepared& prepared, double least_max) {
        needs[column].least = std::max(needs[column].least, std::min(prepared.least, least_max) + 2 * side_pad + 0.01);
        needs[column].natural = std::max(needs[column].natural, prepared.natural + 2 * side_pad + 0.01);
    };
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        needs[i].share = table.columns[i].share;
        Prepared title = type_.prepare(table.columns[i].title, {.size = sizes_.table.size, .bold = true});
        title.natural = std::max(title.least, title.natural * 0.6); // a title may take two lines before the cells do
        widen(i, title, geometry_.width / 3);
    }
    for (std::size_t row = 0; row < std::min(table.rows.size(), rows_measured); ++row)
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const Cell& cell = table.rows[row].cells[i];
            cells.push_back(type_.prepare(cell_pieces(cell.text, cell.source, {.size = sizes_.table.size, .bold = table.rows[row].strong}, sources)));
            widen(i, cells.back(), geometry_.width / 3);
        }
    return column_widths(needs, geometry_.width);
}

std::shared_ptr<Strip> Composer::table_head(const Table& table, const std::vector<double>& widths) {
    auto head = std::make_shared<Strip>();
    bool any = false;
    std::size_t count = 1;
    std::vector<std::vector<Line>> titles;
    double x = 0;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        any = any || !clean_line(table.columns[i].title).empty();
        Prepared prepared = type_.prepare(table.columns[i].title, {.size = sizes_.table.size, .bold = true});
        std::vector<Line> lines = type_.set(
            prepared, {.width = widths[i] - 2 * side_pad, .line_height = sizes_.table.line_height, .align = table.columns[i].align, .x = x + side_pad});
        if (lines.size() > head_lines_max) lines.resize(head_lines_max); // the head stands on every page and must leave room for rows
        titles.push_back(std::move(lines));
        count = std::max(count, titles.back().size());
        x += widths[i];
    }
    head->ink.emplace_back(rule(0, geometry_.width, colours::text, 0.9));
    if (!any) {
        head->height = 0.5;
        return head;
    }
    head->height = static_cast<double>(count) * sizes_.table.line_height + 7;
    head->ink.insert(head->ink.begin(), Panel{0, 0, geometry_.width, head->height, colours::sunken});
    for (std::vector<Line>& lines : titles) // at the foot of the head, where the figures begin
        for (std::size_t i = 0; i < lines.size(); ++i)
            append_ink(head->ink, std::move(lines[i].ink), 0, 3.5 + static_cast<double>(count - lines.size() + i) * sizes_.table.line_height);
    head->ink.emplace_back(rule(head->height, geometry_.width, colours::line_strong, 0.6));
    return head;
}

void Composer::block(const Table& table) {
    if (table.columns.empty()) return;
    Sources sources;
    std::vector<Prepared> cells; // of the first rows
    const std::vector<double> widths = fit_columns(table, sources, cells);
    const double before = 12;
    space_after_ = std::max(space_after_, before);
    emit_caption(table.title, "");
    const std::shared_ptr<Strip> head = table_head(table, widths);

    // On further pages the head says what goes on.
    auto repeated = std::make_shared<Strip>();
    const std::string title = clean_line(table.title);
    if (!title.empty()) {
        const TextStyle style{.size = sizes_.note.size, .colour = colours::muted};
        const std::string rest = say("paper.continued", front_.language);
        type_.put(repeated->ink, title + (front_.language == Language::zh ? "" : " ") + rest, style, 0, baseline(13, static_cast<double>(style.size)),
            Align::left, geometry_.width);
        repeated->height = 15;
    }
    append_ink(repeated->ink, head->ink, 0, repeated->height);
    repeated->height += head->height;
    const double head_height = head->height;
    emit({.height = head_height, .keep_with_next = !table.rows.empty(), .ink = head->ink});

    const TableLook look{3, 3, repeated};
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const Row& row = table.rows[r];
        TableRow set{.strong = row.strong, .last = r + 1 == table.rows.size()};
        // Two rows stay with the head, two stay together at the end, and sources with the last.
        set.kept = set.last ? !sources.texts.empty() || !clean_line(table.source).empty() : r == 0 || r + 2 == table.rows.size();
        double x = 0;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const std::size_t at = r * row.cells.size() + i;
            Prepared prepared =
                at < cells.size()
                    ? std::move(cells[at])
                    : type_.prepare(cell_pieces(row.cells[i].text, row.cells[i].source, {.size = sizes_.table.size, .bold = row.strong}, sources));
            set.cells.push_back({type_.set(prepared, {.width = widths[i] - 2 * side_pad,
                                                         .line_height = sizes_.table.line_height,
                                                         .align = table.columns[i].align,
                                                         .x = x + side_pad,
                                                         .hang = side_pad})});
            x += widths[i];
        }
        emit_row(std::move(set), look);
        if (r + 1 >= rows_measured) type_.rest(); // before, prepared rows hold words
    }
    emit_sources(sources, table.source);
    space_after_ = before;
}

void Composer::block(const Facts& facts) {
    if (facts.facts.empty()) return;
    const bool with_status = std::any_of(facts.facts.begin(), facts.facts.end(), [](const Fact& fact) { return fact.status.has_value(); });
    const double before = 10;
    space_after_ = std::max(space_after_, before);
    emit_caption(facts.title, "");
    emit({.height = 0.5, .keep_with_next = true, .ink = {rule(0, geometry_.width, colours::text, 0.9)}});
    const double label_width = std::min(geometry_.width * 0.36, 200.0), status_width = with_status ? 84 : 0;
    const double value_width = geometry_.width - label_width - status_width;
    Sources sources;
    const TableLook look{3, 3, {}};
    for (std::size_t i = 0; i < facts.facts.size(); ++i) {
        const Fact& fact = facts.facts[i];
        TableRow row{.last = i + 1 == facts.facts.size()};
        row.kept =
            row.last ? !sources.texts.empty() || !clean_line(fact.source).empty() : facts.facts.size() <= kept_facts || i == 0 || i + 2 == facts.facts.size();
        const double line_height = sizes_.table.line_height;
        Prepared label = type_.prepare(fact.label, {.size = sizes_.table.size, .colour = colours::muted});
        row.cells.push_back({type_.set(label, {.width = label_width - 2 * side_pad, .line_height = line_height, .x = side_pad})});
        Prepared value = type_.prepare(cell_pieces(fact.value, fact.source, {.size = sizes_.table.size}, sources));
        row.cells.push_back({type_.set(value, {.width = value_width - 2 * side_pad, .line_height = line_height, .x = label_width + side_pad})});
        if (fact.status) put_badge(type_, row.badge, badge(*fact.status, front_.language), geometry_.width - side_pad, 0, Align::right);
        emit_row(std::move(row), look);
        type_.rest();
    }
    emit_sources(sources, "");
    space_after_ = before;
}

} // namespace greenbank::paper
