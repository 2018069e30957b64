// checks.cpp — walks a document once and names every place that is at fault, up to twenty.
#include "paper/checks.h"

#include <fmt/format.h>

#include <cmath>

namespace greenbank::paper {

namespace {

constexpr std::size_t problems_max = 20;

class Check {
public:
    explicit Check(const Limits& limits) : limits_(limits) {}

    void text(std::string_view words, const std::string& place, std::size_t bytes_max) {
        if (full()) return;
        if (words.size() > bytes_max)
            problems_.push_back({place, "paper.text_too_long", "The text at {place} is longer than {limit} bytes; shorten it.",
                {{"place", place}, {"limit", std::to_string(bytes_max)}}});
        else if (!is_utf8(words)) problems_.push_back({place, "paper.not_utf8", "The text at {place} is not valid UTF-8.", {{"place", place}}});
    }
    void short_text(std::string_view words, const std::string& place) { text(words, place, limits_.short_text_bytes); }
    void cell(std::string_view words, const std::string& place) { text(words, place, limits_.cell_bytes); }
    void needed(std::string_view words, const std::string& place) {
        if (!full() && trim(words).empty()) problems_.push_back({place, "paper.text_missing", "{place} must not be empty.", {{"place", place}}});
    }
    void count(std::size_t size, std::size_t size_max, const std::string& place) {
        if (!full() && size > size_max)
            problems_.push_back({place, "paper.too_many", "There are more than {limit} entries in {place}; divide it into parts.",
                {{"limit", std::to_string(size_max)}, {"place", place}}});
    }
    void level(int value, int low, int high, const std::string& place) {
        if (!full() && (value < low || value > high))
            problems_.push_back({place, "paper.level", "The level at {place} must be from {low} to {high}.",
                {{"place", place}, {"low", std::to_string(low)}, {"high", std::to_string(high)}}});
    }
    void decimals(int value, const std::string& place) {
        if (!full() && (value < 0 || value > 9))
            problems_.push_back({place, "paper.decimals", "The decimal places at {place} must be from 0 to 9.", {{"place", place}}});
    }
    void finite(double value, const std::string& place) {
        // Beyond 10^15 a double no longer tells one unit from the next.
        if (!full() && !(std::abs(value) <= 1e15))
            problems_.push_back({place, "paper.not_finite", "The figure at {place} must be a finite number.", {{"place", place}}});
    }
    void link(std::string_view address, const std::string& place) {
        short_text(address, place);
        bool sound = address.starts_with("http://") || address.starts_with("https://") || address.starts_with("mailto:");
        for (const char c : address)
            sound = sound && static_cast<unsigned char>(c) > ' ' && c != 0x7f && c != '<' && c != '>' && c != '"' && c != '\\' && c != '\'';
        if (!full() && !sound) problems_.push_back({place, "paper.link", "{place} must be an http(s) or mailto address without spaces.", {{"place", place}}});
    }

    void prose(const Prose& prose, const std::string& place) {
        count(prose.spans.size(), limits_.rows, place + ".spans");
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < prose.spans.size() && !full(); ++i) {
            const Span& span = prose.spans[i];
            const std::string here = prose.spans.size() == 1 ? place : fmt::format("{}.spans[{}]", place, i);
            text(span.text, here, limits_.text_bytes);
            short_text(span.note, here + ".note");
            if (!span.link.empty()) link(span.link, here + ".link");
            bytes += span.text.size();
        }
        if (bytes > limits_.text_bytes && !full())
            problems_.push_back({place, "paper.text_too_long", "The text at {place} is longer than {limit} bytes; shorten it.",
                {{"place", place}, {"limit", std::to_string(limits_.text_bytes)}}});
    }

    void block(const Heading& heading, const std::string& place) {
        level(heading.level, 1, 3, place + ".level");
        short_text(heading.text, place + ".text");
        needed(heading.text, place + ".text");
    }
    void block(const Paragraph& paragraph, const std::string& place) { prose(paragraph.text, place + ".text"); }
    void block(const List& list, const std::string& place) {
        count(list.items.size(), limits_.rows, place + ".items");
        for (std::size_t i = 0; i < list.items.size() && !full(); ++i) {
            const std::string here = fmt::format("{}.items[{}]", place, i);
            prose(list.items[i].text, here + ".text");
            level(list.items[i].depth, 0, 2, here + ".depth");
        }
    }
    void block(const Facts& facts, const std::string& place) {
        short_text(facts.title, place + ".title");
        count(facts.facts.size(), limits_.rows, place + ".facts");
        for (std::size_t i = 0; i < facts.facts.size() && !full(); ++i) {
            const std::string here = fmt::format("{}.facts[{}]", place, i);
            cell(facts.facts[i].label, here + ".label");
            cell(facts.facts[i].value, here + ".value");
            cell(facts.facts[i].source, here + ".source");
        }
    }
    void block(const Table& table, const std::string& place) {
        short_text(table.title, place + ".title");
        cell(table.source, place + ".source");
        count(table.columns.size(), limits_.columns, place + ".columns");
        count(table.rows.size(), limits_.rows, place + ".rows");
        for (std::size_t i = 0; i < table.columns.size() && !full(); ++i) {
            const std::string here = fmt::format("{}.columns[{}]", place, i);
            short_text(table.columns[i].title, here + ".title");
            if (!(table.columns[i].share >= 0 && table.columns[i].share <= 1))
                problems_.push_back({here, "paper.share", "The share of the width at {place} must be from 0 to 1.", {{"place", here}}});
        }
        for (std::size_t i = 0; i < table.rows.size() && !full(); ++i) {
            const std::vector<Cell>& cells = table.rows[i].cells;
            const std::string here = fmt::format("{}.rows[{}]", place, i);
            if (cells.size() != table.columns.size())
                problems_.push_back({here, "paper.row_width", "{place} has {cells} cells, but the table has {columns} columns.",
                    {{"place", here}, {"cells", std::to_string(cells.size())}, {"columns", std::to_string(table.columns.size())}}});
            for (std::size_t k = 0; k < cells.size() && !full(); ++k) {
                if (cells[k].text.empty() && cells[k].source.empty()) continue;
                cell(cells[k].text, fmt::format("{}.cells[{}]", here, k));
                cell(cells[k].source, fmt::format("{}.cells[{}].source", here, k));
            }
        }
    }
    template <class Chart> void chart(const Chart& chart, const std::string& place) {
        short_text(chart.title, place + ".title");
        short_text(chart.unit, place + ".unit");
        cell(chart.source, place + ".source");
        decimals(chart.decimals, place + ".decimals");
    }
    void block(const BarChart& bars, const std::string& place) {
        chart(bars, place);
        count(bars.bars.size(), limits_.bars, place + ".bars");
        for (std::size_t i = 0; i < bars.bars.size() && !full(); ++i) {
            const std::string here = fmt::format("{}.bars[{}]", place, i);
            short_text(bars.bars[i].label, here + ".label");
            finite(bars.bars[i].value, here + ".value");
        }
    }
    void block(const LineChart& lines, const std::string& place) {
        chart(lines, place);
        count(lines.places.size(), limits_.places, place + ".places");
        count(lines.series.size(), std::min<std::size_t>(limits_.series, 7), place + ".series");
        for (std::size_t i = 0; i < lines.places.size() && !full(); ++i) short_text(lines.places[i], fmt::format("{}.places[{}]", place, i));
        for (std::size_t i = 0; i < lines.series.size() && !full(); ++i) {
            const Series& series = lines.series[i];
            const std::string here = fmt::format("{}.series[{}]", place, i);
            short_text(series.name, here + ".name");
            if (series.values.size() != lines.places.size())
                problems_.push_back({here, "paper.row_width", "{place} has {cells} cells, but the table has {columns} columns.",
                    {{"place", here}, {"cells", std::to_string(series.values.size())}, {"columns", std::to_string(lines.places.size())}}});
            for (std::size_t k = 0; k < series.values.size() && !full(); ++k)
                if (series.values[k]) finite(*series.values[k], fmt::format("{}.values[{}]", here, k));
        }
    }
    void badges(const std::vector<Badge>& badges, const std::string& place) {
        count(badges.size(), 100, place);
        for (std::size_t i = 0; i < badges.size() && !full(); ++i) text(badges[i].text, fmt::format("{}[{}]", place, i), 100);
    }
    void block(const Badges& block, const std::string& place) { badges(block.badges, place + ".badges"); }
    void block(const Proof& proof, const std::string& place) {
        text(proof.caption, place + ".caption", std::min<std::size_t>(limits_.short_text_bytes, 300));
        link(proof.link, place + ".link");
    }
    void block(const PageBreak&, const std::string&) {}

    Result<Done> result() const {
        if (problems_.empty()) return Done{};
        const std::string first = fill_in(problems_.front().message, problems_.front().parameters);
        return Error{Failure::invalid, "paper.unfit", "{count} things cannot be set on paper, first of all: {first}",
            {{"count", std::to_string(problems_.size())}, {"first", first}}, problems_};
    }
    bool full() const { return problems_.size() >= problems_max; }

private:
    const Limits& limits_;
    Problems problems_;
};

} // namespace

Result<Done> check(const Front& front, const Limits& limits) {
    Check check(limits);
    check.text(front.title, "front.title", 600);
    check.needed(front.title, "front.title");
    check.text(front.subtitle, "front.subtitle", 600);
    check.text(front.organisation, "front.organisation", 300);
    check.text(front.edition, "front.edition", 300);
    check.badges(front.marks, "front.marks");
    check.count(front.marks.size(), 6, "front.marks");
    check.level(front.contents_levels, 0, 3, "front.contents_levels");
    return check.result();
}

Result<Done> check(std::span<const Block> blocks, std::size_t first, const Limits& limits) {
    Check check(limits);
    check.count(first + blocks.size(), limits.blocks, "blocks");
    for (std::size_t i = 0; i < blocks.size() && !check.full(); ++i)
        std::visit([&](const auto& block) { check.block(block, fmt::format("blocks[{}]", first + i)); }, blocks[i]);
    return check.result();
}

} // namespace greenbank::paper
