// model.h — a product system as matrices: what a process makes and uses (technosphere), what it takes from and gives to nature (biosphere), and what
// that weighs (characterisation).
// Method: matrix-based life cycle inventory, A s = f, g = B s, h = C g (Heijungs and Suh 2002; ISO 14040/14044).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "carbon/engine/draws.h"

namespace greenbank::carbon {

/// One number of a matrix. Its place in the list is its number for random draws.
struct Exchange {
    std::uint32_t row = 0, column = 0;
    double amount = 0;
    Uncertainty uncertainty = {};
};

struct Model {
    std::uint32_t products = 0, processes = 0, flows = 0, methods = 0;
    std::vector<Exchange> technosphere;     // product, process: what is made above 0, what is used below
    std::vector<Exchange> biosphere;        // flow, process
    std::vector<Exchange> characterisation; // method, flow
};

/// What is asked for: amounts of products. No uncertainty: it is the functional unit.
using Demand = std::vector<std::pair<std::uint32_t, double>>;

/// Why a model has no answer.
enum class Flaw : std::uint8_t {
    none,
    not_square,     // as many products as processes are needed
    not_finite,     // an amount is infinite or no number
    product_unmade, // `product`: no process makes it that does not have to make another one
    singular,       // the exchanges contradict each other: a loop uses up all that it makes
};

struct Fault {
    Flaw flaw = Flaw::none;
    std::uint32_t product = 0, process = 0; // where it has a place
};

} // namespace greenbank::carbon
