// folder.cpp — the components of a network out of the tables of a folder, with PyPSA's defaults where a column is missing.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "kernel/text.h"
#include "planning/engine/network/tables.h"

namespace greenbank::planning::network {

double Network::emissions_of(const std::string& carrier) const {
    for (const Carrier& one : carriers)
        if (one.name == carrier) return one.co2_emissions;
    return 0;
}

namespace {

class Reader : FolderTables {
public:
    explicit Reader(const std::map<std::string, std::string>& files) : FolderTables(files) {}

    Result<Network> read() {
        read_frame();
        read_snapshots();
        if (!problems_.empty()) return invalid(std::move(problems_));
        read_buses();
        read_components();
        for (const auto& [name, text] : files_)
            if (!used_.contains(name)) made_.ignored.push_back(name);
        if (made_.buses.empty() && problems_.empty()) problem("buses.csv", "planning.network_empty", "There is no bus.");
        if (!problems_.empty()) return invalid(std::move(problems_));
        return std::move(made_);
    }

private:
    std::size_t bus(const Table& table, std::size_t row, std::string_view column) {
        const std::string name(cell(table, row, column));
        const auto found = bus_numbers_.find(name);
        if (found != bus_numbers_.end()) return found->second;
        problem(place(table, row, column), "planning.network_bus", "There is no bus {bus}.", {{"bus", name.substr(0, 80)}});
        return 0;
    }

    Size size(const Table& table, std::size_t row, const std::string& nom) {
        Size size;
        size.given = finite(table, row, nom, 0, 0);
        size.extendable = flag(table, row, nom + "_extendable", false);
        size.least = finite(table, row, nom + "_min", 0, 0);
        size.most = number(table, row, nom + "_max", endless, 0);
        size.capital_cost = finite(table, row, "capital_cost", 0);
        if (size.extendable && size.most < size.least)
            problem(place(table, row, nom + "_max"), "planning.sizes_crossed", "The largest size is below the smallest.");
        if (number(table, row, nom + "_mod", 0) != 0)
            problem(place(table, row, nom + "_mod"), "planning.network_unsupported", "{what} is not planned here yet.", {{"what", nom + "_mod"}});
        return size;
    }

    void ordered(const Table& table, std::size_t row, const Varying& low, const Varying& high, std::string_view what) {
        for (std::size_t t = 0; t < made_.snapshots.size(); ++t) {
            if (low.at(t) <= high.at(t)) continue;
            problem(place(table, row, what), "planning.network_crossed", "The least is above the most at snapshot {snapshot}.",
                {{"snapshot", std::to_string(t + 1)}});
            return;
        }
    }

    void read_frame() {
        if (const auto table = table_of("network.csv"); table && !table->names.empty()) {
            made_.name = table->names[0];
            if (flag(*table, 0, "_multi_invest", false))
                problem("network.csv", "planning.network_unsupported", "{what} is not planned here yet.", {{"what", "_multi_invest"}});
        }
        if (const auto csv = csv_of("investment_periods.csv"); csv && !csv->rows.empty())
            problem("investment_periods.csv", "planning.network_unsupported", "{what} is not planned here yet.", {{"what", "investment_periods"}});
    }

    void read_snapshots() {
        const auto csv = csv_of("snapshots.csv");
        if (!csv) {
            if (!files_.contains("snapshots.csv"))
                problem("snapshots.csv", "planning.network_file", "The folder has no file {file}.", {{"file", "snapshots.csv"}});
            return;
        }
        if (csv->rows.empty() || csv->rows.size() > snapshots_max) {
            problem("snapshots.csv", "planning.network_snapshots", "There must be 1 to {count} snapshots.", {{"count", std::to_string(snapshots_max)}});
            return;
        }
        int label = csv->column("snapshot");
        if (label < 0) label = csv->column("name");
        std::set<std::string_view> labels;
        const int plain = csv->column("weightings");
        for (std::size_t row = 0; row < csv->rows.size(); ++row) {
            made_.snapshots.push_back(csv->rows[row][static_cast<std::size_t>(std::max(0, label))]);
            snapshots_.emplace_back(made_.snapshots.back(), csv->rows[row][0]);
            for (const auto& [name, hours] : {std::pair<std::string_view, std::vector<double>*>("objective", &made_.objective_hours),
                     {"stores", &made_.store_hours}, {"generators", &made_.generator_hours}}) {
                int column = csv->column(name);
                if (column < 0) column = plain;
                double value = 1;
                if (column >= 0 && !trim(csv->rows[row][static_cast<std::size_t>(column)]).empty()) {
                    const auto read = parse_number(csv->rows[row][static_cast<std::size_t>(column)]);
                    if (!read || !std::isfinite(*read) || *read < 0 || *read > 1e6)
                        problem(fmt::format("snapshots.csv line {}: {}", csv->lines[row], name), "planning.network_number", "{cell} is not a number.",
                            {{"cell", csv->rows[row][static_cast<std::size_t>(column)].substr(0, 40)}});
                    else value = *read;
                }
                hours->push_back(value);
            }
        }
        for (std::size_t row = 0; row < made_.snapshots.size(); ++row)
            if (!labels.insert(made_.snapshots[row]).second)
                problem(fmt::format("snapshots.csv line {}", csv->lines[row]), "planning.network_snapshot_twice", "The snapshot {name} stands twice.",
                    {{"name", made_.snapshots[row].substr(0, 60)}});
    }

    void read_buses() {
        if (const auto table = table_of("carriers.csv"))
            for (std::size_t row = 0; row < table->names.size(); ++row)
                made_.carriers.push_back({table->names[row], finite(*table, row, "co2_emissions", 0, 0)});
        const auto table = table_of("buses.csv");
        if (!table) {
            if (!files_.contains("buses.csv")) problem("buses.csv", "planning.network_file", "The folder has no file {file}.", {{"file", "buses.csv"}});
            return;
        }
        read_series("buses", *table);
        for (std::size_t row = 0; row < table->names.size(); ++row) {
            const std::string carrier(cell(*table, row, "carrier"));
            bus_numbers_.emplace(table->names[row], row);
            made_.buses.push_back({table->names[row], carrier.empty() ? "AC" : carrier, finite(*table, row, "v_nom", 1, 1e-6)});
        }
    }

    void read_components() {
        if (const auto table = table_of("loads.csv")) {
            read_series("loads", *table);
            for (std::size_t row = 0; row < table->names.size(); ++row)
                if (flag(*table, row, "active", true))
                    made_.loads.push_back({table->names[row], bus(*table, row, "bus"), varying(*table, row, "p_set", 0), finite(*table, row, "sign", -1)});
        }
        if (const auto table = table_of("generators.csv")) read_generators(*table);
        if (const auto table = table_of("links.csv")) read_links(*table);
        if (const auto table = table_of("lines.csv")) read_branches(*table, "lines", false);
        if (const auto table = table_of("transformers.csv")) read_branches(*table, "transformers", true);
        if (const auto table = table_of("storage_units.csv")) read_storage_units(*table);
        if (const auto table = table_of("stores.csv")) read_stores(*table);
        if (const auto table = table_of("global_constraints.csv")) read_limits(*table);
    }

    void read_generators(const Table& table) {
        read_series("generators", table);
        for (std::size_t row = 0; row < table.names.size(); ++row) {
            if (!flag(table, row, "active", true)) continue;
            Generator one;
            one.name = table.names[row], one.carrier = cell(table, row, "carrier"), one.bus = bus(table, row, "bus");
            one.size = size(table, row, "p_nom");
            one.p_min = varying(table, row, "p_min_pu", 0), one.p_max = varying(table, row, "p_max_pu", 1);
            ordered(table, row, one.p_min, one.p_max, "p_max_pu");
            one.marginal_cost = varying(table, row, "marginal_cost", 0), one.efficiency = varying(table, row, "efficiency", 1, 1e-9);
            one.sign = finite(table, row, "sign", 1);
            one.energy_min = number(table, row, "e_sum_min", -endless), one.energy_max = number(table, row, "e_sum_max", endless);
            one.ramp_up = number(table, row, "ramp_limit_up", endless, 0), one.ramp_down = number(table, row, "ramp_limit_down", endless, 0);
            if (finite(table, row, "marginal_cost_quadratic", 0) != 0)
                problem(place(table, row, "marginal_cost_quadratic"), "planning.network_unsupported", "{what} is not planned here yet.",
                    {{"what", "marginal_cost_quadratic"}});
            Commitment& commitment = one.commitment;
            commitment.wanted = flag(table, row, "committable", false);
            commitment.start_up_cost = finite(table, row, "start_up_cost", 0, 0), commitment.shut_down_cost = finite(table, row, "shut_down_cost", 0, 0);
            commitment.stand_by_cost = finite(table, row, "stand_by_cost", 0, 0);
            commitment.min_up_time = static_cast<int>(finite(table, row, "min_up_time", 0, 0, 100'000));
            commitment.min_down_time = static_cast<int>(finite(table, row, "min_down_time", 0, 0, 100'000));
            commitment.on_before = finite(table, row, "up_time_before", 1, 0) > 0;
            if (commitment.wanted && one.size.extendable)
                problem(place(table, row, "committable"), "planning.network_unsupported", "{what} is not planned here yet.",
                    {{"what", "committable + p_nom_extendable"}});
            made_.generators.push_back(std::move(one));
        }
    }

    void read_links(const Table& table) {
        read_series("links", table);
        for (std::size_t row = 0; row < table.names.size(); ++row) {
            if (!flag(table, row, "active", true)) continue;
            Link one;
            one.name = table.names[row], one.carrier = cell(table, row, "carrier"), one.from = bus(table, row, "bus0");
            one.outputs.push_back({bus(table, row, "bus1"), varying(table, row, "efficiency", 1)});
            for (int k = 2; k < 10; ++k)
                if (const std::string name = "bus" + std::to_string(k); !cell(table, row, name).empty())
                    one.outputs.push_back({bus(table, row, name), varying(table, row, "efficiency" + std::to_string(k), 1)});
            one.size = size(table, row, "p_nom");
            one.p_min = varying(table, row, "p_min_pu", 0), one.p_max = varying(table, row, "p_max_pu", 1);
            ordered(table, row, one.p_min, one.p_max, "p_max_pu");
            one.marginal_cost = varying(table, row, "marginal_cost", 0);
            if (flag(table, row, "committable", false))
                problem(place(table, row, "committable"), "planning.network_unsupported", "{what} is not planned here yet.", {{"what", "links: committable"}});
            made_.links.push_back(std::move(one));
        }
    }

    void read_branches(const Table& table, const std::string& component, bool transformer) {
        read_series(component, table);
        for (std::size_t row = 0; row < table.names.size(); ++row) {
            if (!flag(table, row, "active", true)) continue;
            Branch one;
            one.name = table.names[row], one.transformer = transformer, one.from = bus(table, row, "bus0"), one.to = bus(table, row, "bus1");
            one.size = size(table, row, "s_nom");
            one.limit = varying(table, row, "s_max_pu", 1, 0);
            if (!problems_.empty()) continue; // buses may be unknown
            const Bus& at = made_.buses[one.from];
            const bool direct = at.carrier == "DC";
            const double x = finite(table, row, direct ? "r" : "x", 0, 0), parallel = finite(table, row, "num_parallel", 1, 0);
            if (!cell(table, row, "type").empty() && x == 0 && parallel > 0)
                problem(place(table, row, "type"), "planning.network_type", "Standard types of lines are not known here; write {column} itself.",
                    {{"column", direct ? "r" : "x"}});
            if (transformer) {
                const double tap = finite(table, row, "tap_ratio", 1, 1e-9);
                one.impedance = one.size.given > 0 ? x / one.size.given * tap : x * tap;
                one.phase_shift = finite(table, row, "phase_shift", 0) * 3.14159265358979323846 / 180;
            } else one.impedance = x / (at.v_nom * at.v_nom);
            made_.branches.push_back(std::move(one));
        }
    }

    void read_storage_units(const Table& table) {
        read_series("storage_units", table);
        for (std::size_t row = 0; row < table.names.size(); ++row) {
            if (!flag(table, row, "active", true)) continue;
            StorageUnit one;
            one.name = table.names[row], one.carrier = cell(table, row, "carrier"), one.bus = bus(table, row, "bus");
            one.size = size(table, row, "p_nom");
            one.max_hours = finite(table, row, "max_hours", 1, 0), one.standing_loss = finite(table, row, "standing_loss", 0, 0, 1);
            one.initial = finite(table, row, "state_of_charge_initial", 0, 0), one.cyclic = flag(table, row, "cyclic_state_of_charge", false);
            one.efficiency_store = varying(table, row, "efficiency_store", 1, 0), one.efficiency_dispatch = varying(table, row, "efficiency_dispatch", 1, 1e-9);
            one.inflow = varying(table, row, "inflow", 0, 0), one.p_min = varying(table, row, "p_min_pu", -1), one.p_max = varying(table, row, "p_max_pu", 1);
            one.marginal_cost = varying(table, row, "marginal_cost", 0), one.spill_cost = finite(table, row, "spill_cost", 0);
            made_.storage_units.push_back(std::move(one));
        }
    }

    void read_stores(const Table& table) {
        read_series("stores", table);
        for (std::size_t row = 0; row < table.names.size(); ++row) {
            if (!flag(table, row, "active", true)) continue;
            Store one;
            one.name = table.names[row], one.carrier = cell(table, row, "carrier"), one.bus = bus(table, row, "bus");
            one.size = size(table, row, "e_nom");
            one.e_min = varying(table, row, "e_min_pu", 0), one.e_max = varying(table, row, "e_max_pu", 1);
            ordered(table, row, one.e_min, one.e_max, "e_max_pu");
            one.marginal_cost = varying(table, row, "marginal_cost", 0), one.standing_loss = finite(table, row, "standing_loss", 0, 0, 1);
            one.initial = finite(table, row, "e_initial", 0), one.cyclic = flag(table, row, "e_cyclic", false);
            made_.stores.push_back(std::move(one));
        }
    }

    void read_limits(const Table& table) {
        for (std::size_t row = 0; row < table.names.size(); ++row) {
            EmissionLimit one{table.names[row], Sense::at_most, finite(table, row, "constant", 0)};
            const std::string_view type = cell(table, row, "type"), attribute = cell(table, row, "carrier_attribute"), sense = cell(table, row, "sense");
            if ((!type.empty() && type != "primary_energy") || (!attribute.empty() && attribute != "co2_emissions"))
                problem(place(table, row, "type"), "planning.network_unsupported", "{what} is not planned here yet.",
                    {{"what", std::string(type.substr(0, 40)) + " " + std::string(attribute.substr(0, 40))}});
            if (sense == "==" || sense == "=") one.sense = Sense::equal; // PyPSA's default
            else if (sense == ">=") one.sense = Sense::at_least;
            else if (sense == "<=") one.sense = Sense::at_most;
            else if (sense.empty()) one.sense = Sense::equal;
            else
                problem(place(table, row, "sense"), "planning.network_sense", "{cell} is none of <=, == and >=.", {{"cell", std::string(sense.substr(0, 40))}});
            made_.emission_limits.push_back(std::move(one));
        }
    }

    std::map<std::string, std::size_t, std::less<>> bus_numbers_;
    Network made_;
};

} // namespace

Result<Network> read_network(const std::map<std::string, std::string>& files) { return Reader(files).read(); }

} // namespace greenbank::planning::network
