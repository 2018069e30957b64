// labelled_files.cpp — labels are moments; the scorer wants numbers of points.
#include "energy/labelled_files.h"

#include <algorithm>

#include "api/files.h"
#include "json/value_tree.h"

namespace greenbank::energy {

namespace {

namespace fs = std::filesystem;

std::optional<std::int64_t> moment_in(const ValueTree& tree) {
    const std::string& text = tree.plain; // "2014-04-10 11:50:00.000000"
    if (tree.shape != ValueTree::Shape::plain || text.size() < 2 || text.front() != '"') return {};
    return seconds_of(std::string_view(text).substr(1, text.size() - 2));
}

std::optional<std::size_t> point_at(const std::vector<SeriesRow>& rows, const ValueTree& tree) {
    const auto seconds = moment_in(tree);
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const SeriesRow& row) { return seconds && row.seconds == *seconds; });
    return found == rows.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - rows.begin()));
}

/// False where a window is none.
bool read_windows(const ValueTree& tree, LabelledFile& file) {
    for (const ValueTree& pair : tree.items) {
        if (pair.items.size() != 2) return false;
        const auto first = point_at(file.rows, pair.items[0]), last = point_at(file.rows, pair.items[1]);
        auto& windows = file.series.windows;
        if (!first || !last || *last < *first || (!windows.empty() && *first <= windows.back().last)) return false;
        windows.push_back({*first, *last});
    }
    return tree.shape == ValueTree::Shape::list;
}

} // namespace

Result<std::vector<LabelledFile>> read_labelled(const fs::path& folder) {
    const std::string path = (folder / "windows.json").string();
    const ValueTree windows = TRY(read_value_tree(TRY(read_file(path))));
    std::optional<ValueTree> labels;
    if (fs::exists(folder / "labels.json")) labels = TRY(read_value_tree(TRY(read_file((folder / "labels.json").string()))));
    std::vector<LabelledFile> files;
    for (const ValueMember& member : windows.members) {
        LabelledFile& file = files.emplace_back();
        file.name = member.first;
        file.rows = TRY(read_series(folder / "data" / member.first));
        file.series.points = file.rows.size();
        if (!read_windows(member.second, file))
            return Error{Failure::invalid, "energy.windows_file",
                "{path} must be an object that gives each file its windows, [from, to]; both moments must stand in that file.", {{"path", path}}};
        if (const ValueTree* events = labels ? labels->find(member.first) : nullptr)
            for (const ValueTree& event : events->items)
                if (const auto point = point_at(file.rows, event)) file.series.events.push_back(*point);
        std::sort(file.series.events.begin(), file.series.events.end());
        if (!file.rows.empty()) file.series.days = static_cast<double>(file.rows.back().seconds - file.rows[probation(file.rows.size())].seconds) / 86400;
    }
    if (files.empty()) return Error{Failure::invalid, "energy.nothing_labelled", "{path} labels no file, so there is nothing to score.", {{"path", path}}};
    std::sort(files.begin(), files.end(), [](const LabelledFile& one, const LabelledFile& other) { return one.name < other.name; });
    return files;
}

} // namespace greenbank::energy
