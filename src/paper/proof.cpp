// proof.cpp — a QR code (ISO/IEC 18004, level M) of a link, beside what it is for and the link in words.
#include <algorithm>
#include <cmath>

#include "paper/clean.h"
#include "paper/composer.h"
#include "paper/qr.h"
#include "paper/words.h"

namespace greenbank::paper {

namespace {

Modules qr_modules(const std::string& link) {
    Modules modules{};
    QrMatrix matrix = qr_matrix(link);
    modules.side = matrix.side;
    for (const bool dark : matrix.dark) modules.dark.push_back(dark);
    return modules;
}

} // namespace

void Composer::block(const Proof& proof) {
    constexpr double side = 84, gap = 16, pad = 10; // 30 mm; the quiet zone of four modules lies in gap and pad
    Modules modules = qr_modules(proof.link);
    require(modules.side > 0, "a link within its limit has a QR code");
    const double left = pad + side + gap, width = geometry_.measure - left - pad;
    struct Part {
        std::string text;
        TextStyle style;
        double line_height;
        std::string uri = {};
    };
    const std::vector<Part> parts = {
        {clean_line(proof.caption), {.size = 10.5f, .bold = true}, 15},
        {say("paper.check", front_.language), {.size = 9, .colour = colours::muted}, 13},
        {proof.link, {.size = 9, .colour = colours::link}, 13, proof.link},
    };
    std::vector<Ink> words;
    double height = 0;
    for (const Part& part : parts) {
        Prepared prepared = type_.prepare({Piece{.text = part.text, .style = part.style, .uri = part.uri}});
        for (Line& line : type_.set(prepared, {.width = width, .line_height = part.line_height, .x = left})) {
            append_ink(words, std::move(line.ink), 0, height);
            height += part.line_height;
        }
        if (!part.text.empty()) height += 3;
    }
    const double inner = std::max(side, height), total = inner + 2 * pad;
    Strip strip{.height = total, .space_before = 12};
    for (const double y : {0.0, total}) strip.ink.emplace_back(Stroke{{{0, y}, {geometry_.measure, y}}, colours::line_strong, 0.6});
    modules.x = pad, modules.y = pad + (inner - side) / 2;
    modules.module = side / static_cast<double>(modules.side);
    strip.ink.emplace_back(std::move(modules));
    append_ink(strip.ink, std::move(words), 0, pad + (inner - height) / 2);
    emit(std::move(strip));
    space_after_ = 12;
}

} // namespace greenbank::paper
