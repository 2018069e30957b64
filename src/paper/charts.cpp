// charts.cpp — horizontal bars, a strip each; lines over places, with their names at their ends.
#include <algorithm>
#include <cmath>

#include "paper/clean.h"
#include "paper/composer.h"
#include "paper/engine/axis.h"
#include "paper/words.h"

namespace greenbank::paper {

namespace {

constexpr float label_size = 8.5f;
constexpr double label_line = 11.5;

Stroke line(double x1, double y1, double x2, double y2, Colour colour, double width) { return Stroke{{{x1, y1}, {x2, y2}}, colour, width}; }

} // namespace

void Composer::block(const BarChart& chart) {
    if (chart.bars.empty()) return;
    const Language language = front_.language;
    space_after_ = std::max(space_after_, 12.0);
    emit_caption(chart.title, chart.unit);
    const TextStyle label{.size = label_size}, tick{.size = 8, .colour = colours::muted}, figure{.size = label_size, .bold = true};

    double low = 0, high = 0, labels = 0, figures = 0;
    for (const Bar& bar : chart.bars) {
        low = std::min(low, bar.value), high = std::max(high, bar.value);
        labels = std::max(labels, type_.width(bar.label, label));
        figures = std::max(figures, type_.width(figure_text(bar.value, chart.decimals, language), figure));
    }
    const Axis axis = nice_axis(low, high, 5);
    const double label_width = std::min(labels + 1, geometry_.width * 0.36) + 10; // bars begin behind it
    const double left = label_width + (low < 0 ? figures + 6 : 0), right = geometry_.width - (high > 0 ? figures + 8 : 8);
    const auto x_of = [&](double value) { return left + axis.at(value) * (right - left); };
    const auto grid = [&](std::vector<Ink>& ink, double height) {
        for (const double value : axis.ticks())
            ink.emplace_back(line(x_of(value), 0, x_of(value), height, value == 0 ? colours::line_strong : colours::line, value == 0 ? 0.8 : 0.5));
    };

    auto head = std::make_shared<Strip>();
    head->height = 15;
    for (const double value : axis.ticks()) type_.put(head->ink, figure_text(value, axis.decimals, language), tick, x_of(value), 9, Align::centre, 80);
    emit({.height = head->height, .keep_with_next = true, .ink = head->ink});

    for (std::size_t i = 0; i < chart.bars.size(); ++i) {
        const Bar& bar = chart.bars[i];
        const bool last = i + 1 == chart.bars.size();
        Prepared prepared = type_.prepare(clean_line(bar.label), label);
        std::vector<Line> lines = type_.set(prepared, {.width = label_width - 9, .line_height = label_line, .align = Align::right});
        constexpr double bar_height = 10, least = 17;
        const double text_height = static_cast<double>(lines.size()) * label_line, height = std::max(least, text_height + 5);
        Strip strip{.height = height + (last ? 3 : 0),
            .keep_with_next = last ? !clean_line(chart.source).empty() : chart.bars.size() <= 12 || i == 0 || i + 2 == chart.bars.size(),
            .repeated = head};
        if (!type_.is_draft()) {
            grid(strip.ink, strip.height);
            const double from = x_of(0), to = x_of(bar.value);
            strip.ink.emplace_back(Panel{std::min(from, to), (height - bar_height) / 2, std::max(std::abs(to - from), 0.3), bar_height,
                bar.value < 0 ? colours::series[1] : colours::series[0], 1});
            type_.put(strip.ink, figure_text(bar.value, chart.decimals, language), figure, bar.value < 0 ? to - 4 : to + 4,
                baseline(height, static_cast<double>(label_size)), bar.value < 0 ? Align::right : Align::left, figures + 1);
            for (std::size_t k = 0; k < lines.size(); ++k)
                append_ink(strip.ink, std::move(lines[k].ink), 0, (height - text_height) / 2 + static_cast<double>(k) * label_line);
        }
        emit(std::move(strip));
        type_.rest();
    }
    emit_sources({}, chart.source);
    space_after_ = 12;
}

void Composer::block(const LineChart& chart) {
    const Language language = front_.language;
    double low = 0, high = 0;
    bool any = false;
    for (const Series& series : chart.series)
        for (const auto& value : series.values) {
            if (!value) continue;
            low = any ? std::min(low, *value) : *value, high = any ? std::max(high, *value) : *value;
            any = true;
        }
    if (!any || chart.places.empty()) return;
    space_after_ = std::max(space_after_, 12.0);
    emit_caption(chart.title, chart.unit);
    // An axis that need not begin at zero begins there all the same when that costs little of the picture.
    if (low > 0 && low < high * 0.6) low = 0;
    if (high < 0 && high > low * 0.6) high = 0;
    const Axis axis = nice_axis(low, high, 5);

    constexpr double plot = 150, top = 8;
    const TextStyle tick{.size = 8, .colour = colours::muted};
    double ticks = 0, names = 0;
    for (const double value : axis.ticks()) ticks = std::max(ticks, type_.width(figure_text(value, axis.decimals, language), tick));
    const auto name_style = [&](std::size_t i) { return TextStyle{.size = label_size, .bold = true, .colour = colours::series[i % colours::series.size()]}; };
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        const auto& values = chart.series[i].values;
        const auto last = std::find_if(values.rbegin(), values.rend(), [](const auto& value) { return value.has_value(); });
        labels.push_back(last == values.rend() ? "" : clean_line(chart.series[i].name + " " + figure_text(**last, chart.decimals, language)));
        names = std::max(names, type_.width(labels.back(), name_style(i)));
    }
    names = std::min(names, geometry_.width * 0.34);
    const double left = ticks + 8, right = geometry_.width - names - 10, height = top + plot + 20;
    const std::size_t count = chart.places.size();
    const auto x_of = [&](std::size_t i) {
        return count == 1 ? (left + right) / 2 : left + 4 + (right - left - 8) * static_cast<double>(i) / static_cast<double>(count - 1);
    };
    const auto y_of = [&](double value) { return top + plot * (1 - axis.at(value)); };

    Strip strip{.height = height, .keep_with_next = !clean_line(chart.source).empty()};
    std::vector<Ink>& ink = strip.ink;
    for (const double value : axis.ticks()) {
        ink.emplace_back(line(left, y_of(value), right, y_of(value), value == axis.low || value == 0 ? colours::line_strong : colours::line,
            value == axis.low || value == 0 ? 0.8 : 0.5));
        type_.put(ink, figure_text(value, axis.decimals, language), tick, left - 6, y_of(value) + 3, Align::right, ticks + 1);
    }
    // As many places as fit are named, the first and every k-th.
    double widest = 0;
    for (const std::string& place : chart.places) widest = std::max(widest, std::min(type_.width(place, tick), 90.0));
    const double room = count > 1 ? (right - left - 8) / static_cast<double>(count - 1) : right - left;
    const auto each = static_cast<std::size_t>(std::max(1.0, std::ceil((widest + 8) / std::max(room, 0.01))));
    for (std::size_t i = 0; i < count; i += each) {
        ink.emplace_back(line(x_of(i), top + plot, x_of(i), top + plot + 3, colours::line_strong, 0.6));
        // The outermost labels stay within the text's width.
        const double half = std::min(type_.width(chart.places[i], tick), 90.0) / 2;
        type_.put(ink, chart.places[i], tick, std::clamp(x_of(i), half, geometry_.width - half), top + plot + 13, Align::centre, 90);
    }

    std::vector<double> wishes;
    std::vector<std::size_t> named;
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
        const auto& values = chart.series[s].values;
        const Colour colour = colours::series[s % colours::series.size()];
        Stroke stroke{{}, colour, 1.4};
        std::optional<double> last;
        for (std::size_t i = 0; i <= count; ++i) {
            if (i < count && values[i]) {
                stroke.points.emplace_back(x_of(i), y_of(*values[i]));
                last = values[i];
                continue;
            }
            if (stroke.points.size() > 1) ink.emplace_back(stroke);
            else if (stroke.points.size() == 1)
                ink.emplace_back(Panel{stroke.points[0].first - 1.5, stroke.points[0].second - 1.5, 3, 3, colour, 1.5}); // alone between gaps
            stroke.points.clear();
        }
        if (!last) continue;
        wishes.push_back(y_of(*last));
        named.push_back(s);
    }
    const std::vector<double> places = spread_labels(wishes, label_line, top + plot);
    for (std::size_t i = 0; i < named.size(); ++i) type_.put(ink, labels[named[i]], name_style(named[i]), right + 6, places[i] + 3, Align::left, names + 1);
    emit(std::move(strip));
    emit_sources({}, chart.source);
    space_after_ = 12;
}

} // namespace greenbank::paper
