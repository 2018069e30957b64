// doubles.h — any doubles in few bytes, each back bit for bit: as decimals (23.45 is 2345 and two places) where most of them are such, the others aside;
// else as their bit patterns.
#pragma once

#include <span>
#include <string>

#include "energy/engine/telemetry/byte_stream.h"

namespace greenbank::energy {

void append_doubles(std::string& out, std::span<const double> values);
bool read_doubles(ByteReader& in, std::span<double> into);

} // namespace greenbank::energy
