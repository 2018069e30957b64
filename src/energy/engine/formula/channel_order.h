// channel_order.h — computed channels in an order in which each comes after those it uses. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernel/result.h"

namespace greenbank::energy {

/// What each computed channel mentions; names that are not keys are measured. A circle is refused with its way: "a → b → a".
Result<std::vector<std::string>> channel_order(const std::map<std::string, std::vector<std::string>>& uses);

} // namespace greenbank::energy
