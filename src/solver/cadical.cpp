// cadical.cpp — CaDiCaL behind our face.
#include <cadical.hpp>

#include <algorithm>
#include <cstdlib>

#include "solver/sat.h"

namespace greenbank::solver {

namespace {

class Asked final : public CaDiCaL::Terminator {
public:
    explicit Asked(const Stop& stop) : stop_(stop) {}
    bool terminate() override { return stop_ && stop_(); }

private:
    const Stop& stop_;
};

class Cadical final : public Sat {
public:
    Cadical() { solver_.set("quiet", 1); }

    void add(std::span<const Literal> clause) override {
        for (const Literal literal : clause) solver_.add(literal);
        solver_.add(0);
    }
    void prefer(Literal literal) override { solver_.phase(literal); }
    void forget_preference(Literal literal) override { solver_.unphase(literal); }

    Verdict solve(std::span<const Literal> assumptions, const Stop& stop, std::int64_t conflicts_max) override {
        for (const Literal literal : assumptions) solver_.assume(literal);
        if (conflicts_max >= 0) solver_.limit("conflicts", static_cast<int>(std::min<std::int64_t>(conflicts_max, 2'000'000'000)));
        Asked asked(stop);
        solver_.connect_terminator(&asked);
        const int status = stop && stop() ? 0 : solver_.solve();
        solver_.disconnect_terminator();
        if (status == 0) solver_.reset_assumptions();
        return status == 10 ? Verdict::satisfiable : status == 20 ? Verdict::unsatisfiable : Verdict::stopped;
    }
    /// Asked of the variable only: versions differ in what they answer for a negated one.
    bool holds(Literal literal) const override { return (solver_.val(std::abs(literal)) > 0) == (literal > 0); }
    bool is_in_core(Literal assumption) const override { return solver_.failed(assumption); }

private:
    mutable CaDiCaL::Solver solver_; // reading a model is not const there
};

} // namespace

std::unique_ptr<Sat> cadical() { return std::make_unique<Cadical>(); }

} // namespace greenbank::solver
