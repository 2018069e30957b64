// layout.h — the measures of a page and of its type. Points.
#pragma once

#include "paper/paper.h"

namespace greenbank::paper {

/// A4; text within the margins, header and footer in them.
struct Geometry {
    double page_width, page_height;
    double left, top, width, height; // of the text
    double measure;                  // of prose: 40 ideographs of 10.5 points
    double header, footer;           // baselines

    explicit Geometry(Orientation orientation);
};

struct TypeSize {
    float size;
    double line_height;
};

/// 10.5 points (五号) and 1.7 for Chinese prose, 10 and 1.6 for the taller Latin and Cyrillic letters; 9 and 1.4 in tables.
struct Sizes {
    TypeSize body, table, note, caption;
    TypeSize headings[3];
    double paragraph_gap, first_indent; // Chinese paragraphs begin two ideographs in; others are set apart

    explicit Sizes(Language language);
};

} // namespace greenbank::paper
