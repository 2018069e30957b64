// retention.h — what is kept for how long: points, then hours, by what their site says; days stay. Once a day, by one server, each site in the audit.
#pragma once

#include "energy/telemetry/intake.h"

namespace greenbank::energy {

/// What a day's round dropped of a site. Written only where something went.
struct RetentionRun {
    static constexpr std::string_view id_prefix = "retentionrun";
    Id<RetentionRun> id;
    Id<Organisation> organisation;
    Id<Site> site;
    std::optional<Time> points_before, hours_before;
    std::int64_t channels = 0;     // of which something went
    std::int64_t rows_dropped = 0; // chunks of points, blocks of hours
    bool sample = false;
    Time made_at;
};
Record describe(const RetentionRun*);

/// A line of the audit trail for what the bank does by itself.
using RetentionAudit = std::function<Result<Done>(Transaction&, const Caller&, std::string_view operation)>;

/// The day's round, if it is due: the first server that asks makes it. A channel is a transaction of its own, so nobody waits long behind it.
Result<Done> keep_what_is_said(Store& store, Intake& intake, const RetentionAudit& audit, Time now, std::uint64_t seed);

std::vector<Endpoint> retention_endpoints();

} // namespace greenbank::energy
