// log_test.cpp — the transparency log from outside: a head within a second of a write, proofs that check without trusting the server, who may read what.
#include "cast.h"

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
    BankProcess again(folder.path(), {});
    CHECK(again.stop() == 0);
    CHECK(run({"verify", "--data", folder.path()}).status == 0);
}

} // namespace greenbank::testing
