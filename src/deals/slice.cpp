// slice.cpp — what deals brings to the bank.
#include "deals/deals.h"

namespace greenbank::deals {

Slice slice() {
    return {
        .name = "deals",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
    };
}

} // namespace greenbank::deals
