// Telemetry in memory: 1,000 channels of 10,000 five-minute values with two decimals (a daily cycle and noise that remembers), as the peers in
// ../shared/anchors/energy.md were given. Bytes a point with and without what a store adds, points per CPU-second in and out, hourly means of 30
// days. Beside it the same points by XOR and differences of differences (Gorilla, Pelkonen et al. 2015), and as plain pairs of eight bytes.
//   telemetry_bench [channels] [points]
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <numbers>
#include <vector>

#include "cpu.h"
#include "energy/engine/anomaly/detector.h"
#include "energy/engine/telemetry/channel.h"
#include "gorilla.h"
#include "kernel/result.h"
#include "points.h"

namespace greenbank::energy {
namespace {

using greenbank::bench::cpu_seconds;

template <class Work> double best_of_3(Work work) {
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        const double before = cpu_seconds();
        work();
        best = std::min(best, cpu_seconds() - before);
    }
    return best;
}

void measure(std::size_t channels, std::size_t count) {
    std::vector<Points> all;
    for (std::size_t i = 0; i < channels; ++i) all.push_back(channel_points(i, count));
    const double points = static_cast<double>(channels * count), millions = points / 1e6;

    // In: chunks alone, then channels with their tiers, given 100 values at a time.
    std::vector<std::string> chunks;
    const double encoding = best_of_3([&] {
        chunks.clear();
        for (const Points& one : all)
            for (std::size_t from = 0; from < one.size(); from += 2048) chunks.push_back(encode_chunk(one, from, std::min(one.size(), from + 2048)));
    });
    std::vector<ChannelLog> bank;
    const double ingesting = best_of_3([&] {
        bank.assign(channels, ChannelLog());
        for (std::size_t from = 0; from < count; from += 100)
            for (std::size_t i = 0; i < channels; ++i) {
                const std::size_t size = std::min<std::size_t>(100, count - from);
                bank[i].add(std::span(all[i].times).subspan(from, size), std::span(all[i].values).subspan(from, size));
                ChunkFault fault = ChunkFault::none;
                if (bank[i].head().size() >= 2048 || from + size == count) bank[i].seal(from + size == count, fault);
                require(fault == ChunkFault::none, "a chunk was not read back");
            }
    });
    std::size_t chunk_bytes = 0, rows = 0, day_bytes = 0, hour_bytes = 0;
    for (const ChannelLog& channel : bank) {
        for (const auto& [at, row] : channel.chunks()) {
            chunk_bytes += row.bytes.size();
            ++rows;
        }
        day_bytes += encode_steps(channel.days().steps()).size();
        std::vector<Step> hours;
        channel.read_steps(begin, begin + static_cast<Moment>(count) * five_minutes, hour, hours);
        hour_bytes += encode_steps(hours).size();
    }
    constexpr std::size_t row_bytes = 40; // channel, first, last, count, lengths and the key once more in the index of a store's row
    const auto a_point = [&](std::size_t bytes) { return static_cast<double>(bytes) / points; };
    fmt::print("{:.1f} million points, {} channels\n", millions, channels);
    fmt::print(
        "bytes a point: chunks {:.3f}, with {} rows of index and the tier of days {:.3f}; a tier of hours would add {:.3f} (kept from {} points an hour on)\n",
        a_point(chunk_bytes), rows, a_point(chunk_bytes + row_bytes * (rows + channels) + day_bytes), a_point(hour_bytes), tier_worth_storing);
    fmt::print("encode: {:.1f} million points per CPU-second; through channels with tiers of days: {:.1f}\n", millions / encoding, millions / ingesting);

    // Out.
    Points out;
    double sum = 0;
    const double decoding = best_of_3([&] {
        for (const std::string& chunk : chunks) {
            out.times.clear();
            out.values.clear();
            require(decode_chunk(chunk, out) == ChunkFault::none, "a chunk was not read back");
            sum += out.values.back();
        }
    });
    fmt::print("decode: {:.1f} million points per CPU-second\n", millions / decoding);
    const auto ask = [&](Moment step, Moment length) {
        std::size_t steps = 0;
        sum = 0;
        const double seconds = best_of_3([&] {
            steps = 0;
            sum = 0;
            std::vector<Step> list;
            for (const ChannelLog& channel : bank) {
                list.clear();
                channel.read_steps(begin, begin + length, step, list);
                steps += list.size();
                for (const Step& one : list) sum += one.values.mean();
            }
        });
        fmt::print(
            "means of {} hours over {} days, all channels: {} steps in {:.4f} CPU-seconds (sum {:.6f})\n", step / hour, length / day, steps, seconds, sum);
    };
    ask(hour, 30 * day);
    ask(day, 30 * day);

    // Beside: Gorilla's codec on the same points.
    std::vector<std::string> peers;
    const double peer_in = best_of_3([&] {
        peers.clear();
        for (const Points& one : all)
            for (std::size_t from = 0; from < one.size(); from += 2048) peers.push_back(gorilla_encode(one, from, std::min(one.size(), from + 2048)));
    });
    std::size_t peer_bytes = 0;
    const double peer_out = best_of_3([&] {
        peer_bytes = 0;
        for (const std::string& chunk : peers) {
            out.times.clear();
            out.values.clear();
            gorilla_decode(chunk, out);
            peer_bytes += chunk.size();
        }
    });
    require(out.values.back() == all.back().values.back() && out.times.back() == all.back().times.back(), "the peer did not come back");
    fmt::print(
        "Gorilla: {:.3f} bytes a point, encode {:.1f}, decode {:.1f} million points per CPU-second: {:.1f} times our bytes, {:.1f} and {:.1f} times our time\n",
        a_point(peer_bytes), millions / peer_in, millions / peer_out, static_cast<double>(peer_bytes) / static_cast<double>(chunk_bytes), peer_in / encoding,
        peer_out / decoding);

    const std::size_t some = std::min<std::size_t>(channels, 100);
    std::size_t alarms = 0;
    const double judging = best_of_3([&] {
        alarms = 0;
        for (std::size_t i = 0; i < some; ++i) {
            Detector detector;
            for (std::size_t k = 0; k < count; ++k) alarms += detector.judge(all[i].times[k] / 1'000'000, all[i].values[k]).alarm;
        }
    });
    const double judged = static_cast<double>(some * count);
    fmt::print("anomalies: {:.1f} million points per CPU-second; {:.3f} alarms a device and day where nothing is wrong\n", judged / 1e6 / judging,
        static_cast<double>(alarms) / (judged / 288));
}

} // namespace
} // namespace greenbank::energy

int main(int count, char** words) {
    greenbank::energy::measure(count > 1 ? std::strtoull(words[1], nullptr, 10) : 1000, count > 2 ? std::strtoull(words[2], nullptr, 10) : 10'000);
}
