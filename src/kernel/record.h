// One description of a struct, read at run time by every edge: SQL, JSON, OpenAPI, forms, CSV, validation, random data.
// Templates stop at `field<&Technology::title>(…)`: an edge walks a plain list of fields.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "kernel/id.h"
#include "kernel/money.h"
#include "kernel/random.h"
#include "kernel/result.h"
#include "kernel/text.h"
#include "kernel/time.h"
#include "kernel/units.h"

namespace greenbank {

// The C++ type behind each kind:
//   boolean bool · integer std::int64_t · real double · text std::string · choice an enum from 0 with Choices<>
//   id Id<T> (read as AnyId) · time Time · date Date · money Money · quantity Quantity · localized Text
//   record any described struct · list std::vector of any of these
enum class Kind { boolean, integer, real, text, choice, id, time, date, money, quantity, localized, record, list };
std::string_view to_text(Kind kind);

struct Record;

/// What an edge needs to handle a value of one C++ type behind a `void*`.
struct Type {
    Kind kind;
    std::string_view name = {};                     // choice: "technology_field"; id: the prefix
    std::span<const std::string_view> choices = {}; // choice: the name of each enumerator, in order
    int (*choice)(const void*) = nullptr;           // choice: the index
    void (*choose)(void*, int) = nullptr;
    const Record& (*record)() = nullptr; // record
    const Type* element = nullptr;       // list
    std::size_t (*size)(const void*) = nullptr;
    const void* (*item)(const void*, std::size_t) = nullptr;
    void* (*append)(void*) = nullptr;
    void (*clear)(void*) = nullptr;
    void (*remove)(void*, std::size_t) = nullptr; // one item
};

struct Traits {
    std::string_view unit = {};     // of a number: "kWh"; of a quantity: any unit of this dimension
    std::optional<double> min = {}; // of a number, of a text's length in characters, of a list's length
    std::optional<double> max = {};
    bool unique = false;
    bool read_only = false; // set by the bank: refused in bodies
    bool secret = false;    // stored, never sent out
    bool defaulted = false; // may be left out of a body: the struct's own initial value holds
    bool filter = false;    // lists may be filtered by it
    bool sort = false;      // lists may be sorted by it
};

struct Field {
    std::string_view name; // snake_case: the column and the JSON key
    std::string_view doc;
    const Type* type;
    Traits traits;
    bool optional;                          // absent differs from any value
    const void* (*get)(const void* record); // nullptr where an optional is absent
    void* (*make)(void* record);            // the value to write into; an optional is made present first
    void (*reset)(void* record);            // an optional becomes absent; others get their initial value
};

struct Record {
    std::string_view name; // singular snake_case: the table and the schema
    std::string_view doc;
    std::vector<Field> fields;
    /// Rules across fields. Called also where fields are wrong by themselves, so that all problems are said at once: it must
    /// bear any values, and what it says of a field that is known to be wrong is left out. Leave empty where there is none.
    void (*check)(const void* record, Problems& problems) = nullptr;
    /// Changes of these records are announced in the store's feed (search and other servers follow it).
    bool announced = false;

    const Field* find(std::string_view field) const;
};

/// Each described struct has `Record describe(const Struct*)` in its namespace; this is its one instance.
template <class T> const Record& record_of() {
    static const Record record = describe(static_cast<const T*>(nullptr));
    return record;
}

/// Names of an enum's values, in order from 0: `template <> struct Choices<Field> { static constexpr std::string_view
/// name = "technology_field"; static constexpr std::string_view values[] = {"water", …}; };`
template <class E> struct Choices;

template <class T, class = void> struct TypeOf;
template <class T> const Type& type_of() { return TypeOf<T>::type; }

template <Kind kind_> struct Plain {
    static constexpr Type type = {.kind = kind_};
};
template <> struct TypeOf<bool> : Plain<Kind::boolean> {};
template <> struct TypeOf<std::int64_t> : Plain<Kind::integer> {};
template <> struct TypeOf<double> : Plain<Kind::real> {};
template <> struct TypeOf<std::string> : Plain<Kind::text> {};
template <> struct TypeOf<Time> : Plain<Kind::time> {};
template <> struct TypeOf<Date> : Plain<Kind::date> {};
template <> struct TypeOf<Money> : Plain<Kind::money> {};
template <> struct TypeOf<Quantity> : Plain<Kind::quantity> {};
template <> struct TypeOf<Text> : Plain<Kind::localized> {};

template <class T> struct TypeOf<Id<T>> { static constexpr Type type = {.kind = Kind::id, .name = T::id_prefix}; };

template <class E> struct TypeOf<E, std::enable_if_t<std::is_enum_v<E>>> {
    static constexpr Type type = {.kind = Kind::choice,
        .name = Choices<E>::name,
        .choices = Choices<E>::values,
        .choice = [](const void* value) { return static_cast<int>(*static_cast<const E*>(value)); },
        .choose = [](void* value, int index) { *static_cast<E*>(value) = static_cast<E>(index); }};
};

template <class T> struct TypeOf<std::vector<T>> {
    using List = std::vector<T>;
    static constexpr Type type = {.kind = Kind::list,
        .element = &TypeOf<T>::type,
        .size = [](const void* list) { return static_cast<const List*>(list)->size(); },
        .item = [](const void* list, std::size_t i) -> const void* { return &(*static_cast<const List*>(list))[i]; },
        .append = [](void* list) -> void* { return &static_cast<List*>(list)->emplace_back(); },
        .clear = [](void* list) { static_cast<List*>(list)->clear(); },
        .remove = [](void* list, std::size_t i) { static_cast<List*>(list)->erase(static_cast<List*>(list)->begin() + static_cast<std::ptrdiff_t>(i)); }};
};

// Anything else is a described struct.
template <class T>
concept Described = requires(const T* value) {
    describe(value);
};
template <class T> struct TypeOf<T, std::enable_if_t<Described<T>>> {
    static constexpr Type type = {.kind = Kind::record, .record = []() -> const Record& { return record_of<T>(); }};
};

namespace detail {
template <class> struct Member;
template <class O, class T> struct Member<T O::*> {
    using owner = O;
    using type = T;
};
template <class T> struct Unwrapped {
    using type = T;
    static constexpr bool optional = false;
};
template <class T> struct Unwrapped<std::optional<T>> {
    using type = T;
    static constexpr bool optional = true;
};
} // namespace detail

template <auto member> Field field(std::string_view name, std::string_view doc, Traits traits = {}) {
    using Owner = typename detail::Member<decltype(member)>::owner;
    using Held = typename detail::Member<decltype(member)>::type;
    using Value = typename detail::Unwrapped<Held>::type;
    constexpr bool optional = detail::Unwrapped<Held>::optional;
    return {name, doc, &TypeOf<Value>::type, traits, optional,
        [](const void* record) -> const void* {
            const Held& held = static_cast<const Owner*>(record)->*member;
            if constexpr (optional) return held ? &*held : nullptr;
            else return &held;
        },
        [](void* record) -> void* {
            Held& held = static_cast<Owner*>(record)->*member;
            if constexpr (optional) {
                if (!held) held.emplace();
                return &*held;
            } else return &held;
        },
        [](void* record) { static_cast<Owner*>(record)->*member = Owner{}.*member; }};
}

template <class E> std::string_view name_of(E value) { return Choices<E>::values[static_cast<int>(value)]; }
template <class E> std::optional<E> parse_choice(std::string_view name) {
    for (std::size_t i = 0; i < std::size(Choices<E>::values); ++i)
        if (Choices<E>::values[i] == name) return static_cast<E>(i);
    return {};
}

/// All problems of a record by its description: lengths, ranges, units, ids, required texts, then `check`.
void validate(const Record& record, const void* value, Problems& problems, const std::string& path = {});

/// Adds problems of places that nothing is said of yet: neither of the place itself nor of a part of it nor of what it is part of.
/// "from" is not a part of "from_root"; "figures[1].unit" is one of "figures".
void add_unsaid(Problems& problems, Problems more);

template <class T> Result<Done> validate(const T& value) {
    Problems problems;
    validate(record_of<T>(), &value, problems);
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

/// Random but valid content (where `check` asks for nothing more), for property tests.
void randomize(const Record& record, void* value, Random& random);

} // namespace greenbank
