// The face of cities: inventories of territories, composite indices, certificates of zero-carbon islands, the four carbons.
#pragma once

#include "api/api.h"

namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}
namespace greenbank::energy {
class Archive;
}

namespace greenbank::cities {

/// `address` is how others call us, `log` takes up what is stated and issued, `archive` holds what channels counted.
Slice slice(const library::PublicAddress& address, const parties::TransparencyLog& log, energy::Archive& archive);

} // namespace greenbank::cities
