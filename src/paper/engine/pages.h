// pages.h — which page each strip of a document stands on. Pure and streaming: strips in, decisions out; any unit of length.
// A strip is never cut. Strips kept with the next one move together, unless they fill more than a page. Notes of a strip stand at the
// foot of its page; what does not fit there goes to the foot of the next.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

namespace greenbank::paper {

struct StripSize {
    double height = 0;
    double space_before = 0; // not at the top of a page
    bool keep_with_next = false;
    bool starts_page = false;
    double repeated = 0;            // height of the table head to be drawn again if the strip begins a page
    std::vector<double> notes = {}; // heights of its notes
};

struct PageSize {
    double height = 0;
    double note_gap = 0; // between the text and its notes
};

/// What to do next, in order. Strips and notes are counted from 0 over the document.
struct Placing {
    enum class What { page, repeat, strip, note } what;
    std::size_t index = 0; // strip, note; for repeat the strip whose head is drawn
    double y = 0;          // strip, repeat: from the top of the page. Notes are stacked on the foot in order.
};

class Pagination {
public:
    explicit Pagination(PageSize page) : page_(page) {}

    /// Decisions that are final now; strips kept with one to come wait. A strip higher than a page is placed alone, and overflows.
    std::vector<Placing> add(StripSize strip);
    std::vector<Placing> finish();

private:
    struct Waiting {
        StripSize size;
        std::size_t index, first_note;
    };

    double used() const { return y_ + (notes_ > 0 ? notes_ + page_.note_gap : 0); }
    bool fits(std::size_t count) const;
    double waiting_height(bool at_top) const;
    void place_first(std::vector<Placing>& out);
    void place_all(std::vector<Placing>& out);
    void new_page(std::vector<Placing>& out);
    bool place_carried(std::vector<Placing>& out, double limit);

    PageSize page_;
    std::deque<Waiting> waiting_;
    std::deque<std::pair<std::size_t, double>> carried_; // notes that wait for a foot
    double y_ = 0, notes_ = 0;
    bool open_ = false, empty_ = true; // a page is begun; nothing stands on it
    std::size_t strips_ = 0, note_count_ = 0;
};

} // namespace greenbank::paper
