// trees.cpp — growing and walking.
#include "finance/engine/scoring/trees.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "kernel/random.h"

namespace greenbank::finance {

namespace {

struct Sum {
    double gradient = 0, hessian = 0;
};

/// Cut points of a column, and the bin of each row; the last bin is that of missing values.
struct Binned {
    std::vector<double> cuts;
    std::vector<std::uint8_t> bin;
    static constexpr std::uint8_t absent = 255;
};

Binned bin(const std::vector<double>& values, std::uint32_t bins) {
    std::vector<double> sorted;
    for (const double value : values)
        if (!is_missing(value)) sorted.push_back(value);
    std::sort(sorted.begin(), sorted.end());
    Binned binned;
    std::vector<double> distinct = sorted;
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    const std::size_t most = std::min<std::size_t>(bins, 254);
    if (distinct.size() <= most) {
        for (std::size_t i = 0; i + 1 < distinct.size(); ++i) binned.cuts.push_back(distinct[i] + (distinct[i + 1] - distinct[i]) / 2);
    } else {
        for (std::size_t i = 1; i < most; ++i) {
            const std::size_t at = i * sorted.size() / most;
            const double cut = sorted[at - 1] + (sorted[at] - sorted[at - 1]) / 2;
            if (sorted[at] > sorted[at - 1] && (binned.cuts.empty() || cut > binned.cuts.back())) binned.cuts.push_back(cut);
        }
    }
    for (const double value : values)
        binned.bin.push_back(is_missing(value)
                                 ? Binned::absent
                                 : static_cast<std::uint8_t>(std::lower_bound(binned.cuts.begin(), binned.cuts.end(), value) - binned.cuts.begin()));
    return binned;
}

struct Split {
    double gain = 0;
    std::size_t feature = 0, cut = 0;
    bool missing_left = false;
};

class Grower {
public:
    Grower(const std::vector<Binned>& columns, const TreeSettings& settings) : columns_(columns), settings_(settings) {}

    Tree grow(std::vector<std::uint32_t>& rows, const std::vector<std::uint32_t>& features, const std::vector<Sum>& derivatives) {
        features_ = &features;
        derivatives_ = &derivatives;
        rows_ = &rows;
        Tree tree;
        std::vector<Leaf> leaves;
        leaves.push_back(leaf(0, rows.size(), add(tree, total(0, rows.size()))));
        histogram(leaves[0]);
        best_split(leaves[0]);
        while (leaves.size() < settings_.leaves) {
            const auto best = std::max_element(leaves.begin(), leaves.end(), [](const Leaf& a, const Leaf& b) { return a.split.gain < b.split.gain; });
            if (!(best->split.gain > 1e-9)) break;
            Leaf right = divide(tree, *best);
            leaves.push_back(std::move(right));
        }
        for (TreeNode& node : tree) node.value *= settings_.rate;
        return tree;
    }

private:
    struct Leaf {
        std::size_t begin = 0, end = 0;
        std::int64_t node = 0;
        Sum sum;
        std::vector<Sum> bins; // 256 a feature of the tree
        Split split;
    };

    Sum total(std::size_t begin, std::size_t end) const {
        Sum sum;
        for (std::size_t i = begin; i < end; ++i) {
            sum.gradient += (*derivatives_)[(*rows_)[i]].gradient;
            sum.hessian += (*derivatives_)[(*rows_)[i]].hessian;
        }
        return sum;
    }
    std::int64_t add(Tree& tree, const Sum& sum) const {
        tree.push_back({});
        tree.back().value = -sum.gradient / (sum.hessian + settings_.ridge);
        return static_cast<std::int64_t>(tree.size()) - 1;
    }
    Leaf leaf(std::size_t begin, std::size_t end, std::int64_t node) const { return {begin, end, node, total(begin, end), {}, {}}; }

    void histogram(Leaf& leaf) const {
        leaf.bins.assign(features_->size() * 256, {});
        for (std::size_t f = 0; f < features_->size(); ++f) {
            const std::uint8_t* bin = columns_[(*features_)[f]].bin.data();
            Sum* sums = leaf.bins.data() + f * 256;
            for (std::size_t i = leaf.begin; i < leaf.end; ++i) {
                const std::uint32_t row = (*rows_)[i];
                sums[bin[row]].gradient += (*derivatives_)[row].gradient;
                sums[bin[row]].hessian += (*derivatives_)[row].hessian;
            }
        }
    }
    double worth(const Sum& sum) const { return sum.gradient * sum.gradient / (sum.hessian + settings_.ridge); }

    void best_split(Leaf& leaf) const {
        leaf.split = {};
        const double whole = worth(leaf.sum);
        for (std::size_t f = 0; f < features_->size(); ++f) {
            const Binned& column = columns_[(*features_)[f]];
            const Sum* sums = leaf.bins.data() + f * 256;
            const Sum absent = sums[Binned::absent];
            for (const bool missing_left : {false, true}) {
                if (missing_left && absent.hessian <= 0) break;
                Sum left = missing_left ? absent : Sum{};
                for (std::size_t cut = 0; cut < column.cuts.size(); ++cut) {
                    left.gradient += sums[cut].gradient;
                    left.hessian += sums[cut].hessian;
                    const Sum right{leaf.sum.gradient - left.gradient, leaf.sum.hessian - left.hessian};
                    if (left.hessian < settings_.leaf_weight_min || right.hessian < settings_.leaf_weight_min) continue;
                    const double gain = worth(left) + worth(right) - whole;
                    if (gain > leaf.split.gain) leaf.split = {gain, f, cut, missing_left};
                }
            }
        }
    }

    /// The leaf becomes its left half; the right half is returned.
    Leaf divide(Tree& tree, Leaf& parent) const {
        const Split split = parent.split;
        const std::uint32_t feature = (*features_)[split.feature];
        const Binned& column = columns_[feature];
        const auto goes_left = [&](std::uint32_t row) {
            const std::uint8_t bin = column.bin[row];
            return bin == Binned::absent ? split.missing_left : bin <= split.cut;
        };
        const auto from = rows_->begin() + static_cast<std::ptrdiff_t>(parent.begin), to = rows_->begin() + static_cast<std::ptrdiff_t>(parent.end);
        const auto middle = static_cast<std::size_t>(std::stable_partition(from, to, goes_left) - rows_->begin());
        const std::int64_t node = parent.node;
        Leaf left = leaf(parent.begin, middle, add(tree, total(parent.begin, middle)));
        Leaf right = leaf(middle, parent.end, add(tree, total(middle, parent.end)));
        TreeNode& inner = tree[static_cast<std::size_t>(node)];
        inner.feature = feature;
        inner.threshold = column.cuts[split.cut];
        inner.missing_left = split.missing_left;
        inner.left = left.node;
        inner.right = right.node;
        // The smaller half is counted, the larger is what remains of the parent.
        Leaf& small = left.end - left.begin < right.end - right.begin ? left : right;
        Leaf& large = &small == &left ? right : left;
        histogram(small);
        large.bins = std::move(parent.bins);
        for (std::size_t i = 0; i < large.bins.size(); ++i) {
            large.bins[i].gradient -= small.bins[i].gradient;
            large.bins[i].hessian -= small.bins[i].hessian;
        }
        best_split(left);
        best_split(right);
        parent = std::move(left);
        return right;
    }

    const std::vector<Binned>& columns_;
    const TreeSettings& settings_;
    const std::vector<std::uint32_t>* features_ = nullptr;
    const std::vector<Sum>* derivatives_ = nullptr;
    std::vector<std::uint32_t>* rows_ = nullptr;
};

NameOrder order_of(const ScoringTable& table, std::size_t feature, double start) {
    const ScoringColumn& column = table.columns[feature];
    constexpr double shrinkage = 10; // rows of the whole that are added to each name's own
    const double share = 1 / (1 + std::exp(-start));
    std::vector<double> bads(column.names.size(), 0), all(column.names.size(), 0);
    for (std::size_t i = 0; i < table.rows; ++i)
        if (!is_missing(column.values[i])) {
            bads[static_cast<std::size_t>(column.values[i])] += table.bad[i];
            all[static_cast<std::size_t>(column.values[i])] += 1;
        }
    NameOrder order{static_cast<std::int64_t>(feature), column.names, {}};
    for (std::size_t i = 0; i < column.names.size(); ++i) {
        const double p = (bads[i] + shrinkage * share) / (all[i] + shrinkage);
        order.values.push_back(std::log(p / (1 - p)));
    }
    return order;
}

/// The column as numbers: names by the model's order, strangers missing.
std::vector<double> numbers_of(const ScoringColumn& column, const NameOrder* order) {
    if (!column.named) return column.values;
    std::map<std::string_view, double> by_name;
    if (order != nullptr)
        for (std::size_t i = 0; i < order->names.size(); ++i) by_name.emplace(order->names[i], order->values[i]);
    std::vector<double> of_place;
    for (const std::string& name : column.names) {
        const auto found = by_name.find(name);
        of_place.push_back(found == by_name.end() ? missing : found->second);
    }
    std::vector<double> numbers;
    for (const double place : column.values) numbers.push_back(is_missing(place) ? missing : of_place[static_cast<std::size_t>(place)]);
    return numbers;
}

std::vector<std::vector<double>> numbers_of(const BoostedTrees& model, const ScoringTable& table) {
    std::vector<std::vector<double>> numbers;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto order =
            std::find_if(model.orders.begin(), model.orders.end(), [&](const NameOrder& one) { return one.feature == static_cast<std::int64_t>(i); });
        numbers.push_back(numbers_of(table.columns[i], order == model.orders.end() ? nullptr : &*order));
    }
    return numbers;
}

std::int64_t next(const TreeNode& node, double value) {
    const bool left = is_missing(value) ? node.missing_left : value <= node.threshold;
    return left ? node.left : node.right;
}

double walk(const Tree& tree, const std::vector<std::vector<double>>& numbers, std::size_t row) {
    std::size_t at = 0;
    while (tree[at].feature >= 0) at = static_cast<std::size_t>(next(tree[at], numbers[static_cast<std::size_t>(tree[at].feature)][row]));
    return tree[at].value;
}

} // namespace

BoostedTrees grow(const ScoringTable& table, const TreeSettings& settings) {
    BoostedTrees model;
    const double bads = std::accumulate(table.bad.begin(), table.bad.end(), 0.0), all = static_cast<double>(table.rows);
    model.start = std::log(bads / (all - bads));
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].named) model.orders.push_back(order_of(table, i, model.start));
    const std::vector<std::vector<double>> numbers = numbers_of(model, table);
    std::vector<Binned> columns;
    for (const std::vector<double>& one : numbers) columns.push_back(bin(one, settings.bins));

    Random random(settings.seed);
    std::vector<double> odds(table.rows, model.start);
    std::vector<Sum> derivatives(table.rows);
    std::vector<std::uint32_t> features(columns.size());
    std::iota(features.begin(), features.end(), 0U);
    const auto feature_count =
        std::max<std::size_t>(std::min<std::size_t>(columns.size(), 4), static_cast<std::size_t>(settings.column_share * static_cast<double>(columns.size())));
    Grower grower(columns, settings);
    for (std::uint32_t round = 0; round < settings.rounds; ++round) {
        std::vector<std::uint32_t> rows;
        for (std::uint32_t i = 0; i < table.rows; ++i) {
            const double p = 1 / (1 + std::exp(-odds[i]));
            derivatives[i] = {p - table.bad[i], p * (1 - p)};
            if (random.chance(settings.row_share)) rows.push_back(i);
        }
        if (rows.empty()) continue;
        for (std::size_t i = 0; i < feature_count; ++i) std::swap(features[i], features[i + random.below(features.size() - i)]);
        const std::vector<std::uint32_t> chosen(features.begin(), features.begin() + static_cast<std::ptrdiff_t>(feature_count));
        model.trees.push_back(grower.grow(rows, chosen, derivatives));
        for (std::size_t i = 0; i < table.rows; ++i) odds[i] += walk(model.trees.back(), numbers, i);
    }
    return model;
}

std::vector<double> log_odds(const BoostedTrees& model, const ScoringTable& table) {
    const std::vector<std::vector<double>> numbers = numbers_of(model, table);
    std::vector<double> odds(table.rows, model.start);
    for (const Tree& tree : model.trees)
        for (std::size_t row = 0; row < table.rows; ++row) odds[row] += walk(tree, numbers, row);
    return odds;
}

std::vector<double> contributions(const BoostedTrees& model, const ScoringTable& table, std::size_t row, double& base) {
    ScoringTable one = rows_of(table, {static_cast<std::uint32_t>(row)});
    const std::vector<std::vector<double>> numbers = numbers_of(model, one);
    std::vector<double> brought(table.columns.size(), 0);
    base = model.start;
    for (const Tree& tree : model.trees) {
        std::size_t at = 0;
        base += tree[0].value;
        while (tree[at].feature >= 0) {
            const auto feature = static_cast<std::size_t>(tree[at].feature);
            const auto below = static_cast<std::size_t>(next(tree[at], numbers[feature][0]));
            brought[feature] += tree[below].value - tree[at].value;
            at = below;
        }
    }
    return brought;
}

} // namespace greenbank::finance
