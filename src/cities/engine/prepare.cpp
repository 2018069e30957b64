// prepare.cpp — per something, who stays, and what to do about outliers.
#include "cities/engine/prepare.h"

#include <algorithm>

namespace greenbank::cities {

namespace {

bool contains(const std::vector<std::string>& list, const std::string& text) { return std::find(list.begin(), list.end(), text) != list.end(); }

bool distorted(const Distribution& column, const Treat& how) { return std::abs(column.skewness) > how.skewness_limit && column.kurtosis > how.kurtosis_limit; }

/// The outermost values on the longer side become the next one, until it is enough or too many would change.
std::size_t winsorise(Column& column, const Treat& how) {
    std::vector<char> drawn_in(column.size());
    std::size_t count = 0;
    for (Distribution now = distribution_of(column); distorted(now, how); now = distribution_of(column)) {
        const bool high = now.skewness > 0;
        const double outermost = high ? now.greatest : now.least;
        double next = missing;
        std::size_t more = 0;
        for (std::size_t i = 0; i < column.size(); ++i) {
            if (column[i] == outermost) more += !drawn_in[i];
            else if (known(column[i]) && (!known(next) || (high ? column[i] > next : column[i] < next))) next = column[i];
        }
        if (count + more > static_cast<std::size_t>(how.winsorise_most) || !known(next)) break;
        for (std::size_t i = 0; i < column.size(); ++i)
            if (column[i] == outermost) {
                column[i] = next;
                drawn_in[i] = 1;
            }
        count += more;
    }
    return count;
}

/// The logarithm of the distance from the end without the long tail, with a hundredth of the range added so that it is above 0; order is kept.
void log_shifted(Column& column, const Distribution& before) {
    const double margin = 0.01 * (before.greatest - before.least);
    for (double& number : column) number = before.skewness > 0 ? std::log(number - before.least + margin) : -std::log(before.greatest - number + margin);
}

} // namespace

std::string Context::place(const Table& table, std::size_t row, std::size_t indicator) const {
    const Unit& unit = data.units[table.rows[row]];
    const bool periods = !data.units.empty() && data.units.front().time != data.units.back().time;
    return unit.code + (periods ? " " + unit.time : "") + ", " + code(indicator);
}

void denominate(const Context& context, const Denominate& how, Table& table, Problems& problems) {
    for (std::size_t k = 0; k < table.columns.size(); ++k) {
        const Node& indicator = context.framework.nodes[k];
        if (indicator.denominator.empty() || contains(how.leave_out, indicator.code)) continue;
        const auto found = context.data.denominators.find(indicator.denominator);
        if (found == context.data.denominators.end()) {
            problems.push_back({indicator.code, "cities.index_denominator_unknown", "At denominate: the data have no column {denominator}.",
                {{"denominator", indicator.denominator}}});
            continue;
        }
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            const double by = found->second[table.rows[i]];
            double& number = table.columns[k][i];
            if (by == 0 && known(number))
                problems.push_back({context.place(table, i, k), "cities.index_denominator_zero",
                    "At denominate: {denominator} is 0; leave the cell empty if it is not known.", {{"denominator", indicator.denominator}}});
            number /= by; // what is per something unknown is unknown
        }
    }
}

void screen(const Context& context, const Screen& how, Table& table, Problems& problems) {
    std::vector<std::size_t> kept;
    const double indicators = static_cast<double>(table.columns.size());
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const std::string& unit = context.data.units[table.rows[i]].code;
        double available = 0, nonzero = 0;
        for (const Column& column : table.columns)
            if (known(column[i])) ++available, nonzero += column[i] != 0;
        const bool enough = available >= how.least_available * indicators && (!how.least_nonzero || nonzero >= *how.least_nonzero * available);
        if (!contains(how.always_out, unit) && (enough || contains(how.always_in, unit))) kept.push_back(i);
    }
    if (kept.size() < 2) return problems.push_back({"screen", "cities.index_screened_all", "At screen: fewer than two units are left; lower the threshold."});
    const auto keep = [&](auto& list) {
        for (std::size_t i = 0; i < kept.size(); ++i) list[i] = list[kept[i]];
        list.resize(kept.size());
    };
    for (Column& column : table.columns) keep(column);
    keep(table.rows);
}

std::vector<Treatment> treat(const Context& context, const Treat& how, Table& table, Problems& problems) {
    std::vector<Treatment> told;
    for (std::size_t k = 0; k < table.columns.size(); ++k) {
        Column& column = table.columns[k];
        const Distribution before = distribution_of(column);
        if (!distorted(before, how) || contains(how.leave_out, context.code(k))) continue;
        Treatment& done = told.emplace_back(Treatment{k, before.skewness, before.kurtosis, before.skewness, before.kurtosis});
        Column drawn_in = column;
        done.winsorised = winsorise(drawn_in, how);
        Distribution after = distribution_of(drawn_in);
        if (!distorted(after, how) || how.then == Transform::none) {
            column = std::move(drawn_in);
        } else { // drawing in was not enough: the logarithm of what was there before
            done.winsorised = 0;
            done.transform = how.then;
            if (how.then == Transform::log_shifted) {
                log_shifted(column, before);
            } else {
                for (std::size_t i = 0; i < column.size(); ++i) {
                    if (column[i] <= 0)
                        problems.push_back({context.place(table, i, k), "cities.index_log_negative",
                            "At treat: there is no logarithm of a number that is not above 0; use log_shifted, or leave the indicator out."});
                    column[i] = std::log(column[i]);
                }
            }
            after = distribution_of(column);
        }
        done.skewness_after = after.skewness;
        done.kurtosis_after = after.kurtosis;
        done.settled = !distorted(after, how);
    }
    return told;
}

} // namespace greenbank::cities
