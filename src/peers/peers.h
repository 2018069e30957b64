// The face of peers: what other rooms and the program may call.
#pragma once

#include "api/api.h"
#include "api/fetch.h"
#include "library/publishing/publication.h"

namespace greenbank::peers {

/// Everything the room brings. `fetch` asks peers, `address` tells our own home.
Slice slice(Fetch& fetch, const library::PublicAddress& address);

} // namespace greenbank::peers
