// operations.h — the rights of watching and steering, and what the operations of these folders share beside those of sites.
#pragma once

#include "energy/sites/operations.h"

namespace greenbank::energy {

/// Rules, plans, formulas, reports of one's own sites; alarms acknowledged and shelved.
inline constexpr Right write_watch{"energy.watch"};
/// Orders to plants, and approving those of others.
inline constexpr Right order_plant{"energy.control"};

/// Names one record.
template <class T> struct KeyOf { Id<T> id; };
template <class T> Record describe(const KeyOf<T>*) {
    static const std::string name = std::string(T::id_prefix) + "_named";
    return {name, "Names one record.", {field<&KeyOf<T>::id>("id", "Its id.")}};
}

std::string name_of_person(Transaction& transaction, const Caller& caller);

} // namespace greenbank::energy
