// retention.cpp — the day's round over sites that say how long they keep what was measured.
#include "energy/telemetry/retention.h"

#include "api/nobody.h"
#include "energy/engine/telemetry/channel.h"
#include "energy/sites/operations.h"

namespace greenbank::energy {

Record describe(const RetentionRun*) {
    using R = RetentionRun;
    return {"retention_run", "What was dropped of a site because it had been kept long enough.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true, .filter = true}),
            field<&R::site>("site", "Of which site.", {.read_only = true, .filter = true}),
            field<&R::points_before>("points_before", "Points older than that went.", {.read_only = true}),
            field<&R::hours_before>("hours_before", "Hours older than that went.", {.read_only = true}),
            field<&R::channels>("channels", "Channels of which something went.", {.read_only = true}),
            field<&R::rows_dropped>("rows_dropped", "Chunks of points and blocks of hours that went.", {.read_only = true}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&R::made_at>("made_at", "When.", {.read_only = true, .sort = true})}};
}

namespace {

constexpr Duration round_every = hours(24);

struct Kept {
    Site site;
    std::vector<std::int64_t> channels; // their numbers
};

Result<std::vector<Kept>> sites_that_drop(Transaction& transaction) {
    std::vector<Kept> all;
    for (Site& site : TRY(transaction.find<Site>("sample = false AND keep_points_days IS NOT NULL ORDER BY id"))) {
        Kept one{std::move(site), {}};
        for (const auto& row : TRY(transaction.query("SELECT number FROM channel WHERE site = $1 ORDER BY number", {one.site.id.text})).rows)
            one.channels.push_back(as_integer(row[0]));
        all.push_back(std::move(one));
    }
    return all;
}

} // namespace

Result<Done> keep_what_is_said(Store& store, Intake& intake, const RetentionAudit& audit, Time now, std::uint64_t seed) {
    std::int64_t before = 0;
    std::vector<Kept> sites;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        before = as_integer(TRY(transaction.query("SELECT retained_at FROM telemetry_state WHERE id = 1")).single());
        if (now - Time{before} >= round_every) sites = TRY(sites_that_drop(transaction));
        return Done{};
    }));
    if (now - Time{before} < round_every) return Done{};
    bool ours = false;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        ours = TRY(transaction.execute("UPDATE telemetry_state SET retained_at = $1 WHERE id = 1 AND retained_at = $2", {now.microseconds, before})) == 1;
        return Done{};
    }));
    if (!ours || sites.empty()) return Done{};
    const Caller bank = nobody(now, seed);
    for (const auto& [site, channels] : sites) {
        const Time points_before = now - days(*site.keep_points_days);
        const Moment hours_before = site.keep_hours_days ? (now - days(*site.keep_hours_days)).microseconds : -moment_most;
        RetentionRun run{.id = bank.new_id<RetentionRun>(), .organisation = site.organisation, .site = site.id, .points_before = points_before, .made_at = now};
        if (site.keep_hours_days) run.hours_before = Time{hours_before};
        for (const std::int64_t channel : channels) {
            std::int64_t dropped = 0;
            TRY(store.write([&](Transaction& transaction) -> Result<Done> {
                transaction.capture_changes = false;
                dropped = TRY(intake.archive().drop(transaction, channel, points_before.microseconds, hours_before));
                return Done{};
            }));
            run.channels += dropped > 0;
            run.rows_dropped += dropped;
        }
        if (run.rows_dropped == 0) continue;
        TRY(store.write([&](Transaction& transaction) -> Result<Done> {
            TRY(transaction.insert(run));
            return audit ? audit(transaction, bank, "telemetry_retain") : Done{};
        }));
        intake.forget(); // since when points are kept is remembered of each channel
    }
    return Done{};
}

std::vector<Endpoint> retention_endpoints() {
    return {
        // clang-format off
        {"retention_run_list", Method::get, "/retention-runs", "What was dropped because it had been kept long enough.", Mode::read, signed_in, call(listed<RetentionRun>)},
        // clang-format on
    };
}

} // namespace greenbank::energy
