// meetings_model.h — an instance as clauses: where requests may be, who is busy when, what a break is.
// After the MaxSAT encoding of Bofill and others (JAIR 74, 2022, §5), with full equivalences for breaks, and the tables of a slot
// counted over a cover of the meetings by participants, each of whom has one meeting at most there.
#pragma once

#include <optional>

#include "events/engine/meetings.h"
#include "solver/sat.h"

namespace greenbank::events::meetings {

enum class Role { out, may, must }; // of a request in a model

class Model {
public:
    Model(solver::Sat& sat, const Instance& instance, const std::vector<std::vector<int>>& allowed, std::vector<Role> roles);

    /// 0 where the request cannot be in that slot.
    solver::Literal at(int request, int slot) const { return at_[request][slot]; }
    /// Holds where the request has a place; for requests that may be placed only.
    solver::Literal placed(int request) const { return placed_[request]; }
    /// One literal for each break that could be; made at the first call.
    const std::vector<solver::Literal>& breaks();
    /// The numbers of breaks of any two participants differ by at most `spread_max`.
    void limit_spread(int spread_max);
    /// Tries this schedule first, at every question, until told to forget it: it leads to what is near and away from all else.
    void prefer(const Slots& slots);
    void forget_preference();
    Slots slots() const;

private:
    void add_requests();
    void add_participants();
    void add_tables();
    void add_precedences();
    void add_shape_without_breaks(int participant);
    int breaks_max(int participant) const;
    std::vector<solver::Literal> count(const std::vector<solver::Literal>& literals, int most);

    solver::Sat& sat_;
    const Instance& instance_;
    const std::vector<std::vector<int>>& allowed_;
    std::vector<Role> roles_;
    std::vector<std::vector<int>> requests_of_;           // by participant
    std::vector<std::vector<solver::Literal>> at_, busy_; // by request or participant, and slot
    std::vector<solver::Literal> placed_, breaks_;
    std::vector<std::vector<solver::Literal>> breaks_of_; // by participant
    bool breaks_made_ = false;
};

} // namespace greenbank::events::meetings
