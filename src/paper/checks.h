// checks.h — what can be set on paper: valid UTF-8, finite figures, whole rows, nothing over a limit.
#pragma once

#include <span>

#include "kernel/result.h"
#include "paper/paper.h"

namespace greenbank::paper {

Result<Done> check(const Front& front, const Limits& limits);
/// `first`: the number of the first block in its document, for the names of places.
Result<Done> check(std::span<const Block> blocks, std::size_t first, const Limits& limits);

} // namespace greenbank::paper
