// technosphere.h — an economy from a seed: hubs that everybody uses (Zipf), industries that use each other, losses of one's own product, units over
// three decades, one large loop. As hard as a real background data base or harder, since those have smaller loops.
#pragma once

#include <cmath>
#include <unordered_set>

#include "carbon/engine/model.h"
#include "kernel/random.h"

namespace greenbank::carbon {

inline Model economy(std::uint32_t processes, std::uint64_t seed, bool uncertain) {
    Random random(seed);
    Model model{.products = processes, .processes = processes, .flows = 20, .methods = 1};
    std::vector<double> unit(processes);
    for (double& one : unit) one = std::pow(10, 3 * random.uniform() - 1.5);
    const std::uint32_t block = 100;
    const auto spread = [&](double amount, double sigma) {
        return uncertain ? Uncertainty{Spread::lognormal, std::log(std::abs(amount)), sigma} : Uncertainty{};
    };
    for (std::uint32_t process = 0; process < processes; ++process) {
        const double loss = random.chance(0.5) ? 0.05 * random.uniform() : 0;
        model.technosphere.push_back({process, process, 1 - loss});
        std::unordered_set<std::uint32_t> used = {process};
        const std::size_t inputs = 4 + random.below(13);
        double left = 0.25 + 0.5 * random.uniform(); // of the output's worth
        for (std::size_t i = 0; i < inputs; ++i) {
            const double kind = random.uniform();
            std::uint32_t product;
            if (kind < 0.45) product = static_cast<std::uint32_t>(std::pow(static_cast<double>(processes), random.uniform())) - 1; // hubs: the first ones
            else if (kind < 0.9) product = process / block * block + static_cast<std::uint32_t>(random.below(block));
            else product = static_cast<std::uint32_t>(random.below(processes));
            if (product >= processes || !used.insert(product).second) continue;
            const double worth = left * (0.1 + 0.5 * random.uniform());
            left -= worth;
            const double amount = -worth * unit[product] / unit[process];
            model.technosphere.push_back({product, process, amount, spread(amount, 0.05 + 0.2 * random.uniform())});
        }
        for (std::size_t i = 0; i < 15; ++i) {
            const double amount = random.uniform() / unit[process];
            model.biosphere.push_back({static_cast<std::uint32_t>(random.below(model.flows)), process, amount, spread(amount, 0.1)});
        }
    }
    for (std::uint32_t flow = 0; flow < model.flows; ++flow) model.characterisation.push_back({0, flow, 1 + 30 * random.uniform()});
    return model;
}

} // namespace greenbank::carbon
