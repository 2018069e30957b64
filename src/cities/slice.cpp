// slice.cpp — what cities brings to the bank.
#include "cities/cities.h"
#include "cities/index_files.h"

namespace greenbank::cities {

Slice slice() {
    return {
        .name = "cities",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {compute_command()},
    };
}

} // namespace greenbank::cities
