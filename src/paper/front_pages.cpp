// front_pages.cpp — the title page, or the title above the text, and the contents page.
#include <algorithm>

#include "paper/clean.h"
#include "paper/composer.h"
#include "paper/words.h"

namespace greenbank::paper {

namespace {

/// Sets `text` in the largest of `sizes` that needs at most `lines_max` lines, else in the smallest.
std::vector<Line> set_fitting(
    Typesetter& type, const std::string& text, TextStyle style, std::initializer_list<float> sizes, std::size_t lines_max, double width, double& line_height) {
    std::vector<Line> lines;
    for (const float size : sizes) {
        style.size = size;
        line_height = static_cast<double>(size) * 1.35;
        Prepared prepared = type.prepare({Piece{.text = clean_line(text), .style = style}});
        lines = type.set(prepared, {.width = width, .line_height = line_height});
        if (lines.size() <= lines_max) break;
    }
    return lines;
}

double put_lines(std::vector<Ink>& ink, std::vector<Line> lines, double line_height, double y) {
    for (Line& line : lines) {
        append_ink(ink, std::move(line.ink), 0, y);
        y += line_height;
    }
    return y;
}

} // namespace

void Composer::title() {
    const Language language = front_.language;
    const double width = geometry_.measure;
    const bool page = front_.title_page;
    Strip strip{.height = geometry_.height};
    std::vector<Ink>& ink = strip.ink;
    double line_height = 0, y = 0;

    if (!clean_line(front_.organisation).empty()) {
        const std::vector<Line> lines =
            set_fitting(type_, front_.organisation, {.bold = true, .colour = colours::accent}, {page ? 12.0f : 9.5f, 9}, 2, width, line_height);
        y = put_lines(ink, lines, line_height, y);
    }
    y = page ? std::max(y + 20, geometry_.height * 0.26) : y + (y > 0 ? 6 : 0);
    if (page) {
        ink.emplace_back(Panel{0, y, 44, 3.5, colours::accent});
        y += 22;
    }
    std::vector<Line> lines = set_fitting(type_, front_.title, {.bold = true}, {page ? 27.0f : 19.0f, page ? 22.0f : 16.0f, 16, 13, 11}, 3, width, line_height);
    y = put_lines(ink, std::move(lines), line_height, y);
    if (!clean_line(front_.subtitle).empty()) {
        y += page ? 10 : 3;
        lines = set_fitting(type_, front_.subtitle, {.colour = colours::muted}, {page ? 14.0f : 11.0f, 11, 9.5f}, 3, width, line_height);
        y = put_lines(ink, std::move(lines), line_height, y);
    }
    if (!front_.marks.empty()) {
        y += page ? 22 : 12;
        double x = 0;
        for (const Badge& mark : front_.marks) {
            std::vector<Ink> drawn;
            const double wide = put_badge(type_, drawn, mark, 0, 0, Align::left);
            if (x > 0 && x + wide > width) x = 0, y += 17;
            append_ink(ink, std::move(drawn), x, y);
            x += wide + 5;
        }
        y += 6;
    }

    const std::string date = front_.date ? day_text(*front_.date, language) : std::string(), edition = clean_line(front_.edition);
    if (page) {
        // Facts at the foot of the page.
        std::vector<std::pair<std::string, std::string>> facts;
        if (!edition.empty()) facts.emplace_back("paper.edition", edition);
        if (!date.empty()) facts.emplace_back("paper.date", date);
        facts.emplace_back("paper.language", say("paper.language_name", language));
        double foot = geometry_.height - 18 * static_cast<double>(facts.size()) - 8;
        ink.emplace_back(Stroke{{{0, foot}, {width, foot}}, colours::line_strong, 0.6});
        foot += 8;
        for (const auto& [label, value] : facts) {
            const double at = foot + baseline(18, 9.5);
            type_.put(ink, say(label, language), {.size = 9.5f, .colour = colours::muted}, 0, at, Align::left, 90);
            type_.put(ink, value, {.size = 9.5f}, 96, at, Align::left, width - 96);
            foot += 18;
        }
    } else {
        std::vector<std::string> parts;
        for (const std::string& part : {edition, date})
            if (!part.empty()) parts.push_back(part);
        if (!parts.empty()) {
            y += 4;
            type_.put(ink, join(parts, " · "), {.size = 9, .colour = colours::muted}, 0, y + baseline(13, 9), Align::left, width);
            y += 13;
        }
        y += 8;
        ink.emplace_back(Stroke{{{0, y}, {geometry_.width, y}}, colours::text, 0.9});
        strip.height = y + 1;
        space_after_ = 10;
    }
    const double after = space_after_;
    space_after_ = 0;
    emit(std::move(strip));
    space_after_ = after;
    type_.rest();
}

void Composer::contents(const std::vector<HeadingPlace>& headings) {
    if (std::none_of(headings.begin(), headings.end(), [&](const HeadingPlace& place) { return place.mark.level <= front_.contents_levels; })) return;
    starts_page_ = true;
    const TextStyle title{.size = 16, .bold = true, .colour = colours::accent};
    Strip top{.height = 32, .keep_with_next = true};
    type_.put(top.ink, say("paper.contents", front_.language), title, 0, baseline(22, 16), Align::left, geometry_.measure);
    emit(std::move(top));

    constexpr double number_width = 34, level_indent = 16;
    const auto shown = [&](std::size_t i) { return headings[i].mark.level <= front_.contents_levels; };
    for (std::size_t i = 0; i < headings.size(); ++i) {
        if (!shown(i)) continue;
        const HeadingPlace& place = headings[i];
        const bool chapter = place.mark.level == 1;
        std::size_t next = i + 1;
        while (next < headings.size() && !shown(next)) ++next;
        const bool leads = chapter && next < headings.size() && headings[next].mark.level > 1;
        const double indent = level_indent * (place.mark.level - 1), line_height = chapter ? 18 : 15.5;
        const TextStyle style{.size = chapter ? sizes_.body.size : 9.5f, .bold = chapter};
        const double left = indent + (place.mark.number.empty() ? 0 : type_.width(place.mark.number, style) + static_cast<double>(style.size) * 0.7);
        Prepared prepared = type_.prepare({Piece{.text = place.mark.title, .style = style, .heading = i}});
        std::vector<Line> lines = type_.set(prepared, {.width = geometry_.measure - left - number_width, .line_height = line_height, .x = left});
        for (std::size_t k = 0; k < lines.size(); ++k) {
            const bool last = k + 1 == lines.size();
            Strip strip{.height = line_height, .space_before = chapter && k == 0 ? 4.0 : 0, .keep_with_next = !last || leads};
            const double y = baseline(line_height, static_cast<double>(style.size));
            if (k == 0) type_.put(strip.ink, place.mark.number, style, indent, y, Align::left, left - indent);
            append_ink(strip.ink, std::move(lines[k].ink), 0, 0);
            if (last && !type_.is_draft()) {
                const double used = type_.put(strip.ink, std::to_string(place.page), style, geometry_.measure, y, Align::right, number_width);
                const double from = left + lines[k].width + 8, to = geometry_.measure - used - 6;
                if (to > from + 6) strip.ink.emplace_back(Stroke{{{from, y - 1}, {to, y - 1}}, colours::line_strong, 0.8, true});
            }
            emit(std::move(strip));
        }
        type_.rest();
    }
    space_after_ = 0;
}

void Composer::begin_text() { starts_page_ = true; }

} // namespace greenbank::paper
