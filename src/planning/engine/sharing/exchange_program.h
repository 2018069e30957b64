// exchange_program.h — one hour of zones and ties as a linear program, which clearing, adequacy and emergency share.
#pragma once

#include "planning/engine/sharing/zones.h"
#include "solver/staged.h"

namespace greenbank::planning::sharing {

struct HourProgram {
    solver::StagedProgram program;
    std::vector<int> balances, unserved, protected_unserved; // by zone; unserved: of what is not protected
    std::vector<std::vector<int>> offers;                    // by zone
    std::vector<int> forward, backward;                      // by tie
};

/// An offer or tie that is not there: offers by zone and place, ties by number.
struct Without {
    std::optional<std::pair<std::size_t, std::size_t>> offer;
    std::optional<std::size_t> tie;
};

std::size_t zone_of(const SharingCase& sharing, const std::string& name);
HourProgram hour_program(const SharingCase& sharing, std::size_t hour, bool emergency, const Without& without = {});
/// An exchange with places for all hours, and one hour of it written from an answer.
Exchange empty_exchange(const SharingCase& sharing);
void write_hour(const SharingCase& sharing, const HourProgram& hour, const solver::StagedAnswer& answer, std::size_t at, Exchange& exchange);

} // namespace greenbank::planning::sharing
