// harvest_rules.cpp — the rule, case by case.
#include "peers/engine/harvest_rules.h"

#include <algorithm>

namespace greenbank::peers {

namespace {

std::string lower(std::string_view text) {
    std::string small(text);
    for (char& c : small) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); // names of hosts
    return small;
}

/// Below zero: older than what we have; above: newer. A version says more than a date, which a restored database sets back or on.
int compare(const Offered& offered, const Held& held) {
    if (offered.number && held.number && *offered.number != *held.number) return *offered.number < *held.number ? -1 : 1;
    return offered.changed_at < held.changed_at ? -1 : offered.changed_at > held.changed_at ? 1 : 0;
}

} // namespace

std::string home_of(std::string_view identifier) {
    if (lower(identifier.substr(0, 4)) != "oai:") return {};
    identifier.remove_prefix(4);
    return lower(identifier.substr(0, identifier.find(':')));
}

Verdict judge(const Parties& parties, const Offered& offered, const std::optional<Held>& held) {
    const std::string home = home_of(offered.identifier);
    if (!home.empty() && home == lower(parties.own_home)) return Verdict::returned;
    if (!home.empty() && home != lower(parties.peer_home)) return Verdict::other_home;
    if (!held) return offered.deleted ? Verdict::note_deleted : Verdict::create;
    if (held->peer != parties.peer) return Verdict::other_peer;
    // A delete carries no version: its date decides. After one, what comes alive again must be newer than it.
    if (offered.deleted || held->deleted) {
        if (offered.changed_at < held->changed_at) return Verdict::older;
        if (offered.deleted) return held->deleted ? Verdict::unchanged : Verdict::erase;
        return offered.changed_at == held->changed_at ? Verdict::older : Verdict::update;
    }
    const int order = compare(offered, *held);
    return order < 0 ? Verdict::older : order == 0 ? Verdict::unchanged : Verdict::update;
}

} // namespace greenbank::peers
