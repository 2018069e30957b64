// flow.h — strips onto pages: Pagination decides, the canvas draws, each page gets its frame. Without a canvas it only counts.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "paper/canvas.h"
#include "paper/engine/pages.h"
#include "paper/layout.h"
#include "paper/strips.h"
#include "paper/typesetter.h"

namespace greenbank::paper {

struct HeadingPlace {
    HeadingMark mark;
    std::size_t page = 0; // from 1
};

class Flow {
public:
    /// `pages`: of the whole document, for "page x of y".
    Flow(const Front& front, const Geometry& geometry, Typesetter& type, Canvas* canvas, std::size_t pages_max, std::size_t pages);

    void take(Strip strip);
    /// The rest of the waiting strips. After this only `pages` and `headings` are asked.
    void finish();

    std::size_t pages() const { return page_; }
    const std::vector<HeadingPlace>& headings() const { return headings_; }
    bool too_long() const { return page_ > pages_max_; }

private:
    void obey(const std::vector<Placing>& placings);
    void close_page();
    void draw_frame();
    void place(Strip& strip, double y);

    const Front& front_;
    const Geometry& geometry_;
    Typesetter& type_;
    Canvas* canvas_;
    std::size_t pages_max_, pages_;
    Pagination pagination_;
    std::deque<Strip> strips_; // waiting for their decision; [0] is number first_strip_
    std::deque<Note> notes_;   // likewise
    std::size_t first_strip_ = 0, first_note_ = 0;
    std::vector<Note> foot_; // of the page being filled
    std::size_t page_ = 0;
    std::vector<HeadingPlace> headings_;
    std::vector<std::pair<int, int>> outline_; // level and place in the outline of the headings around
};

/// A rounded label; returns its width. `y` is the middle of its height.
double put_badge(Typesetter& type, std::vector<Ink>& ink, const Badge& badge, double x, double y, Align align);

} // namespace greenbank::paper
