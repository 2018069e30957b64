// difference.cpp — aligning lists by likeness, and walking two trees side by side.
#include "library/engine/difference.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace greenbank::library {

namespace {

using Shape = ValueTree::Shape;
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

std::string escaped(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c == '~') out += "~0";
        else if (c == '/') out += "~1";
        else out += c;
    }
    return out;
}

std::string unescaped(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] == '~' && i + 1 < token.size()) out += token[++i] == '0' ? '~' : '/';
        else out += token[i];
    }
    return out;
}

void compare(const ValueTree& before, const ValueTree& after, const std::string& path, std::vector<Difference>& found);

void compare_objects(const ValueTree& before, const ValueTree& after, const std::string& path, std::vector<Difference>& found) {
    for (const auto& [name, value] : before.members)
        if (!after.find(name)) found.push_back({path + "/" + escaped(name), value, {}});
    for (const auto& [name, value] : after.members) {
        const ValueTree* old = before.find(name);
        if (!old) found.push_back({path + "/" + escaped(name), {}, value});
        else compare(*old, value, path + "/" + escaped(name), found);
    }
}

void compare_lists(const ValueTree& before, const ValueTree& after, const std::string& path, std::vector<Difference>& found) {
    const Pairs pairs = align(before.items, after.items);
    std::size_t b = 0, a = 0;
    const auto until = [&](std::size_t before_end, std::size_t after_end) {
        for (; b < before_end; ++b) found.push_back({path + "/" + std::to_string(b), before.items[b], {}});
        for (; a < after_end; ++a) found.push_back({path + "/" + std::to_string(a), {}, after.items[a]});
    };
    for (const auto& [i, j] : pairs) {
        until(i, j);
        compare(before.items[b++], after.items[j], path + "/" + std::to_string(a), found);
        ++a;
    }
    until(before.items.size(), after.items.size());
}

void compare(const ValueTree& before, const ValueTree& after, const std::string& path, std::vector<Difference>& found) {
    if (before == after) return;
    if (before.shape == Shape::object && after.shape == Shape::object) return compare_objects(before, after, path, found);
    if (before.shape == Shape::list && after.shape == Shape::list) return compare_lists(before, after, path, found);
    found.push_back({path, before, after});
}

/// The best pairs of two short lists: the table of the longest common subsequence, weighted by likeness.
Pairs align_by_table(std::span<const ValueTree> before, std::span<const ValueTree> after) {
    const std::size_t rows = before.size(), columns = after.size(), width = columns + 1;
    std::vector<std::int64_t> like(rows * columns), best((rows + 1) * width);
    for (std::size_t i = rows; i-- > 0;)
        for (std::size_t j = columns; j-- > 0;) {
            const std::int64_t alike = like[i * columns + j] = likeness(before[i], after[j]);
            std::int64_t& cell = best[i * width + j];
            cell = std::max(best[(i + 1) * width + j], best[i * width + j + 1]);
            if (alike > 0) cell = std::max(cell, alike + best[(i + 1) * width + j + 1]);
        }
    Pairs pairs;
    for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
        const std::int64_t here = best[i * width + j], alike = like[i * columns + j];
        if (alike > 0 && here == alike + best[(i + 1) * width + j + 1]) pairs.emplace_back(i++, j++);
        else if (here == best[(i + 1) * width + j]) ++i;
        else ++j;
    }
    return pairs;
}

Error mismatch(const std::string& path) {
    return {Failure::conflict, "difference.mismatch", "This difference does not belong to that value: at {path} something else is found.", {{"path", path}}};
}

/// A difference with what of its path is still to go.
struct Step {
    const Difference* difference;
    std::string_view rest; // "" or "/…"
};

std::pair<std::string_view, std::string_view> first_token(std::string_view path) {
    const std::size_t end = path.find('/', 1);
    return {path.substr(1, end == std::string_view::npos ? end : end - 1), end == std::string_view::npos ? std::string_view{} : path.substr(end)};
}

std::optional<std::size_t> index_of(std::string_view token) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    if (error != std::errc{} || end != token.data() + token.size() || (token.size() > 1 && token[0] == '0')) return {};
    return index;
}

Result<Done> apply_steps(ValueTree& tree, const std::vector<Step>& steps);

Result<Done> apply_to_object(ValueTree& tree, const std::vector<Step>& steps) {
    std::map<std::string, std::vector<Step>> inner;
    for (const Step& step : steps) {
        const auto [token, rest] = first_token(step.rest);
        const std::string name = unescaped(token);
        const Difference& one = *step.difference;
        const auto member = std::find_if(tree.members.begin(), tree.members.end(), [&](const auto& each) { return each.first == name; });
        if (!rest.empty() || (one.before && one.after)) {
            if (member == tree.members.end()) return mismatch(one.path);
            inner[name].push_back({&one, rest});
        } else if (one.after) {
            if (member != tree.members.end()) return mismatch(one.path);
            tree.members.push_back({name, *one.after});
        } else {
            if (member == tree.members.end() || !one.before || !(member->second == *one.before)) return mismatch(one.path);
            tree.members.erase(member);
        }
    }
    for (auto& [name, value] : tree.members)
        if (const auto found = inner.find(name); found != inner.end()) TRY(apply_steps(value, found->second));
    return Done{};
}

Result<Done> apply_to_list(ValueTree& tree, const std::vector<Step>& steps) {
    std::map<std::size_t, const Difference*> removed, added;
    std::map<std::size_t, std::vector<Step>> inner;
    for (const Step& step : steps) {
        const auto [token, rest] = first_token(step.rest);
        const auto index = index_of(token);
        const Difference& one = *step.difference;
        if (!index) return mismatch(one.path);
        if (!rest.empty() || (one.before && one.after)) inner[*index].push_back({&one, rest});
        else if (!(one.after ? added : removed).emplace(*index, &one).second) return mismatch(one.path);
    }
    for (auto each = removed.rbegin(); each != removed.rend(); ++each) {
        const auto& [index, one] = *each;
        if (index >= tree.items.size() || !one->before || !(tree.items[index] == *one->before)) return mismatch(one->path);
        tree.items.erase(tree.items.begin() + static_cast<std::ptrdiff_t>(index));
    }
    for (const auto& [index, one] : added) {
        if (index > tree.items.size()) return mismatch(one->path);
        tree.items.insert(tree.items.begin() + static_cast<std::ptrdiff_t>(index), *one->after);
    }
    for (const auto& [index, below] : inner) {
        if (index >= tree.items.size()) return mismatch(below.front().difference->path);
        TRY(apply_steps(tree.items[index], below));
    }
    return Done{};
}

Result<Done> apply_steps(ValueTree& tree, const std::vector<Step>& steps) {
    if (steps.empty()) return Done{};
    for (const Step& step : steps)
        if (step.rest.empty()) { // this value as a whole; then it is the only step
            const Difference& one = *step.difference;
            if (steps.size() > 1 || !one.before || !one.after || !(tree == *one.before)) return mismatch(one.path);
            tree = *one.after;
            return Done{};
        } else if (step.rest[0] != '/') {
            return mismatch(step.difference->path);
        }
    if (tree.shape == Shape::object) return apply_to_object(tree, steps);
    if (tree.shape == Shape::list) return apply_to_list(tree, steps);
    return mismatch(steps.front().difference->path);
}

} // namespace

std::int64_t likeness(const ValueTree& a, const ValueTree& b) {
    if (a == b) return 1000;
    if (a.shape != b.shape || a.shape == Shape::plain) return 0;
    if (a.shape == Shape::list) return 1; // lists within lists: by their place only
    std::size_t equal = 0;
    for (const auto& [name, value] : a.members)
        if (const ValueTree* other = b.find(name); other && value == *other) ++equal;
    return static_cast<std::int64_t>(equal * 999 / std::max(a.members.size(), b.members.size()));
}

Pairs align(std::span<const ValueTree> before, std::span<const ValueTree> after) {
    Pairs pairs;
    std::size_t begin = 0, end_before = before.size(), end_after = after.size();
    for (; begin < end_before && begin < end_after && before[begin] == after[begin]; ++begin) pairs.emplace_back(begin, begin);
    Pairs tail;
    for (; end_before > begin && end_after > begin && before[end_before - 1] == after[end_after - 1]; --end_before, --end_after)
        tail.emplace_back(end_before - 1, end_after - 1);
    const auto middle_before = before.subspan(begin, end_before - begin), middle_after = after.subspan(begin, end_after - begin);
    if (middle_before.size() * middle_after.size() <= list_alignment_max) {
        for (const auto& [i, j] : align_by_table(middle_before, middle_after)) pairs.emplace_back(begin + i, begin + j);
    } else {
        for (std::size_t i = 0; i < std::min(middle_before.size(), middle_after.size()); ++i) pairs.emplace_back(begin + i, begin + i);
    }
    pairs.insert(pairs.end(), tail.rbegin(), tail.rend());
    return pairs;
}

std::vector<Difference> difference(const ValueTree& before, const ValueTree& after) {
    std::vector<Difference> found;
    compare(before, after, {}, found);
    return found;
}

Result<ValueTree> apply_difference(ValueTree before, std::span<const Difference> differences) {
    std::vector<Step> steps;
    for (const Difference& one : differences) steps.push_back({&one, one.path});
    TRY(apply_steps(before, steps));
    return before;
}

} // namespace greenbank::library
