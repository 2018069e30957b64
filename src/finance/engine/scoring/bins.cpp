// bins.cpp — fine quantiles, then pooling of neighbours until the trend holds and every bin is large enough.
#include "finance/engine/scoring/bins.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace greenbank::finance {

namespace {

struct Whole {
    double goods = 0, bads = 0;
    double share() const { return bads / (goods + bads); }
};

double share_of(const Bin& bin) { return bin.bads / std::max(bin.goods + bin.bads, 1e-12); }
double rows_in(const Bin& bin) { return bin.goods + bin.bads; }

Bin joined(const Bin& one, const Bin& next) {
    Bin both = next;
    both.goods += one.goods;
    both.bads += one.bads;
    both.names.insert(both.names.begin(), one.names.begin(), one.names.end());
    return both;
}

/// Pools neighbours until the share of bad ones only rises (or only falls).
std::vector<Bin> pooled(const std::vector<Bin>& fine, bool rising) {
    std::vector<Bin> stack;
    for (const Bin& bin : fine) {
        stack.push_back(bin);
        while (stack.size() > 1) {
            const double before = share_of(stack[stack.size() - 2]), after = share_of(stack.back());
            if (rising ? after > before : after < before) break;
            const Bin both = joined(stack[stack.size() - 2], stack.back());
            stack.pop_back();
            stack.back() = both;
        }
    }
    return stack;
}

double likelihood(const std::vector<Bin>& bins) {
    double sum = 0;
    for (const Bin& bin : bins) {
        const double p = share_of(bin);
        if (bin.bads > 0) sum += bin.bads * std::log(p);
        if (bin.goods > 0) sum += bin.goods * std::log(1 - p);
    }
    return sum;
}

/// Bins that are too small join the neighbour that is more like them.
void join_small(std::vector<Bin>& bins, const BinSettings& settings, const Whole& whole) {
    const double rows = whole.goods + whole.bads, rare = std::min(whole.goods, whole.bads);
    const double rows_min = settings.share_min * rows, rare_min = std::min(settings.bads_min, rare / 4);
    while (bins.size() > 1) {
        const auto smallest = std::min_element(bins.begin(), bins.end(), [](const Bin& a, const Bin& b) { return rows_in(a) < rows_in(b); });
        auto low = smallest;
        if (rows_in(*smallest) >= rows_min) {
            low = std::find_if(bins.begin(), bins.end(), [&](const Bin& bin) {
                const double expected = rows_in(bin) * std::min(whole.share(), 1 - whole.share());
                return std::max(expected, std::min(bin.goods, bin.bads)) < rare_min;
            });
            if (low == bins.end()) return;
        }
        const auto at = static_cast<std::size_t>(low - bins.begin());
        const bool with_next =
            at == 0 || (at + 1 < bins.size() && std::abs(share_of(bins[at + 1]) - share_of(bins[at])) < std::abs(share_of(bins[at - 1]) - share_of(bins[at])));
        const std::size_t first = with_next ? at : at - 1;
        bins[first] = joined(bins[first], bins[first + 1]);
        bins.erase(bins.begin() + static_cast<std::ptrdiff_t>(first) + 1);
    }
}

std::vector<Bin> monotone(const std::vector<Bin>& fine, bool rising, const BinSettings& settings, const Whole& whole) {
    std::vector<Bin> bins = pooled(fine, rising);
    join_small(bins, settings, whole);
    return pooled(bins, rising);
}

/// The best of the trends; a turn must earn its two more bounds.
std::vector<Bin> best_trend(const std::vector<Bin>& fine, const BinSettings& settings, const Whole& whole, Trend& trend) {
    std::vector<Bin> best;
    double best_worth = 0;
    const auto offer = [&](std::vector<Bin> bins, Trend kind, double cost) {
        const double worth = likelihood(bins) - cost;
        if (best.empty() || worth > best_worth) {
            best = std::move(bins);
            best_worth = worth;
            trend = kind;
        }
    };
    offer(monotone(fine, true, settings, whole), Trend::rising, 0);
    offer(monotone(fine, false, settings, whole), Trend::falling, 0);
    if (settings.turns == 0) return best;
    const double cost = settings.turn_cost * std::log(whole.goods + whole.bads);
    for (std::size_t turn = 2; turn + 2 <= fine.size(); ++turn) {
        const std::vector<Bin> before(fine.begin(), fine.begin() + static_cast<std::ptrdiff_t>(turn)),
            after(fine.begin() + static_cast<std::ptrdiff_t>(turn), fine.end());
        for (const bool peak : {true, false}) {
            std::vector<Bin> bins = pooled(before, peak);
            const std::vector<Bin> second = pooled(after, !peak);
            bins.insert(bins.end(), second.begin(), second.end());
            join_small(bins, settings, whole);
            offer(std::move(bins), peak ? Trend::peak : Trend::valley, cost);
        }
    }
    return best;
}

std::vector<Bin> fine_bins(const ScoringTable& table, const ScoringColumn& column, const BinSettings& settings) {
    std::vector<std::pair<double, std::uint8_t>> sorted;
    for (std::size_t i = 0; i < table.rows; ++i)
        if (!is_missing(column.values[i]) && std::find(settings.specials.begin(), settings.specials.end(), column.values[i]) == settings.specials.end())
            sorted.emplace_back(column.values[i], table.bad[i]);
    std::sort(sorted.begin(), sorted.end());
    std::vector<Bin> bins;
    const double target = static_cast<double>(sorted.size()) / settings.fine;
    Bin bin;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        (sorted[i].second != 0 ? bin.bads : bin.goods) += 1;
        const bool ends = i + 1 == sorted.size() || (sorted[i + 1].first > sorted[i].first && rows_in(bin) >= target);
        if (!ends) continue;
        bin.upper = i + 1 == sorted.size() ? std::numeric_limits<double>::max() : sorted[i].first + (sorted[i + 1].first - sorted[i].first) / 2;
        bins.push_back(bin);
        bin = {};
    }
    return bins;
}

std::vector<Bin> named_bins(const ScoringTable& table, const ScoringColumn& column, const BinSettings& settings, const Whole& whole) {
    std::vector<Bin> bins(column.names.size());
    for (std::size_t i = 0; i < bins.size(); ++i) bins[i].names = {column.names[i]};
    for (std::size_t i = 0; i < table.rows; ++i)
        if (!is_missing(column.values[i])) {
            Bin& bin = bins[static_cast<std::size_t>(column.values[i])];
            (table.bad[i] != 0 ? bin.bads : bin.goods) += 1;
        }
    std::erase_if(bins, [](const Bin& bin) { return rows_in(bin) == 0; });
    const auto shrunk = [&](const Bin& bin) { return (bin.bads + settings.shrinkage * whole.share()) / (rows_in(bin) + settings.shrinkage); };
    std::stable_sort(bins.begin(), bins.end(), [&](const Bin& a, const Bin& b) { return shrunk(a) < shrunk(b); });
    BinSettings lenient = settings;
    lenient.share_min = settings.named_share_min;
    join_small(bins, lenient, whole);
    return bins;
}

void weigh(Bin& bin, const BinSettings& settings, const Whole& whole) {
    const double p = (bin.bads + settings.shrinkage * whole.share()) / (rows_in(bin) + settings.shrinkage);
    bin.weight = std::log(p / (1 - p)) - std::log(whole.bads / whole.goods);
}

} // namespace

BinnedColumn bin_column(const ScoringTable& table, std::size_t feature, const BinSettings& settings) {
    const ScoringColumn& column = table.columns[feature];
    Whole whole;
    for (const std::uint8_t bad : table.bad) (bad != 0 ? whole.bads : whole.goods) += 1;
    BinnedColumn binned;
    binned.feature = static_cast<std::int64_t>(feature);
    for (const double special : settings.specials) binned.specials.push_back({.upper = special, .names = {}});
    if (column.named) binned.specials.clear();
    for (std::size_t i = 0; i < table.rows; ++i) {
        Bin* own = nullptr;
        if (is_missing(column.values[i])) own = &binned.absent;
        else
            for (Bin& special : binned.specials)
                if (special.upper == column.values[i]) own = &special;
        if (own != nullptr) (table.bad[i] != 0 ? own->bads : own->goods) += 1;
    }
    if (column.named) {
        binned.trend = Trend::named;
        binned.bins = named_bins(table, column, settings, whole);
    } else {
        binned.bins = best_trend(fine_bins(table, column, settings), settings, whole, binned.trend);
    }
    const auto finish = [&](Bin& bin) {
        weigh(bin, settings, whole);
        binned.information += (bin.bads / whole.bads - bin.goods / whole.goods) * bin.weight;
    };
    for (Bin& bin : binned.bins) finish(bin);
    for (Bin& bin : binned.specials) finish(bin);
    finish(binned.absent);
    return binned;
}

std::size_t place_of(const BinnedColumn& column, const ScoringColumn& values, std::size_t row) {
    const double value = values.values[row];
    const std::size_t absent = column.bins.size() + column.specials.size();
    if (is_missing(value)) return absent;
    if (column.trend == Trend::named) {
        if (!values.named) return absent;
        const std::string& name = values.names[static_cast<std::size_t>(value)];
        for (std::size_t i = 0; i < column.bins.size(); ++i)
            if (std::find(column.bins[i].names.begin(), column.bins[i].names.end(), name) != column.bins[i].names.end()) return i;
        return absent;
    }
    if (values.named) return absent;
    for (std::size_t i = 0; i < column.specials.size(); ++i)
        if (column.specials[i].upper == value) return column.bins.size() + i;
    const auto found = std::lower_bound(column.bins.begin(), column.bins.end(), value, [](const Bin& bin, double asked) { return bin.upper < asked; });
    return found == column.bins.end() ? absent : static_cast<std::size_t>(found - column.bins.begin());
}

const Bin& bin_at(const BinnedColumn& column, std::size_t place) {
    if (place < column.bins.size()) return column.bins[place];
    if (place < column.bins.size() + column.specials.size()) return column.specials[place - column.bins.size()];
    return column.absent;
}

} // namespace greenbank::finance
