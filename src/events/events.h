// The face of events: forums and what happens at them, from registration to the ledger of promises.
#pragma once

#include "api/api.h"
#include "library/publishing/publication.h"

namespace greenbank::events {

/// `address` is how others call us: badges carry it.
Slice slice(const library::PublicAddress& address);

} // namespace greenbank::events
