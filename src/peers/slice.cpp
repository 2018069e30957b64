// slice.cpp — everything that peers bring, on one screen.
#include "api/migrations.h"
#include "api/nobody.h"
#include "peers/harvest_job.h"
#include "peers/operations.h"
#include "peers/page_writer.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile peers_migrations[];
extern const std::size_t peers_migrations_count;
} // namespace embedded

namespace peers {

namespace {

/// Every server may do so as often as it likes; each harvest is started once.
Result<Done> start_due_harvests(Store& store, Time now, std::uint64_t seed) {
    std::vector<Peer> due;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        due = TRY(transaction.find<Peer>("paused = false AND due_at <= $1 ORDER BY due_at LIMIT 20", {now.microseconds}));
        return Done{};
    }));
    const Caller caller = nobody(now, seed);
    for (const Peer& peer : due) {
        if (!peer.every_hours) continue;
        TRY(store.write([&](Transaction& transaction) -> Result<Done> {
            // Whoever moves the date on starts the harvest; the others come too late.
            if (TRY(transaction.execute("UPDATE peer SET due_at = $1 WHERE id = $2 AND due_at = $3 AND paused = false",
                    {(now + hours(*peer.every_hours)).microseconds, peer.id.text, peer.due_at->microseconds})) == 0)
                return Done{};
            if (!allow_one_job(transaction, peer)) return Done{};
            TRY(start_harvest(transaction, caller, peer, false));
            return Done{};
        }));
    }
    return Done{};
}

} // namespace

Slice slice(Fetch& fetch, const library::PublicAddress& address) {
    Slice slice{
        .name = "peers",
        .migrations = migrations_of("peers", embedded::peers_migrations, embedded::peers_migrations_count),
        .records = {&record_of<Peer>(), &record_of<Harvest>(), &record_of<HarvestFault>(), &record_of<Harvested>(), &record_of<Twin>()},
        .rights = {{manage_peers, "Enter peers, harvest them, and decide about pairs of entries.", {"officer", "administrator"}}},
        .endpoints = peer_endpoints(fetch, address),
        .jobs = harvest_jobs(fetch, address),
        .routines = {{"harvests_start", start_due_harvests}},
    };
    for (Endpoint& endpoint : twin_endpoints()) slice.endpoints.push_back(std::move(endpoint));
    return slice;
}

} // namespace peers
} // namespace greenbank
