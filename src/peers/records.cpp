// records.cpp — descriptions of what the room stores.
#include "peers/records.h"

#include "library/rules.h"

namespace greenbank::peers {

namespace {

void check_peer(const void* value, Problems& problems) {
    const auto& peer = *static_cast<const Peer*>(value);
    library::check_country(peer.country, "country", problems);
    const bool web = peer.base_url.starts_with("https://") || peer.base_url.starts_with("http://");
    if (!web || peer.base_url.find_first_of(" \t\r\n#") != std::string::npos)
        problems.push_back({"base_url", "peer.address", "Write the address of the OAI-PMH interface, such as https://bank.example/oai."});
}

} // namespace

Record describe(const Peer*) {
    return {"peer", "Another bank or repository whose entries are harvested.",
        {
            field<&Peer::id>("id", "Id.", {.read_only = true}),
            field<&Peer::name>("name", "What it is called; shown with everything that came from it.", {.min = 1, .max = 120, .sort = true}),
            field<&Peer::country>("country", "Its country.", {.min = 2, .max = 2, .filter = true}),
            field<&Peer::base_url>("base_url", "Address of its OAI-PMH interface.", {.min = 8, .max = 1000}),
            field<&Peer::set>("set", "Only this set, such as technology:water; empty: everything.", {.max = 200, .defaulted = true}),
            field<&Peer::trust>("trust", "Show its entries at once, or hold them until staff publish them.", {.defaulted = true}),
            field<&Peer::field>("field", "The field of entries from Dublin Core whose words name none."),
            field<&Peer::every_hours>("every_hours", "Harvest it so often; absent: by hand only.", {.unit = "h", .min = 1, .max = 8760}),
            field<&Peer::faults_max>("faults_max", "With more faulty records in one harvest it is paused.", {.min = 0, .max = 1'000'000, .defaulted = true}),
            field<&Peer::records_max>("records_max", "A list longer than this is not read to its end.", {.min = 1, .max = 20'000'000, .defaulted = true}),
            field<&Peer::paused>("paused", "It is not harvested.", {.read_only = true, .filter = true}),
            field<&Peer::pause_reason>("pause_reason", "Why not.", {.read_only = true}),
            field<&Peer::repository>("repository", "What it calls itself.", {.read_only = true}),
            field<&Peer::home>("home", "The middle of its identifiers; it speaks for no other home.", {.read_only = true}),
            field<&Peer::format>("format", "In which format it is harvested.", {.read_only = true}),
            field<&Peer::tested_at>("tested_at", "When the connection was last tested.", {.read_only = true}),
            field<&Peer::next_from>("next_from", "From which change on the next harvest reads; absent: everything.", {.read_only = true}),
            field<&Peer::harvested_at>("harvested_at", "When it was last harvested to the end.", {.read_only = true, .sort = true}),
            field<&Peer::due_at>("due_at", "When it is due.", {.read_only = true, .sort = true}),
            field<&Peer::failures>("failures", "Harvests in a row that failed.", {.read_only = true}),
            field<&Peer::walk>("walk", "Where a harvest that broke off goes on.", {.max = 20'000, .read_only = true, .secret = true}),
            field<&Peer::job>("job", "The last job at work on it.", {.read_only = true}),
            field<&Peer::created_at>("created_at", "Since when.", {.read_only = true, .sort = true}),
            field<&Peer::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&Peer::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_peer};
}

Record describe(const HarvestCounts*) {
    return {"harvest_counts", "What a harvest came to.",
        {
            field<&HarvestCounts::pages>("pages", "Pages read."),
            field<&HarvestCounts::records>("records", "Records read."),
            field<&HarvestCounts::created>("created", "New here."),
            field<&HarvestCounts::updated>("updated", "Changed at their home."),
            field<&HarvestCounts::deleted>("deleted", "Withdrawn at their home."),
            field<&HarvestCounts::unchanged>("unchanged", "As they were."),
            field<&HarvestCounts::returned>("returned", "Of this bank itself; never taken back."),
            field<&HarvestCounts::refused>("refused", "Faulty or refused; named in the log."),
        }};
}

Record describe(const Harvest*) {
    return {"harvest", "One pass over a peer's list.",
        {
            field<&Harvest::id>("id", "Id."),
            field<&Harvest::peer>("peer", "Whose list.", {.filter = true}),
            field<&Harvest::job>("job", "The job that does it."),
            field<&Harvest::state>("state", "How it went.", {.filter = true}),
            field<&Harvest::full>("full", "Everything was asked for, not only what changed."),
            field<&Harvest::resumed>("resumed", "It went on where another broke off."),
            field<&Harvest::from>("from", "What changed since then was asked for."),
            field<&Harvest::expected>("expected", "How many records the peer counts."),
            field<&Harvest::counts>("counts", "What it came to."),
            field<&Harvest::error>("error", "Why it failed."),
            field<&Harvest::started_at>("started_at", "When it began.", {.sort = true}),
            field<&Harvest::ended_at>("ended_at", "When it ended."),
        }};
}

Record describe(const FaultParameter*) {
    return {"fault_parameter", "A place in a sentence and what stands there.",
        {field<&FaultParameter::name>("name", "The place."), field<&FaultParameter::value>("value", "What stands there.")}};
}

Record describe(const HarvestFault*) {
    return {"harvest_fault", "What was wrong with one record of a harvest.",
        {
            field<&HarvestFault::id>("id", "Id."),
            field<&HarvestFault::harvest>("harvest", "In which harvest.", {.filter = true}),
            field<&HarvestFault::peer>("peer", "Whose record.", {.filter = true}),
            field<&HarvestFault::identifier>("identifier", "Which record."),
            field<&HarvestFault::place>("place", "Which field of it; empty: the whole."),
            field<&HarvestFault::code>("code", "What, for machines.", {.filter = true}),
            field<&HarvestFault::sentence>("sentence", "What, for people."),
            field<&HarvestFault::parameters>("parameters", "What the sentence is about."),
        }};
}

Record describe(const Harvested*) {
    return {"harvested", "What we have from a peer under one identifier.",
        {
            field<&Harvested::id>("id", "Id."),
            field<&Harvested::peer>("peer", "Who brought it.", {.filter = true}),
            field<&Harvested::identifier>("identifier", "Its identifier.", {.unique = true}),
            field<&Harvested::kind>("kind", "technology, need or capital_offer."),
            field<&Harvested::entry>("entry", "The entry here."),
            field<&Harvested::number>("number", "Its version at home."),
            field<&Harvested::changed_at>("changed_at", "When it changed at home."),
            field<&Harvested::harvested_at>("harvested_at", "When it came."),
            field<&Harvested::deleted>("deleted", "It was withdrawn at its home."),
        }};
}

Record describe(const Twin*) {
    return {"twin", "Two entries that may be the same thing.",
        {
            field<&Twin::id>("id", "Id."),
            field<&Twin::kind>("kind", "technology, need or capital_offer.", {.filter = true}),
            field<&Twin::entry>("entry", "The harvested one.", {.filter = true}),
            field<&Twin::other>("other", "The one whose home is here.", {.filter = true}),
            field<&Twin::entry_title>("entry_title", "What the one is called."),
            field<&Twin::other_title>("other_title", "What the other is called."),
            field<&Twin::peer>("peer", "The peer it came from.", {.filter = true}),
            field<&Twin::peer_name>("peer_name", "What that is called."),
            field<&Twin::likeness>("likeness", "In what they are alike."),
            field<&Twin::similarity>("similarity", "How much of the titles is the same."),
            field<&Twin::state>("state", "What a person decided.", {.filter = true}),
            field<&Twin::decided_by>("decided_by", "Who."),
            field<&Twin::decided_at>("decided_at", "When."),
            field<&Twin::created_at>("created_at", "When it was noticed.", {.sort = true}),
            field<&Twin::version>("version", "Goes up with every change."),
        }};
}

} // namespace greenbank::peers
