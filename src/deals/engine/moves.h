// moves.h — a life as a table of moves: from, verb, who may, guard, to. What is not in the table cannot be done, and it can be said why.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

namespace greenbank::deals {

/// One row. Of several rows with the same verb the first whose guard holds is taken, so that a guard may also choose where a verb leads.
template <class State_, class Verb_, class Part_, class Guard_> struct Move {
    using State = State_;
    using Verb = Verb_;
    using Part = Part_;
    using Guard = Guard_;
    State from;
    Verb verb;
    Part part;
    State to;
    Guard guard = Guard::none;
    bool expected = false; // the usual way on: whose part it is, is next
    unsigned kinds = ~0U;  // bits of the kinds it holds for
};

enum class MoveFault {
    none,
    state, // the verb does not belong to this state
    part,  // it does, but it is for somebody else to do
    guard, // it is this caller's, but something is missing yet
};

template <class Row> struct Judged {
    const Row* row = nullptr; // the move that happens
    MoveFault fault = MoveFault::none;
    typename Row::Guard missing = Row::Guard::none;
};

/// `holds(part)`: is the caller that? `met(guard)`: is that so?
template <class Row, class Holds, class Met>
Judged<Row> judge(std::span<const Row> table, typename Row::State from, unsigned kind, typename Row::Verb verb, Holds holds, Met met) {
    Judged<Row> judged{.fault = MoveFault::state};
    for (const Row& row : table) {
        if (row.from != from || row.verb != verb || !(row.kinds & kind)) continue;
        if (!holds(row.part)) {
            if (judged.fault == MoveFault::state) judged.fault = MoveFault::part;
            continue;
        }
        if (met(row.guard)) return {&row};
        if (judged.fault != MoveFault::guard) judged.missing = row.guard;
        judged.fault = MoveFault::guard;
    }
    return judged;
}

/// What may be done in a state and by whom, in the order of the table, each pair once.
template <class Row>
std::vector<std::pair<typename Row::Verb, typename Row::Part>> moves_from(std::span<const Row> table, typename Row::State from, unsigned kind) {
    std::vector<std::pair<typename Row::Verb, typename Row::Part>> all;
    for (const Row& row : table)
        if (row.from == from && (row.kinds & kind) && std::find(all.begin(), all.end(), std::pair(row.verb, row.part)) == all.end())
            all.emplace_back(row.verb, row.part);
    return all;
}

/// Whose step is expected next; nothing in a state that has an end to it.
template <class Row>
std::optional<std::pair<typename Row::Verb, typename Row::Part>> expected_move(std::span<const Row> table, typename Row::State from, unsigned kind) {
    for (const Row& row : table)
        if (row.from == from && (row.kinds & kind) && row.expected) return std::pair(row.verb, row.part);
    return {};
}

} // namespace greenbank::deals
