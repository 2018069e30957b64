// recent.h — from an id to its line among those that are not committed yet.
// Emptied at every commit, which may come after one transfer or 8,190, so emptying must not touch every slot: a slot counts
// only if it carries the current round.
#pragma once

#include <optional>
#include <vector>

#include "ledger/engine/transfer.h"

namespace greenbank::ledger {

class RecentIds {
public:
    /// The place in `entries` of the line with this id.
    std::optional<std::size_t> find(const std::vector<Entry>& entries, const TransferId& id, std::uint64_t hash) const {
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            const Slot& slot = slots_[at];
            if (slot.round != round_) return {};
            // Lines that were taken back leave their slots behind; they point past the end or to a line of another id.
            if (slot.place < entries.size() && entries[slot.place].transfer.id == id) return slot.place;
        }
    }
    void add(const std::vector<Entry>& entries, std::size_t place, std::uint64_t hash) {
        if (++used_ * 2 > slots_.size()) grow(entries, place);
        insert(place, hash);
    }
    void clear() {
        used_ = 0;
        if (++round_ == 0) {
            slots_.assign(slots_.size(), {});
            round_ = 1;
        }
    }

private:
    struct Slot {
        std::uint32_t round = 0, place = 0;
    };

    std::size_t mask() const { return slots_.size() - 1; }
    void insert(std::size_t place, std::uint64_t hash) {
        std::size_t at = hash & mask();
        while (slots_[at].round == round_) at = (at + 1) & mask();
        slots_[at] = {round_, static_cast<std::uint32_t>(place)};
    }
    void grow(const std::vector<Entry>& entries, std::size_t places) {
        slots_.assign(slots_.size() * 2, {});
        used_ = 1;
        for (std::size_t place = 0; place < places; ++place) {
            if (entries[place].transfer.id.empty()) continue;
            insert(place, hash_of(entries[place].transfer.id));
            ++used_;
        }
    }

    std::vector<Slot> slots_ = std::vector<Slot>(1024);
    std::size_t used_ = 0;
    std::uint32_t round_ = 1;
};

} // namespace greenbank::ledger
