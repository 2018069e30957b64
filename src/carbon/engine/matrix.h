// matrix.h — an inventory as the matrices that are solved: units converted, formulas computed, providers found, co-products allocated. What was
// decided on the way is told, so that a result can say it.
#pragma once

#include "carbon/engine/inventory.h"
#include "carbon/engine/model.h"
#include "kernel/result.h"

namespace greenbank::carbon {

struct MatrixOptions {
    std::vector<std::pair<std::string, double>> parameters; // of a scenario: they take the place of what the inventory says
    std::optional<Allocation> allocation;                   // instead of each process's own
    bool pedigree_spread = true;                            // exchanges without a distribution vary by their pedigree
};

/// One column: a process as far as it makes one of its products.
struct ColumnOf {
    std::uint32_t process = 0, product = 0; // in the inventory
    double amount = 0;                      // made by one run, in the product's unit
    double share = 1;                       // of the process's burdens
    Allocation allocation = Allocation::none;
};

/// Why an input has no supplier of its own, or not a certain one.
enum class LinkState : std::uint8_t { given, only_maker, one_of_several, missing };
struct LinkOf {
    std::uint32_t process = 0, exchange = 0; // places in the inventory
    LinkState state = LinkState::missing;
    std::uint32_t supplier = 0; // column, unless missing
};

struct Matrix {
    Model model;
    std::vector<ColumnOf> columns;             // product i is made by column i
    std::vector<std::uint32_t> flows;          // of the model, to those of the inventory
    std::vector<LinkOf> links;                 // of every product and waste exchange that is not what its process makes
    std::vector<std::string> free_co_products; // processes with several products and no way to divide them: all burdens stay with the reference
    /// The exchange behind each entry of the technosphere and of the biosphere: places in the inventory.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> technosphere_of, biosphere_of;

    std::optional<std::uint32_t> column_of(std::uint32_t process) const; // its reference product
};

/// Failure::invalid with a problem for each exchange whose unit, amount or formula is not right, and for each process that makes nothing.
/// Inputs without a maker are left out and stand in `links`.
Result<Matrix> build_matrix(const Inventory& inventory, const MatrixOptions& options = {});

/// The same distribution of `factor` times the amount.
Uncertainty scaled(const Uncertainty& uncertainty, double factor);

} // namespace greenbank::carbon
