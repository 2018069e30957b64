// groonga_frequent.cpp — one file a unit, found again by its name.
#include "search/groonga_frequent.h"

#include <charconv>
#include <filesystem>

namespace greenbank::search {

namespace fs = std::filesystem;

Result<bool> FrequentUnit::add(grn_id document, int occurrences) {
    TRY(bytes_.reserve(static_cast<std::uint32_t>(document + header)));
    const int before = at(document), after = before + occurrences;
    if (after < 0 || after > UINT8_MAX) return false;
    at(document) = static_cast<std::uint8_t>(after);
    if (before == 0 && after > 0) ++count();
    if (before > 0 && after == 0) --count();
    return true;
}

Result<Done> FrequentUnits::open(const std::string& path_beginning) {
    path_beginning_ = path_beginning;
    units_.clear();
    const fs::path beginning(path_beginning);
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(beginning.parent_path(), problem)) {
        const std::string name = entry.path().filename().string(), start = beginning.filename().string();
        grn_id unit = GRN_ID_NIL;
        if (!name.starts_with(start)) continue;
        if (std::from_chars(name.data() + start.size(), name.data() + name.size(), unit).ec != std::errc() || unit == GRN_ID_NIL) continue;
        auto made = std::make_unique<FrequentUnit>();
        TRY(made->open(entry.path().string()));
        units_[unit] = std::move(made);
    }
    return Done{};
}

bool FrequentUnits::flush() const {
    return std::all_of(units_.begin(), units_.end(), [](const auto& unit) { return unit.second->flush(); });
}

Result<std::unique_ptr<FrequentUnit>> FrequentUnits::make(grn_id unit) const {
    std::error_code ignored;
    fs::remove(path(unit), ignored);
    auto made = std::make_unique<FrequentUnit>();
    TRY(made->open(path(unit)));
    return made;
}

Result<Done> FrequentUnits::remove(grn_id unit) {
    units_.erase(unit);
    std::error_code problem;
    fs::remove(path(unit), problem);
    if (!problem) return Done{};
    return Error{Failure::unavailable, "search.engine", "The search index could not {doing}: {reason}",
        {{"doing", "remove " + path(unit)}, {"reason", problem.message()}}};
}

Result<Done> FrequentUnits::add(grn_id unit, grn_id document, int occurrences) {
    const auto found = units_.find(unit);
    if (found == units_.end() || TRY(found->second->add(document, occurrences))) return Done{};
    return remove(unit);
}

} // namespace greenbank::search
