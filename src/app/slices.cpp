// slices.cpp — one line a slice.
#include "app/bank.h"
#include "app/search_commands.h"

namespace greenbank::app {

std::vector<Slice> slices(const Rooms& rooms) {
    return {
        api_slice(),
        parties::slice(rooms.access),
        with_search_commands(library::slice(rooms.index, rooms.misses, rooms.address, rooms.access.transparency())),
        peers::slice(rooms.fetch, rooms.address),
        ledger::slice(rooms.book, rooms.address.base),
        match::slice(rooms.matcher),
        deals::slice(),
        sample_slice(sample_sets(), sample_steps(rooms.book)),
    };
}

} // namespace greenbank::app
