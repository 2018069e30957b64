// The face of the library: what other slices may call.
#pragma once

#include "api/api.h"
#include "library/records.h"
#include "library/reference.h"

namespace greenbank::search {
class Index;
}
namespace greenbank::parties {
class TransparencyLog;
}

namespace greenbank::library {

struct PublicAddress;
class MissLog;

/// Everything the library brings; set_reference() must have been called. `index` finds entries, `misses` gathers what it did not
/// find, `address` is how others call us, `log` takes up what is published on paper.
Slice slice(search::Index& index, MissLog& misses, const PublicAddress& address, const parties::TransparencyLog& log);

/// What everybody may see of an entry: for whatever is sent, searched or matched without asking who looks.
Technology teaser(Technology entry);
Need teaser(Need entry);
CapitalOffer teaser(CapitalOffer entry);
/// The same, but one's own entries as they are.
Need listed_need(const Caller& caller, Need entry);

/// May this caller see a record in that state, owned by that organisation?
bool may_see(const Caller& caller, State state, const std::optional<Id<Organisation>>& owner);

} // namespace greenbank::library
