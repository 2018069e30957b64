// integers.h — any 64-bit integers in few bits: as they are, as differences, or as differences of differences, whichever is shortest;
// 128 at a time above their least, each block in as many bits as it needs. Times, decimals and raw doubles are all stored so.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "energy/engine/telemetry/byte_stream.h"

namespace greenbank::energy {

void append_integers(std::string& out, std::span<const std::int64_t> numbers);
/// As many as `into` holds; false where the bytes are none that append_integers wrote.
bool read_integers(ByteReader& in, std::span<std::int64_t> into);

} // namespace greenbank::energy
