// meetings.h — the words of a round of one-to-one meetings: who can meet whom in which slot, and what a schedule is worth.
// The problem is that of Bofill, Coll, Garcia, Giráldez-Cru, Pesant, Suy and Villaret, "Constraint solving approaches to the
// business-to-business meeting scheduling problem" (JAIR 74, 2022), with values of requests and a limit of tables in each slot.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace greenbank::events::meetings {

/// Participants, requests and slots are numbered from 0.
constexpr int unplaced = -1;

struct Session {
    int first, last; // slots, both included
};

/// Two participants wish to meet once, for one slot.
struct Request {
    int a, b;
    std::int64_t value = 1; // to both sides together, > 0
    int session = -1;       // the only one it may take place in
    int fixed_slot = -1;    // the only slot it may take place in; such a meeting is always placed
};

/// Where both take place, `before` is in an earlier slot than `after`.
struct Precedence {
    int before, after;
};

struct Instance {
    int slots = 0;
    std::vector<int> tables;                  // by slot: how many meetings at once
    std::vector<std::vector<bool>> forbidden; // by participant and slot
    std::vector<Session> sessions;
    std::vector<Request> requests;
    std::vector<Precedence> precedences;
    int break_spread_max = 2; // fairness: the numbers of breaks of any two participants differ by at most this

    int participants() const { return static_cast<int>(forbidden.size()); }
};

/// The slot of each request, or `unplaced`.
using Slots = std::vector<int>;

/// What a request may have by itself: its session, both sides' forbidden slots, slots without tables, its fixed slot.
std::vector<std::vector<int>> allowed_slots(const Instance& instance);

/// The objectives, in this order: value up, then the spread beyond its limit down, then breaks down. A break is a run of idle
/// slots between two meetings of one participant, however long (a break across sessions counts).
struct Worth {
    std::int64_t value = 0;
    std::int64_t breaks = 0;
    int spread = 0; // the most breaks of a participant minus the fewest
    bool operator==(const Worth&) const = default;
};
Worth worth_of(const Instance& instance, const Slots& slots);
/// By participant.
std::vector<int> breaks_of(const Instance& instance, const Slots& slots);

/// A number that was reached, and the number that nothing can beat.
struct Bounded {
    std::int64_t reached = 0, bound = 0;
    bool proven() const { return reached == bound; }
};

/// Time and patience are the caller's. What runs out of time returns the best it has, with its bounds.
struct Budget {
    double seconds = 60;
    std::function<double()> elapsed = [] { return 0.0; }; // seconds since the start, by the caller's clock
    std::function<bool()> cancelled = [] { return false; };

    bool over(double share = 1) const { return cancelled() || elapsed() > seconds * share; }
    std::function<bool()> stop(double share = 1) const {
        return [this, share] { return over(share); };
    }
};

struct Scheduled {
    Slots slots;
    Worth worth;
    Bounded value;
    Bounded breaks; // among schedules of this value and this spread
    /// The bounds of breaks and moves hold for this choice of requests only: another choice of the same value was not looked at.
    bool this_choice_only = false;
    int spread_limit = 2;      // the limit kept: more than asked where no schedule of this value can keep that
    bool spread_proven = true; // whether a limit above the one asked is known to be needed
    Bounded moves;             // repair only
};

/// The best schedule, by the order of objectives.
Scheduled schedule(const Instance& instance, const Budget& budget);

/// After cancellations: `instance` is what is left (its participants and slots as before), `before` the schedule that was
/// announced, for the same requests. Slots before `now` are past: what stands there stays, and nothing new comes there.
/// The objectives are value, then the spread, then the fewest changes (moved, or placed before and no longer), then breaks.
Scheduled repair(const Instance& instance, const Slots& before, int now, const Budget& budget);

/// First come, first served: each request, in its order, gets the first slot where both are free and a table is.
Slots book_first_come(const Instance& instance);

/// As much of a schedule as keeps the rules: those with a fixed slot first, then in the order of the requests.
Slots sound_part(const Instance& instance, const std::vector<std::vector<int>>& allowed, const Slots& slots);

/// A table for every placed meeting: those of `before_tables` that stay in their slot keep theirs (-1: none yet).
std::vector<int> seat(const Instance& instance, const Slots& slots, const Slots& before, const std::vector<int>& before_tables);

/// Why a request has no place in a schedule.
enum class Reason { no_common_slot, first_full, second_full, no_common_free_slot, tables_full, precedence, time_ran_out };
class Reasons {
public:
    Reasons(const Instance& instance, const Slots& slots, bool value_proven);
    Reason of(int request) const;

private:
    const Instance& instance_;
    bool value_proven_;
    std::vector<std::vector<int>> allowed_;
    std::vector<std::vector<bool>> busy_;
    std::vector<int> at_tables_;
};

} // namespace greenbank::events::meetings
