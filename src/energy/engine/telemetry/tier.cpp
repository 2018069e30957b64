// tier.cpp — replacing ranges of steps; version 1 of their bytes: version, count, moments, counts, four columns of doubles, CRC-32C.
#include "energy/engine/telemetry/tier.h"

#include <algorithm>
#include <span>

#include "energy/engine/telemetry/checksum.h"
#include "energy/engine/telemetry/doubles.h"
#include "energy/engine/telemetry/integers.h"
#include "kernel/result.h"

namespace greenbank::energy {

namespace {

constexpr std::uint8_t version_1 = 1;
constexpr std::size_t checksum_bytes = 4;
constexpr double Aggregate::*columns[] = {&Aggregate::least, &Aggregate::greatest, &Aggregate::sum, &Aggregate::last};

} // namespace

std::size_t Tier::place(Moment at) const {
    return static_cast<std::size_t>(
        std::lower_bound(steps_.begin(), steps_.end(), at, [](const Step& one, Moment moment) { return one.at < moment; }) - steps_.begin());
}

void Tier::replace(Moment from, Moment to, const std::vector<Step>& fresh) {
    const auto first = steps_.begin() + static_cast<std::ptrdiff_t>(place(from)), last = steps_.begin() + static_cast<std::ptrdiff_t>(place(to));
    const std::size_t before = static_cast<std::size_t>(last - first), same = std::min(before, fresh.size());
    std::copy_n(fresh.begin(), same, first);
    if (before > same) steps_.erase(first + static_cast<std::ptrdiff_t>(same), last);
    else steps_.insert(last, fresh.begin() + static_cast<std::ptrdiff_t>(same), fresh.end());
}

void Tier::read(Moment from, Moment to, std::vector<Step>& into) const {
    into.insert(into.end(), steps_.begin() + static_cast<std::ptrdiff_t>(place(from)), steps_.begin() + static_cast<std::ptrdiff_t>(place(to)));
}

std::string encode_steps(const std::vector<Step>& steps) {
    require(!steps.empty() && steps.size() <= chunk_points_max, "a chunk of a tier holds 1 to 65,536 steps");
    std::string out(1, static_cast<char>(version_1));
    append_varint(out, steps.size());
    std::vector<std::int64_t> moments(steps.size()), counts(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        moments[i] = steps[i].at;
        counts[i] = static_cast<std::int64_t>(steps[i].values.count);
    }
    append_integers(out, moments);
    append_integers(out, counts);
    std::vector<double> values(steps.size());
    for (const auto column : columns) {
        for (std::size_t i = 0; i < steps.size(); ++i) values[i] = steps[i].values.*column;
        append_doubles(out, values);
    }
    append_fixed(out, checksum(out));
    return out;
}

ChunkFault decode_steps(std::string_view bytes, std::vector<Step>& into) {
    if (bytes.size() < 1 + checksum_bytes) return ChunkFault::truncated;
    if (static_cast<std::uint8_t>(bytes[0]) != version_1) return ChunkFault::version;
    const std::string_view body = bytes.substr(0, bytes.size() - checksum_bytes);
    ByteReader end(bytes.substr(body.size())), in(body.substr(1));
    if (checksum(body) != end.fixed<std::uint32_t>()) return ChunkFault::checksum;
    const std::uint64_t count = in.varint();
    if (in.failed() || count == 0 || count > chunk_points_max) return ChunkFault::damaged;
    std::vector<std::int64_t> moments(count), counts(count);
    if (!read_integers(in, moments) || !read_integers(in, counts)) return ChunkFault::damaged;
    std::vector<Step> steps(count);
    std::vector<double> values(count);
    for (const auto column : columns) {
        if (!read_doubles(in, values)) return ChunkFault::damaged;
        for (std::size_t i = 0; i < count; ++i) steps[i].values.*column = values[i];
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (counts[i] <= 0 || (i > 0 && moments[i] <= moments[i - 1])) return ChunkFault::damaged;
        steps[i].at = moments[i];
        steps[i].values.count = static_cast<std::uint64_t>(counts[i]);
    }
    if (!in.at_end()) return ChunkFault::damaged;
    into.insert(into.end(), steps.begin(), steps.end());
    return ChunkFault::none;
}

} // namespace greenbank::energy
