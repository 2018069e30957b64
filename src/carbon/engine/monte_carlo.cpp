// monte_carlo.cpp — each sample begins at the nominal answer and sweeps until the score stands; what does not settle is solved by GMRES with the
// nominal factors, and what even that does not, by factors of its own.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <thread>

#include "carbon/engine/footprint.h"
#include "carbon/engine/gmres.h"

namespace greenbank::carbon {

namespace {

/// An exchange of which a sample draws the amount.
struct Drawn {
    std::uint32_t number;   // for the draw: technosphere, biosphere, characterisation, one after the other
    std::uint32_t exchange; // in its own list
};

std::vector<Drawn> uncertain_ones(const std::vector<Exchange>& exchanges, std::uint32_t offset, const std::function<bool(std::uint32_t)>& matters) {
    std::vector<Drawn> drawn;
    for (std::uint32_t i = 0; i < exchanges.size(); ++i)
        if (exchanges[i].uncertainty.spread != Spread::none && matters(i)) drawn.push_back({offset + i, i});
    return drawn;
}

/// All draws of a sample; neighbours of a pair share theirs.
void draw_all(std::uint64_t seed, std::uint64_t sample, const std::vector<Drawn>& drawn, const std::vector<Exchange>& exchanges, std::vector<double>& amounts) {
    std::uint64_t block = ~std::uint64_t{0};
    std::array<double, 2> uniform{}, normal{};
    bool has_normal = false;
    for (const Drawn& one : drawn) {
        if (one.number >> 1 != block) {
            block = one.number >> 1;
            uniform = uniform_pair(seed, sample, block);
            has_normal = false;
        }
        const Exchange& exchange = exchanges[one.exchange];
        if (!has_normal && (exchange.uncertainty.spread == Spread::lognormal || exchange.uncertainty.spread == Spread::normal)) {
            normal = normal_pair(uniform);
            has_normal = true;
        }
        amounts[one.exchange] = varied(exchange.amount, exchange.uncertainty, normal[one.number & 1], uniform[one.number & 1]);
    }
}

std::vector<double> amounts_of(const std::vector<Exchange>& exchanges) {
    std::vector<double> amounts;
    amounts.reserve(exchanges.size());
    for (const Exchange& one : exchanges) amounts.push_back(one.amount);
    return amounts;
}

/// What all samples share.
class Run {
public:
    Run(const Model& model, std::span<const Demand> demands, const MonteCarlo& settings, System& system, const Solution& nominal) :
        model_(model),
        demands_(demands),
        settings_(settings),
        system_(system),
        nominal_(nominal),
        adjoint_(model.methods < demands.size()),
        order_(adjoint_ ? system.adjoint_order(demands) : system.forward_order(demands)) {
        std::vector<bool> reached(model.processes, false);
        for (const std::uint32_t unknown : order_.unknowns) reached[adjoint_ ? system.process_of(unknown) : unknown] = true;
        const auto count = static_cast<std::uint32_t>(model.technosphere.size());
        // A row counts where its process is reached: what a process that stands still would use does not matter.
        technosphere_ = uncertain_ones(model.technosphere, 0, [&](std::uint32_t i) { return reached[model.technosphere[i].column]; });
        biosphere_ = uncertain_ones(model.biosphere, count, [&](std::uint32_t i) { return reached[model.biosphere[i].column]; });
        characterisation_ =
            uncertain_ones(model.characterisation, count + static_cast<std::uint32_t>(model.biosphere.size()), [](std::uint32_t) { return true; });
        for (std::uint32_t i = 0; i < model.biosphere.size(); ++i)
            if (reached[model.biosphere[i].column]) given_off_.push_back(i);
        burdens_ = burdens_of(model);
        weigh();
    }

    class Worker;

private:
    /// How much a residual moves any of the scores, relative to it: the other direction's nominal answer.
    void weigh() {
        weights_.assign(order_.size(), 0);
        for (std::size_t demand = 0; demand < demands_.size(); ++demand)
            for (std::size_t method = 0; method < model_.methods; ++method) {
                const double score = std::abs(nominal_.scores.at(demand, method));
                if (score == 0) continue;
                for (std::size_t place = 0; place < order_.size(); ++place) {
                    const std::uint32_t unknown = order_.unknowns[place];
                    const double moves =
                        adjoint_ ? nominal_.scalings[demand][system_.process_of(unknown)] : nominal_.intensities[method][system_.product_of(unknown)];
                    weights_[place] = std::max(weights_[place], std::abs(moves) / score);
                }
            }
    }

    const Model& model_;
    const std::span<const Demand> demands_;
    const MonteCarlo& settings_;
    System& system_;
    const Solution& nominal_;
    const bool adjoint_; // fewer methods than demands: one solve a method gives the scores of all demands
    const Sweeps order_;
    std::vector<Drawn> technosphere_, biosphere_, characterisation_;
    std::vector<std::uint32_t> given_off_; // exchanges of the biosphere that are reached
    std::vector<std::vector<double>> burdens_;
    std::vector<double> weights_;
    std::mutex nominal_lu_mutex_;
    std::optional<solver::SparseLu> nominal_lu_;
};

/// One thread's own numbers.
class Run::Worker {
public:
    explicit Worker(Run& run) :
        run_(run),
        technosphere_(amounts_of(run.model_.technosphere)),
        biosphere_(amounts_of(run.model_.biosphere)),
        characterisation_(amounts_of(run.model_.characterisation)),
        burdens_(run.burdens_),
        values_(run.order_.values),
        diagonal_(run.order_.diagonal) {}

    void sample(std::uint64_t number, Scores& scores) {
        const std::uint64_t seed = run_.settings_.seed;
        draw_all(seed, number, run_.technosphere_, run_.model_.technosphere, technosphere_);
        draw_all(seed, number, run_.biosphere_, run_.model_.biosphere, biosphere_);
        draw_all(seed, number, run_.characterisation_, run_.model_.characterisation, characterisation_);
        if (!run_.technosphere_.empty()) run_.order_.take(technosphere_, values_, diagonal_);
        if (!run_.biosphere_.empty() || !run_.characterisation_.empty()) weigh_processes();
        own_lu_.reset();
        worst_ = Way::sweeps;
        scores.methods = run_.model_.methods;
        scores.numbers.assign(run_.demands_.size() * scores.methods, 0);
        if (run_.adjoint_) {
            for (std::size_t method = 0; method < scores.methods; ++method) {
                const std::vector<double>& solved =
                    solve(run_.nominal_.intensities[method], [&](std::uint32_t product) { return burdens_[method][run_.system_.process_of(product)]; });
                for (std::size_t demand = 0; demand < run_.demands_.size(); ++demand)
                    for (const auto& [product, amount] : run_.demands_[demand]) scores.numbers[demand * scores.methods + method] += amount * solved[product];
            }
        } else {
            std::vector<double> wanted(run_.model_.products, 0);
            for (std::size_t demand = 0; demand < run_.demands_.size(); ++demand) {
                std::fill(wanted.begin(), wanted.end(), 0);
                for (const auto& [product, amount] : run_.demands_[demand]) wanted[product] += amount;
                const std::vector<double>& solved =
                    solve(run_.nominal_.scalings[demand], [&](std::uint32_t process) { return wanted[run_.system_.product_of(process)]; });
                for (std::size_t method = 0; method < scores.methods; ++method)
                    for (const std::uint32_t process : run_.order_.unknowns)
                        scores.numbers[demand * scores.methods + method] += burdens_[method][process] * solved[process];
            }
        }
        krylov += worst_ == Way::krylov;
        refactored += worst_ == Way::refactored;
        failed += worst_ == Way::failed;
        if (worst_ == Way::failed) std::fill(scores.numbers.begin(), scores.numbers.end(), std::nan(""));
    }

    std::uint64_t sweeps = 0;
    std::uint32_t krylov = 0, refactored = 0, failed = 0;

private:
    enum class Way { sweeps, krylov, refactored, failed };

    void weigh_processes() {
        for (std::size_t method = 0; method < burdens_.size(); ++method) {
            std::vector<double> weights(run_.model_.flows, 0);
            for (std::size_t i = 0; i < characterisation_.size(); ++i)
                if (run_.model_.characterisation[i].row == method) weights[run_.model_.characterisation[i].column] += characterisation_[i];
            for (const std::uint32_t unknown : run_.order_.unknowns) burdens_[method][run_.adjoint_ ? run_.system_.process_of(unknown) : unknown] = 0;
            for (const std::uint32_t i : run_.given_off_)
                burdens_[method][run_.model_.biosphere[i].column] += weights[run_.model_.biosphere[i].row] * biosphere_[i];
        }
    }

    /// By unknown (process or product), 0 where nothing is reached.
    template <class RightSide> const std::vector<double>& solve(const std::vector<double>& nominal, RightSide right_of) {
        const Sweeps& order = run_.order_;
        right_.resize(order.size());
        x_.resize(order.size());
        for (std::size_t place = 0; place < order.size(); ++place) {
            right_[place] = right_of(order.unknowns[place]);
            x_[place] = nominal[order.unknowns[place]];
        }
        const SweepResult result = sweep(order, values_, diagonal_, right_, x_, run_.weights_, run_.settings_.tolerance);
        sweeps += static_cast<std::uint64_t>(result.sweeps);
        solved_.assign(nominal.size(), 0);
        if (result.settled) {
            for (std::size_t place = 0; place < order.size(); ++place) solved_[order.unknowns[place]] = x_[place];
        } else {
            solve_otherwise(nominal);
        }
        return solved_;
    }

    void solve_otherwise(const std::vector<double>& nominal) {
        const Sweeps& order = run_.order_;
        const auto in_rows = [&] { // the whole system's right side
            std::vector<double> whole(nominal.size(), 0);
            for (std::size_t place = 0; place < order.size(); ++place)
                whole[run_.adjoint_ ? run_.system_.process_of(order.unknowns[place]) : run_.system_.product_of(order.unknowns[place])] = right_[place];
            return whole;
        };
        const std::vector<double> whole = in_rows();
        const auto multiply = [&](const std::vector<double>& x) {
            std::vector<double> product(x.size(), 0);
            for (std::size_t i = 0; i < technosphere_.size(); ++i) {
                const Exchange& one = run_.model_.technosphere[i];
                if (run_.adjoint_) product[one.column] += technosphere_[i] * x[one.row];
                else product[one.row] += technosphere_[i] * x[one.column];
            }
            return product;
        };
        const auto precondition = [&](std::vector<double>& vector) {
            const std::lock_guard lock(run_.nominal_lu_mutex_);
            if (!run_.nominal_lu_) run_.nominal_lu_ = solver::SparseLu::factor(run_.system_.columns(amounts_of(run_.model_.technosphere)));
            if (!run_.nominal_lu_) return;
            if (run_.adjoint_) run_.nominal_lu_->solve_transposed(vector);
            else run_.nominal_lu_->solve(vector);
        };
        solved_ = nominal;
        if (gmres(multiply, precondition, whole, solved_, 1e-13, 60)) return worst_ = std::max(worst_, Way::krylov), void();
        if (!own_lu_) own_lu_ = solver::SparseLu::factor(run_.system_.columns(technosphere_));
        solved_ = whole;
        if (!own_lu_) return worst_ = Way::failed, void();
        if (run_.adjoint_) own_lu_->solve_transposed(solved_);
        else own_lu_->solve(solved_);
        worst_ = std::max(worst_, Way::refactored);
        for (const double one : solved_)
            if (!std::isfinite(one)) worst_ = Way::failed;
    }

    Run& run_;
    std::vector<double> technosphere_, biosphere_, characterisation_; // amounts of this sample
    std::vector<std::vector<double>> burdens_;
    std::vector<double> values_, diagonal_, right_, x_, solved_;
    std::optional<solver::SparseLu> own_lu_;
    Way worst_ = Way::sweeps;
};

} // namespace

std::optional<Sampled> monte_carlo(const Model& model, std::span<const Demand> demands, const MonteCarlo& settings, Fault& fault) {
    const auto nominal = solve(model, demands, fault);
    if (!nominal) return {};
    auto system = System::arrange(model, fault);
    Run run(model, demands, settings, *system, *nominal);
    Sampled sampled;
    sampled.scores.resize(settings.samples);
    std::atomic<std::uint32_t> next = 0;
    std::atomic<bool> stop = false;
    std::mutex mutex;
    const auto work = [&] {
        Run::Worker worker(run);
        for (std::uint32_t sample = next++; sample < settings.samples && !stop; sample = next++) {
            worker.sample(sample, sampled.scores[sample]);
            if (settings.going && sample % 16 == 0) {
                const std::lock_guard lock(mutex);
                if (!settings.going(sample)) stop = true;
            }
        }
        const std::lock_guard lock(mutex);
        sampled.sweeps += worker.sweeps;
        sampled.krylov += worker.krylov;
        sampled.refactored += worker.refactored;
        sampled.failed += worker.failed;
    };
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < settings.threads; ++i) threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
    sampled.ended_early = stop;
    std::erase_if(sampled.scores, [](const Scores& scores) { return scores.numbers.empty(); });
    return sampled;
}

} // namespace greenbank::carbon
