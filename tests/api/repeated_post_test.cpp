// repeated_post_test.cpp — the same Idempotency-Key: one effect, one answer.
#include <mutex>
#include <set>

#include "cast.h"

namespace greenbank::testing {

TEST_CASE("a post repeated with its key is answered again and carried out once") {
    Cast& all = cast();
    const std::vector<Header> key = {{"Idempotency-Key", "once"}};
    const Answer first = all.editor.post("/needs", need_body("only once"), key), second = all.editor.post("/needs", need_body("only once"), key);
    CHECK(first.status == 201);
    CHECK(second.status == 201);
    CHECK(second.body == first.body);
    CHECK(second.etag == first.etag);
    CHECK(first.header("Idempotent-Replayed").empty());
    CHECK(second.header("Idempotent-Replayed") == "true");

    const Answer other = all.editor.post("/needs", need_body("another body"), key);
    CHECK(other.status == 409);
    CHECK(other.code() == "request.idempotency_reused");
    CHECK(all.editor.post("/technologies", technology_body("another address"), key).status == 409);
    CHECK(all.manager.post("/needs", need_body("only once"), key).body != first.body); // a key belongs to its person
    CHECK(all.editor.post("/needs", need_body("x"), {{"Idempotency-Key", std::string(201, 'k')}}).status == 400);
}

TEST_CASE("a refused post leaves its key free for the corrected one") {
    Cast& all = cast();
    const std::vector<Header> key = {{"Idempotency-Key", "corrected"}};
    CHECK(all.editor.post("/needs", R"({"title":{}})", key).status == 422);
    CHECK(all.editor.post("/needs", need_body("corrected"), key).status == 201);
}

TEST_CASE("a change of state repeated with its key is not a conflict") {
    Cast& all = cast();
    const std::string path = "/needs/" + create(all.editor, "/needs", need_body("published once")) + "/publish";
    const std::vector<Header> key = {{"Idempotency-Key", "publish once"}};
    CHECK(all.manager.post(path, "", key).status == 200);
    CHECK(all.manager.post(path, "", key).at("/state") == "published");
    CHECK(all.manager.post(path).status == 409);
}

TEST_CASE("a secret is never kept for a repeated key") {
    Cast& all = cast();
    const std::vector<Header> key = {{"Idempotency-Key", "secret"}};
    const Answer first = all.editor.post("/tokens", R"({"name":"kept?"})", key), second = all.editor.post("/tokens", R"({"name":"kept?"})", key);
    CHECK(first.status == 201);
    CHECK(second.at("/token") != first.at("/token"));
    CHECK(!read_whole(all.folder.path() + "/greenbank.db").empty());
    for (const std::string file : {"/greenbank.db", "/greenbank.db-wal"}) {
        const std::string bytes = read_whole(all.folder.path() + file);
        CHECK(bytes.find(first.at("/token").substr(3)) == std::string::npos);
        CHECK(bytes.find(good_password) == std::string::npos);
        CHECK(bytes.find(all.editor.cookie) == std::string::npos);
    }
}

TEST_CASE("forty posts at once with one key make one need, in ten rounds") {
    Cast& all = cast();
    for (int round = 0; round < 10; ++round) {
        const std::string title = fmt::format("forty at once, round {}", round);
        std::mutex mutex;
        std::set<std::string> ids;
        std::atomic<int> created = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 40; ++i)
            threads.emplace_back([&] {
                Visitor one = all.visitor();
                one.cookie = all.editor.cookie;
                const auto answer = one.try_send("POST", "/needs", need_body(title), {{"Idempotency-Key", title}});
                if (!answer || answer->status != 201) return;
                ++created;
                const std::lock_guard lock(mutex);
                ids.insert(answer->at("/id"));
            });
        for (std::thread& thread : threads) thread.join();
        CHECK(created == 40);
        CHECK(ids.size() == 1);
        int stored = 0;
        for (const std::string& found : all.editor.get("/needs?limit=100&state=draft").all("/items", "/title/en")) stored += found == title;
        CHECK(stored == 1);
    }
}

} // namespace greenbank::testing
