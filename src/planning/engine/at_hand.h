// at_hand.h — what there is to keep when the search for the cheapest plan is stopped: sizes out of longer steps, hours by a controller, and a bound that
// the prices of longer steps prove for the single ones.
#pragma once

#include "planning/engine/controller.h"

namespace greenbank::planning {

/// The cheapest columns that are found in a few hundred looks and keep every limit, else none and a `violation` without limit; in any case a proven bound.
/// `seen`: columns of a search that was not finished; their sizes are tried too. `units`: sizes that come in whole units.
solver::StagedAnswer answer_at_hand(
    const Site& site, const Series& series, const SizingProgram& sizing, const std::vector<double>& seen, const std::vector<UnitOfSize>& units);

} // namespace greenbank::planning
