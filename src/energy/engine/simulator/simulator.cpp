// simulator.cpp — where the sun stands, how the wind blows, who draws how much, and what the plant does about it.
#include "energy/engine/simulator/simulator.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "kernel/philox.h"
#include "kernel/text.h"

namespace greenbank::energy {

namespace {

constexpr double hour_moments = 3600e6, pi = 3.14159265358979323846;
constexpr Moment minute = 60'000'000;
constexpr std::string_view fault_names[] = {"stuck", "spike", "drift", "silence", "outage", "loss"};

/// The sine of the sun's height (Cooper's declination, hour angle by local solar time).
double sun_height(double latitude, double longitude, Moment at) {
    const double day_of_year = std::fmod(static_cast<double>(at) / (24 * hour_moments), 365.2425) + 1;
    const double declination = 23.45 * pi / 180 * std::sin(2 * pi * (284 + day_of_year) / 365);
    const double solar_hour = std::fmod(static_cast<double>(at) / hour_moments + longitude / 15, 24);
    const double angle = (solar_hour - 12) * 15 * pi / 180, north = latitude * pi / 180;
    return std::sin(north) * std::sin(declination) + std::cos(north) * std::cos(declination) * std::cos(angle);
}

/// Hub-height speed to a share of the installed power: cut-in 3, rated 12, cut-out 25 m/s.
double turbine_share(double speed) {
    if (speed < 3 || speed > 25) return 0;
    if (speed >= 12) return 1;
    return (speed * speed * speed - 27) / (1728 - 27);
}

/// How a day of work, a day of tourists, or an evening at home shows in the load: 0 to 1.
double habit(SimulatedKind kind, double hour) {
    const auto bump = [&](double middle, double width) {
        double away = std::abs(hour - middle);
        away = std::min(away, 24 - away);
        return std::exp(-away * away / (2 * width * width));
    };
    switch (kind) {
    case SimulatedKind::island: return 0.25 + 0.35 * bump(12, 2.5) + 0.65 * bump(19.5, 2);
    case SimulatedKind::park: return 0.35 + 0.6 * (bump(10.5, 2.5) + 0.9 * bump(15, 2.5));
    case SimulatedKind::district: return 0.3 + 0.4 * bump(8, 1.5) + 0.7 * bump(19, 2.5);
    }
    return 0;
}

double rounded(double value, double scale) { return std::round(value * scale) / scale; }

} // namespace

SimulatedPlant plant_of(SimulatedKind kind) {
    switch (kind) {
    // 12 GWh a year and a peak of 2.5 MW, as the need of the story has them; the machines of its project.
    case SimulatedKind::island: return {30.72, 122.78, 1440, 2500, 10000, 4000, 2500, 0, 20000, 40000};
    case SimulatedKind::park: return {32.2, 119.4, 8200, 16000, 6000, 0, 0, 25000, 2000, 4000};
    case SimulatedKind::district: return {43.2, 76.9, 5200, 11000, 1800, 0, 0, 20000, 500, 1000};
    }
    return {};
}

Result<SimulatedFault> parse_fault(std::string_view text, Moment start) {
    const auto bad = [] {
        return invalid({{"fault", "simulate.fault",
            "Write a fault as KIND:CHANNEL:FROM:TO or with a SIZE behind: stuck, spike, drift, silence, outage or loss; from and to in minutes after the "
            "start."}});
    };
    const auto parts = split(text, ':');
    if (parts.size() < 4 || parts.size() > 5) return bad();
    const auto kind = std::find(std::begin(fault_names), std::end(fault_names), trim(parts[0]));
    if (kind == std::end(fault_names)) return bad();
    double numbers[3] = {0, 0, 0};
    for (std::size_t i = 2; i < parts.size(); ++i) {
        const std::string_view cell = trim(parts[i]);
        const auto [end, failure] = std::from_chars(cell.data(), cell.data() + cell.size(), numbers[i - 2]);
        if (failure != std::errc{} || end != cell.data() + cell.size() || !std::isfinite(numbers[i - 2]) || std::abs(numbers[i - 2]) > 1e9) return bad();
    }
    if (numbers[0] < 0 || numbers[1] <= numbers[0]) return bad();
    return SimulatedFault{static_cast<FaultKind>(kind - std::begin(fault_names)), std::string(trim(parts[1])),
        start + static_cast<Moment>(numbers[0] * static_cast<double>(minute)), start + static_cast<Moment>(numbers[1] * static_cast<double>(minute)),
        numbers[2]};
}

struct Simulator::Flows {
    double irradiance = 0, wind_speed = 0, temperature = 0;
    double pv = 0, wind = 0, diesel = 0, battery = 0, grid = 0, load = 0, curtailed = 0, unserved = 0; // kW; battery: discharging
};

Simulator::Simulator(SimulatedKind kind, std::uint64_t seed, Moment start, std::vector<SimulatedFault> faults) :
    kind_(kind), plant_(plant_of(kind)), seed_(seed), last_(start), faults_(std::move(faults)), stuck_(faults_.size()), stored_(plant_.battery_energy / 2) {
    channels_ = {{"load_power", "kW"}, {"pv_power", "kW"}, {"battery_power", "kW"}, {"battery_charge", "%"}, {"load_energy", "kWh"}, {"pv_energy", "kWh"},
        {"irradiance", "W/m2"}, {"temperature", "degC"}};
    const auto more = [&](std::initializer_list<SimulatedChannel> some) { channels_.insert(channels_.end(), some); };
    if (kind == SimulatedKind::island)
        more(
            {{"wind_power", "kW"}, {"diesel_power", "kW"}, {"curtailed_power", "kW"}, {"wind_speed", "m/s"}, {"wind_energy", "kWh"}, {"diesel_energy", "kWh"}});
    else more({{"grid_power", "kW"}, {"grid_energy", "kWh"}});
    if (kind == SimulatedKind::park) more({{"water_in", "m3/h"}, {"water_out", "m3/h"}, {"effluent_cod", "mg/L"}});
    if (kind == SimulatedKind::district) more({{"charger_power", "kW"}, {"pm25", "ug/m3"}, {"waste_collected", "kg"}});
}

bool Simulator::order(std::string_view set_point, double value) {
    if (set_point == "pv_limit_power") pv_limit_ = std::max(0.0, value);
    else if (set_point == "battery_limit_power") battery_limit_ = std::max(0.0, value);
    else return false;
    return true;
}

/// Smooth between normal draws that stand `hours_between` apart: the same whatever moments are asked for.
double Simulator::noise(std::uint64_t stream, Moment at, double hours_between) const {
    const double place = static_cast<double>(at) / (hours_between * hour_moments), whole = std::floor(place), part = place - whole;
    const auto draw = [&](double knot) { return normal_pair(uniform_pair(seed_, stream, static_cast<std::uint64_t>(static_cast<std::int64_t>(knot))))[0]; };
    const double weight = (1 - std::cos(pi * part)) / 2;
    return draw(whole) * (1 - weight) + draw(whole + 1) * weight;
}

bool Simulator::is_out(std::string_view channel, Moment at) const {
    return std::any_of(faults_.begin(), faults_.end(),
        [&](const SimulatedFault& fault) { return fault.kind == FaultKind::outage && fault.channel == channel && at >= fault.from && at < fault.to; });
}

Simulator::Flows Simulator::flows(Moment at, double hours) {
    Flows now;
    const double height = std::max(0.0, sun_height(plant_.latitude, plant_.longitude, at));
    const double clouds = std::clamp(0.75 + 0.22 * noise(1, at, 3) + 0.1 * noise(2, at, 0.25), 0.08, 1.0);
    now.irradiance = 1050 * std::pow(height, 1.15) * clouds;
    now.wind_speed = std::max(0.0, 7.2 + 2.6 * noise(3, at, 9) + 0.9 * noise(4, at, 0.5));
    const double solar_hour = std::fmod(static_cast<double>(at) / hour_moments + plant_.longitude / 15, 24);
    now.temperature = 16 + 6 * std::sin((solar_hour - 9) / 24 * 2 * pi) + 2 * noise(5, at, 12);
    now.load = std::clamp(plant_.load_mean * (0.45 + 1.05 * habit(kind_, solar_hour)) * (1 + 0.04 * noise(6, at, 1) + 0.015 * noise(7, at, 0.1)),
        plant_.load_mean * 0.25, plant_.load_peak);
    now.pv = is_out("pv_power", at) ? 0 : plant_.pv * now.irradiance / 1000 * 0.87;
    now.wind = is_out("wind_power", at) ? 0 : plant_.wind * turbine_share(now.wind_speed);
    if (pv_limit_) now.pv = std::min(now.pv, *pv_limit_);
    const double limit = is_out("battery_power", at) ? 0 : std::min(plant_.battery_power, battery_limit_.value_or(plant_.battery_power));
    double lacking = now.load - now.pv - now.wind;
    if (hours > 0) {
        constexpr double one_way = 0.95;
        if (lacking > 0) {
            now.battery = std::min({lacking, limit, std::max(0.0, stored_ - 0.1 * plant_.battery_energy) * one_way / hours});
            stored_ -= now.battery / one_way * hours;
        } else {
            now.battery = -std::min({-lacking, limit, std::max(0.0, plant_.battery_energy - stored_) / one_way / hours});
            stored_ -= now.battery * one_way * hours;
        }
    }
    lacking -= now.battery;
    if (lacking > 0) {
        now.diesel = is_out("diesel_power", at) ? 0 : std::min(lacking, plant_.diesel);
        now.grid = std::min(lacking - now.diesel, plant_.grid);
        now.unserved = lacking - now.diesel - now.grid;
        now.load -= now.unserved;
    } else {
        now.grid = -std::min(-lacking, plant_.grid);
        now.curtailed = -lacking + now.grid;
    }
    return now;
}

std::vector<double> Simulator::step(Moment at) {
    const double hours = static_cast<double>(std::max<Moment>(0, at - last_)) / hour_moments;
    last_ = std::max(last_, at);
    const Flows now = flows(at, hours);
    double metered = now.load;
    for (const SimulatedFault& fault : faults_)
        if (fault.kind == FaultKind::loss && at >= fault.from && at < fault.to) metered *= 1 - std::clamp(fault.size, 0.0, 100.0) / 100;
    load_energy_ += metered * hours;
    pv_energy_ += (now.pv - now.curtailed * (now.pv + now.wind > 0 ? now.pv / (now.pv + now.wind) : 0)) * hours;
    wind_energy_ += (now.wind - now.curtailed * (now.pv + now.wind > 0 ? now.wind / (now.pv + now.wind) : 0)) * hours;
    diesel_energy_ += now.diesel * hours;
    grid_energy_ += std::max(0.0, now.grid) * hours;
    const double worked = habit(kind_, std::fmod(static_cast<double>(at) / hour_moments + plant_.longitude / 15, 24));
    waste_ += 240 * worked * hours;
    std::vector<double> values;
    for (const SimulatedChannel& channel : channels_) {
        double value = 0;
        if (channel.key == "load_power") value = metered;
        else if (channel.key == "pv_power") value = now.pv;
        else if (channel.key == "wind_power") value = now.wind;
        else if (channel.key == "diesel_power") value = now.diesel;
        else if (channel.key == "battery_power") value = now.battery;
        else if (channel.key == "grid_power") value = now.grid;
        else if (channel.key == "curtailed_power") value = now.curtailed;
        else if (channel.key == "battery_charge") value = stored_ / plant_.battery_energy * 100;
        else if (channel.key == "load_energy") value = load_energy_;
        else if (channel.key == "pv_energy") value = pv_energy_;
        else if (channel.key == "wind_energy") value = wind_energy_;
        else if (channel.key == "diesel_energy") value = diesel_energy_;
        else if (channel.key == "grid_energy") value = grid_energy_;
        else if (channel.key == "irradiance") value = now.irradiance;
        else if (channel.key == "wind_speed") value = now.wind_speed;
        else if (channel.key == "temperature") value = now.temperature;
        else if (channel.key == "water_in") value = 180 * worked * (1 + 0.03 * noise(8, at, 0.5));
        else if (channel.key == "water_out") value = 171 * worked * (1 + 0.03 * noise(8, at, 0.5));
        else if (channel.key == "effluent_cod") value = 38 + 5 * noise(9, at, 2);
        else if (channel.key == "charger_power") value = std::max(0.0, 700 * worked * (1 + 0.2 * noise(10, at, 0.5)));
        else if (channel.key == "pm25") value = std::max(3.0, 42 + 14 * noise(11, at, 6));
        else value = waste_;
        values.push_back(rounded(value, 100));
    }
    spoil(values, at);
    return values;
}

void Simulator::spoil(std::vector<double>& values, Moment at) {
    for (std::size_t i = 0; i < faults_.size(); ++i) {
        const SimulatedFault& fault = faults_[i];
        if (at < fault.from || at >= fault.to) continue;
        for (std::size_t channel = 0; channel < channels_.size(); ++channel) {
            if (channels_[channel].key != fault.channel) continue;
            double& value = values[channel];
            if (fault.kind == FaultKind::stuck) value = stuck_[i] ? *stuck_[i] : *(stuck_[i] = value);
            if (fault.kind == FaultKind::spike) value = rounded(value + fault.size, 100);
            if (fault.kind == FaultKind::drift) value = rounded(value + fault.size * static_cast<double>(at - fault.from) / hour_moments, 100);
            if (fault.kind == FaultKind::silence) value = std::nan("");
        }
    }
}

} // namespace greenbank::energy
