// pages.cpp — strips gather until one may be parted from the next; then the group goes on this page or the next one.
#include "paper/engine/pages.h"

#include <algorithm>
#include <numeric>

namespace greenbank::paper {

namespace {
constexpr double rounding = 1e-6;
} // namespace

/// Whether the first `count` waiting strips and their notes fit below what stands on the page.
bool Pagination::fits(std::size_t count) const {
    double y = y_, notes = notes_;
    bool top = empty_;
    for (std::size_t i = 0; i < count; ++i) {
        const StripSize& size = waiting_[i].size;
        y += size.height + (top ? size.repeated : size.space_before);
        notes = std::accumulate(size.notes.begin(), size.notes.end(), notes);
        top = false;
    }
    return y + (notes > 0 ? notes + page_.note_gap : 0) <= page_.height + rounding;
}

/// Of the group, if it began a page.
double Pagination::waiting_height(bool at_top) const {
    double y = 0, notes = 0;
    for (const Waiting& strip : waiting_) {
        y += strip.size.height + (at_top ? strip.size.repeated : strip.size.space_before);
        notes = std::accumulate(strip.size.notes.begin(), strip.size.notes.end(), notes);
        at_top = false;
    }
    return y + (notes > 0 ? notes + page_.note_gap : 0);
}

bool Pagination::place_carried(std::vector<Placing>& out, double limit) {
    bool any = false;
    while (!carried_.empty() && used() + carried_.front().second + (notes_ > 0 ? 0 : page_.note_gap) <= limit + rounding) {
        out.push_back({Placing::What::note, carried_.front().first, 0});
        notes_ += carried_.front().second;
        carried_.pop_front();
        any = true;
    }
    return any;
}

void Pagination::new_page(std::vector<Placing>& out) {
    if (open_) place_carried(out, page_.height);
    out.push_back({Placing::What::page, 0, 0});
    y_ = notes_ = 0;
    open_ = empty_ = true;
    place_carried(out, page_.height / 2); // half a page stays for the text
}

void Pagination::place_first(std::vector<Placing>& out) {
    if (!open_ || (waiting_.front().size.starts_page && !empty_)) new_page(out);
    // A page of carried notes alone may leave too little as well; each further page has fewer of them.
    while ((!empty_ || notes_ > 0) && !fits(1)) new_page(out);
    Waiting strip = std::move(waiting_.front());
    waiting_.pop_front();
    if (empty_) {
        if (strip.size.repeated > 0) out.push_back({Placing::What::repeat, strip.index, y_});
        y_ += strip.size.repeated;
    } else {
        y_ += strip.size.space_before;
    }
    out.push_back({Placing::What::strip, strip.index, y_});
    y_ += strip.size.height;
    empty_ = false;
    for (std::size_t i = 0; i < strip.size.notes.size(); ++i) carried_.emplace_back(strip.first_note + i, strip.size.notes[i]);
    place_carried(out, page_.height);
}

void Pagination::place_all(std::vector<Placing>& out) {
    if (waiting_.empty()) return;
    if (!open_ || (waiting_.front().size.starts_page && !empty_)) new_page(out);
    if (!empty_ && !fits(waiting_.size()) && waiting_height(true) <= page_.height + rounding) new_page(out);
    // A group too long for a page, or for what carried notes leave of it, is parted where it must be.
    while (!waiting_.empty()) place_first(out);
}

std::vector<Placing> Pagination::add(StripSize strip) {
    std::vector<Placing> out;
    if (strip.starts_page) place_all(out);
    const bool kept = strip.keep_with_next;
    const std::size_t notes = strip.notes.size();
    waiting_.push_back({std::move(strip), strips_++, note_count_});
    note_count_ += notes;
    if (!kept) {
        place_all(out);
    } else {
        // A group that outgrows the page can no longer be kept whole; its beginning need not wait.
        while (waiting_.size() > 1 && waiting_height(true) > page_.height) place_first(out);
    }
    return out;
}

std::vector<Placing> Pagination::finish() {
    std::vector<Placing> out;
    place_all(out);
    while (!carried_.empty()) {
        if (place_carried(out, page_.height)) continue;
        if (open_ && empty_ && notes_ == 0) { // a note longer than a page
            out.push_back({Placing::What::note, carried_.front().first, 0});
            notes_ += carried_.front().second;
            carried_.pop_front();
            continue;
        }
        out.push_back({Placing::What::page, 0, 0});
        y_ = notes_ = 0;
        open_ = empty_ = true;
    }
    return out;
}

} // namespace greenbank::paper
