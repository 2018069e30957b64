// rights.h — who may do what in the room.
#pragma once

#include "api/api.h"

namespace greenbank::cities {

/// Enter territories, inventories, indices, scenarios, targets and certificates of one's own organisation.
inline constexpr Right write_cities{"cities.write"};
/// Finish and publish them; apply for certificates.
inline constexpr Right submit_cities{"cities.submit"};
/// Verify certificates, for the organisation that was named for it.
inline constexpr Right verify_cities{"cities.verify"};
/// See all of it, issue certificates and decide appeals for the bank.
inline constexpr Right run_cities{"bank.cities"};

} // namespace greenbank::cities
