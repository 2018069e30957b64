// footprint_files_test.cpp — the published US input-output model re-derived, element by element; and what is wrong with tables.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "carbon/triplets.h"
#include "sheets/folder_under_test.h"
#include "json/json.h"

namespace greenbank::carbon {

namespace {

namespace fs = std::filesystem;

/// A list of lists of numbers, as the published matrices are written.
std::vector<std::vector<double>> matrix(const fs::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    std::vector<std::vector<double>> rows;
    const std::string all = text.str();
    const char *at = all.data(), *end = at + all.size();
    for (int depth = 0; at < end;) {
        if (*at == '[' && ++depth == 2) rows.emplace_back();
        if (*at == ']') --depth;
        if ((*at >= '0' && *at <= '9') || *at == '-') {
            char* after = nullptr;
            rows.back().push_back(std::strtod(at, &after));
            at = after;
        } else {
            ++at;
        }
    }
    return rows;
}

double worst(const std::vector<std::vector<double>>& ours, const std::vector<std::vector<double>>& published) {
    double most = 0;
    REQUIRE(ours.size() == published.size());
    for (std::size_t i = 0; i < ours.size(); ++i) {
        REQUIRE(ours[i].size() == published[i].size());
        for (std::size_t j = 0; j < ours[i].size(); ++j) {
            const double scale = std::max(std::abs(ours[i][j]), std::abs(published[i][j]));
            if (scale > 1e-300) most = std::max(most, std::abs(ours[i][j] - published[i][j]) / scale);
        }
    }
    return most;
}

std::string faults(const Result<NamedModel>& result) {
    if (result) return "none";
    std::string all = result.error().code;
    for (const Problem& problem : result.error().problems) all += "; " + problem.field + " " + problem.code;
    return all;
}

} // namespace

TEST_CASE("USEEIO: every element of L, D and U to 1e-9") {
    const fs::path folder = "../shared/data/lca/useeio/matrix";
    if (!fs::exists(folder)) {
        MESSAGE("skipped: the reference data is not here");
        return;
    }
    const auto a = matrix(folder / "A.json"), b = matrix(folder / "B.json"), c = matrix(folder / "C.json"), d = matrix(folder / "D.json"),
               l = matrix(folder / "L.json"), u = matrix(folder / "U.json");
    const auto count = static_cast<std::uint32_t>(a.size());
    Model model{count, count, static_cast<std::uint32_t>(b.size()), static_cast<std::uint32_t>(c.size())};
    for (std::uint32_t row = 0; row < count; ++row)
        for (std::uint32_t column = 0; column < count; ++column)
            if (const double amount = (row == column) - a[row][column]; amount != 0) model.technosphere.push_back({row, column, amount});
    const auto list = [](const std::vector<std::vector<double>>& from, std::vector<Exchange>& into) {
        for (std::uint32_t row = 0; row < from.size(); ++row)
            for (std::uint32_t column = 0; column < from[row].size(); ++column)
                if (from[row][column] != 0) into.push_back({row, column, from[row][column]});
    };
    list(b, model.biosphere);
    list(c, model.characterisation);
    std::vector<Demand> demands(count);
    for (std::uint32_t i = 0; i < count; ++i) demands[i] = {{i, 1}};
    Fault fault;
    const auto solution = solve(model, demands, fault);
    REQUIRE(solution);
    std::vector<std::vector<double>> our_l(count, std::vector<double>(count)), our_u(c.size(), std::vector<double>(count));
    for (std::uint32_t demand = 0; demand < count; ++demand) {
        for (std::uint32_t process = 0; process < count; ++process) our_l[process][demand] = solution->scalings[demand][process];
        for (std::uint32_t method = 0; method < c.size(); ++method) our_u[method][demand] = solution->scores.at(demand, method);
    }
    CHECK(worst(burdens_of(model), d) < 1e-9);
    CHECK(worst(our_l, l) < 1e-9);
    CHECK(worst(our_u, u) < 1e-9);
    CHECK(worst(solution->intensities, u) < 1e-9);
    MESSAGE("worst of L ", worst(our_l, l), ", D ", worst(burdens_of(model), d), ", U ", worst(our_u, u), "; ", solution->sweeps, " sweeps, direct ",
        solution->direct);
}

TEST_CASE("tables of triplets: names or numbers, in any order") {
    const sheets::Folder folder;
    const auto named = read_triplets({folder.write("a", "row,col,value\n1,1,100\n1,0,-2\n0,0,10\n"),
        folder.write("b", "row,col,value,distribution,p1,p2\nCO2,0,1,lognormal,,0.1\nCO2,1,10,,,\n"),
        folder.write("c", "row,col,value\nGWP,CO2,1\nGWP,CH4,27.9\n"), folder.write("f", "row,col,value\n0,a year,1000\n")});
    REQUIRE_MESSAGE(named, faults(named));
    CHECK(named.value().products[0] == "0"); // by value, not as they came
    CHECK(named.value().model.biosphere[0].uncertainty.p1 == doctest::Approx(0));
    CHECK(named.value().model.flows == 2);
    Fault fault;
    const auto solution = solve(named.value().model, named.value().demands, fault);
    REQUIRE(solution);
    CHECK(solution->scores.at(0, 0) == doctest::Approx(120));
}

TEST_CASE("what is wrong with a table is said by line and column") {
    const sheets::Folder folder;
    const std::string a = folder.write("a", "row,col,value\n0,0,1\n"), none = folder.write("n", "row,col,value\n");
    CHECK(faults(read_triplets(
              {folder.write("x",
                   "row,col,value,distribution,p1,p2\n0,0,inf,,,\n,1,2,,,\n1,1,0,lognormal,,1\n1,1,5,triangular,1,2\n1,1,5,gamma,1,2\n1,1,5,normal,1,-2\n"),
                  none, none, none})) == "carbon.table; line 2: value carbon.file_value; line 3: row carbon.file_name; line 4: value carbon.file_lognormal; "
                                         "line 5: value carbon.file_mode; line 6: "
                                         "distribution carbon.file_distribution; line 7: p2 carbon.file_spread");
    CHECK(faults(read_triplets({a, folder.write("b", "row,col,value\nCO2,5,1\n"), none, none})) == "carbon.table; 5 carbon.process_unknown");
    CHECK(faults(read_triplets({a, none, none, folder.write("f", "row,col,value\n9,d,1\n")})) == "carbon.table; 9 carbon.product_unknown");
}

} // namespace greenbank::carbon
