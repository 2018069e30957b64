// flow.cpp — carries out what Pagination decides.
#include "paper/flow.h"

#include <algorithm>

#include "paper/clean.h"
#include "paper/composer.h"
#include "paper/words.h"

namespace greenbank::paper {

namespace {

constexpr double note_gap = 14, note_rule = 60;
constexpr float frame_size = 8;

} // namespace

double put_badge(Typesetter& type, std::vector<Ink>& ink, const Badge& badge, double x, double y, Align align) {
    constexpr double pad = 5.5, height = 13, width_max = 160;
    const colours::Pair& colour = colours::tones[static_cast<std::size_t>(badge.tone)];
    const TextStyle style{.size = 7.5f, .bold = true, .colour = colour.ink};
    std::vector<Ink> words;
    const double width = std::min(type.put(words, badge.text, style, pad, 0.37 * 7.5, Align::left, width_max), width_max) + 2 * pad;
    const double left = align == Align::right ? x - width : align == Align::centre ? x - width / 2 : x;
    ink.emplace_back(Panel{left, y - height / 2, width, height, colour.ground, 3});
    append_ink(ink, std::move(words), left, y);
    return width;
}

Flow::Flow(const Front& front, const Geometry& geometry, Typesetter& type, Canvas* canvas, std::size_t pages_max, std::size_t pages) :
    front_(front), geometry_(geometry), type_(type), canvas_(canvas), pages_max_(pages_max), pages_(pages), pagination_({geometry.height, note_gap}) {}

void Flow::take(Strip strip) {
    if (too_long()) return;
    StripSize size{.height = strip.height,
        .space_before = strip.space_before,
        .keep_with_next = strip.keep_with_next,
        .starts_page = strip.starts_page,
        .repeated = strip.repeated ? strip.repeated->height : 0};
    for (Note& note : strip.notes) {
        size.notes.push_back(note.height);
        notes_.push_back(std::move(note));
    }
    strip.notes.clear();
    strips_.push_back(std::move(strip));
    obey(pagination_.add(std::move(size)));
}

void Flow::finish() {
    if (too_long()) return;
    obey(pagination_.finish());
    close_page();
}

void Flow::obey(const std::vector<Placing>& placings) {
    for (const Placing& placing : placings) {
        if (too_long()) return;
        switch (placing.what) {
        case Placing::What::page:
            close_page();
            ++page_;
            if (canvas_) {
                canvas_->begin_page();
                draw_frame();
            }
            break;
        case Placing::What::repeat:
            if (canvas_) canvas_->draw(strips_[placing.index - first_strip_].repeated->ink, geometry_.left, geometry_.top + placing.y);
            break;
        case Placing::What::strip:
            place(strips_[placing.index - first_strip_], placing.y);
            while (!strips_.empty() && first_strip_ <= placing.index) strips_.pop_front(), ++first_strip_;
            break;
        case Placing::What::note:
            foot_.push_back(std::move(notes_[placing.index - first_note_]));
            while (!notes_.empty() && first_note_ <= placing.index) notes_.pop_front(), ++first_note_;
            break;
        }
    }
}

void Flow::place(Strip& strip, double y) {
    if (strip.heading) {
        if (canvas_) {
            while (!outline_.empty() && outline_.back().first >= strip.heading->level) outline_.pop_back();
            const int parent = outline_.empty() ? 0 : outline_.back().second;
            const std::string& number = strip.heading->number;
            const int place = canvas_->heading(headings_.size(), parent, number.empty() ? strip.heading->title : number + " " + strip.heading->title,
                geometry_.left, std::max(0.0, geometry_.top + y - 12));
            outline_.emplace_back(strip.heading->level, place);
        }
        headings_.push_back({std::move(*strip.heading), page_});
    }
    if (canvas_) canvas_->draw(strip.ink, geometry_.left, geometry_.top + y);
}

void Flow::close_page() {
    if (canvas_ && !foot_.empty()) {
        double y = geometry_.top + geometry_.height;
        for (const Note& note : foot_) y -= note.height;
        canvas_->draw({Stroke{{{0, 0}, {note_rule, 0}}, colours::line_strong}}, geometry_.left, y - note_gap / 2);
        for (const Note& note : foot_) {
            canvas_->draw(note.ink, geometry_.left, y);
            y += note.height;
        }
    }
    foot_.clear();
}

void Flow::draw_frame() {
    const Language language = front_.language;
    const double right = geometry_.width;
    if (!front_.marks.empty()) {
        const Word& word = type_.shaped(shortened(clean_line(front_.marks.front().text), 24), true);
        canvas_->watermark(word, geometry_.left, geometry_.top, geometry_.width, geometry_.height);
    }
    if (page_ == 1 && front_.title_page) return;
    std::vector<Ink> ink;
    const TextStyle style{.size = frame_size, .colour = colours::muted};
    if (page_ > 1) {
        double used = 0;
        for (std::size_t i = front_.marks.size(); i-- > 0 && used < right / 2;)
            used += put_badge(type_, ink, front_.marks[i], right - used, geometry_.header - 3, Align::right) + 4;
        type_.put(ink, front_.title, style, 0, geometry_.header, Align::left, right - used - 12);
        ink.emplace_back(Stroke{{{0, geometry_.header + 8}, {right, geometry_.header + 8}}, colours::line});
    }
    const std::string page = say("paper.page_of", language, {{"page", std::to_string(page_)}, {"pages", std::to_string(std::max(pages_, page_))}});
    const double width = type_.put(ink, page, style, right, geometry_.footer, Align::right, right / 2);
    std::vector<std::string> parts;
    for (const std::string& part : {front_.organisation, front_.edition, front_.date ? day_text(*front_.date, language) : std::string()})
        if (!clean_line(part).empty()) parts.push_back(clean_line(part));
    type_.put(ink, join(parts, " · "), style, 0, geometry_.footer, Align::left, right - width - 24);
    canvas_->draw(ink, geometry_.left, 0);
}

} // namespace greenbank::paper
