// lines_fuzz.cpp — any bytes as a table of an inventory's lines: refused with its cells, or lines that are valid, count, and betray nothing.
#include <cmath>

#include "carbon/inventories/source_rows.h"
#include "cities/territories/records.h"

using namespace greenbank;
using namespace greenbank::cities;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const auto lines = carbon::source_rows<TerritoryLine>(std::string(reinterpret_cast<const char*>(bytes), size), 200);
    if (!lines) {
        require(!lines.error().code.empty(), "a table is refused without a reason");
        return 0;
    }
    std::vector<BalanceLine> made;
    std::vector<BalanceFactor> factors;
    std::vector<ShownLine> shown;
    for (const TerritoryLine& line : lines.value()) {
        require(line.amount >= 0 && std::isfinite(line.amount), "an amount below zero came in");
        require(gpc_cell(line.sector, line.scope), "a cell that the protocol does not know came in");
        made.push_back({line.sector, line.scope, line.amount, line.uncertainty_percent.value_or(0), {static_cast<std::uint32_t>(factors.size())}});
        factors.push_back({line.stated_kg.value_or(1), line.stated_percent.value_or(0)});
        const auto kg = line_kg(made.back(), factors);
        if (!kg) return 0; // the report says so at this line
        shown.push_back({line.sector, line.scope, *kg, line.confidential});
    }
    const BalanceTotals totals = balance_of(made, factors);
    std::int64_t cells = 0;
    for (const auto& of_sector : totals.of)
        for (const std::int64_t kg : of_sector) cells += kg;
    require(cells == totals.net(), "cells do not add up to the net balance");
    (void)drawn_balance(made, factors, 20, 1);
    const Disclosure disclosure = disclose(shown);
    for (std::size_t i = 0; i < shown.size(); ++i) require(disclosure.hidden[i] || !shown[i].confidential, "a confidential line is shown");
    return 0;
}
