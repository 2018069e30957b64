// plan_json.h — a plan as JSON, as sentences and as a table of hours.
#pragma once

#include <string>

#include "planning/engine/sizing.h"
#include "json/json.h"

namespace greenbank::planning {

std::string_view name_of(RequirementKind kind);
std::string_view name_of(Plan::Outcome outcome);
/// Members of an object that is open.
void write_plan(JsonWriter& json, const Plan& plan);
std::string summary_of(const Plan& plan);
/// One line a step, with what each part does.
std::string schedule_csv(const std::vector<std::string>& names, const std::vector<std::vector<double>>& columns);
/// "Diesel: energy_share 0.1" of what contradicts itself.
std::string sentence_of(const Shortfall& shortfall, bool amount);

} // namespace greenbank::planning
