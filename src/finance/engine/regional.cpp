// regional.cpp — cells are counted once over all there is.
#include "finance/engine/regional.h"

#include <map>
#include <set>

namespace greenbank::finance {

std::vector<std::vector<RegionalCell>> regional_view(
    const std::vector<RegionalProject>& projects, const std::vector<RegionalMoney>& money, const std::vector<RegionalShelf>& shelf) {
    std::vector<std::vector<RegionalCell>> cells(regional_instruments, std::vector<RegionalCell>(regional_stages));
    std::map<std::string, std::size_t> stages;
    for (const RegionalProject& project : projects) {
        if (!stages.emplace(project.id, project.stage).second) continue;
        for (auto& row : cells) ++row[project.stage].projects;
    }
    std::set<std::pair<std::size_t, std::string>> served;
    for (const RegionalMoney& one : money) {
        const auto stage = stages.find(one.project);
        if (stage == stages.end()) continue;
        RegionalCell& cell = cells[static_cast<std::size_t>(one.instrument)][stage->second];
        cell.promised += one.promised;
        cell.contracted += one.contracted;
        cell.drawn += one.drawn;
        if (served.emplace(static_cast<std::size_t>(one.instrument), one.project).second) ++cell.served;
    }
    for (const RegionalShelf& one : shelf) ++cells[static_cast<std::size_t>(one.instrument)][one.stage].shelf;
    for (auto& row : cells)
        for (RegionalCell& cell : row) cell.missing = cell.projects > 0 && cell.served == 0 && cell.shelf == 0;
    return cells;
}

} // namespace greenbank::finance
