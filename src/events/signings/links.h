// links.h — what a signing takes over from the contract that it names.
#pragma once

#include "events/signings/signings.h"

namespace greenbank::events {

struct ContractFacts {
    Money amount;
};
/// Nothing where there is no such contract.
Result<std::optional<ContractFacts>> contract_facts(Transaction& transaction, const std::string& id);

} // namespace greenbank::events
