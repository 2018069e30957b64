// named_point.h — a point as a device says it.
#pragma once

#include <cstdint>
#include <string_view>

namespace greenbank::energy {

/// A word of the device about its own value. Bad values are kept aside: they are shown, and counted in nothing.
enum class Quality : std::uint8_t { good, uncertain, estimated, substituted, bad };

struct NamedPoint {
    std::string_view channel;       // the key
    std::int64_t at_milliseconds{}; // since 1970
    double value = 0;
    Quality quality = Quality::good;
};

} // namespace greenbank::energy
