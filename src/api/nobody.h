// nobody.h — the caller behind what the bank does by itself: no person, a time, and numbers for ids.
#pragma once

#include "api/api.h"

namespace greenbank {

inline Caller nobody(Time now, std::uint64_t seed) {
    Caller caller;
    caller.now = now;
    caller.random = Random(seed);
    return caller;
}

} // namespace greenbank
