// triplets.cpp — cells to numbers, names to places.
#include "carbon/triplets.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sheets/named_rows.h"

namespace greenbank::carbon {

namespace {

constexpr std::array<std::string_view, 6> columns = {"row", "col", "value", "distribution", "p1", "p2"};
enum Column { row, col, value, distribution, p1, p2 };

constexpr std::pair<std::string_view, Spread> spreads[] = {{"", Spread::none}, {"none", Spread::none}, {"lognormal", Spread::lognormal},
    {"normal", Spread::normal}, {"triangular", Spread::triangular}, {"uniform", Spread::uniform}};

std::optional<double> number_in(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto number = sheets::parse_number<double>(text);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

void read_uncertainty(sheets::NamedRows& rows, Exchange& exchange) {
    const auto found = std::find_if(std::begin(spreads), std::end(spreads), [&](const auto& one) { return one.first == rows[distribution]; });
    if (found == std::end(spreads))
        return rows.fault(distribution, "carbon.file_distribution", "A distribution is lognormal, normal, triangular, uniform, or none.");
    Uncertainty& how = exchange.uncertainty;
    how.spread = found->second;
    if (how.spread == Spread::none) return;
    const auto parameter = [&](Column column, double otherwise) {
        if (rows[column].empty() && !std::isnan(otherwise)) return otherwise;
        const auto number = number_in(rows[column]);
        if (!number) rows.fault(column, "carbon.file_parameter", "This distribution needs a number here.");
        return number.value_or(0);
    };
    const double amount = exchange.amount;
    if (how.spread == Spread::lognormal && amount == 0)
        return rows.fault(value, "carbon.file_lognormal", "A log-normal amount is not 0, for its sign is that of the value.");
    // Where the centre is left out it is the value itself.
    how.p1 = parameter(p1, how.spread == Spread::lognormal ? std::log(std::abs(amount)) : how.spread == Spread::normal ? amount : std::nan(""));
    how.p2 = parameter(p2, std::nan(""));
    const bool range = how.spread == Spread::triangular || how.spread == Spread::uniform;
    if (range ? how.p2 < how.p1 : how.p2 < 0) rows.fault(p2, "carbon.file_spread", "The spread is below 0, or the greatest value is less than the least.");
    if (how.spread == Spread::triangular && (amount < how.p1 || amount > how.p2))
        rows.fault(value, "carbon.file_mode", "The value of a triangular distribution lies between its least and its greatest.");
}

Result<std::vector<Exchange>> read_table(const std::string& path, NameList& row_names, NameList& column_names) {
    const std::string heading = "The table {path} is not right; every fault is named.";
    sheets::NamedRows rows = TRY(sheets::in_file(sheets::NamedRows::open(path, columns, 3), "carbon.table", heading, path));
    std::vector<Exchange> exchanges;
    while (!rows.too_many() && TRY(rows.next())) {
        for (const Column column : {row, col})
            if (rows[column].empty()) rows.fault(column, "carbon.file_name", "A row and a column have a name or a number each.");
        Exchange& exchange = exchanges.emplace_back();
        if (const auto number = number_in(rows[value])) exchange.amount = *number;
        else rows.fault(value, "carbon.file_value", "The value is a finite number, such as -0.35 or 1e-6.");
        read_uncertainty(rows, exchange);
        exchange.row = row_names.number(rows[row]);
        exchange.column = column_names.number(rows[col]);
    }
    if (!rows.problems().empty()) return Error{Failure::invalid, "carbon.table", heading, {{"path", path}}, std::move(rows.problems())};
    return exchanges;
}

/// A table may name only what is known; the first 20 strangers are told.
Result<Done> refuse_strangers(const NameList& names, std::uint32_t known, const std::string& path, std::string code, std::string sentence) {
    Problems problems;
    for (std::uint32_t i = known; i < names.size() && problems.size() < 20; ++i) problems.push_back({names[i], code, sentence});
    if (problems.empty()) return Done{};
    return Error{Failure::invalid, "carbon.table", "The table {path} is not right; every fault is named.", {{"path", path}}, std::move(problems)};
}

void renumber(std::vector<Exchange>& exchanges, const std::vector<std::uint32_t>& rows, const std::vector<std::uint32_t>& cols) {
    for (Exchange& one : exchanges) {
        one.row = rows[one.row];
        one.column = cols[one.column];
    }
}

} // namespace

std::uint32_t NameList::number(std::string_view name) {
    const auto [found, is_new] = numbers_.try_emplace(std::string(name), size());
    if (is_new) names_.push_back(found->first);
    return found->second;
}

std::vector<std::uint32_t> NameList::sort_numbers() {
    std::vector<std::uint32_t> place(names_.size());
    std::vector<std::pair<std::uint64_t, std::uint32_t>> by_value;
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
        place[i] = i;
        if (const auto value = sheets::parse_number<std::uint64_t>(names_[i])) by_value.emplace_back(*value, i);
    }
    if (by_value.size() != names_.size()) return place;
    std::stable_sort(by_value.begin(), by_value.end());
    std::vector<std::string> sorted;
    for (std::uint32_t i = 0; i < by_value.size(); ++i) {
        place[by_value[i].second] = i;
        sorted.push_back(names_[by_value[i].second]);
    }
    names_ = std::move(sorted);
    for (std::uint32_t i = 0; i < names_.size(); ++i) numbers_[names_[i]] = i;
    return place;
}

Result<NamedModel> read_triplets(const TripletFiles& files) {
    NamedModel named;
    Model& model = named.model;
    model.technosphere = TRY(read_table(files.technosphere, named.products, named.processes));
    // In the order of their numbers, so that product 7 and process 7 meet whatever the table's order is.
    renumber(model.technosphere, named.products.sort_numbers(), named.processes.sort_numbers());
    const std::uint32_t products = named.products.size(), processes = named.processes.size();
    model.biosphere = TRY(read_table(files.biosphere, named.flows, named.processes));
    TRY(refuse_strangers(named.processes, processes, files.biosphere, "carbon.process_unknown", "No process of this name is in the technosphere."));
    model.characterisation = TRY(read_table(files.characterisation, named.methods, named.flows));
    std::vector<Exchange> demanded = TRY(read_table(files.demand, named.products, named.demand_names));
    TRY(refuse_strangers(named.products, products, files.demand, "carbon.product_unknown", "No product of this name is in the technosphere."));
    const auto methods = named.methods.sort_numbers(), demands = named.demand_names.sort_numbers(), flow_places = named.flows.sort_numbers();
    for (Exchange& one : model.biosphere) one.row = flow_places[one.row];
    renumber(model.characterisation, methods, flow_places);
    named.demands.resize(named.demand_names.size());
    for (const Exchange& one : demanded) named.demands[demands[one.column]].emplace_back(one.row, one.amount);
    model.products = products;
    model.processes = processes;
    model.flows = named.flows.size();
    model.methods = named.methods.size();
    return named;
}

} // namespace greenbank::carbon
