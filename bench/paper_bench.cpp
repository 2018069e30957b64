// A catalogue as PDF, pages per second of CPU, beside the naive way: one Pango layout for every heading, paragraph and cell, made anew in both passes.
//   paper_bench [entries]
#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <ctime>
#include <fstream>

#include "cpu.h"
#include "paper/example_documents.h"

namespace greenbank::paper {
namespace {

using greenbank::bench::cpu_seconds;

std::size_t resident_kilobytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return static_cast<std::size_t>(std::stoul(line.substr(6)));
    return 0;
}

struct Run {
    std::size_t pages = 0, bytes = 0;
    double measure = 0, write = 0; // CPU seconds

    double pages_per_second() const { return static_cast<double>(pages) / (measure + write); }
};

template <class Value> Value must(Result<Value> result) {
    if (!result) fmt::print(stderr, "{}\n", fill_in(result.error().message, result.error().parameters));
    require(static_cast<bool>(result), "the bench's documents are sound");
    return std::move(result).value();
}

Run ours(std::size_t entries, Language language) {
    Run run;
    double start = cpu_seconds();
    PdfWriter writer = must(PdfWriter::open(example_catalogue(language), [](std::string_view) -> Result<Done> { return Done{}; }));
    for (std::size_t i = 0; i < entries; ++i) must(writer.measure(example_entry(i, language)));
    run.measure = cpu_seconds() - start;
    start = cpu_seconds();
    for (std::size_t i = 0; i < entries; ++i) must(writer.write(example_entry(i, language)));
    const Written written = must(writer.finish());
    run.write = cpu_seconds() - start;
    run.pages = written.pages, run.bytes = written.bytes;
    return run;
}

/// What one writes first: a layout for each text, wrapped and drawn by Pango; rows as high as their highest cell; no header, no contents, no outline, no care for headings.
class Naive {
public:
    explicit Naive(Run& run) : run_(run) {
        surface_ = cairo_pdf_surface_create_for_stream(
            [](void* to, const unsigned char*, unsigned int length) {
                static_cast<Run*>(to)->bytes += length;
                return CAIRO_STATUS_SUCCESS;
            },
            &run_, 595.28, 841.89);
        cairo_ = cairo_create(surface_);
    }
    ~Naive() {
        cairo_destroy(cairo_);
        cairo_surface_finish(surface_);
        cairo_surface_destroy(surface_);
    }

    void draw(bool on) {
        drawing_ = on;
        y_ = 84, pages_ = 1;
    }
    std::size_t pages() const { return pages_; }
    void show_page() { cairo_show_page(cairo_); }

    void block(const Heading& heading) { row({{heading.text, 0, 420}}, 13, true, 20); }
    void block(const Paragraph& paragraph) { row({{paragraph.text.spans[0].text, 0, 420}}, 10.5, false, 4); }
    void block(const Facts& facts) {
        for (const Fact& fact : facts.facts)
            row({{fact.label, 0, 150}, {fact.value, 150, 180}, {fact.status ? std::string(badge(*fact.status, Language::en).text) : "", 340, 80}}, 9, false, 5);
        for (const Fact& fact : facts.facts)
            if (!fact.source.empty()) row({{fact.source, 0, 420}}, 8, false, 1);
    }
    void block(const Table& table) {
        const double width = 420.0 / static_cast<double>(table.columns.size());
        std::vector<Text> texts;
        for (const Column& column : table.columns) texts.push_back({column.title, width * static_cast<double>(texts.size()), width});
        row(texts, 9, true, 12);
        for (const Row& each : table.rows) {
            texts.clear();
            for (const Cell& cell : each.cells) texts.push_back({cell.text, width * static_cast<double>(texts.size()), width});
            row(texts, 9, false, 5);
        }
    }
    template <class Other> void block(const Other&) {}

private:
    struct Text {
        std::string words;
        double x, width;
    };

    void row(const std::vector<Text>& texts, double size, bool bold, double gap) {
        std::vector<PangoLayout*> layouts;
        int height = 0;
        for (const Text& text : texts) {
            PangoLayout* layout = pango_cairo_create_layout(cairo_);
            PangoFontDescription* font = pango_font_description_from_string("Noto Sans, Noto Sans CJK SC");
            pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
            pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
            pango_layout_set_font_description(layout, font);
            pango_font_description_free(font);
            pango_layout_set_width(layout, static_cast<int>(text.width * PANGO_SCALE));
            pango_layout_set_text(layout, text.words.data(), static_cast<int>(text.words.size()));
            int each = 0;
            pango_layout_get_size(layout, nullptr, &each);
            height = std::max(height, each);
            layouts.push_back(layout);
        }
        const double needed = static_cast<double>(height) / PANGO_SCALE;
        y_ += gap;
        if (y_ + needed > 760) {
            if (drawing_) cairo_show_page(cairo_);
            y_ = 84;
            ++pages_;
        }
        for (std::size_t i = 0; i < layouts.size(); ++i) {
            if (drawing_) {
                cairo_move_to(cairo_, 87 + texts[i].x, y_);
                pango_cairo_show_layout(cairo_, layouts[i]);
            }
            g_object_unref(layouts[i]);
        }
        y_ += needed;
    }

    Run& run_;
    cairo_surface_t* surface_;
    cairo_t* cairo_;
    bool drawing_ = false;
    double y_ = 84;
    std::size_t pages_ = 1;
};

Run naive(std::size_t entries, Language language) {
    Run run;
    double start = cpu_seconds();
    {
        Naive pages(run);
        for (const bool drawing : {false, true}) {
            pages.draw(drawing);
            for (std::size_t i = 0; i < entries; ++i)
                for (const Block& block : example_entry(i, language)) std::visit([&](const auto& one) { pages.block(one); }, block);
            if (!drawing) run.measure = cpu_seconds() - start, start = cpu_seconds();
        }
        pages.show_page();
        run.pages = pages.pages();
    }
    run.write = cpu_seconds() - start;
    return run;
}

void print(const char* who, const Run& run) {
    fmt::print("  {:6} {:5} pages, {:5.1f} MB: measured in {:.2f} s CPU, written in {:.2f} s, {:.0f} pages/CPU-s\n", who, run.pages,
        static_cast<double>(run.bytes) / 1e6, run.measure, run.write, run.pages_per_second());
}

int run(std::size_t entries) {
    for (const Language language : {Language::zh, Language::en, Language::ru}) {
        fmt::print("{} entries in {}\n", entries, to_text(language));
        std::vector<double> ratios;
        ours(50, language), naive(50, language); // fonts are read
        for (int i = 0; i < 3; ++i) {
            const Run we = ours(entries, language);
            const std::size_t resident = resident_kilobytes();
            const Run they = naive(entries, language);
            print("naive", they);
            print("ours", we);
            // A page of the naive way holds less or more than one of ours, so the same text counts, not the pages.
            ratios.push_back((they.measure + they.write) / (we.measure + we.write));
            if (i == 0) fmt::print("  resident after ours: {} MB\n", resident / 1024);
        }
        std::sort(ratios.begin(), ratios.end());
        fmt::print("  the same text {:.2f} times as fast (median of three, {:.2f} to {:.2f})\n", ratios[1], ratios[0], ratios[2]);
    }
    double start = cpu_seconds();
    for (int i = 0; i < 50; ++i) must(to_pdf(example_report(Language::zh)));
    fmt::print("a report of 5 pages: {:.1f} ms CPU\n", (cpu_seconds() - start) * 20);
    return 0;
}

} // namespace
} // namespace greenbank::paper

int main(int count, char** arguments) { return greenbank::paper::run(count > 1 ? std::stoul(arguments[1]) : 2000); }
