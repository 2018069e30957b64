// sat.h — satisfiability of clauses, a question at a time, with assumptions (the interface of IPASIR in our words).
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <vector>

namespace greenbank::solver {

/// A variable 1, 2, 3 …, or its negation with a minus, as DIMACS writes them.
using Literal = int;

/// Asked now and then while a solver works: true makes it give up. Time limits and cancelling both come this way.
using Stop = std::function<bool()>;

enum class Verdict { satisfiable, unsatisfiable, stopped };

class Sat {
public:
    virtual ~Sat() = default;

    Literal new_variable() { return ++variables_; }
    int variables() const { return variables_; }

    virtual void add(std::span<const Literal> clause) = 0;
    void add(std::initializer_list<Literal> clause) { add(std::span(clause.begin(), clause.size())); }
    /// The value to try first, always, until it is forgotten: it leads to one model quickly and away from all others.
    virtual void prefer(Literal) {}
    virtual void forget_preference(Literal) {}

    /// `conflicts_max` < 0: as many as it takes.
    virtual Verdict solve(std::span<const Literal> assumptions, const Stop& stop, std::int64_t conflicts_max = -1) = 0;
    /// After satisfiable: whether the literal holds in the model.
    virtual bool holds(Literal) const = 0;
    /// After unsatisfiable: whether this assumption was needed for it (some of those said to be needed may not be).
    virtual bool is_in_core(Literal assumption) const = 0;

private:
    int variables_ = 0;
};

/// CaDiCaL (Biere, Fazekas, Fleury, Heisinger 2020).
std::unique_ptr<Sat> cadical();
/// The naive twin: plain DPLL. For tests with few variables.
std::unique_ptr<Sat> simple_sat();

} // namespace greenbank::solver
