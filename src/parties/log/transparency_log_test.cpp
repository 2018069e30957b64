// transparency_log_test.cpp — the log in a database: it grows with the audit trail, agrees with its naive twin, and any change is named.
#include "parties/engine/naive_merkle.h"
#include "parties/engine/tree_head.h"
#include "parties/log/log_under_test.h"
#include "parties/log/views.h"
#include "json/json.h"

namespace greenbank::parties {

namespace {

/// All leaf hashes as the stored rows make them.
std::vector<Hash32> leaf_hashes(LogUnderTest& bank) {
    std::vector<Hash32> hashes;
    bank.read([&](Transaction& transaction) -> Result<Done> {
        for (const StoredLeaf& leaf : TRY(read_leaves(transaction, 0, 100'000))) hashes.push_back(leaf_hash(bank.log().digest(), leaf_text(leaf.leaf)));
        return Done{};
    });
    return hashes;
}

/// The same bundle, with records written as no program of ours writes them.
std::string with_blanks(std::string bundle) {
    for (std::size_t at = bundle.find("{\"leaf\":"); at != std::string::npos; at = bundle.find("{\"leaf\":", at + 1)) bundle.insert(at + 1, " ");
    return bundle;
}

std::optional<TreeHead> head_now(LogUnderTest& bank) {
    std::optional<TreeHead> head;
    bank.read([&](Transaction& transaction) -> Result<Done> {
        if (const auto stored = TRY(latest_head(transaction))) head = TRY(parse_tree_head(TRY(parse_note(stored->note)).text));
        return Done{};
    });
    return head;
}

} // namespace

TEST_CASE("every audited write is a leaf, a refused unit of work leaves none, and heads hold what the naive tree says") {
    for (const std::uint64_t seed : {1, 2, 3}) {
        CAPTURE(seed);
        on_each_engine([&](const Database& database) {
            for (const std::string_view hash : {"sha256", "sm3"}) {
                if (hash == "sm3" && (seed != 1 || database.engine != "sqlite")) continue;
                LogUnderTest bank(database, hash);
                Random random(seed);
                std::uint64_t signed_size = 0;
                for (int step = 0; step < 60; ++step) {
                    const auto choice = random.below(10);
                    if (choice < 6) bank.audit();
                    else if (choice < 7) { // leaves that go with what they tell of
                        const auto refused = bank.store->write([&](Transaction& transaction) -> Result<Done> {
                            TRY(bank.log().append(transaction, "audit", "audit_never", log_test_start, "never"));
                            return Error{Failure::conflict, "test.refused", "No."};
                        });
                        CHECK(!refused);
                    } else if (choice < 8) {
                        bank.write(
                            [&](Transaction& transaction) { return bank.log().append(transaction, "document", "tech_1", log_test_start, "a page", true); });
                    } else {
                        const auto before = leaf_hashes(bank);
                        CHECK(bank.sign() == before.size() - signed_size);
                        signed_size = before.size();
                        const auto head = head_now(bank);
                        if (signed_size == 0) continue;
                        REQUIRE(head);
                        CHECK(head->size == signed_size);
                        CHECK(head->root == naive_root(bank.log().digest(), before));
                    }
                }
                bank.sign();
                const auto hashes = leaf_hashes(bank);
                const Digest digest = bank.log().digest();
                const Hash32 root = naive_root(digest, hashes);
                bank.read([&](Transaction& transaction) -> Result<Done> {
                    for (std::uint64_t i = 0; i < hashes.size(); ++i) {
                        const Proof proof = TRY(inclusion_proof(digest, nodes_in(transaction), i, hashes.size()));
                        CHECK(proof == naive_inclusion(digest, hashes, i));
                        CHECK(verify_inclusion(digest, i, hashes.size(), hashes[i], proof, root));
                        if (i > 0) CHECK(TRY(consistency_proof(digest, nodes_in(transaction), i, hashes.size())) == naive_consistency(digest, hashes, i));
                    }
                    return Done{};
                });
                CHECK(bank.verify() == std::vector<std::string>{});
                CHECK(verify_text(bank.bundle()) == std::vector<std::string>{});
                CHECK(verify_text(bank.bundle(false)) == std::vector<std::string>{});
                if (database.engine == "postgres") return; // its schema is used up
                bank.sql("DELETE FROM log_leaf"), bank.sql("DELETE FROM audit_entry"), bank.sql("DELETE FROM log_head"), bank.sql("DELETE FROM log_nodes"),
                    bank.sql("DELETE FROM log_identity"), bank.sql("DELETE FROM log_key");
            }
        });
    }
}

TEST_CASE("a change of any audit entry, leaf, node or head behind the bank's back is named") {
    struct Tampering {
        std::string sql;
        std::vector<std::string> found; // the first ones
    };
    const std::string audit_3 = "(SELECT subject FROM log_leaf WHERE position = 3)";
    const std::vector<Tampering> table = {
        {"UPDATE audit_entry SET address = '10.0.0.8' WHERE id = " + audit_3, {"audit_entry/{3} log.content_changed"}},
        {"UPDATE audit_entry SET agent = 'a' WHERE id = " + audit_3, {"audit_entry/{3} log.content_changed"}},
        {"UPDATE audit_entry SET at = at + 1 WHERE id = " + audit_3, {"audit_entry/{3} log.content_changed"}},
        {"UPDATE audit_entry SET person = 'person_1' WHERE id = " + audit_3, {"audit_entry/{3} log.content_changed"}},
        {"UPDATE audit_entry SET person_name = 'Wu' WHERE id = " + audit_3, {"audit_entry/{3} log.content_changed"}},
        {"UPDATE audit_entry SET organisation = 'org_1' WHERE id = " + audit_3, {"audit_entry/{3} log.content_changed"}},
        {"UPDATE audit_entry SET operation = 'need_read' WHERE id = " + audit_3, {"audit_entry/{3} log.content_changed"}},
        {"UPDATE audit_entry SET record = 'offer' WHERE id = " + audit_3, {"audit_entry/{3} log.content_changed"}},
        {"UPDATE audit_entry SET record_id = 'need_9' WHERE id = " + audit_3, {"audit_entry/{3} log.content_changed"}},
        {"UPDATE audit_entry SET outcome = 'no' WHERE id = " + audit_3, {"audit_entry/{3} log.content_changed"}},
        {"UPDATE audit_entry SET changes = '[]' WHERE id = " + audit_3, {"audit_entry/{3} log.content_changed"}},
        {"DELETE FROM audit_entry WHERE id = " + audit_3, {"audit_entry/{3} log.content_missing"}},
        {"UPDATE audit_entry SET id = 'audit_x' WHERE id = " + audit_3, {"audit_entry/{3} log.content_missing", "audit_entry/audit_x log.not_logged"}},
        {"UPDATE log_leaf SET kind = 'document' WHERE position = 3", {"log_leaf/3 log.leaf_changed", "audit_entry/{3} log.not_logged"}},
        {"UPDATE log_leaf SET kind = 'Ä' WHERE position = 3", {"log_leaf/3 log.leaf_unreadable"}},
        {"UPDATE log_leaf SET subject = 'audit_x' WHERE position = 3", {"log_leaf/3 log.leaf_changed", "audit_entry/audit_x log.content_missing"}},
        {"UPDATE log_leaf SET at = at - 1 WHERE position = 3", {"log_leaf/3 log.leaf_changed"}},
        {"UPDATE log_leaf SET digest = '" + std::string(64, '0') + "' WHERE position = 3",
            {"audit_entry/{3} log.content_changed", "log_leaf/3 log.leaf_changed"}},
        {"UPDATE log_leaf SET digest = 'none' WHERE position = 3", {"log_leaf/3 log.leaf_unreadable"}},
        {"DELETE FROM log_leaf WHERE position = 3", {"log_leaf/3 log.leaf_gap"}},
        {"DELETE FROM log_leaf WHERE position = 9", {"log_head/2 log.head_ahead", "audit_entry/{9} log.not_logged"}},
        {"UPDATE log_leaf SET content = 'another page' WHERE position = 7", {"doc_1 log.content_changed"}},
        {"UPDATE log_nodes SET hashes = 'AAAA' || SUBSTR(hashes, 5)", {"log_leaf/0 log.leaf_changed", "log_nodes/0 log.node_changed"}},
        {"UPDATE log_nodes SET hashes = SUBSTR(hashes, 1, 88) || 'AAAA' || SUBSTR(hashes, 93)", {"log_nodes/0 log.node_changed"}}, // the first inner node
        {"UPDATE log_head SET size = 7 WHERE number = 1", {"log_head/1 log.head_size"}},
        {"UPDATE log_head SET note = REPLACE(note, 'previous ', 'previous A') WHERE number = 1",
            {"log_head/1 log.head_signature", "log_head/1 log.head_chain", "log_head/2 log.head_chain"}},
        {"UPDATE log_head SET note = 'nothing' WHERE number = 1", {"log_head/1 log.head_unreadable", "log_head/2 log.head_chain"}},
        {"DELETE FROM log_head WHERE number = 1", {"log_head/2 log.head_gap", "log_head/2 log.head_chain"}},
        {"DELETE FROM log_key", {"log_head/0 log.head_signature"}},
        {"DELETE FROM log_identity", {"log_identity log.identity_missing"}},
        {"INSERT INTO audit_entry SELECT 'audit_new', at, person, person_name, organisation, address, agent, operation, record, record_id, outcome, changes "
         "FROM "
         "audit_entry LIMIT 1",
            {"audit_entry/audit_new log.not_logged"}},
    };
    for (const Tampering& tampering : table) {
        CAPTURE(tampering.sql);
        on_each_engine([&](const Database& database) {
            LogUnderTest bank(database);
            for (int i = 0; i < 4; ++i) bank.audit();
            bank.sign();
            for (int i = 0; i < 3; ++i) bank.audit();
            bank.write([&](Transaction& transaction) { return bank.log().append(transaction, "document", "doc_1", log_test_start, "a page", true); });
            bank.sign();
            for (int i = 0; i < 2; ++i) bank.audit();
            bank.sign();
            REQUIRE(bank.verify() == std::vector<std::string>{});
            std::map<std::string, std::string> subjects;
            bank.read([&](Transaction& transaction) -> Result<Done> {
                for (const StoredLeaf& leaf : TRY(read_leaves(transaction, 0, 100))) subjects[fmt::format("{{{}}}", leaf.position)] = leaf.leaf.subject;
                return Done{};
            });
            bank.sql(tampering.sql);
            std::vector<std::string> expected = tampering.found;
            for (std::string& line : expected)
                for (const auto& [place, subject] : subjects)
                    if (const std::size_t at = line.find(place); at != std::string::npos) line.replace(at, place.size(), subject);
            std::vector<std::string> found = bank.verify();
            if (found.size() > expected.size()) found.resize(expected.size());
            CHECK(found == expected);
        });
    }
}

TEST_CASE("who rewrites leaf, nodes and audit entry alike still cannot rewrite the signed head") {
    on_each_engine([](const Database& database) {
        LogUnderTest bank(database);
        for (int i = 0; i < 6; ++i) bank.audit();
        bank.sign();
        bank.write([&](Transaction& transaction) -> Result<Done> {
            const Rows first = TRY(transaction.query("SELECT subject FROM log_leaf WHERE position = 2"));
            AuditEntry entry = TRY(transaction.get(Id<AuditEntry>(as_text(first.single()))));
            entry.address = "10.9.9.9";
            TRY(transaction.execute("UPDATE audit_entry SET address = $1 WHERE id = $2", {entry.address, entry.id.text}));
            auto leaves = TRY(read_leaves(transaction, 0, 100));
            const std::string content = audit_content(entry);
            const std::string_view bytes = content;
            leaves[2].leaf.digest = sha256({&bytes, 1});
            TRY(transaction.execute("UPDATE log_leaf SET digest = $1 WHERE position = 2", {to_hex(bytes_of(leaves[2].leaf.digest))}));
            MerkleEdge edge(sha256);
            std::vector<Hash32> nodes;
            for (const StoredLeaf& leaf : leaves) edge.append(leaf_hash(sha256, leaf_text(leaf.leaf)), nodes);
            TRY(transaction.execute("DELETE FROM log_nodes"));
            return append_nodes(transaction, 0, nodes);
        });
        CHECK(bank.verify() == std::vector<std::string>{"log_head/0 log.root_wrong"});
    });
}

TEST_CASE("what was audited before the log began is taken up at the first start, once, by many or few") {
    on_each_engine([](const Database& database) {
        LogUnderTest bank(database, "sha256", false);
        for (int i = 0; i < 7; ++i) bank.audit(); // as the program before this one: no leaves
        bank.sql("DELETE FROM log_leaf");
        bank.sql(
            "INSERT INTO audit_entry SELECT 'audit_' || a.id || b.id || c.id || d.id, a.at, '', '', '', '', '', '', '', '', 'ok', '[]' FROM audit_entry a, "
            "audit_entry b, audit_entry c, audit_entry d"); // 2,401 more, which is more than one batch
        bank.open();
        bank.open();
        std::uint64_t taken = 0;
        for (std::uint64_t now = bank.sign(); now > 0; now = bank.sign()) taken += now;
        CHECK(taken == 2'408);
        CHECK(bank.verify() == std::vector<std::string>{});
        bank.audit();
        bank.sign();
        CHECK(bank.verify() == std::vector<std::string>{});
    });
}

TEST_CASE("a server without the log's key appends and does not sign; the log's hash is chosen once") {
    on_each_engine([](const Database& database) {
        LogUnderTest bank(database);
        bank.audit();
        CHECK(bank.log().can_sign());
        TransparencyLog other;
        REQUIRE(other.open(*bank.store, std::string(32, 'x'), "sm3", log_test_start));
        CHECK(!other.can_sign());
        CHECK((other.digest() == bank.log().digest()));
        CHECK(other.origin() == bank.log().origin());
        TransparencyLog keyless;
        REQUIRE(keyless.open(*bank.store, "", "sha256", log_test_start));
        CHECK(!keyless.can_sign());
        CHECK(failure_of(keyless.open(*bank.store, "", "md5", log_test_start)).starts_with("log.hash_unknown"));
    });
}

TEST_CASE("a new key signs from the next head on, the log says so, and who has the old one stops") {
    on_each_engine([](const Database& database) {
        LogUnderTest bank(database);
        bank.audit();
        bank.sign();
        TransparencyLog other;
        REQUIRE(other.open(*bank.store, "", "sha256", log_test_start));
        REQUIRE(other.change_key(*bank.store, std::string(32, 'n'), log_test_start));
        const auto refused = bank.store->write([&](Transaction& transaction) -> Result<Done> {
            TRY(bank.log().sign_next(transaction, log_test_start, 10));
            return Done{};
        });
        CHECK(failure_of(refused).starts_with("log.key_superseded"));
        bank.audit();
        std::uint64_t taken = 0;
        bank.write([&](Transaction& transaction) -> Result<Done> {
            taken = TRY(other.sign_next(transaction, log_test_start, 10));
            return Done{};
        });
        CHECK(taken == 2); // the new key's own record, and the audit entry
        CHECK(bank.verify() == std::vector<std::string>{});
        const std::string bundle = bank.bundle();
        CHECK(verify_text(bundle) == std::vector<std::string>{});
        bank.read([&](Transaction& transaction) -> Result<Done> {
            const auto keys = TRY(read_log_keys(transaction));
            REQUIRE(keys.size() == 2);
            CHECK(verify_text(bundle, keys[1].key) == std::vector<std::string>{});
            CHECK(verify_text(bundle, keys[0].key) == std::vector<std::string>{"log_key log.key_other"});
            return Done{};
        });
        bank.sql("UPDATE log_key SET since_head = 0 WHERE number = 1");
        CHECK(bank.verify() == std::vector<std::string>{"log_head/0 log.head_signature"});
    });
}

TEST_CASE("a log may be signed with SM2, change to Ed25519 and back, and every head still holds") {
    on_each_engine([](const Database& database) {
        LogUnderTest bank(database, "sm3", false);
        REQUIRE(bank.log().open(*bank.store, bank.seed, "sm3", log_test_start, SignatureType::sm2));
        for (const SignatureType type : {SignatureType::sm2, SignatureType::ed25519, SignatureType::sm2}) {
            if (type == SignatureType::ed25519 || bank.count > 4) REQUIRE(bank.log().change_key(*bank.store, std::string(32, 'n'), log_test_start, type));
            bank.audit();
            CHECK(bank.sign() > 0);
            bank.audit();
            CHECK(bank.sign() == 1);
        }
        CHECK(bank.verify() == std::vector<std::string>{});
        CHECK(verify_text(bank.bundle()) == std::vector<std::string>{});
        TransparencyLog other_type;
        REQUIRE(other_type.open(*bank.store, std::string(32, 'n'), "sm3", log_test_start, SignatureType::ed25519));
        CHECK(!other_type.can_sign());
        std::string wrong;
        bank.read([&](Transaction& transaction) -> Result<Done> {
            const auto keys = TRY(read_log_keys(transaction));
            REQUIRE(keys.size() == 3);
            CHECK(TRY(parse_note_key(sha256, keys[0].key)).type == SignatureType::sm2);
            CHECK(TRY(parse_note_key(sha256, keys[1].key)).type == SignatureType::ed25519);
            Note note = TRY(parse_note(TRY(read_heads(transaction, 0, 1)).at(0).note));
            note.signatures[0].bytes[20] ^= 1;
            wrong = to_text(note);
            return Done{};
        });
        bank.sql("UPDATE log_head SET note = '" + wrong + "' WHERE number = 0");
        CHECK(bank.verify() == std::vector<std::string>{"log_head/0 log.head_signature"});
    });
}

TEST_CASE("a document that has not changed keeps its place, and a code leads to no other leaf") {
    on_each_engine([](const Database& database) {
        LogUnderTest bank(database);
        LogPlace first, again, changed, back;
        bank.write([&](Transaction& transaction) -> Result<Done> {
            first = TRY(bank.log().append_once(transaction, "document", "tech_1", log_test_start, "one", true));
            again = TRY(bank.log().append_once(transaction, "document", "tech_1", log_test_start + seconds(9), "one", true));
            changed = TRY(bank.log().append_once(transaction, "document", "tech_1", log_test_start + seconds(9), "two", true));
            back = TRY(bank.log().append_once(transaction, "document", "tech_1", log_test_start + seconds(10), "one", true));
            return Done{};
        });
        CHECK(first.code == again.code);
        CHECK(first.position == 0);
        CHECK(changed.position == 1);
        CHECK(back.position == 2);
        const auto code = parse_leaf_code(first.code);
        REQUIRE(code);
        CHECK(code->position == 0);
        CHECK(code->beginning.size() == 16);
    });
    Random random(5);
    for (int i = 0; i < 1'000; ++i) { // the quick reading of stored nodes agrees with the plain one
        Hash32 hash{};
        for (unsigned char& byte : hash) byte = static_cast<unsigned char>(random.below(256));
        std::string text = to_base64(bytes_of(hash));
        CHECK((hash_from_base64(text) == hash));
        text[random.below(text.size())] = static_cast<char>(random.below(256));
        const auto plain = from_base64(text);
        CHECK(hash_from_base64(text).has_value() == (plain && plain->size() == 32));
    }
    for (const std::string_view wrong : {"", "-", "1", "1-", "01-9f86d081884c7d65", "1-9F86d081884c7d65", "1-9f86d081884c7d6", "1-9f86d081884c7d655",
             "-1-9f86d081884c7d65", "99999999999999999999-9f86d081884c7d65", "1-9f86d081884c7d6g", " 1-9f86d081884c7d65"})
        CHECK_MESSAGE(!parse_leaf_code(wrong), wrong);
}

TEST_CASE("a known witness's signature is kept under our head, once, and goes out with the bundle; a wrong one never") {
    on_each_engine([](const Database& database) {
        LogUnderTest bank(database);
        bank.audit();
        bank.sign();
        const std::string seed(32, 'w'), other_seed(32, 'v');
        const NoteKey witness{"witness.example", SignatureType::cosignature, ed25519_public_key(seed)};
        bank.write([&](Transaction& transaction) {
            return transaction.insert(LogWitness{Id<LogWitness>("witness_1"), witness.name, to_text(sha256, witness), log_test_start});
        });
        Note note;
        bank.read([&](Transaction& transaction) -> Result<Done> {
            note.text = TRY(parse_note(TRY(latest_head(transaction))->note)).text;
            return Done{};
        });
        const auto send = [&](const Note& sent) -> std::string {
            std::string outcome = "taken";
            const auto endpoints = slice(bank.access).endpoints;
            const auto endpoint = std::find_if(endpoints.begin(), endpoints.end(), [](const Endpoint& each) { return each.name == "log_cosign"; });
            std::string body = "{\"note\":";
            append_json_text(body, to_text(sent));
            const auto work = endpoint->handler.prepare_transaction({.body = body + "}", .content_type = "application/json", .has_body = true});
            REQUIRE_MESSAGE(work, failure_of(work));
            Caller caller;
            caller.now = log_test_start;
            const auto answered = bank.store->write([&](Transaction& transaction) -> Result<Done> { return TRY(work.value()(transaction, caller)), Done{}; });
            return answered ? outcome : answered.error().code;
        };
        const auto signed_by = [&](const std::string& secret, std::string text) {
            Note made{std::move(text), {}};
            cosign(made, sha256, witness, log_test_start, [&](std::string_view message) { return ed25519_sign(secret, message); });
            return made;
        };
        CHECK(send(signed_by(other_seed, note.text)) == "log.signature_wrong");
        std::string other_text = note.text;
        other_text[0] = 'G';
        CHECK(send(signed_by(seed, other_text)) == "log.not_our_head");
        CHECK(send(signed_by(seed, note.text)) == "taken");
        CHECK(send(signed_by(seed, note.text)) == "log.cosigned_already");
        CHECK(bank.verify() == std::vector<std::string>{});
        CHECK(bank.bundle().find("witness.example ") != std::string::npos);
        CHECK(verify_text(bank.bundle()) == std::vector<std::string>{});
        bank.sql("UPDATE log_cosignature SET line = SUBSTR(line, 1, 60) || 'AAAA' || SUBSTR(line, 65)");
        CHECK(bank.verify() == std::vector<std::string>{"log_head/0 log.cosignature_wrong"});
    });
}

TEST_CASE("one byte of a bundle changed anywhere is found, and a changed record is named") {
    LogUnderTest* made = nullptr;
    std::string bundle;
    on_each_engine([&](const Database& database) {
        if (database.engine != "sqlite") return;
        LogUnderTest bank(database);
        made = &bank;
        for (int i = 0; i < 5; ++i) bank.audit();
        bank.sign();
        for (int i = 0; i < 2; ++i) bank.audit();
        bank.sign();
        bundle = bank.bundle();
    });
    REQUIRE(made);
    const std::vector<std::string_view> lines = split(bundle, '\n');
    REQUIRE(verify_text(bundle).empty());

    for (const std::uint64_t seed : {std::uint64_t{7}, std::uint64_t{8}}) {
        Random random(seed);
        for (int i = 0; i < 400; ++i) {
            std::string changed = bundle;
            const std::size_t at = lines[0].size() + 1 + random.below(bundle.size() - lines[0].size() - 2); // the key itself is trusted from elsewhere
            const char byte = static_cast<char>(0x20 + random.below(0x5E));
            if (changed[at] == byte) continue;
            changed[at] = byte;
            const auto found = verify_text(changed);
            CHECK(verify_text(with_blanks(changed)) == found); // read in the general way
            // Times of heads are remarks of the bundle; what was signed is the note.
            const std::size_t line = static_cast<std::size_t>(std::count(bundle.begin(), bundle.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
            if (found.empty() && lines[line].starts_with("{\"head\"")) continue;
            CHECK_MESSAGE(!found.empty(), "seed ", seed, ", byte ", at, " to ", byte, ": ", std::string(lines[line].substr(0, 60)));
        }
    }

    std::string changed = bundle;
    const std::size_t third = bundle.find("{\"leaf\":3");
    changed.replace(changed.find("10.0.0.7", third), 8, "10.0.0.8");
    const std::string subject = bundle.substr(bundle.find("audit_", third), 32);
    CHECK(verify_text(changed) == std::vector<std::string>{"audit_entry/" + subject + " log.content_changed"});
    CHECK(verify_text(bundle.substr(0, bundle.size() / 2)).size() > 0);
    CHECK(verify_text("") == std::vector<std::string>{"log.bundle_line"});
    CHECK(verify_text("{}\n") == std::vector<std::string>{"log.bundle_line"});
    CHECK(verify_text(bundle, "greenbank/other+440be2e1+AQUlxZXrBnCmy7IYaI/yqbcKE5IQS48EiXhbzIpmC/6K").size() > 0);
}

} // namespace greenbank::parties
