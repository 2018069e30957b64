// disclosure.cpp — totals one after the other, each with the lines that must be hidden for it; what follows from totals is asked of their rows.
#include "cities/engine/disclosure.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

namespace greenbank::cities {

namespace {

constexpr std::size_t alike_least = 3;
constexpr double matters_least = 0.1;

using Pattern = std::uint32_t; // which of the totals a line is part of
using Row = std::vector<double>;

bool is_in(Pattern pattern, std::size_t total) { return (pattern >> total & 1u) != 0; }

/// By elimination; the numbers are small and whole.
std::size_t rank_of(std::vector<Row> rows) {
    std::size_t rank = 0;
    const std::size_t columns = rows.empty() ? 0 : rows[0].size();
    for (std::size_t column = 0; column < columns && rank < rows.size(); ++column) {
        const auto pivot = std::max_element(rows.begin() + static_cast<std::ptrdiff_t>(rank), rows.end(),
            [&](const Row& a, const Row& b) { return std::abs(a[column]) < std::abs(b[column]); });
        if (std::abs((*pivot)[column]) < 1e-9) continue;
        std::iter_swap(rows.begin() + static_cast<std::ptrdiff_t>(rank), pivot);
        for (std::size_t i = rank + 1; i < rows.size(); ++i) {
            const double ratio = rows[i][column] / rows[rank][column];
            for (std::size_t c = column; c < columns; ++c) rows[i][c] -= ratio * rows[rank][c];
        }
        ++rank;
    }
    return rank;
}

class Disclosing {
public:
    explicit Disclosing(const std::vector<ShownLine>& lines) : lines_(lines) {
        result_.hidden.resize(lines.size());
        patterns_.resize(lines.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            result_.hidden[i] = lines[i].confidential;
            if (lines[i].confidential) largest_ = std::max(largest_, std::abs(static_cast<double>(lines[i].kg)));
            for (std::size_t total = 0; total < balance_totals; ++total)
                if (part_of_total(static_cast<BalanceTotal>(total), lines[i].sector, lines[i].scope)) patterns_[i] |= Pattern{1} << total;
        }
    }

    Disclosure run() {
        for (std::size_t total = 0; total < balance_totals; ++total) try_to_show(total);
        return result_;
    }

private:
    /// Shown if that is possible; what had to be hidden for one that is not is shown again.
    void try_to_show(std::size_t total) {
        const std::vector<bool> before = result_.hidden;
        result_.shown[total] = true;
        while (const auto exposed = exposed_pattern())
            if (!hide_one_like(*exposed)) {
                result_.hidden = before;
                result_.shown[total] = false;
                return;
            }
    }

    Pattern seen(std::size_t line) const {
        Pattern made = 0;
        for (std::size_t total = 0; total < balance_totals; ++total)
            if (result_.shown[total] && is_in(patterns_[line], total)) made |= Pattern{1} << total;
        return made;
    }

    /// Hidden lines that all shown totals treat alike, among them a confidential one, which are fewer than three and whose sum follows from the totals, if
    /// need be with what somebody knows of the lines of another pattern.
    std::optional<Pattern> exposed_pattern() const {
        std::map<Pattern, std::pair<std::size_t, bool>> classes; // how many hidden; a confidential one among them
        for (std::size_t i = 0; i < lines_.size(); ++i)
            if (result_.hidden[i]) {
                auto& [count, confidential] = classes[seen(i)];
                ++count;
                confidential = confidential || lines_[i].confidential;
            }
        for (const auto& [pattern, one] : classes) {
            if (!one.second || one.first >= alike_least || pattern == 0) continue;
            for (const auto& [known, other] : classes)
                if (known != pattern || classes.size() == 1)
                    if (follows(classes, pattern, known)) return pattern;
        }
        return {};
    }

    template <class Classes> bool follows(const Classes& classes, Pattern asked, Pattern known) const {
        std::vector<Row> rows;
        Row unit;
        for (const auto& [pattern, one] : classes)
            if (pattern == asked || pattern != known) unit.push_back(pattern == asked ? 1 : 0);
        for (std::size_t total = 0; total < balance_totals; ++total) {
            if (!result_.shown[total]) continue;
            Row& row = rows.emplace_back();
            for (const auto& [pattern, one] : classes)
                if (pattern == asked || pattern != known) row.push_back(is_in(pattern, total) ? 1 : 0);
        }
        const std::size_t rank = rank_of(rows);
        rows.push_back(std::move(unit));
        return rank_of(std::move(rows)) == rank;
    }

    /// The line of that pattern which matters, is part of the same totals as what it is to cover, and is small, in this order.
    bool hide_one_like(Pattern pattern) {
        const auto covered = [&] {
            for (std::size_t i = 0; i < lines_.size(); ++i)
                if (lines_[i].confidential && seen(i) == pattern) return patterns_[i];
            return pattern;
        }();
        const auto size = [&](std::size_t i) { return std::abs(static_cast<double>(lines_[i].kg)); };
        const auto better = [&](std::size_t a, std::size_t b) {
            const bool a_matters = size(a) >= matters_least * largest_, b_matters = size(b) >= matters_least * largest_;
            if (a_matters != b_matters) return a_matters;
            const int a_differs = std::popcount(patterns_[a] ^ covered), b_differs = std::popcount(patterns_[b] ^ covered);
            if (a_differs != b_differs) return a_differs < b_differs;
            return a_matters ? size(a) < size(b) : size(a) > size(b);
        };
        std::optional<std::size_t> best;
        for (std::size_t i = 0; i < lines_.size(); ++i)
            if (!result_.hidden[i] && lines_[i].kg != 0 && seen(i) == pattern && (!best || better(i, *best))) best = i;
        if (best) result_.hidden[*best] = true;
        return best.has_value();
    }

    const std::vector<ShownLine>& lines_;
    std::vector<Pattern> patterns_;
    double largest_ = 0;
    Disclosure result_;
};

} // namespace

bool of_energy(GpcSector sector) { return sector <= GpcSector::off_road && sector != GpcSector::grid_supply; }

bool part_of_total(BalanceTotal total, GpcSector sector, GpcScope scope) {
    switch (total) {
    case BalanceTotal::net: return true;
    case BalanceTotal::emissions: return !is_sink(sector);
    case BalanceTotal::removals: return is_sink(sector);
    case BalanceTotal::basic_plus: return counted_at(GpcLevel::basic_plus, sector, scope);
    case BalanceTotal::basic: return counted_at(GpcLevel::basic, sector, scope);
    case BalanceTotal::energy: return of_energy(sector);
    case BalanceTotal::scope_1:
    case BalanceTotal::territorial: return !is_sink(sector) && scope == GpcScope::scope_1;
    case BalanceTotal::scope_2: return !is_sink(sector) && scope == GpcScope::scope_2;
    case BalanceTotal::scope_3: return !is_sink(sector) && scope == GpcScope::scope_3;
    }
    return false;
}

Disclosure disclose(const std::vector<ShownLine>& lines) { return Disclosing(lines).run(); }

} // namespace greenbank::cities
