// rights.h — who may do what in the room.
#pragma once

#include "api/api.h"

namespace greenbank::carbon {

/// Enter inventories, reduction projects, meters and readings of one's own organisation.
inline constexpr Right write_carbon{"carbon.write"};
/// Submit them, and finish inventories.
inline constexpr Right submit_carbon{"carbon.submit"};
/// Judge and confirm, for the assessor that the project names.
inline constexpr Right verify_carbon{"carbon.verify"};
/// See all of it.
inline constexpr Right see_carbon{"bank.carbon"};

} // namespace greenbank::carbon
