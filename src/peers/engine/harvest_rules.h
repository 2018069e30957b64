// harvest_rules.h — what to do with one harvested record. The home of an entry is the truth about it: a copy follows it and nobody
// else (compare the Open Archives guidelines for aggregators, openarchives.org/OAI/2.0/guidelines-aggregator.htm). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/time.h"

namespace greenbank::peers {

/// The home in `oai:<home>:<id>`; empty for an identifier of another scheme, whose home is the peer that gives it.
std::string home_of(std::string_view identifier);

struct Offered {
    std::string identifier;
    std::optional<std::int64_t> number; // its version at home, where the format says
    Time changed_at;                    // its datestamp
    bool deleted = false;
};

/// What we have under that identifier.
struct Held {
    std::string peer; // who brought it
    std::optional<std::int64_t> number;
    Time changed_at;
    bool deleted = false;
};

enum class Verdict {
    create,
    update,
    erase,
    unchanged,
    note_deleted, // it was never here; an old copy of it must not come in later
    returned,     // its home is here: never taken back
    // refused, and named
    other_home, // the peer speaks for a home that is not its own
    other_peer, // another peer of that home brought it
    older,      // what we have is newer
};

struct Parties {
    std::string own_home, peer_home, peer;
};

Verdict judge(const Parties& parties, const Offered& offered, const std::optional<Held>& held);

} // namespace greenbank::peers
