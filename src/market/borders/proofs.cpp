// proofs.cpp — both ledgers prove the same settlement: one statement, two records of the log, the transfers behind them; and another bank's proof that it
// has settled the same, checked with nothing but that bank's key.
#include "market/borders/settlements.h"

#include <fmt/format.h>

#include "ledger/decimals.h"
#include "parties/engine/tree_head.h"
#include "parties/log/log_tables.h"
#include "parties/secrets.h"

namespace greenbank::market {

Record describe(const KeyOf<BorderSettlement>*) {
    return {"border_settlement_key", "Names a settlement.", {field<&KeyOf<BorderSettlement>::id>("id", "Its id.")}};
}

struct LedgerProof {
    std::string currency, code;
    std::int64_t position = 0, size = 0;
    std::string root;
    bool included = false, same_statement = false, booked = false;
};
Record describe(const LedgerProof*) {
    using One = LedgerProof;
    return {"border_ledger_proof", "What one ledger proves of a settlement.",
        {field<&One::currency>("currency", "Whose ledger."), field<&One::code>("code", "Its record in the transparency log."),
            field<&One::position>("position", "The place there."), field<&One::size>("size", "Of the signed head that holds it; 0: not signed yet."),
            field<&One::root>("root", "Of that head."), field<&One::included>("included", "The proof leads from the record to the signed head."),
            field<&One::same_statement>("same_statement", "The record says the settlement's statement, word for word."),
            field<&One::booked>("booked", "The ledger's transfers come to what the statement says, party by party.")}};
}

struct SettlementProof {
    std::string statement_digest;
    std::vector<LedgerProof> ledgers;
    bool proved = false;
    bool simulation = true;
};
Record describe(const SettlementProof*) {
    using One = SettlementProof;
    return {"border_settlement_proof", "Both ledgers' proofs of one settlement.",
        {field<&One::statement_digest>("statement_digest", "SHA-256 of the statement."), field<&One::ledgers>("ledgers", "One ledger each."),
            field<&One::proved>("proved", "Both ledgers prove the same settlement."),
            field<&One::simulation>("simulation", "Always: nobody's rules are in force here.")}};
}

struct OtherProof {
    Id<BorderSettlement> id;
    std::string key, leaf, content, note;
    std::int64_t position = 0;
    std::vector<std::string> proof;
};
Record describe(const OtherProof*) {
    using One = OtherProof;
    return {"border_other_proof", "Another bank's proof of the same settlement, as its GET /log/proof gives it.",
        {field<&One::id>("id", "Which settlement."), field<&One::key>("key", "The key of the other bank's log, as it publishes it.", {.min = 10, .max = 300}),
            field<&One::leaf>("leaf", "Its record: five lines.", {.min = 20, .max = 1000}),
            field<&One::content>("content", "What the record says.", {.min = 1, .max = 1e6}),
            field<&One::note>("note", "The signed head.", {.min = 1, .max = parties::note_bytes_max}),
            field<&One::position>("position", "The record's place.", {.min = 0}),
            field<&One::proof>("proof", "Hashes from the record up to the head.", {.max = 64})}};
}

namespace {

using parties::Hash32;

std::string hex(const Hash32& hash) { return to_hex(parties::bytes_of(hash)); }

Result<Page<BorderSettlement>> settlement_list(Transaction& transaction, const Caller& caller, const ListOf<BorderSettlement>& list) {
    return list_page<BorderSettlement>(transaction, caller, list);
}
Result<BorderSettlement> settlement_get(Transaction& transaction, const Caller&, const KeyOf<BorderSettlement>& key) { return transaction.get(key.id); }

/// Members' balances of these transfers, in smallest units, by owner.
Result<std::map<std::string, std::int64_t>> booked_by_owner(Transaction& transaction, const std::vector<std::string>& transfers) {
    std::map<std::string, std::int64_t> sums;
    for (const std::string& id : transfers) {
        const Rows rows =
            TRY(transaction.query("SELECT l.amount, d.owner, d.purpose, c.owner, c.purpose FROM journal_line l JOIN account d ON d.number = l.debit "
                                  "JOIN account c ON c.number = l.credit WHERE l.id = $1",
                {id}));
        if (rows.empty())
            return Error{Failure::internal, "border.transfer_missing", "A transfer of this settlement is not in the ledger; run `greenbank verify`."};
        const auto& row = rows.rows[0];
        const auto amount = static_cast<std::int64_t>(ledger::parse_decimal(as_text(row[0]), 0).value_or(0));
        if (as_text(row[2]) == "customer") sums[as_text(row[1])] -= amount;
        if (as_text(row[4]) == "customer") sums[as_text(row[3])] += amount;
    }
    std::erase_if(sums, [](const auto& one) { return one.second == 0; });
    return sums;
}

Result<LedgerProof> prove(
    const parties::TransparencyLog& log, Transaction& transaction, const BorderSettlement& settlement, const Id<Market>& market, bool is_home) {
    const ledger::LedgerAsset asset = TRY(transaction.get(TRY(transaction.get(TRY(transaction.get(market)).clearing_account)).asset));
    LedgerProof proof{.currency = asset.code, .code = is_home ? settlement.proof_home : settlement.proof_abroad, .root = ""};
    const auto leaf = TRY(parties::newest_leaf(transaction, border_leaf_kind, settlement.id.text + "/" + asset.code));
    if (!leaf || !leaf->readable) return proof;
    proof.position = static_cast<std::int64_t>(leaf->position);
    const std::string_view content = leaf->content ? std::string_view(*leaf->content) : std::string_view();
    const Hash32 hash = parties::leaf_hash(log.digest(), parties::leaf_text(leaf->leaf));
    proof.same_statement = leaf->leaf.digest == log.digest()(std::array<std::string_view, 1>{content}) &&
                           parties::leaf_code(leaf->position, hash) == proof.code && content.starts_with(settlement.statement + ledger_heading(asset.code));
    if (const auto head = TRY(parties::latest_head(transaction)); head && head->size > leaf->position) {
        const parties::TreeHead read = TRY(parties::parse_tree_head(TRY(parties::parse_note(head->note)).text));
        const parties::Proof path = TRY(parties::inclusion_proof(log.digest(), parties::nodes_in(transaction), leaf->position, head->size));
        proof.size = static_cast<std::int64_t>(head->size);
        proof.root = hex(read.root);
        proof.included = read.size == head->size && parties::verify_inclusion(log.digest(), leaf->position, head->size, hash, path, read.root);
    }
    std::map<std::string, std::int64_t> stated;
    for (const SettledPosition& one : settlement.positions)
        if (one.currency == asset.code)
            if (const auto amount = ledger::parse_decimal(one.settled, static_cast<int>(asset.scale)); amount && *amount != 0)
                stated[one.organisation.text] = static_cast<std::int64_t>(*amount);
    proof.booked = TRY(booked_by_owner(transaction, is_home ? settlement.transfers_home : settlement.transfers_abroad)) == stated;
    return proof;
}

Result<SettlementProof> settlement_proof(const parties::TransparencyLog& log, Transaction& transaction, const KeyOf<BorderSettlement>& key) {
    const BorderSettlement settlement = TRY(transaction.get(key.id));
    const BorderArrangement arrangement = TRY(transaction.get(settlement.arrangement));
    LedgerProof home = TRY(prove(log, transaction, settlement, arrangement.home, true));
    LedgerProof abroad = TRY(prove(log, transaction, settlement, arrangement.abroad, false));
    SettlementProof proof{.statement_digest = settlement.statement_digest, .ledgers = {std::move(home), std::move(abroad)}};
    proof.proved =
        std::all_of(proof.ledgers.begin(), proof.ledgers.end(), [](const LedgerProof& one) { return one.included && one.same_statement && one.booked; });
    return proof;
}

Error not_proved(const char* code, const char* message) { return {Failure::conflict, code, message}; }

/// Leaf → head → signature; then what the leaf says.
Result<BorderSettlement> settlement_confirm(const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const OtherProof& other) {
    BorderSettlement settlement = TRY(transaction.get(other.id));
    const auto key = parties::parse_note_key(log.digest(), other.key);
    if (!key) return key.error();
    const auto identity = TRY(parties::read_log_identity(transaction));
    if (identity && key.value().name == identity->origin) return not_proved("border.own_log", "This proof is of our own log; the other bank's is asked for.");
    if (other.leaf.find("\n" + std::string(border_leaf_kind) + "\n") == std::string::npos ||
        !other.leaf.ends_with("\n" + hex(log.digest()(std::array<std::string_view, 1>{other.content})) + "\n"))
        return not_proved("border.other_leaf", "The record is none of a settlement, or says something else than the content.");
    const parties::Note note = TRY(parties::parse_note(other.note));
    const auto signers = parties::check_signatures(note, log.digest(), std::array{key.value()}, parties::verify_signature);
    if (!signers || signers.value().empty()) return not_proved("border.other_signature", "The head is not signed by this key.");
    const parties::TreeHead head = TRY(parties::parse_tree_head(note.text));
    parties::Proof path;
    for (const std::string& one : other.proof) {
        const auto hash = parties::hash_from_hex(one);
        if (!hash) return not_proved("border.other_path", "The proof does not lead from the record to the head.");
        path.push_back(*hash);
    }
    if (head.origin != key.value().name || !parties::verify_inclusion(log.digest(), static_cast<std::uint64_t>(other.position), head.size,
                                               parties::leaf_hash(log.digest(), other.leaf), path, head.root))
        return not_proved("border.other_path", "The proof does not lead from the record to the head.");
    if (!other.content.starts_with(settlement.statement + "ledger "))
        return not_proved("border.other_statement", "The other bank has settled something else: its statement is not ours.");
    settlement.other_log = key.value().name;
    settlement.other_proof = parties::leaf_code(static_cast<std::uint64_t>(other.position), parties::leaf_hash(log.digest(), other.leaf));
    settlement.updated_at = caller.now;
    TRY(transaction.update(settlement));
    return settlement;
}

} // namespace

std::vector<Endpoint> border_proof_endpoints(const parties::TransparencyLog& log) {
    const auto proof = [&log](Transaction& transaction, const Caller&, const KeyOf<BorderSettlement>& key) -> Result<SettlementProof> {
        return settlement_proof(log, transaction, key);
    };
    return {
        // clang-format off
        {"border_settlement_list", Method::get, "/border-settlements", "Settlements across borders; a simulation.", Mode::read, open_to_all, call(settlement_list)},
        {"border_settlement_get", Method::get, "/border-settlements/{id}", "One settlement with its statement.", Mode::read, open_to_all, call(settlement_get)},
        {"border_settlement_proof", Method::get, "/border-settlements/{id}/proof", "What both ledgers prove of a settlement.", Mode::read, open_to_all, call(proof)},
        {"border_settlement_confirm", Method::post, "/border-settlements/{id}/confirm", "Check another bank's proof that it has settled the same, and keep where it stands.", Mode::write, run_exchange, call(log, settlement_confirm)},
        // clang-format on
    };
}

} // namespace greenbank::market
