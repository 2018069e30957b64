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
/// Power that must flow at an hour from one zone to another, as it arrives.
struct Nomination {
    std::string name;
    std::size_t seller = 0, buyer = 0;
    double power = 0;
    std::int64_t priority = 1;
};
/// Narrows the program so that the zones' net imports and exports are at least what is nominated: protected customers first, then by priority; of one
/// priority the same share of each as far as all can have it, then what each still can, by name. Says how much of each can flow.
std::vector<double> honour(const SharingCase& sharing, HourProgram& hour, const std::vector<Nomination>& nominations);

/// An exchange with places for all hours, and one hour of it written from an answer.
Exchange empty_exchange(const SharingCase& sharing);
void write_hour(const SharingCase& sharing, const HourProgram& hour, const solver::StagedAnswer& answer, std::size_t at, Exchange& exchange);

} // namespace greenbank::planning::sharing
