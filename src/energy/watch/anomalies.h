// anomalies.h — the detector as a job over the channels of a site: what was unusual, each with a sentence, without a rule or a label.
#pragma once

#include "api/api.h"
#include "energy/telemetry/intake.h"

namespace greenbank::energy {

enum class AnomalyKind { spike, level_shift, drift, unseasonal, restless, quiet, flat };

struct ChannelAnomaly {
    static constexpr std::string_view id_prefix = "anomaly";
    Id<ChannelAnomaly> id;
    Id<Organisation> organisation;
    Id<Site> site;
    Id<Channel> channel;
    Text channel_name;
    Time at;
    AnomalyKind kind = AnomalyKind::spike;
    double value = 0, score = 0;
    Text explanation;
    bool sample = false;
    Time found_at;
};
Record describe(const ChannelAnomaly*);

std::vector<Endpoint> anomaly_endpoints();
JobKind anomaly_job(Intake& intake);

} // namespace greenbank::energy

namespace greenbank {
template <> struct Choices<energy::AnomalyKind> {
    static constexpr std::string_view name = "anomaly_kind";
    static constexpr std::string_view values[] = {"spike", "level_shift", "drift", "unseasonal", "restless", "quiet", "flat"};
};
} // namespace greenbank
