// checksum.h — CRC-32C (Castagnoli), eight bytes a step by tables.
#pragma once

#include <cstdint>
#include <string_view>

namespace greenbank::energy {

std::uint32_t checksum(std::string_view bytes);

} // namespace greenbank::energy
