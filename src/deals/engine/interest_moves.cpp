// interest_moves.cpp — the table of an interest's life.
#include "deals/engine/interest_moves.h"

namespace greenbank::deals {

namespace {

using State = InterestState;
using Verb = InterestVerb;
using Part = InterestPart;
constexpr InterestGuard none = InterestGuard::none;

constexpr InterestMove table[] = {
    {State::sent, Verb::take, Part::bank, State::with_adviser, none, true},
    {State::sent, Verb::withdraw, Part::party, State::withdrawn},
    {State::with_adviser, Verb::forward, Part::adviser, State::forwarded, none, true},
    {State::with_adviser, Verb::return_, Part::adviser, State::returned}, // it names who is asking, or says too little
    {State::with_adviser, Verb::take, Part::bank, State::with_adviser},   // another adviser takes over
    {State::with_adviser, Verb::decline, Part::adviser, State::declined},
    {State::with_adviser, Verb::withdraw, Part::party, State::withdrawn},
    {State::returned, Verb::amend, Part::party, State::with_adviser, none, true},
    {State::returned, Verb::withdraw, Part::party, State::withdrawn},
    {State::forwarded, Verb::accept, Part::owner, State::accepted, none, true},
    {State::forwarded, Verb::decline, Part::owner, State::declined},
    {State::forwarded, Verb::withdraw, Part::party, State::withdrawn},
};

} // namespace

std::span<const InterestMove> interest_moves() { return table; }

} // namespace greenbank::deals
