// records.h — what the room stores: peers, harvests with their faults, where entries came from, pairs that may be one thing.
#pragma once

#include "api/jobs.h"
#include "library/imports/imports.h"
#include "library/records.h"

namespace greenbank::peers {

using library::ImportLikeness;
using library::TechnologyField;

/// What happens to entries of a peer: shown at once, or held as drafts until staff of the bank publish them.
enum class Trust { shown, held };
/// Our full format brings whole entries, Dublin Core poor ones.
enum class PeerFormat { greenbank, dublin_core };
enum class PauseReason { person, faults, failures };
enum class HarvestState { running, done, failed, cancelled };
enum class TwinState { open, same, different };

struct Peer {
    static constexpr std::string_view id_prefix = "peer";
    Id<Peer> id;
    std::string name, country, base_url, set;
    Trust trust = Trust::held;
    std::optional<TechnologyField> field;    // of poor entries whose words name none
    std::optional<std::int64_t> every_hours; // absent: by hand only
    std::int64_t faults_max = 200;           // of one harvest; then it is paused
    std::int64_t records_max = 1'000'000;    // of one harvest
    bool paused = false;
    std::optional<PauseReason> pause_reason;
    // learnt from it
    std::string repository, home;
    std::optional<PeerFormat> format;
    std::optional<Time> tested_at, next_from, harvested_at, due_at;
    std::int64_t failures = 0; // harvests in a row that failed
    std::string walk;          // where a harvest that broke off goes on
    std::optional<Id<Job>> job;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Peer*);

struct HarvestCounts {
    std::int64_t pages = 0, records = 0;
    std::int64_t created = 0, updated = 0, deleted = 0, unchanged = 0, returned = 0, refused = 0;
};
Record describe(const HarvestCounts*);

/// One pass over a peer's list.
struct Harvest {
    static constexpr std::string_view id_prefix = "harvest";
    Id<Harvest> id;
    std::string peer;
    Id<Job> job;
    HarvestState state = HarvestState::running;
    bool full = false, resumed = false;
    std::optional<Time> from;
    std::optional<std::int64_t> expected; // as the peer counts
    HarvestCounts counts;
    std::optional<std::string> error; // a sentence
    Time started_at;
    std::optional<Time> ended_at;
};
Record describe(const Harvest*);

struct FaultParameter {
    std::string name, value;
};
Record describe(const FaultParameter*);

/// What was wrong with one record; told in the reader's language.
struct HarvestFault {
    static constexpr std::string_view id_prefix = "fault";
    Id<HarvestFault> id;
    std::string harvest, peer, identifier, place, code, sentence;
    std::vector<FaultParameter> parameters;
};
Record describe(const HarvestFault*);

/// What we have from a peer under one identifier.
struct Harvested {
    static constexpr std::string_view id_prefix = "harvested";
    Id<Harvested> id;
    std::string peer, identifier, kind;
    std::string entry; // here; empty: only its delete is known
    std::optional<std::int64_t> number;
    Time changed_at, harvested_at;
    bool deleted = false;
};
Record describe(const Harvested*);

/// A harvested entry and one whose home is here that may be the same thing. Both stay; a person decides.
struct Twin {
    static constexpr std::string_view id_prefix = "twin";
    Id<Twin> id;
    std::string kind, entry, other; // the harvested one, the one of here
    Text entry_title, other_title;
    std::string peer, peer_name;
    ImportLikeness likeness = ImportLikeness::same_title;
    double similarity = 1;
    TwinState state = TwinState::open;
    std::string decided_by;
    std::optional<Time> decided_at;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const Twin*);

} // namespace greenbank::peers

namespace greenbank {
template <> struct Choices<peers::Trust> {
    static constexpr std::string_view name = "trust";
    static constexpr std::string_view values[] = {"shown", "held"};
};
template <> struct Choices<peers::PeerFormat> {
    static constexpr std::string_view name = "peer_format";
    static constexpr std::string_view values[] = {"greenbank", "oai_dc"};
};
template <> struct Choices<peers::PauseReason> {
    static constexpr std::string_view name = "pause_reason";
    static constexpr std::string_view values[] = {"person", "faults", "failures"};
};
template <> struct Choices<peers::HarvestState> {
    static constexpr std::string_view name = "harvest_state";
    static constexpr std::string_view values[] = {"running", "done", "failed", "cancelled"};
};
template <> struct Choices<peers::TwinState> {
    static constexpr std::string_view name = "twin_state";
    static constexpr std::string_view values[] = {"open", "same", "different"};
};
} // namespace greenbank
