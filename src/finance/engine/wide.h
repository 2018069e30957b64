// wide.h — 128 bits, for products of amounts and parts that do not fit in 64.
#pragma once

namespace greenbank::finance {

__extension__ using Wide = __int128;

} // namespace greenbank::finance
