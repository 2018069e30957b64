// channel_order.cpp — depth first, without recursion: chains may be as long as the site has channels.
#include "energy/engine/formula/channel_order.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace greenbank::energy {

Result<std::vector<std::string>> channel_order(const std::map<std::string, std::vector<std::string>>& uses) {
    std::vector<std::string> order;
    std::set<std::string> done, on_the_way;
    struct Visit {
        std::string name;
        std::size_t next = 0;
    };
    for (const auto& [start, unused] : uses) {
        std::vector<Visit> way{{start}};
        while (!way.empty()) {
            Visit& here = way.back();
            const std::vector<std::string>& used = uses.at(here.name);
            if (here.next == 0) {
                if (done.contains(here.name)) {
                    way.pop_back();
                    continue;
                }
                on_the_way.insert(here.name);
            }
            if (here.next == used.size()) {
                order.push_back(here.name);
                done.insert(here.name);
                on_the_way.erase(here.name);
                way.pop_back();
                continue;
            }
            const std::string& next = used[here.next++];
            if (on_the_way.contains(next)) {
                std::vector<std::string> names;
                for (const Visit& visit : way) names.push_back(visit.name);
                names.erase(names.begin(), std::find(names.begin(), names.end(), next));
                names.push_back(next);
                return invalid({{"formula", "formula.circle", "A channel may not be computed from itself: {way}.",
                    {{"way", fmt::format("{}", fmt::join(names, " → "))}}}});
            }
            if (uses.contains(next) && !done.contains(next)) way.push_back({next});
        }
    }
    return order;
}

} // namespace greenbank::energy
