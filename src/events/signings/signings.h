// signings.h — what is signed at an event and what followed; the board that shows it.
#pragma once

#include "events/forum/parts.h"
#include "events/signings/records.h"

namespace greenbank::events {

/// Exact sums by currency, the largest first.
class Amounts {
public:
    void add(const Money& amount);
    std::vector<Money> all() const;

private:
    std::vector<Money> sums_;
};

/// What the rooms of deals and projects know of a signing that names them: dated steps with their evidence, in the currency that was signed.
Result<std::vector<PromiseStep>> steps_of_links(Transaction& transaction, const Signing& signing);

/// What was signed at events that everybody may see, the latest first.
Result<std::vector<Signing>> open_signings(Transaction& transaction);

std::vector<Endpoint> signing_endpoints();
std::vector<Endpoint> board_endpoints();
std::vector<Endpoint> promise_endpoints();

} // namespace greenbank::events
