// prose.cpp — headings, paragraphs, lists and their footnotes as strips.
#include <fmt/format.h>

#include <algorithm>

#include "paper/clean.h"
#include "paper/composer.h"
#include "paper/words.h"

namespace greenbank::paper {

Composer::Composer(const Front& front, const Geometry& geometry, Typesetter& type, Flow& flow) :
    front_(front), geometry_(geometry), sizes_(front.language), type_(type), flow_(flow) {}

void Composer::compose(const Block& one) {
    std::visit([&](const auto& each) { block(each); }, one);
    type_.rest();
}

void Composer::emit(Strip strip) {
    strip.space_before = std::max(strip.space_before, space_after_);
    space_after_ = 0;
    strip.starts_page = strip.starts_page || starts_page_;
    starts_page_ = false;
    flow_.take(std::move(strip));
}

void append_ink(std::vector<Ink>& to, std::vector<Ink> ink, double x, double y) {
    for (Ink& each : ink) {
        std::visit(
            [&](auto& one) {
                if constexpr (requires { one.points; })
                    for (auto& point : one.points) point.first += x, point.second += y;
                else one.x += x, one.y += y;
            },
            each);
        to.emplace_back(std::move(each));
    }
}

std::string Composer::number_of(int level) {
    const auto at = static_cast<std::size_t>(level - 1);
    for (std::size_t i = 0; i < at; ++i) numbers_[i] = std::max(numbers_[i], 1); // a level left out counts as its first
    ++numbers_[at];
    std::string number;
    for (std::size_t i = 0; i <= at; ++i) number += (i > 0 ? "." : "") + std::to_string(numbers_[i]);
    for (std::size_t i = at + 1; i < numbers_.size(); ++i) numbers_[i] = 0;
    return number;
}

void Composer::block(const Heading& heading) {
    static constexpr double before[] = {28, 20, 13}, after[] = {9, 6, 3};
    const auto at = static_cast<std::size_t>(heading.level - 1);
    const TypeSize size = sizes_.headings[at];
    const TextStyle style{.size = size.size, .bold = true, .colour = heading.level == 1 ? colours::accent : colours::text};
    std::string title = clean_line(heading.text);
    if (title.empty()) title = "\u2014";
    const std::string number = front_.numbered ? number_of(heading.level) : std::string();
    // The number hangs in the first line; further lines are set under the words.
    double indent = 0;
    std::vector<Ink> lead;
    if (!number.empty()) {
        indent = type_.width(number, style) + static_cast<double>(size.size) * (front_.language == Language::zh ? 0.7 : 0.6);
        type_.put(lead, number, style, 0, baseline(size.line_height, static_cast<double>(size.size)), Align::left, geometry_.width);
    }
    Prepared prepared = type_.prepare({Piece{.text = title, .style = style}});
    std::vector<Line> lines = type_.set(prepared, {.width = geometry_.measure - indent, .line_height = size.line_height, .x = indent});
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Strip strip{.height = size.line_height, .space_before = i == 0 ? before[at] : 0, .keep_with_next = true};
        if (i == 0) {
            strip.ink = std::move(lead);
            strip.heading = HeadingMark{heading.level, number, title};
        }
        append_ink(strip.ink, std::move(lines[i].ink), 0, 0);
        emit(std::move(strip));
    }
    space_after_ = after[at];
}

std::vector<Piece> Composer::pieces(const Prose& prose, TextStyle style, std::vector<std::string>& notes) {
    std::vector<Piece> made;
    const auto ends_open = [&] { return made.empty() || made.back().text.empty() || made.back().text.back() == ' ' || made.back().text.back() == '\n'; };
    for (const Span& span : prose.spans) {
        Piece piece{.text = clean_piece(span.text), .style = style, .uri = span.link};
        piece.style.bold = span.strong;
        if (!span.link.empty()) piece.style.colour = colours::link;
        if (ends_open()) piece.text.erase(0, piece.text.find_first_not_of(' '));
        if (!piece.text.empty()) made.push_back(std::move(piece));
        if (span.note.empty()) continue;
        TextStyle raised = style;
        raised.raised = true;
        made.push_back(Piece{.text = fmt::format("[{}]", notes_ + notes.size() + 1), .style = raised, .note = notes.size()});
        notes.push_back(span.note);
    }
    while (!made.empty()) { // white space at the end
        std::string& text = made.back().text;
        text.erase(text.find_last_not_of(" \n") + 1);
        if (!text.empty()) break;
        made.pop_back();
    }
    return made;
}

Note Composer::set_note(const std::string& text, std::size_t number) {
    const TextStyle style{.size = sizes_.note.size, .colour = colours::muted};
    const double indent = 22;
    Note note;
    Prepared prepared = type_.prepare(clean_line(text), style);
    std::vector<Line> lines = type_.set(prepared, {.width = geometry_.measure - indent, .line_height = sizes_.note.line_height, .x = indent});
    type_.put(note.ink, fmt::format("[{}]", number), style, 0, baseline(sizes_.note.line_height, static_cast<double>(style.size)), Align::left, indent);
    for (Line& line : lines) {
        append_ink(note.ink, std::move(line.ink), 0, note.height);
        note.height += sizes_.note.line_height;
    }
    note.height = std::max(note.height, sizes_.note.line_height);
    return note;
}

void Composer::emit_lines(std::vector<Line>& lines, double line_height, double space_before, bool leads, std::vector<std::string>& notes) {
    const std::size_t count = lines.size();
    for (std::size_t i = 0; i < count; ++i) {
        Strip strip{.height = line_height, .space_before = i == 0 ? space_before : 0};
        strip.keep_with_next = i + 1 == count ? leads : count <= 3 || i == 0 || i + 2 == count;
        strip.ink = std::move(lines[i].ink);
        for (const std::size_t note : lines[i].notes) strip.notes.push_back(set_note(notes[note], notes_ + note + 1));
        emit(std::move(strip));
    }
    notes_ += notes.size();
    notes.clear();
}

void Composer::block(const Paragraph& paragraph) {
    const TextStyle style{.size = sizes_.body.size};
    std::vector<std::string> notes;
    Prepared prepared = type_.prepare(pieces(paragraph.text, style, notes));
    if (prepared.boxes.empty()) return;
    std::vector<Line> lines =
        type_.set(prepared, {.width = geometry_.measure, .line_height = sizes_.body.line_height, .first_indent = sizes_.first_indent, .justified = true});
    emit_lines(lines, sizes_.body.line_height, sizes_.paragraph_gap, paragraph.leads, notes);
    space_after_ = sizes_.paragraph_gap;
}

void Composer::block(const List& list) {
    const TextStyle style{.size = sizes_.body.size};
    std::array<int, 3> numbers = {};
    const double line_height = sizes_.body.line_height - (front_.language == Language::zh ? 1.5 : 1);
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const Item& item = list.items[i];
        const auto depth = static_cast<std::size_t>(item.depth);
        ++numbers[depth];
        for (std::size_t deeper = depth + 1; deeper < numbers.size(); ++deeper) numbers[deeper] = 0;
        const double indent = 20 + 18 * static_cast<double>(depth);
        std::vector<std::string> notes;
        Prepared prepared = type_.prepare(pieces(item.text, style, notes));
        if (prepared.boxes.empty()) continue;
        std::vector<Line> lines = type_.set(prepared, {.width = geometry_.measure - indent, .line_height = line_height, .justified = true, .x = indent});
        if (!type_.is_draft()) {
            std::vector<Ink> mark;
            const double y = baseline(line_height, static_cast<double>(style.size));
            if (list.numbered) {
                const std::string number = depth == 0   ? fmt::format("{}.", numbers[0])
                                           : depth == 1 ? fmt::format("{})", numbers[1])
                                                        : fmt::format("{}", static_cast<char>('a' + (numbers[2] - 1) % 26));
                type_.put(mark, number, style, indent - 5, y, Align::right, indent);
            } else {
                const double size = depth == 0 ? 3.2 : 2.6;
                mark.emplace_back(
                    Panel{indent - 11, line_height / 2 - size / 2, size, size, depth == 0 ? colours::accent : colours::line_strong, depth == 1 ? 0 : size / 2});
            }
            append_ink(mark, std::move(lines[0].ink), 0, 0);
            lines[0].ink = std::move(mark);
        }
        emit_lines(lines, line_height, i == 0 ? sizes_.paragraph_gap : 1.5, false, notes);
    }
    space_after_ = sizes_.paragraph_gap + 2;
}

void Composer::block(const Badges& badges) {
    constexpr double height = 18, gap = 5;
    Strip strip{.height = height, .space_before = 3};
    double x = 0;
    for (const Badge& badge : badges.badges) {
        if (clean_line(badge.text).empty()) continue;
        std::vector<Ink> ink;
        const double width = put_badge(type_, ink, badge, 0, height / 2, Align::left);
        if (x > 0 && x + width > geometry_.measure) {
            emit(std::move(strip));
            strip = {.height = height};
            x = 0;
        }
        append_ink(strip.ink, std::move(ink), x, 0);
        x += width + gap;
    }
    if (x > 0) emit(std::move(strip));
    space_after_ = 3;
}

void Composer::block(const PageBreak&) { starts_page_ = true; }

} // namespace greenbank::paper
