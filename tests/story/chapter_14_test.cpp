// chapter_14_test.cpp — the story's end: what happened is proved from an exported bundle, off line, and one changed byte is named.
#include "cast.h"

namespace greenbank::testing {

TEST_CASE("chapter 14: the island's entries on paper are proved off line, and one changed byte is named") {
    Cast& all = cast();
    const std::string technology = all.nobody.get("/technologies?limit=1").at("/items/0/id");
    const Answer paper = all.nobody.get("/technologies/" + technology + "/pdf");
    REQUIRE(paper.status == 200);
    CHECK(paper.body.starts_with("%PDF"));

    // The page, the API and the bundle say the same of it.
    Answer proof;
    REQUIRE(wait_for([&] { return !(proof = all.nobody.get("/log/proof?subject=" + technology)).at("/head").empty(); }, 2));
    CHECK(all.nobody.get("/log/proof?code=" + proof.at("/code")).at("/leaf_hash") == proof.at("/leaf_hash"));
    CHECK(all.nobody.get("//proof/" + proof.at("/code"), {{"Accept", "text/html"}}).status == 200);

    const std::string bundle = all.folder.path() + "/story.jsonl";
    REQUIRE(run({"log", "export", "--data", all.folder.path(), "--out", bundle}).status == 0);
    const std::string text = read_whole(bundle);
    CHECK(text.find("\"leaf_hash\":\"" + proof.at("/leaf_hash") + "\"") != std::string::npos);
    const Answer log = all.nobody.get("/log");
    const Ran verified = run({"log", "verify", "--in", bundle, "--key", log.at("/key"), "--json"});
    CHECK_MESSAGE(verified.status == 0, verified.out);
    CHECK(Answer{200, verified.out, "", {}}.number("/signed_records") >= proof.number("/position") + 1);

    std::string changed = text;
    const std::string stated = "statement_sha256";
    changed[changed.find(stated) + stated.size() + 5] ^= 1;
    const Ran tampered = run({"log", "verify", "--in", all.folder.write("story_tampered.jsonl", changed)});
    CHECK(tampered.status == 1);
    CHECK_MESSAGE(tampered.out.starts_with(technology + ": document " + technology + " was changed"), tampered.out);

    const Ran everything = run({"verify", "--data", all.folder.path()});
    CHECK_MESSAGE(everything.status == 0, everything.out, everything.err);
}

} // namespace greenbank::testing
