// simulator.h — an island, an industrial park and a city district that live by a seed: sun, wind, machines, loads, meters, and faults one can put in.
// Pure and the same on every machine: what is drawn depends on seed and time alone; only the battery and the meters remember. All of it is a sample.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "energy/engine/telemetry/points.h"
#include "kernel/result.h"

namespace greenbank::energy {

enum class SimulatedKind { island, park, district };

struct SimulatedChannel {
    std::string_view key, unit;
};

/// Sensors: stuck at its value, a spike or a drift added, silent. The plant itself: an outage, a loss behind the meters (percent of the load).
enum class FaultKind { stuck, spike, drift, silence, outage, loss };
struct SimulatedFault {
    FaultKind kind = FaultKind::silence;
    std::string channel; // of outage: pv_power, wind_power, diesel_power, battery_power; of loss: none
    Moment from = 0, to = 0;
    double size = 0; // spike: added; drift: added per hour; loss: percent
};
/// "stuck:pv_power:60:120" or "drift:load_power:60:240:5": minutes after `start`.
Result<SimulatedFault> parse_fault(std::string_view text, Moment start);

struct SimulatedPlant {
    double latitude = 0, longitude = 0;
    double load_mean = 0, load_peak = 0;           // kW
    double pv = 0, wind = 0, diesel = 0, grid = 0; // kW installed
    double battery_power = 0, battery_energy = 0;  // kW, kWh
};
SimulatedPlant plant_of(SimulatedKind kind);

class Simulator {
public:
    Simulator(SimulatedKind kind, std::uint64_t seed, Moment start, std::vector<SimulatedFault> faults = {});

    const std::vector<SimulatedChannel>& channels() const { return channels_; }
    /// Values at `at`, which is later than the one before; in the order of channels(). No number: the sensor is silent.
    std::vector<double> step(Moment at);
    /// An order that the plant obeys from now on: pv_limit_power, battery_limit_power (kW). False where it knows no such set point.
    bool order(std::string_view set_point, double value);

private:
    struct Flows;
    Flows flows(Moment at, double hours);
    double noise(std::uint64_t stream, Moment at, double hours_between) const;
    bool is_out(std::string_view channel, Moment at) const;
    void spoil(std::vector<double>& values, Moment at);

    SimulatedKind kind_;
    SimulatedPlant plant_;
    std::uint64_t seed_;
    Moment last_;
    std::vector<SimulatedFault> faults_;
    std::vector<std::optional<double>> stuck_; // of each fault
    std::vector<SimulatedChannel> channels_;
    double stored_;                                                                                              // kWh in the battery
    double load_energy_ = 0, pv_energy_ = 0, wind_energy_ = 0, diesel_energy_ = 0, grid_energy_ = 0, waste_ = 0; // meters
    std::optional<double> pv_limit_, battery_limit_;
};

} // namespace greenbank::energy

namespace greenbank {
template <class E> struct Choices;
template <> struct Choices<energy::SimulatedKind> {
    static constexpr std::string_view name = "simulated_kind";
    static constexpr std::string_view values[] = {"island", "park", "district"};
};
} // namespace greenbank
