// The face of the library: what other slices may call.
#pragma once

#include "api/api.h"
#include "library/records.h"
#include "library/reference.h"

namespace greenbank::search {
class Index;
}

namespace greenbank::library {

struct PublicAddress;

/// Everything the library brings; set_reference() must have been called. `index` finds entries, `address` is how others call us.
Slice slice(search::Index& index, const PublicAddress& address);

/// What everybody may see of an entry: for whatever is sent, searched or matched without asking who looks.
Technology teaser(Technology entry);
Need teaser(Need entry);
CapitalOffer teaser(CapitalOffer entry);
/// The same, but one's own entries as they are.
Need listed_need(const Caller& caller, Need entry);

/// May this caller see a record in that state, owned by that organisation?
bool may_see(const Caller& caller, State state, const std::optional<Id<Organisation>>& owner);

} // namespace greenbank::library
