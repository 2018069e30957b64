// log_test.cpp — the transparency log from outside: a head within a second of a write, proofs that check without trusting the server, who may read what.
#include "cast.h"

#include <filesystem>
#include <fstream>

namespace greenbank::testing {

namespace {

std::string to_base64_of(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    std::string text = to_base64url(bytes);
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
    text.resize((text.size() + 3) / 4 * 4, '=');
    return "\"" + text + "\"";
}

std::string list_of(const std::vector<std::string>& hashes) {
    std::vector<std::string> texts;
    for (const std::string& hash : hashes) texts.push_back(to_base64_of(hash));
    return "[" + greenbank::join(texts, ",") + "]";
}

/// The verdict of `greenbank log check` on an inclusion proof as the API gives it: another program than the server's.
int check_inclusion(const Answer& proof) {
    const std::string vector = fmt::format(R"({{"leafIdx":{},"treeSize":{},"root":{},"leafHash":{},"proof":{}}})", proof.number("/position"),
        proof.number("/head/size"), to_base64_of(proof.at("/head/root")), to_base64_of(proof.at("/leaf_hash")), list_of(proof.all("/proof", "")));
    return run({"log", "check", "--in", "-"}, vector).status;
}

int check_consistency(const Answer& proof) {
    const std::string vector = fmt::format(R"({{"size1":{},"size2":{},"root1":{},"root2":{},"proof":{}}})", proof.number("/from"), proof.number("/to"),
        to_base64_of(proof.at("/from_root")), to_base64_of(proof.at("/to_root")), list_of(proof.all("/proof", "")));
    return run({"log", "check", "--in", "-"}, vector).status;
}

std::string last_audit_of(Visitor& auditor, const std::string& record_id) { return auditor.get("/audit?limit=1&record_id=" + record_id).at("/items/0/id"); }

} // namespace

TEST_CASE("a write is under a signed head within a second, and a stranger can check its proof") {
    Cast& all = cast();
    const Answer before = all.nobody.get("/log");
    REQUIRE(before.status == 200);
    CHECK(before.at("/hash") == "sha256");
    CHECK(before.at("/key").starts_with(before.at("/origin") + "+"));

    const std::string need = create(all.editor, "/needs", need_body("proved"));
    const std::string audit = last_audit_of(all.manager, need);
    Answer proof;
    REQUIRE(wait_for([&] { return !(proof = all.nobody.get("/log/proof?subject=" + audit)).at("/head").empty(); }, 1));
    CHECK(proof.at("/kind") == "audit");
    CHECK(proof.at("/leaf").starts_with("greenbank leaf 1"));
    CHECK(proof.at("/content").empty());
    CHECK(check_inclusion(proof) == 0);
    CHECK(all.nobody.get("/log/proof?code=" + proof.at("/code")).at("/position") == proof.at("/position"));
    CHECK(all.nobody.get("/log/proof?position=" + proof.at("/position")).at("/code") == proof.at("/code"));

    // Another proof's hash in its place is refused.
    Answer wrong = proof;
    const std::string root = proof.at("/head/root"), leaf = proof.at("/leaf_hash");
    wrong.body.replace(wrong.body.find(root), root.size(), leaf);
    CHECK(check_inclusion(wrong) == 1);

    const Answer consistency = all.nobody.get("/log/consistency?from=" + std::to_string(std::max<std::int64_t>(1, before.number("/head/size"))));
    REQUIRE_MESSAGE(consistency.status == 200, consistency.body);
    CHECK(consistency.number("/to") >= proof.number("/head/size"));
    CHECK(check_consistency(consistency) == 0);

    const Answer at_size = all.nobody.get(fmt::format("/log/head?size={}", proof.number("/position") + 1));
    CHECK(at_size.number("/size") > proof.number("/position"));
    CHECK(all.nobody.get("/log/heads?limit=2").size("/items") == 2);
    CHECK(all.nobody.get("/log/records?from=0&limit=3").size("/items") == 3);
    CHECK(all.nobody.get("/log/records?subject=" + audit).all("/items", "/position") == std::vector<std::string>{proof.at("/position")});
}

TEST_CASE("what an audit record says is for those who may read the audit trail") {
    Cast& all = cast();
    const std::string need = create(all.editor, "/needs", need_body("who may read the record"));
    const std::string path = "/log/proof?subject=" + last_audit_of(all.manager, need);
    const Answer own = all.manager.get(path);
    CHECK(own.at("/content").find("who may read the record") != std::string::npos);
    CHECK(!all.administrator.get(path).at("/content").empty());
    for (Visitor* other : {&all.nobody, &all.reader, &all.editor, &all.other_manager}) {
        const Answer seen = other->get(path);
        CHECK(seen.status == 200);
        CHECK(seen.at("/content").empty());
        CHECK(seen.at("/digest") == own.at("/digest"));
    }
}

TEST_CASE("a document on paper is in the log once for each version, and its code is in the file's proof") {
    Cast& all = cast();
    const std::string id = create(all.manager, "/technologies", technology_body("On paper"));
    REQUIRE(all.manager.post("/technologies/" + id + "/publish").status == 200);
    for (int i = 0; i < 2; ++i) CHECK(all.nobody.get("/technologies/" + id + "/pdf").status == 200);
    Answer proof;
    REQUIRE(wait_for([&] { return !(proof = all.nobody.get("/log/proof?subject=" + id)).at("/head").empty(); }, 2));
    CHECK(proof.at("/kind") == "document");
    CHECK(proof.size("/versions") == 0);
    CHECK(proof.at("/content").find("On paper") != std::string::npos);
    CHECK(check_inclusion(proof) == 0);
    CHECK(all.manager.patch("/technologies/" + id, R"({"title":{"en":"On other paper"}})").status == 200);
    CHECK(all.nobody.get("/technologies/" + id + "/pdf").status == 200);
    CHECK(all.nobody.get("/log/proof?subject=" + id).size("/versions") == 1);
}

TEST_CASE("what the log does not have is said, and limits hold") {
    Cast& all = cast();
    const auto code_of = [&](const std::string& path) { return fmt::format("{} {}", all.nobody.get(path).status, all.nobody.get(path).code()); };
    CHECK(code_of("/log/proof") == "422 log.one_of");
    CHECK(code_of("/log/proof?position=0&code=0-0000000000000000") == "422 log.one_of");
    CHECK(code_of("/log/proof?code=0-0000000000000000") == "404 log.no_such_record");
    CHECK(code_of("/log/proof?code=nothing") == "404 log.no_such_record");
    CHECK(code_of("/log/proof?position=999999999") == "404 log.no_such_record");
    CHECK(code_of("/log/proof?position=9999999999999") == "404 log.no_such_record");
    CHECK(code_of("/log/proof?subject=audit_none") == "404 log.no_such_record");
    CHECK(all.nobody.get("/log/proof?position=-1").status == 422);
    CHECK(code_of("/log/head?size=999999999") == "404 log.no_head");
    CHECK(code_of("/log/consistency?from=1&to=999999999") == "404 log.no_head");
    CHECK(code_of("/log/consistency?from=2&to=1") == "422 log.sizes_reversed");
    CHECK(all.nobody.get("/log/consistency?from=0").status == 422);
    CHECK(all.nobody.get("/log/records?limit=1001").status == 422);
    CHECK(all.nobody.get("/log/heads?limit=0").status == 422);
}

TEST_CASE("witnesses are made known by an administrator, and only a known one's signature under our own head is taken") {
    Cast& all = cast();
    const std::string log_key = all.nobody.get("/log").at("/key");
    CHECK(all.administrator.post("/log/witnesses", R"({"key":"not a key at all"})").code() == "log.key_malformed");
    CHECK(all.administrator.post("/log/witnesses", fmt::format(R"({{"key":"{}"}})", log_key)).code() == "log.not_a_witness");
    CHECK(all.officer.post("/log/witnesses", R"({"key":"not a key at all"})").status == 403);
    CHECK(all.nobody.post("/log/cosignatures", R"({"note":"x"})").code() == "log.note_malformed");
    REQUIRE(wait_for([&] { return !all.nobody.get("/log").at("/head").empty(); }, 2));
    const Answer head = all.nobody.get("/log/head");
    const std::string note = head.body.substr(head.body.find("\"note\":") + 7);
    const std::string text = note.substr(0, note.find("\\n\",") == std::string::npos ? note.find("\\n\"") + 3 : note.find("\\n\",") + 3);
    CHECK(all.nobody.post("/log/cosignatures", R"({"note":)" + text + "}").code() == "log.no_witness");
}

TEST_CASE("a witness signs what goes on from what it signed, keeps it, and refuses a bank that went back and told another story") {
    const TemporaryFolder folder;
    const std::string data = folder.path() + "/bank", copy = folder.path() + "/copy", kept = folder.path() + "/witness";
    const auto witness = [&](const BankProcess& bank, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"log", "witness", "--bank", bank.address(), "--folder", kept};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    };
    const auto all_signed = [](Visitor& anybody) {
        return wait_for(
            [&] {
                const Answer log = anybody.get("/log");
                return !log.at("/head").empty() && log.number("/head/size") == log.number("/records");
            },
            5);
    };
    const auto sign_in_as_administrator = [](Visitor& visitor) {
        REQUIRE(visitor.post("/sign-in", fmt::format(R"({{"email":"admin@bank.test","password":"{}"}})", good_password)).status == 200);
    };
    {
        BankProcess bank(data, {});
        Visitor administrator(bank.address());
        become_administrator(administrator, bank);
        create(administrator, "/needs", need_body("the first"));
        REQUIRE(all_signed(administrator));
        CHECK(witness(bank).status == 1); // who are you?
        CHECK(witness(bank, {"--name", "two words"}).status == 1);
        const Ran stranger = witness(bank, {"--name", "witness.example"});
        CHECK(stranger.status == 1);
        CHECK_MESSAGE(stranger.err.find("does not know this witness") != std::string::npos, stranger.err);
        const std::string key = stranger.out.substr(stranger.out.find("witness.example+"), stranger.out.find('\n') - stranger.out.find("witness.example+"));
        REQUIRE_MESSAGE(administrator.post("/log/witnesses", fmt::format(R"({{"key":"{}"}})", key)).status == 201, key);
        REQUIRE(all_signed(administrator)); // or another head comes after the one that is cosigned
        Ran known;
        CHECK(wait_for([&] { // another head may come after the one that is cosigned
            known = witness(bank);
            return known.status == 0 && administrator.get("/log").all("/head/witnesses", "") == std::vector<std::string>{"witness.example"};
        }));
        CHECK_MESSAGE(known.status == 0, known.err);
        CHECK(witness(bank).status == 0); // nothing new
        CHECK(bank.stop() == 0);
        std::filesystem::copy(data, copy, std::filesystem::copy_options::recursive);
    }
    {
        BankProcess bank(data, {});
        Visitor administrator(bank.address());
        sign_in_as_administrator(administrator);
        for (int i = 0; i < 3; ++i) create(administrator, "/needs", need_body("the true story"));
        REQUIRE(all_signed(administrator));
        const Ran next = witness(bank);
        CHECK_MESSAGE(next.status == 0, next.err);
        CHECK(administrator.get("/log").all("/head/witnesses", "") == std::vector<std::string>{"witness.example"});
        CHECK(bank.stop() == 0);
    }
    CHECK(run({"verify", "--data", data}).status == 0);
    {
        BankProcess bank(copy, {}); // the same key, an earlier state
        Visitor administrator(bank.address());
        sign_in_as_administrator(administrator);
        for (int i = 0; i < 6; ++i) create(administrator, "/needs", need_body("the other story"));
        REQUIRE(all_signed(administrator));
        const Ran forked = witness(bank);
        CHECK(forked.status == 1);
        CHECK_MESSAGE(forked.err.find("two stories") != std::string::npos, forked.err);
        CHECK(administrator.get("/log").all("/head/witnesses", "").empty());
        CHECK(bank.stop() == 0);
    }
    CHECK(run({"verify", "--data", copy}).status == 0); // of itself it looks whole: that is what witnesses are for
    std::size_t evidence = 0;
    for (const auto& file : std::filesystem::directory_iterator(kept))
        if (file.path().filename().string().starts_with("fork-")) ++evidence;
    CHECK(evidence == 1);
}

TEST_CASE("a bank whose log is signed with SM2 and hashed with SM3 proves itself by the command line") {
    const TemporaryFolder folder;
    const std::vector<std::string> settings{"--settings", folder.write("bank.toml", "log_signature = \"sm2\"\nlog_hash = \"sm3\"\n")};
    {
        BankProcess bank(folder.path(), settings);
        Visitor administrator(bank.address());
        become_administrator(administrator, bank);
        create(administrator, "/needs", need_body("signed with SM2"));
        CHECK(administrator.get("/log").at("/hash") == "sm3");
        CHECK(bank.stop() == 0);
    }
    CHECK(read_whole(folder.path() + "/log.key").starts_with("sm2 "));
    CHECK(run({"verify", "--data", folder.path()}).status == 0);
    const std::string bundle = folder.path() + "/log.jsonl";
    REQUIRE(run({"log", "export", "--data", folder.path(), "--out", bundle}).status == 0);
    CHECK(run({"log", "verify", "--in", bundle}).status == 0);
    std::string text = read_whole(bundle);
    const std::size_t note = text.rfind("\\n\\n\xE2\x80\x94 greenbank/");
    REQUIRE(note != std::string::npos);
    const std::size_t signature = text.find(' ', note + 8) + 20;
    text[signature] = text[signature] == 'A' ? 'B' : 'A';
    const Ran tampered = run({"log", "verify", "--in", folder.write("tampered.jsonl", text)});
    CHECK(tampered.status == 1);
    CHECK_MESSAGE(tampered.out.find("not signed with the log's key") != std::string::npos, tampered.out);
    CHECK(run({"serve", "--data", folder.path() + "/new", "--port", "0", "--settings", folder.write("wrong.toml", "log_signature = \"rsa\"\n")}).status == 1);
}

TEST_CASE("a change behind the bank's back is named by greenbank verify, and a bundle proves itself off line") {
    const TemporaryFolder folder;
    {
        BankProcess bank(folder.path(), {});
        Visitor administrator(bank.address());
        become_administrator(administrator, bank);
        for (int i = 0; i < 5; ++i) create(administrator, "/needs", need_body(fmt::format("need {}", i)));
        CHECK(bank.stop() == 0);
    }
    const Ran good = run({"verify", "--data", folder.path(), "--json"});
    CHECK_MESSAGE(good.status == 0, good.out, good.err);
    CHECK(Answer{200, good.out, "", {}}.at("/ok") == "true");
    const std::string bundle = folder.path() + "/log.jsonl";
    REQUIRE(run({"log", "export", "--data", folder.path(), "--out", bundle}).status == 0);
    const Ran verified = run({"log", "verify", "--in", bundle, "--json"});
    CHECK(verified.status == 0);
    const Answer summary{200, verified.out, "", {}};
    CHECK(summary.number("/records") >= 6);
    CHECK(summary.number("/signed_records") == summary.number("/records")); // the bank signs what is left when it stops
    CHECK(run({"log", "verify", "--in", bundle, "--key", summary.at("/key")}).status == 0);
    CHECK(run({"log", "verify", "--data", folder.path()}).status == 0);
    CHECK(run({"log", "verify", "--data", folder.path(), "--in", bundle}).status == 1);

    std::string text = read_whole(bundle);
    const std::size_t at = text.find("need 3");
    REQUIRE(at != std::string::npos);
    text[at + 5] = '4';
    const Ran tampered = run({"log", "verify", "--in", folder.write("tampered.jsonl", text), "--language", "zh"});
    CHECK(tampered.status == 1);
    CHECK_MESSAGE(tampered.out.starts_with("audit_entry/audit_"), tampered.out);
    CHECK(tampered.out.find("已被改动") != std::string::npos);
    CHECK(run({"log", "verify", "--in", folder.write("half.jsonl", text.substr(0, text.size() / 2))}).status == 1);
    CHECK(run({"log", "verify", "--in", folder.path() + "/nothing"}).status == 1);
    CHECK(run({"verify", "--data", folder.path() + "/nothing"}).status == 1);

    // The key is made once; without it the bank goes on and says so, and nobody signs.
    const std::string key = read_whole(folder.path() + "/log.key");
    CHECK(key.size() == 45);
    { std::ofstream(folder.path() + "/log.key") << "nonsense"; }
    CHECK(run({"serve", "--data", folder.path(), "--port", "0"}).status == 1);
    { std::ofstream(folder.path() + "/log.key") << key; }
    {
        BankProcess again(folder.path(), {});
        CHECK(again.stop() == 0);
    }
    CHECK(run({"verify", "--data", folder.path()}).status == 0);

    // A lost key: the bank opens and does not sign; a new one is made by command and signs from then on.
    CHECK(run({"admin", "log-key", "--data", folder.path()}).status == 1); // the key is there
    REQUIRE(std::filesystem::remove(folder.path() + "/log.key"));
    {
        BankProcess keyless(folder.path(), {});
        CHECK(!std::filesystem::exists(folder.path() + "/log.key"));
        CHECK(keyless.stop() == 0);
    }
    const Ran renewed = run({"admin", "log-key", "--data", folder.path()});
    CHECK_MESSAGE(renewed.status == 0, renewed.err);
    {
        BankProcess again(folder.path(), {});
        Visitor anybody(again.address());
        CHECK(wait_for([&] { return anybody.get("/log").number("/head/size") == anybody.get("/log").number("/records"); }, 3));
        CHECK(anybody.get("/log").at("/key") + "\n" == renewed.out);
        CHECK(anybody.get("/log").at("/earlier_keys/0") == summary.at("/key"));
        CHECK(again.stop() == 0);
    }
    CHECK(run({"verify", "--data", folder.path()}).status == 0);
}

} // namespace greenbank::testing
