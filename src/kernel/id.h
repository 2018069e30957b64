// Typed ids: a prefix that names the record, then 26 characters of a UUIDv7, so that ids sort by birth.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "kernel/random.h"
#include "kernel/time.h"

namespace greenbank {

struct AnyId {
    std::string text; // "tech_01jd4x…"; empty means none

    bool empty() const { return text.empty(); }
    auto operator<=>(const AnyId&) const = default;
};

/// An id of a record of type T; `T::id_prefix` is its prefix.
template <class T> struct Id : AnyId {
    Id() = default;
    explicit Id(std::string id) : AnyId{std::move(id)} {}
    auto operator<=>(const Id&) const = default;
};

/// Prefix, underscore, then 1 to 60 of a–z, 0–9 and underscore.
bool is_id(std::string_view text, std::string_view prefix);
std::string make_id(std::string_view prefix, Time now, Random& random);

template <class T> Id<T> make_id(Time now, Random& random) { return Id<T>(make_id(T::id_prefix, now, random)); }

} // namespace greenbank
