// holds.cpp — a pool with a free list, an index by id, a heap of deadlines.
#include "ledger/engine/holds.h"

#include <algorithm>

#include "kernel/result.h"

namespace greenbank::ledger {

Holds::Slot Holds::add(const Hold& hold) {
    Slot slot = 0;
    if (free_.empty()) {
        slot = static_cast<Slot>(pool_.size());
        pool_.push_back(hold);
    } else {
        slot = free_.back();
        free_.pop_back();
        pool_[slot] = hold;
    }
    by_id_[hold.id] = slot;
    ++open_;
    watch(slot);
    return slot;
}

std::optional<Holds::Slot> Holds::find(const TransferId& id) const {
    if (const Slot* slot = by_id_.find(id)) return *slot;
    return {};
}

void Holds::resolve(Slot slot, Kind by) {
    require(pool_[slot].state == Kind::pending, "a hold is resolved once");
    pool_[slot].state = by;
    resolved_.push_back(slot);
    --open_;
}

void Holds::reopen(Slot slot) {
    // Changes are taken back in the reverse order, so it is the last one resolved.
    require(!resolved_.empty() && resolved_.back() == slot, "holds are reopened in the reverse order");
    resolved_.pop_back();
    pool_[slot].state = Kind::pending;
    ++open_;
    watch(slot);
}

void Holds::remove(Slot slot) {
    require(pool_[slot].state == Kind::pending, "only an open hold can be as if it had never been");
    --open_;
    forget(slot);
}

void Holds::settle() {
    for (const Slot slot : resolved_) forget(slot);
    resolved_.clear();
}

void Holds::forget(Slot slot) {
    by_id_.erase(pool_[slot].id);
    pool_[slot] = {};
    free_.push_back(slot);
}

bool Holds::is_current(const Deadline& deadline) const {
    const Hold& hold = pool_[deadline.slot];
    return hold.number == deadline.number && hold.state == Kind::pending && hold.expires_at == deadline.at;
}

void Holds::watch(Slot slot) {
    if (pool_[slot].expires_at == never) return;
    if (deadlines_.size() > 2 * open_ + 64) {
        std::erase_if(deadlines_, [&](const Deadline& deadline) { return !is_current(deadline); });
        std::make_heap(deadlines_.begin(), deadlines_.end(), later);
    }
    deadlines_.push_back({pool_[slot].expires_at, pool_[slot].number, slot});
    std::push_heap(deadlines_.begin(), deadlines_.end(), later);
}

std::optional<Holds::Slot> Holds::due(Time now) {
    while (!deadlines_.empty() && deadlines_.front().at <= now) {
        const Deadline first = deadlines_.front();
        if (is_current(first)) return first.slot;
        std::pop_heap(deadlines_.begin(), deadlines_.end(), later);
        deadlines_.pop_back();
    }
    return {};
}

std::vector<Hold> Holds::list() const {
    std::vector<Hold> open;
    for (const Hold& hold : pool_)
        if (hold.number && hold.state == Kind::pending) open.push_back(hold);
    std::sort(open.begin(), open.end(), [](const Hold& a, const Hold& b) { return a.number < b.number; });
    return open;
}

} // namespace greenbank::ledger
