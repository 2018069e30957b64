// normalise.h — every indicator on one scale on which more is better.
#pragma once

#include "cities/engine/prepare.h"

namespace greenbank::cities {

/// Of a fraction of the greatest value that is 0 the numbers are infinite or none, as division has it; check_finite() tells them.
void normalise(const Context& context, const Normalise& how, Table& table, Problems& problems);

/// Names the indicators that cannot be aggregated.
void check_finite(const Context& context, const Table& table, Problems& problems);

} // namespace greenbank::cities
