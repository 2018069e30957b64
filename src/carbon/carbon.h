// The face of carbon: footprints, factors and labels, inventories of organisations, verified reductions.
#pragma once

#include "api/api.h"
#include "carbon/factors/factors.h"
#include "carbon/inventories/compute.h" // which factor holds for an activity: inventories of territories ask the same way
#include "carbon/reductions/verified.h"

namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}

namespace greenbank::energy {
class Archive;
}

namespace greenbank::carbon {

class PartnerExchange;

/// `address` is how others call us, `log` takes up what is stated, verified and published on paper.
/// `exchange` speaks PACT with partners; its addresses lie beside the API, so that the edge hands it what it takes.
/// `archive` holds what meters sent.
Slice slice(const library::PublicAddress& address, const parties::TransparencyLog& log, PartnerExchange& exchange, energy::Archive& archive);

// Of compute.h, for territories: FactorTable. Of verified.h, for the registry and for loans: VerifiedReduction, reduction_ready(), reduction_issued(), verified_reductions().

} // namespace greenbank::carbon
