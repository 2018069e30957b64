// slices.cpp — one line a slice.
#include "app/bank.h"

namespace greenbank::app {

std::vector<Slice> slices(const Rooms& rooms) {
    return {
        api_slice(),
        parties::slice(rooms.access),
        library::slice(rooms.index, rooms.address),
        peers::slice(rooms.fetch, rooms.address),
        ledger::slice(),
        match::slice(rooms.matcher),
        sample_slice(sample_sets()),
    };
}

} // namespace greenbank::app
