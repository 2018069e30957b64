// simple_sat.cpp — DPLL as in the textbook: propagate units, choose, turn back.
#include <cstdlib>

#include "solver/sat.h"

namespace greenbank::solver {

namespace {

class SimpleSat final : public Sat {
public:
    void add(std::span<const Literal> clause) override { clauses_.emplace_back(clause.begin(), clause.end()); }

    Verdict solve(std::span<const Literal> assumptions, const Stop& stop, std::int64_t) override {
        model_.assign(static_cast<std::size_t>(variables()) + 1, 0);
        for (const Literal literal : assumptions) {
            if (sign(literal) < 0) return Verdict::unsatisfiable;
            set(literal);
        }
        const bool found = search(stop);
        return stop && stop() ? Verdict::stopped : found ? Verdict::satisfiable : Verdict::unsatisfiable;
    }
    bool holds(Literal literal) const override { return sign(literal) > 0; }
    bool is_in_core(Literal) const override { return true; }

private:
    int sign(Literal literal) const { return literal > 0 ? model_[literal] : -model_[-literal]; }
    void set(Literal literal) { model_[std::abs(literal)] = literal > 0 ? 1 : -1; }

    bool search(const Stop& stop) {
        if (stop && stop()) return false;
        const std::vector<signed char> before = model_;
        Literal choice = 0;
        if (propagate(choice)) {
            if (choice == 0) return true;
            const std::vector<signed char> after = model_;
            for (const Literal literal : {choice, -choice}) {
                model_ = after;
                set(literal);
                if (search(stop)) return true;
            }
        }
        model_ = before;
        return false;
    }

    /// False at a conflict; `choice` is an open literal of an open clause, 0 where every clause holds.
    bool propagate(Literal& choice) {
        for (bool changed = true; changed;) {
            changed = false;
            choice = 0;
            for (const auto& clause : clauses_) {
                int open = 0;
                Literal last = 0;
                bool holds_already = false;
                for (const Literal literal : clause) {
                    if (sign(literal) > 0) holds_already = true;
                    if (sign(literal) == 0) ++open, last = literal;
                }
                if (holds_already) continue;
                if (open == 0) return false;
                if (open == 1) set(last), changed = true;
                else choice = last;
            }
        }
        return true;
    }

    std::vector<std::vector<Literal>> clauses_;
    std::vector<signed char> model_;
};

} // namespace

std::unique_ptr<Sat> simple_sat() { return std::make_unique<SimpleSat>(); }

} // namespace greenbank::solver
