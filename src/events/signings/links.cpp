// links.cpp — contracts and projects of the bank behind a signing: their amount, and what became of them.
#include "events/signings/links.h"

namespace greenbank::events {

Result<std::optional<ContractFacts>> contract_facts(Transaction&, const std::string&) { return std::optional<ContractFacts>{}; }

Result<std::vector<PromiseStep>> steps_of_links(Transaction&, const Signing&) { return std::vector<PromiseStep>{}; }

} // namespace greenbank::events
