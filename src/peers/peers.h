// The face of peers: what other rooms and the program may call.
#pragma once

#include "api/api.h"
#include "api/fetch.h"
#include "library/publication.h"

namespace greenbank::peers {

/// Everything the room brings. `fetch` asks peers, `address` tells our own home.
Slice slice(Fetch& fetch, const library::PublicAddress& address);

/// Starts the harvests that are due; every server may call it as often as it likes, each is started once.
Result<Done> start_due_harvests(Store& store, Time now, std::uint64_t seed);

} // namespace greenbank::peers
