// load_splits.h — a load by purposes: some are measured by themselves, what is left is shared out by weights; the parts always add up to the load.
#pragma once

#include "energy/reports/site_report.h"

namespace greenbank::energy {

/// Measured by its own channel, or a weight of what is left.
struct LoadPart {
    Text name;
    std::optional<Id<Channel>> channel;
    double share = 0;
};
Record describe(const LoadPart*);

struct LoadSplit {
    static constexpr std::string_view id_prefix = "loadsplit";
    Id<LoadSplit> id;
    Id<Organisation> organisation;
    Id<Site> site;
    Id<Channel> channel; // the whole load
    Text name;
    std::vector<LoadPart> parts;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const LoadSplit*);

std::vector<Endpoint> load_split_endpoints(Intake& intake);

} // namespace greenbank::energy
