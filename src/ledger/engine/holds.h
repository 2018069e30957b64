// holds.h — the holds that are open, by id and by the moment they end.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "ledger/engine/flat_map.h"
#include "ledger/engine/transfer.h"

namespace greenbank::ledger {

constexpr Time never{std::numeric_limits<std::int64_t>::max()};

struct Hold {
    TransferId id;
    Amount amount = 0;
    std::uint64_t number = 0; // the journal's line that made it
    AccountNumber debit = AccountNumber::none, credit = AccountNumber::none;
    Time expires_at = never;    // from this moment on it is over
    Kind state = Kind::pending; // open; else what resolved it
    bool operator==(const Hold&) const = default;
};

/// A resolved hold is kept until settle(), so that its resolution can be taken back and a second one be told of the first.
class Holds {
public:
    using Slot = std::uint32_t;

    Slot add(const Hold& hold);
    /// By id, open or resolved since the last settle().
    std::optional<Slot> find(const TransferId& id) const;
    const Hold& operator[](Slot slot) const { return pool_[slot]; }
    void resolve(Slot slot, Kind by);
    void reopen(Slot slot);
    void remove(Slot slot); // as if it had never been added; it must be open
    /// Resolved holds are forgotten.
    void settle();
    /// The open hold that ends first, if that is at `now` or before; of several, the one made first.
    std::optional<Slot> due(Time now);

    std::size_t open_count() const { return open_; }
    std::size_t bytes() const { return pool_.capacity() * sizeof(Hold) + by_id_.bytes() + deadlines_.capacity() * sizeof(Deadline); }
    /// Open ones, by number.
    std::vector<Hold> list() const;

private:
    struct Deadline {
        Time at;
        std::uint64_t number;
        Slot slot;
    };
    static bool later(const Deadline& a, const Deadline& b) { return a.at != b.at ? a.at > b.at : a.number > b.number; }
    bool is_current(const Deadline& deadline) const;
    void watch(Slot slot);
    void forget(Slot slot);

    std::vector<Hold> pool_;
    std::vector<Slot> free_, resolved_;
    FlatMap<TransferId, Slot> by_id_;
    // A heap. Resolved holds stay in it until they come up or are more than half of it.
    std::vector<Deadline> deadlines_;
    std::size_t open_ = 0;
};

} // namespace greenbank::ledger
