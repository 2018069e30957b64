// sharing.cpp — layers, then caps, then the pool; rounding by the largest remainder.
#include "finance/engine/sharing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "finance/engine/proportion.h"
#include "finance/engine/wide.h"

namespace greenbank::finance {

namespace {

constexpr std::int64_t million = 1'000'000;

std::int64_t room_of(const SharingRules& rules, const SharingState& state, std::size_t party) {
    std::int64_t room = rules.caps.empty() || rules.caps[party] < 0 ? std::numeric_limits<std::int64_t>::max()
                                                                    : std::max<std::int64_t>(0, rules.caps[party] - state.borne[party]);
    if (party == rules.fund) room = std::min(room, std::max<std::int64_t>(0, state.pool));
    return room;
}

bool is_bad_above(const SharingState& state, std::int64_t parts) { return static_cast<Wide>(state.bad) * million > static_cast<Wide>(state.covered) * parts; }

} // namespace

SharingFlaw check(const SharingRules& rules) {
    if (rules.layers.empty() || rules.parties == 0) return SharingFlaw::no_layers;
    if (rules.residual >= rules.parties || rules.fund >= rules.parties || rules.residual == rules.fund ||
        (!rules.caps.empty() && rules.caps.size() != rules.parties))
        return SharingFlaw::party_unknown;
    std::int64_t before = 0;
    for (std::size_t i = 0; i < rules.layers.size(); ++i) {
        const LossLayer& layer = rules.layers[i];
        if (i + 1 < rules.layers.size() && layer.until <= before) return SharingFlaw::layers_order;
        before = layer.until;
        if (layer.shares.size() != rules.parties) return SharingFlaw::party_unknown;
        std::int64_t sum = 0;
        for (const std::int64_t share : layer.shares) {
            if (share < 0 || share > million) return SharingFlaw::shares_sum;
            sum += share;
        }
        if (sum != million) return SharingFlaw::shares_sum;
    }
    if (!rules.caps.empty() && rules.caps[rules.residual] >= 0) return SharingFlaw::party_unknown; // somebody bears the rest
    if (rules.stop_at < 0 || rules.resume_at > rules.stop_at) return SharingFlaw::stop_order;
    return SharingFlaw::none;
}

CoverAnswer may_cover(const SharingRules& rules, const SharingState& state, std::int64_t amount) {
    if (state.suspended) return CoverAnswer::suspended;
    if (rules.leverage > 0 && static_cast<Wide>(state.covered) + amount > static_cast<Wide>(state.pool) * rules.leverage) return CoverAnswer::leverage;
    return CoverAnswer::open;
}
void cover(SharingState& state, std::int64_t amount) { state.covered += amount; }
void repay(SharingState& state, std::int64_t amount) { state.covered = std::max<std::int64_t>(0, state.covered - amount); }

void mark_bad(const SharingRules& rules, SharingState& state, std::int64_t amount) {
    state.bad = std::max<std::int64_t>(0, state.bad + amount);
    if (rules.stop_at == 0) return;
    if (!state.suspended) state.suspended = is_bad_above(state, rules.stop_at);
    else state.suspended = is_bad_above(state, rules.resume_at);
}

std::vector<std::int64_t> split_loss(const SharingRules& rules, SharingState& state, std::int64_t loss) {
    state.borne.resize(rules.parties, 0);
    std::vector<std::int64_t> parts(rules.parties, 0);
    std::int64_t from = state.lost, left = loss;
    for (std::size_t i = 0; i < rules.layers.size() && left > 0; ++i) {
        const bool last = i + 1 == rules.layers.size();
        if (!last && rules.layers[i].until <= from) continue;
        const std::int64_t here = last ? left : std::min(left, rules.layers[i].until - from);
        const std::vector<std::int64_t> layer = in_proportion(here, rules.layers[i].shares);
        for (std::size_t party = 0; party < rules.parties; ++party) parts[party] += layer[party];
        from += here;
        left -= here;
    }
    for (std::size_t party = 0; party < rules.parties; ++party) {
        if (party == rules.residual) continue;
        const std::int64_t over = parts[party] - room_of(rules, state, party);
        if (over <= 0) continue;
        parts[party] -= over;
        parts[rules.residual] += over;
    }
    state.lost += loss;
    state.pool -= parts[rules.fund];
    for (std::size_t party = 0; party < rules.parties; ++party) state.borne[party] += parts[party];
    return parts;
}

std::vector<double> split_loss_naive(const SharingRules& rules, const SharingState& state, std::int64_t loss) {
    std::vector<double> parts(rules.parties, 0);
    for (std::int64_t unit = state.lost; unit < state.lost + loss; ++unit) {
        std::size_t layer = 0;
        while (layer + 1 < rules.layers.size() && rules.layers[layer].until <= unit) ++layer;
        for (std::size_t party = 0; party < rules.parties; ++party) parts[party] += static_cast<double>(rules.layers[layer].shares[party]) / million;
    }
    SharingState padded = state;
    padded.borne.resize(rules.parties, 0);
    for (std::size_t party = 0; party < rules.parties; ++party) {
        const auto room = static_cast<double>(room_of(rules, padded, party));
        if (party == rules.residual || parts[party] <= room) continue;
        parts[rules.residual] += parts[party] - room;
        parts[party] = room;
    }
    return parts;
}

std::vector<std::int64_t> split_recovery(const SharingRules& rules, SharingState& state, const std::vector<std::int64_t>& claim, std::int64_t recovered) {
    const std::int64_t borne = std::accumulate(claim.begin(), claim.end(), std::int64_t{0});
    const std::vector<std::int64_t> parts = in_proportion(std::min(recovered, borne), claim);
    state.borne.resize(rules.parties, 0);
    for (std::size_t party = 0; party < rules.parties; ++party) state.borne[party] -= parts[party];
    state.pool += parts[rules.fund];
    return parts;
}

std::int64_t refill(const SharingRules& rules, SharingState& state) {
    const std::int64_t added = std::clamp<std::int64_t>(rules.refill_to - state.pool, 0, std::max<std::int64_t>(0, rules.refill_most));
    state.pool += added;
    return added;
}

std::vector<PartyLoss> party_losses(const SharingRules& rules, const SharingState& state, const std::vector<double>& losses, double level) {
    std::vector<std::vector<double>> borne(rules.parties);
    for (const double loss : losses) {
        SharingState after = state;
        const std::vector<std::int64_t> parts = split_loss(rules, after, static_cast<std::int64_t>(std::llround(loss)));
        for (std::size_t party = 0; party < rules.parties; ++party) borne[party].push_back(static_cast<double>(parts[party]));
    }
    std::vector<PartyLoss> summary(rules.parties);
    for (std::size_t party = 0; party < rules.parties && !losses.empty(); ++party) {
        std::vector<double>& own = borne[party];
        std::sort(own.begin(), own.end());
        const double count = static_cast<double>(own.size());
        const std::size_t at = static_cast<std::size_t>(std::clamp(std::ceil(count * level) - 1, 0.0, count - 1));
        double beyond = 0, mass = 0;
        for (std::size_t i = own.size(); i-- > 0 && own[i] > own[at];) {
            beyond += own[i] / count;
            mass += 1 / count;
        }
        summary[party] = {std::accumulate(own.begin(), own.end(), 0.0) / count, own[at], (beyond + (1 - level - mass) * own[at]) / (1 - level), own.back()};
    }
    return summary;
}

} // namespace greenbank::finance
