// views.h — the transparency log as callers see it: heads, records, proofs, witnesses.
#pragma once

#include "api/call.h"
#include "parties/parties.h"

namespace greenbank::parties {

/// Somebody else who signs our heads after seeing that each goes on from the one before: two stories told to two people would be noticed.
struct LogWitness {
    static constexpr std::string_view id_prefix = "witness";
    Id<LogWitness> id;
    std::string name; // as in the key
    std::string key;  // name+id+key, of the type that cosigns (c2sp.org/tlog-cosignature)
    Time created_at;
};
Record describe(const LogWitness*);

struct LogHeadView {
    std::int64_t number = 0, size = 0;
    std::string root; // hex, as all hashes here
    Time at;
    std::string note; // the signed note with its cosignatures
    std::vector<std::string> witnesses;
};
Record describe(const LogHeadView*);

struct LogView {
    std::string origin, hash, key;
    std::int64_t records = 0; // so far; those after the last head wait for the next one
    std::optional<LogHeadView> head;
    std::vector<std::string> earlier_keys;
    Time begun_at;
};
Record describe(const LogView*);

struct LogRecordView {
    std::int64_t position = 0;
    std::string code, kind, subject;
    Time at;
    std::string digest, leaf_hash;
};
Record describe(const LogRecordView*);

/// All that a stranger needs to check one record alone: leaf → leaf_hash → proof → root → the note's signature.
struct LogProofView {
    std::int64_t position = 0;
    std::string code, kind, subject;
    Time at;
    std::string digest;
    std::string leaf, leaf_hash;
    std::optional<std::string> content;  // where the caller may read it
    std::optional<LogHeadView> head;     // absent: the record waits for its first head, at most a second
    std::vector<std::string> proof;      // hashes from the leaf upwards
    std::vector<LogRecordView> versions; // other records of the subject, newest first
};
Record describe(const LogProofView*);

struct LogConsistencyView {
    std::int64_t from = 0, to = 0;
    std::string from_root, to_root;
    std::vector<std::string> proof;
};
Record describe(const LogConsistencyView*);

std::vector<Endpoint> log_endpoints(const Access& access);

} // namespace greenbank::parties
