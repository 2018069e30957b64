// rolling.h — the same small linear program again and again with other limits and costs: CLP, warm from the last answer.
#pragma once

#include <memory>
#include <span>

#include "solver/staged.h"

namespace greenbank::solver {

class RollingProgram {
public:
    /// Rows and coefficients stay; sizes of columns are not allowed. Minimise.
    explicit RollingProgram(const StagedProgram& program);
    RollingProgram(RollingProgram&&) noexcept;
    ~RollingProgram();

    void limit_column(int column, double lower, double upper);
    void limit_row(int row, double lower, double upper);
    void cost(int column, double cost);
    /// False where nothing fits.
    bool solve();
    double column(int column) const;
    double price(int row) const;
    double objective() const;
    int iterations() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace greenbank::solver
