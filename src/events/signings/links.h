// links.h — contracts and projects of the bank behind a signing: what it takes over from them, and what became of them.
#pragma once

#include "events/signings/signings.h"

namespace greenbank::events {

/// Checks what a signing names and takes the contract's amount. Only a party of the contract, or an adviser, may put it on a board.
Result<Done> take_over(Transaction& transaction, const Caller& caller, Signing& signing, Problems& problems);
/// Failure::conflict "signing.contract_unsigned" while its parties have not all signed the contract itself.
Result<Done> check_signed(Transaction& transaction, const Signing& signing);

} // namespace greenbank::events
