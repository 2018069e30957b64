// sharing.h — who bears a loss: layers of quota shares, caps, a stop where too much is bad, leverage, refilling. Whole minor units; shares add up to the loss.
#pragma once

#include <cstdint>
#include <vector>

namespace greenbank::finance {

/// The loss above the layer before and up to `until` in all is borne in these parts of a million.
struct LossLayer {
    std::int64_t until = 0;           // cumulative; of the last layer no limit
    std::vector<std::int64_t> shares; // of each party, together 1'000'000
};

struct SharingRules {
    std::size_t parties = 0, residual = 0; // the residual party bears what caps cut off
    std::vector<LossLayer> layers;
    std::vector<std::int64_t> caps;              // of what each bears in all; -1: none
    std::size_t fund = 0;                        // the party that pays out of a pool
    std::int64_t leverage = 0;                   // covered loans are at most so many times the pool; 0: no rule
    std::int64_t stop_at = 0;                    // bad loans above so many parts of a million of the covered suspend new cover; 0: no rule
    std::int64_t resume_at = 0;                  // and below so many it is open again
    std::int64_t refill_to = 0, refill_most = 0; // the pool is filled up to so much, by so much a year at most
};

enum class SharingFlaw { none, no_layers, shares_sum, layers_order, party_unknown, stop_order };
SharingFlaw check(const SharingRules& rules);

struct SharingState {
    std::int64_t pool = 0, covered = 0, bad = 0, lost = 0; // lost: in all so far
    std::vector<std::int64_t> borne;                       // by each party, recoveries taken off
    bool suspended = false;
};

enum class CoverAnswer { open, suspended, leverage };
/// May a loan of that size be covered?
CoverAnswer may_cover(const SharingRules& rules, const SharingState& state, std::int64_t amount);
void cover(SharingState& state, std::int64_t amount);
void repay(SharingState& state, std::int64_t amount);
/// A covered loan went bad, or became good again (negative); the stop has hysteresis.
void mark_bad(const SharingRules& rules, SharingState& state, std::int64_t amount);

/// What each party bears of a loss, which the state takes in. The pool pays no more than it holds.
std::vector<std::int64_t> split_loss(const SharingRules& rules, SharingState& state, std::int64_t loss);
/// The same without a state, one minor unit after another: the twin; shares are those of an exact split within a unit a layer.
std::vector<double> split_loss_naive(const SharingRules& rules, const SharingState& state, std::int64_t loss);
/// A recovery goes back in proportion to what each has borne of that claim; at most so much to each.
std::vector<std::int64_t> split_recovery(const SharingRules& rules, SharingState& state, const std::vector<std::int64_t>& claim, std::int64_t recovered);
/// What the sponsor adds to the pool at the end of a year.
std::int64_t refill(const SharingRules& rules, SharingState& state);

struct PartyLoss {
    double mean = 0, value_at_risk = 0, expected_shortfall = 0, largest = 0;
};
/// The loss of each party over scenarios of the portfolio's loss, from that state on; its means add up to the mean loss.
std::vector<PartyLoss> party_losses(const SharingRules& rules, const SharingState& state, const std::vector<double>& losses, double level);

} // namespace greenbank::finance
