// The face of carbon: footprints, factors and labels, inventories and verified reductions.
#pragma once

#include "api/api.h"

namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}

namespace greenbank::carbon {

/// `address` is how others call us, `log` takes up what is stated.
Slice slice(const library::PublicAddress& address, const parties::TransparencyLog& log);

} // namespace greenbank::carbon
