// flat_map.h — from an id to a small value, in one array.
// std::unordered_map follows a pointer to a node of its own for every key and allocates it: two cache misses and a malloc
// a transfer. Here a slot is found by its hash and the slots after it (linear probing, at most 3/4 full), and removal moves
// later slots back instead of leaving tombstones, so the map stays as fast after a million holds came and went.
#pragma once

#include <utility>
#include <vector>

#include "ledger/engine/ids.h"

namespace greenbank::ledger {

/// Keys are WideIds other than the empty one, which marks a free slot.
template <class Key, class Value> class FlatMap {
public:
    std::size_t size() const { return size_; }

    Value* find(const Key& key) {
        if (size_ == 0) return nullptr;
        for (std::size_t at = home(key);; at = next(at)) {
            if (slots_[at].key == key) return &slots_[at].value;
            if (slots_[at].key.empty()) return nullptr;
        }
    }
    const Value* find(const Key& key) const { return const_cast<FlatMap*>(this)->find(key); }

    /// The value at the key, made by default where it was not there. The reference holds until the next insertion or removal.
    Value& operator[](const Key& key) {
        if ((size_ + 1) * 4 > slots_.size() * 3) grow();
        std::size_t at = home(key);
        for (; !slots_[at].key.empty(); at = next(at))
            if (slots_[at].key == key) return slots_[at].value;
        slots_[at] = {key, Value{}};
        ++size_;
        return slots_[at].value;
    }

    void erase(const Key& key) {
        if (size_ == 0) return;
        std::size_t gap = home(key);
        for (; slots_[gap].key != key; gap = next(gap))
            if (slots_[gap].key.empty()) return;
        // Whoever stands behind the gap and could not find home because of it moves up.
        for (std::size_t at = next(gap); !slots_[at].key.empty(); at = next(at)) {
            const std::size_t wanted = home(slots_[at].key);
            if (((at - wanted) & mask()) < ((at - gap) & mask())) continue;
            slots_[gap] = std::move(slots_[at]);
            gap = at;
        }
        slots_[gap] = {};
        --size_;
    }

    void clear() {
        if (size_ == 0) return;
        slots_.assign(slots_.size(), {});
        size_ = 0;
    }

    std::size_t bytes() const { return slots_.size() * sizeof(Slot); }

private:
    struct Slot {
        Key key;
        Value value{};
    };

    std::size_t mask() const { return slots_.size() - 1; }
    std::size_t home(const Key& key) const { return static_cast<std::size_t>(hash_of(key)) & mask(); }
    std::size_t next(std::size_t at) const { return (at + 1) & mask(); }
    void grow() {
        std::vector<Slot> old(slots_.empty() ? 16 : slots_.size() * 2);
        old.swap(slots_);
        for (Slot& slot : old) {
            if (slot.key.empty()) continue;
            std::size_t at = home(slot.key);
            while (!slots_[at].key.empty()) at = next(at);
            slots_[at] = std::move(slot);
        }
    }

    std::vector<Slot> slots_;
    std::size_t size_ = 0;
};

} // namespace greenbank::ledger
