// tracing.cpp — where power was made that reaches a zone: what comes together mixes evenly (proportional sharing, after Bialek 1996).
#include <algorithm>
#include <cmath>

#include "planning/engine/sharing/exchange_program.h"

namespace greenbank::planning::sharing {

std::vector<std::vector<double>> origins(const SharingCase& sharing, const Exchange& exchange, std::size_t hour) {
    const std::size_t count = sharing.zones.size();
    // through(i) · share(i, j) − Σ received(k → i) · share(k, j) = made(i) where i is j
    std::vector<std::vector<double>> matrix(count, std::vector<double>(2 * count, 0));
    std::vector<double> made(count, 0), through(count, 0);
    for (std::size_t z = 0; z < count; ++z) {
        for (const auto& offer : exchange.generation[z]) made[z] += offer[hour];
        through[z] = made[z];
    }
    for (std::size_t i = 0; i < sharing.ties.size(); ++i) {
        const bool forward = exchange.flows[i][hour] >= 0;
        const std::size_t from = zone_of(sharing, sharing.ties[i].from), to = zone_of(sharing, sharing.ties[i].to);
        const std::size_t sender = forward ? from : to, taker = forward ? to : from;
        const double received = std::abs(exchange.received[i][hour]);
        matrix[taker][sender] -= received, through[taker] += received;
    }
    for (std::size_t z = 0; z < count; ++z) {
        matrix[z][z] += through[z] > 1e-9 ? through[z] : 1; // where nothing arrives nothing has an origin
        matrix[z][count + z] = through[z] > 1e-9 ? made[z] : 0;
    }
    for (std::size_t pivot = 0; pivot < count; ++pivot) {
        std::size_t best = pivot;
        for (std::size_t row = pivot + 1; row < count; ++row)
            if (std::abs(matrix[row][pivot]) > std::abs(matrix[best][pivot])) best = row;
        std::swap(matrix[pivot], matrix[best]);
        if (std::abs(matrix[pivot][pivot]) < 1e-12) continue;
        for (std::size_t row = 0; row < count; ++row) {
            const double factor = matrix[row][pivot] / matrix[pivot][pivot];
            if (row == pivot || factor == 0) continue;
            for (std::size_t column = pivot; column < 2 * count; ++column) matrix[row][column] -= factor * matrix[pivot][column];
        }
    }
    std::vector<std::vector<double>> shares(count, std::vector<double>(count, 0));
    for (std::size_t z = 0; z < count; ++z)
        for (std::size_t origin = 0; origin < count; ++origin)
            shares[z][origin] = std::abs(matrix[z][z]) < 1e-12 ? 0 : std::max(0.0, matrix[z][count + origin] / matrix[z][z]);
    return shares;
}

std::vector<double> carbon_contents(const SharingCase& sharing, const Exchange& exchange, std::size_t hour) {
    const auto shares = origins(sharing, exchange, hour);
    std::vector<double> made(sharing.zones.size(), 0), contents(sharing.zones.size(), 0);
    for (std::size_t z = 0; z < made.size(); ++z) {
        double energy = 0, carbon = 0;
        for (std::size_t o = 0; o < sharing.zones[z].offers.size(); ++o)
            energy += exchange.generation[z][o][hour], carbon += exchange.generation[z][o][hour] * sharing.zones[z].offers[o].carbon;
        made[z] = energy > 1e-9 ? carbon / energy : 0;
    }
    for (std::size_t z = 0; z < contents.size(); ++z)
        for (std::size_t origin = 0; origin < made.size(); ++origin) contents[z] += shares[z][origin] * made[origin];
    return contents;
}

} // namespace greenbank::planning::sharing
