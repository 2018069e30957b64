// fewest.cpp — assume that nothing is paid; each core that says no raises the bound by one and is paid for once.
#include "solver/fewest.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "solver/counting.h"

namespace greenbank::solver {

namespace {

class Search {
public:
    Search(Sat& sat, std::span<const Literal> costs, const Stop& stop, const std::function<void(std::int64_t)>& found) :
        sat_(sat), costs_(costs), stop_(stop), found_(found) {
        for (const Literal cost : costs) assumed_.push_back(-cost);
    }

    Fewest run() {
        look({}); // any model, to have something when time runs out
        if (best_.verdict == Verdict::unsatisfiable) return best_;
        pay_for_cores();
        close_in();
        return best_;
    }

private:
    static constexpr std::int64_t shrinking_conflicts = 1000, exhausting_conflicts = 20'000, core_conflicts = 20'000;

    bool is_done() const { return best_.verdict == Verdict::unsatisfiable || (seen_ && best_.reached <= best_.bound) || (stop_ && stop_()); }

    /// While cores come easily: local reasons, one after the other.
    void pay_for_cores() {
        while (!is_done()) {
            const Verdict verdict = look(assumed_, core_conflicts);
            if (verdict == Verdict::satisfiable) best_.bound = std::max(best_.bound, best_.reached); // nothing is paid that need not be
            if (verdict != Verdict::unsatisfiable) return;
            std::vector<Literal> core = core_of(assumed_);
            if (core.empty()) { // no model with costs or without
                best_.verdict = Verdict::unsatisfiable;
                return;
            }
            shrink(core);
            pay(core);
        }
    }

    /// Then one number for all: as few as the bound; if that is not soon known, somewhere between; then with more patience.
    void close_in() {
        if (is_done()) return;
        Totalizer total(sat_, costs_);
        for (std::int64_t patience = 20'000; !is_done(); patience *= 2)
            for (std::int64_t target = best_.bound; !is_done() && target < best_.reached; target = (std::max(target, best_.bound) + best_.reached + 1) / 2) {
                const Verdict verdict = look(std::vector{-total.at_least(static_cast<int>(target) + 1)}, patience);
                if (verdict == Verdict::unsatisfiable) best_.bound = std::max(best_.bound, target + 1);
            }
    }

    Verdict look(std::span<const Literal> assumptions, std::int64_t conflicts_max = -1) {
        const Verdict verdict = sat_.solve(assumptions, stop_, conflicts_max);
        if (verdict == Verdict::satisfiable) note_model();
        if (verdict == Verdict::unsatisfiable && assumptions.empty()) best_.verdict = Verdict::unsatisfiable;
        return verdict;
    }

    void note_model() {
        const auto count = std::count_if(costs_.begin(), costs_.end(), [&](Literal cost) { return sat_.holds(cost); });
        if (seen_ && count >= best_.reached) return;
        seen_ = true;
        best_.verdict = Verdict::satisfiable;
        best_.reached = count;
        if (found_) found_(count);
    }

    std::vector<Literal> core_of(const std::vector<Literal>& assumptions) const {
        std::vector<Literal> core;
        for (const Literal literal : assumptions)
            if (sat_.is_in_core(literal)) core.push_back(literal);
        return core;
    }

    /// Leaves out one after the other while that is quickly seen to change nothing.
    void shrink(std::vector<Literal>& core) {
        for (int round = 0; round < 3; ++round) { // the same question again often needs less
            if (sat_.solve(core, stop_, shrinking_conflicts) != Verdict::unsatisfiable) break;
            std::vector<Literal> smaller = core_of(core);
            if (smaller.empty() || smaller.size() == core.size()) break;
            core = std::move(smaller);
        }
        if (core.size() > 60) return;
        for (std::size_t i = 0; core.size() > 1 && i < core.size();) {
            std::vector<Literal> without = core;
            without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
            const Verdict verdict = look(without, shrinking_conflicts);
            if (verdict == Verdict::unsatisfiable) {
                std::vector<Literal> smaller = core_of(without);
                if (smaller.empty()) return;
                core = std::move(smaller);
            } else ++i;
            if (stop_ && stop_()) return;
        }
    }

    struct Count {
        std::shared_ptr<Totalizer> totalizer;
        int k; // assumed: fewer than k
    };

    void assume_fewer(const std::shared_ptr<Totalizer>& totalizer, int k) {
        if (k > totalizer->size()) return;
        const Literal literal = -totalizer->at_least(k);
        assumed_.push_back(literal);
        counts_[literal] = {totalizer, k};
    }

    void pay(const std::vector<Literal>& core) {
        ++best_.bound;
        std::vector<Literal> paid; // of these at least one holds
        for (const Literal literal : core) {
            paid.push_back(-literal);
            assumed_.erase(std::find(assumed_.begin(), assumed_.end(), literal));
            const auto found = counts_.find(literal);
            if (found == counts_.end()) continue;
            const Count count = found->second;
            counts_.erase(found);
            assume_fewer(count.totalizer, count.k + 1);
        }
        sat_.add(paid);
        if (core.size() == 1) return;
        const auto totalizer = std::make_shared<Totalizer>(sat_, paid);
        int k = 2;
        for (; k <= totalizer->size(); ++k) { // perhaps more than one of them must hold
            const std::vector<Literal> fewer{-totalizer->at_least(k)};
            if (look(fewer, exhausting_conflicts) != Verdict::unsatisfiable) break;
            sat_.add({-fewer[0]});
            ++best_.bound;
        }
        assume_fewer(totalizer, k);
    }

    Sat& sat_;
    std::span<const Literal> costs_;
    const Stop& stop_;
    const std::function<void(std::int64_t)>& found_;
    std::vector<Literal> assumed_;
    std::unordered_map<Literal, Count> counts_;
    Fewest best_;
    bool seen_ = false;
};

} // namespace

Fewest fewest(Sat& sat, std::span<const Literal> costs, const Stop& stop, const std::function<void(std::int64_t)>& found) {
    return Search(sat, costs, stop, found).run();
}

} // namespace greenbank::solver
