// harvest_job.h — one harvest of a peer as a job, and letting go of everything that came from it.
#pragma once

#include "api/fetch.h"
#include "library/publishing/publication.h"
#include "peers/records.h"

namespace greenbank::peers {

struct HarvestRequest {
    Id<Peer> peer;
    bool full = false; // everything, not only what changed since the last harvest
};
Record describe(const HarvestRequest*);

/// Queues a harvest in the caller's transaction. Refused where the peer is paused or at work already.
Result<Job> start_harvest(Transaction& transaction, const Caller& caller, Peer peer, bool full);

std::vector<JobKind> harvest_jobs(Fetch& fetch, const library::PublicAddress& address);

} // namespace greenbank::peers
