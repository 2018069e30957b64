// convert.h — harvested records as entries of the library: whole ones of the full format, poor ones of Dublin Core.
#pragma once

#include <variant>

#include "library/records.h"
#include "oai/harvester.h"
#include "peers/records.h"

namespace greenbank::peers {

using Entry = std::variant<library::Technology, library::Need, library::CapitalOffer>;

/// The record without what the bank sets itself: id, state, times. Its provenance holds all that the record tells; the peer's part
/// and the times are filled in from `peer` and `now`. Everything is validated as if a person had entered it.
Result<Entry> entry_of(const oai::HarvestedRecord& record, const Peer& peer, Time now);

/// The version at home that a whole record tells.
std::optional<std::int64_t> number_of(const oai::HarvestedRecord& record);

} // namespace greenbank::peers
