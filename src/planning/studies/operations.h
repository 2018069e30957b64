// operations.h — studies and plans: rights, who sees what, endpoints by resource.
#pragma once

#include <algorithm>
#include <map>

#include "api/call.h"
#include "api/list.h"
#include "planning/studies/records.h"

namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}
namespace greenbank::energy {
class Archive;
}

namespace greenbank::planning {

/// Enter studies of one's own organisation and have them planned.
inline constexpr Right write_plans{"planning.write"};
/// See and help with studies of every organisation.
inline constexpr Right help_plans{"bank.planning"};

struct StudyKey {
    Id<Study> id;
};
Record describe(const StudyKey*);
struct PlanKey {
    Id<EnergyPlan> id;
};
Record describe(const PlanKey*);

/// The record if the caller may see it, else the error that it does not exist.
Result<Study> study_seen(Transaction& transaction, const Caller& caller, const Id<Study>& id);
Result<EnergyPlan> plan_seen(Transaction& transaction, const Caller& caller, const Id<EnergyPlan>& id);
/// Does the caller act for `owner`, or for the bank's planning desk?
bool plans_for(const Caller& caller, const Id<Organisation>& owner);

/// As study_seen, or the error that it belongs to others; with a series too, to be planned.
Error study_not_yours();
Result<Study> study_to_change(Transaction& transaction, const Caller& caller, const Id<Study>& id);
Result<Study> study_to_plan(Transaction& transaction, const Caller& caller, const Id<Study>& id);
/// One's own organisation's and the samples; all for the bank's planning desk.
template <class T> Result<Page<T>> own_page(Transaction& transaction, const Caller& caller, const ListOf<T>& list) {
    if (caller.actor.may(help_plans)) return list_page<T>(transaction, caller, list);
    return list_page<T>(transaction, caller, list, "(organisation = $1 OR sample = true)", {caller.actor.organisation});
}

/// As plan_seen, or the error that it belongs to others.
Result<EnergyPlan> plan_to_change(Transaction& transaction, const Caller& caller, const Id<EnergyPlan>& id);
/// With a schedule, or the error that there is none.
Result<EnergyPlan> finished_plan(Transaction& transaction, const Caller& caller, const Id<EnergyPlan>& id);
/// kW of each of the site's channels that the plan has something for, by step of the plan: load_power, pv_power, wind_power, diesel_power, grid_power,
/// battery_power (given is above zero).
Result<std::map<std::string, std::vector<double>>> channels_of_plan(Transaction& transaction, const Study& study, const EnergyPlan& plan);

/// A list of a stored record holds ten thousand entries at most: a longer column stands in rows of a year, one after the other.
template <class Column> void add_rows(std::vector<Column>& rows, const Caller& caller, Column column) {
    constexpr std::size_t row_length = 8'784, rows_max = 16;
    const std::vector<double> values = std::move(column.values);
    column.number *= rows_max;
    for (std::size_t from = 0; from == 0 || from < values.size(); from += row_length, ++column.number) {
        column.id = caller.new_id<Column>();
        column.values.assign(
            values.begin() + static_cast<std::ptrdiff_t>(from), values.begin() + static_cast<std::ptrdiff_t>(std::min(values.size(), from + row_length)));
        rows.push_back(column);
    }
}
/// Rows in the order of their numbers, those of one column made one.
template <class Column> std::vector<Column> joined_rows(std::vector<Column> rows) {
    std::vector<Column> columns;
    for (Column& row : rows) {
        if (columns.empty() || columns.back().name != row.name) columns.push_back(std::move(row));
        else columns.back().values.insert(columns.back().values.end(), row.values.begin(), row.values.end());
    }
    return columns;
}

Result<Series> series_of(Transaction& transaction, const Id<Study>& study);
/// In the place of what is there.
Result<Done> keep_series(Transaction& transaction, const Caller& caller, const Id<Study>& study, const Series& series);
/// `column` empty: all of them.
Result<std::vector<PlanColumn>> columns_of_plan(Transaction& transaction, const Id<EnergyPlan>& plan, const std::string& column = {});
Result<Done> keep_columns(Transaction& transaction, const Caller& caller, const Id<EnergyPlan>& plan, const Plan& made);

std::vector<Endpoint> study_endpoints();
std::vector<Endpoint> plan_endpoints();
std::vector<Endpoint> plan_order_endpoints(energy::Archive& archive);
std::vector<Endpoint> exploration_endpoints();
JobKind exploration_job();
std::vector<Endpoint> plan_paper_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log);
JobKind plan_job();
/// Plans (of table energy_plan or plan_exploration) whose job ended without computing them wait no longer.
template <class T> Result<Done> end_waiting(Transaction& transaction, const std::string& job, Time now) {
    for (T& one : TRY(transaction.find<T>("job = $1 AND state = 'queued'", {job}))) {
        one.state = PlanState::failed;
        one.updated_at = now;
        TRY(transaction.update(one));
    }
    return Done{};
}
/// A series made by the island's simulator, and the sample plans queued.
SampleStep sample_plans();

} // namespace greenbank::planning
