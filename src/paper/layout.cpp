// layout.cpp — the numbers.
#include "paper/layout.h"

namespace greenbank::paper {

Geometry::Geometry(Orientation orientation) {
    const bool portrait = orientation == Orientation::portrait;
    page_width = portrait ? 595.28 : 841.89;
    page_height = portrait ? 841.89 : 595.28;
    measure = 420;
    width = portrait ? measure : 700;
    left = (page_width - width) / 2;
    top = portrait ? 84 : 72;
    height = page_height - top - (portrait ? 80 : 68);
    header = portrait ? 54 : 46;
    footer = page_height - (portrait ? 46 : 38);
}

Sizes::Sizes(Language language) {
    const bool chinese = language == Language::zh;
    body = chinese ? TypeSize{10.5f, 17.85} : TypeSize{10, 16};
    table = {9, 12.6};
    note = {8, 11.2};
    caption = {9.5f, 14};
    headings[0] = {16, 22};
    headings[1] = {13, 18};
    headings[2] = {11, 16};
    paragraph_gap = chinese ? 2 : 6;
    first_indent = chinese ? 21 : 0;
}

} // namespace greenbank::paper
