// steps.h — the way of a deal, written down as it goes.
#pragma once

#include "api/api.h"
#include "deals/pipeline/records.h"

namespace greenbank::deals {

/// Notes that the trail entered the stage; nothing where it is there already.
Result<Done> enter_stage(Transaction& transaction, const Caller& caller, const std::string& trail, DealStage stage);
/// Notes that it was lost where it is.
Result<Done> lose(Transaction& transaction, const Caller& caller, const std::string& trail);
/// The deal enters the stage, and its steps say so; what is lost or won stays as it is.
Result<Done> advance(Transaction& transaction, const Caller& caller, Deal deal, DealStage stage);

/// Deals in contact whose parties have signed a non-disclosure agreement go on to disclosure.
Result<Done> note_disclosures(Store& store, Time now, std::uint64_t seed);

} // namespace greenbank::deals
