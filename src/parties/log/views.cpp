// views.cpp — descriptions of the log's views.
#include "parties/log/views.h"

namespace greenbank::parties {

Record describe(const LogWitness*) {
    return {"log_witness", "Somebody else who signs the log's heads.",
        {
            field<&LogWitness::id>("id", "Id.", {.read_only = true}),
            field<&LogWitness::name>("name", "Name in its key.", {.read_only = true}),
            field<&LogWitness::key>("key", "Public key, as it hands it out: name+id+key.", {.min = 10, .max = 300, .unique = true}),
            field<&LogWitness::created_at>("created_at", "Known since.", {.read_only = true}),
        }};
}

Record describe(const LogHeadView*) {
    return {"log_head", "A signed head: the state of the whole log at one moment.",
        {
            field<&LogHeadView::number>("number", "Its number, from 0."),
            field<&LogHeadView::size>("size", "How many records it is of."),
            field<&LogHeadView::root>("root", "Root hash of the tree, in hex."),
            field<&LogHeadView::at>("at", "When it was signed."),
            field<&LogHeadView::note>("note", "The signed note (c2sp.org/tlog-checkpoint).", {.max = 70'000}),
            field<&LogHeadView::witnesses>("witnesses", "Witnesses that signed it too."),
        }};
}

Record describe(const LogView*) {
    return {"log", "The transparency log and where it stands.",
        {
            field<&LogView::origin>("origin", "The log's name, in every head."),
            field<&LogView::hash>("hash", "Its hash: sha256 or sm3."),
            field<&LogView::key>("key", "The public key that its heads are signed with; write it down."),
            field<&LogView::records>("records", "How many records it has."),
            field<&LogView::head>("head", "The newest signed head."),
            field<&LogView::earlier_keys>("earlier_keys", "Keys of earlier heads."),
            field<&LogView::begun_at>("begun_at", "Since when it is kept."),
        }};
}

Record describe(const LogRecordView*) {
    return {"log_record", "A record of the log, without what it says.",
        {
            field<&LogRecordView::position>("position", "Its place in the log, from 0."),
            field<&LogRecordView::code>("code", "Its code on paper and in links."),
            field<&LogRecordView::kind>("kind", "What it tells of: audit, document, …"),
            field<&LogRecordView::subject>("subject", "Id of what it tells of."),
            field<&LogRecordView::at>("at", "When."),
            field<&LogRecordView::digest>("digest", "Hash of what it says, in hex."),
            field<&LogRecordView::leaf_hash>("leaf_hash", "Hash of the record, in hex."),
        }};
}

Record describe(const LogProofView*) {
    return {"log_proof", "A record of the log with the proof that it is there.",
        {
            field<&LogProofView::position>("position", "Its place in the log, from 0."),
            field<&LogProofView::code>("code", "Its code on paper and in links."),
            field<&LogProofView::kind>("kind", "What it tells of: audit, document, …"),
            field<&LogProofView::subject>("subject", "Id of what it tells of."),
            field<&LogProofView::at>("at", "When."),
            field<&LogProofView::digest>("digest", "Hash of what it says, in hex."),
            field<&LogProofView::leaf>("leaf", "The record's bytes: its hash begins the proof.", {.max = 1'000}),
            field<&LogProofView::leaf_hash>("leaf_hash", "Hash of a zero byte and the record's bytes, in hex."),
            field<&LogProofView::content>("content", "What it says, where the caller may read it: the bytes under the hash."),
            field<&LogProofView::head>("head", "The head that holds it; absent for a moment after it was written."),
            field<&LogProofView::proof>("proof", "Hashes from the record up to the root, in hex (RFC 9162 §2.1.3).", {.max = 64}),
            field<&LogProofView::versions>("versions", "Other records of the same subject, newest first.", {.max = 50}),
        }};
}

Record describe(const LogConsistencyView*) {
    return {"log_consistency", "Proof that the log at one size is the beginning of the log at another.",
        {
            field<&LogConsistencyView::from>("from", "The smaller size."),
            field<&LogConsistencyView::to>("to", "The larger size."),
            field<&LogConsistencyView::from_root>("from_root", "Root at the smaller size, in hex."),
            field<&LogConsistencyView::to_root>("to_root", "Root at the larger size, in hex."),
            field<&LogConsistencyView::proof>("proof", "Hashes, in hex (RFC 9162 §2.1.4).", {.max = 128}),
        }};
}

} // namespace greenbank::parties
