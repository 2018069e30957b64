// pedigree.cpp — the table of factors.
#include "carbon/engine/pedigree.h"

#include <cmath>

namespace greenbank::carbon {

namespace {

constexpr double factors[5][5] = {
    {1.00, 1.05, 1.10, 1.20, 1.50}, // reliability
    {1.00, 1.02, 1.05, 1.10, 1.20}, // completeness
    {1.00, 1.03, 1.10, 1.20, 1.50}, // time
    {1.00, 1.01, 1.02, 1.05, 1.10}, // place
    {1.00, 1.05, 1.20, 1.50, 2.00}, // technology
};

} // namespace

std::optional<Pedigree> parse_pedigree(std::string_view text) {
    Pedigree pedigree{};
    std::size_t count = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '5') {
            if (count == pedigree.size()) return {};
            pedigree[count++] = c - '0';
        } else if (c == 'n') {
            if (count == pedigree.size()) return {};
            pedigree[count++] = 0; // "n.a."
        } else if (c != '(' && c != ')' && c != ';' && c != ',' && c != ' ' && c != '.' && c != 'a') return {};
    }
    if (count != pedigree.size()) return {};
    return pedigree;
}

double deviation_of(const Pedigree& pedigree, double basic) {
    double squares = std::log(basic) * std::log(basic);
    for (std::size_t i = 0; i < pedigree.size(); ++i)
        if (pedigree[i] > 0) squares += std::log(factors[i][pedigree[i] - 1]) * std::log(factors[i][pedigree[i] - 1]);
    return std::sqrt(squares) / 2; // the factors are squares of geometric deviations
}

} // namespace greenbank::carbon
