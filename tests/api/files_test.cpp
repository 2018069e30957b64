// files_test.cpp — a file goes in by parts and comes out whole, to its owner only.
#include "cast.h"
#include "kernel/random.h"

namespace greenbank::testing {

static std::string some_bytes(std::size_t size) {
    Random random(7);
    std::string bytes(size, '\0');
    for (char& c : bytes) c = static_cast<char>(random.below(256));
    return bytes;
}

TEST_CASE("a file goes in by parts in any order, twice if need be, and comes out whole") {
    Cast& all = cast();
    constexpr std::size_t part = 512 * 1024;
    const std::string bytes = some_bytes(3 * part + 17);
    const Answer made = all.editor.post("/files", fmt::format(R"({{"name":"技术 list.xlsx","bytes":{}}})", bytes.size()));
    REQUIRE(made.status == 201);
    const std::string file = "/files/" + made.at("/id");
    CHECK(all.editor.get(file + "/content").code() == "file.incomplete");
    Visitor& sender = all.editor;
    sender.content_type = "application/octet-stream";
    for (const std::size_t number : {3, 1, 0, 1, 2}) {
        const Answer sent = sender.post(fmt::format("{}/parts/{}", file, number), bytes.substr(number * part, part));
        CHECK_MESSAGE(sent.status == 200, sent.body);
    }
    CHECK(sender.post(file + "/parts/0", "short").code() == "body.invalid");
    CHECK(sender.post(file + "/parts/9", "more").status == 422);
    sender.content_type = "application/json";
    const Answer content = all.editor.get(file + "/content");
    CHECK(content.status == 200);
    const bool same = content.body == bytes;
    CHECK(same);
    CHECK(content.header("Content-Disposition").find("filename*=UTF-8''%E6%8A%80%E6%9C%AF_20list.xlsx") == std::string::npos);
    CHECK(content.header("Content-Disposition").find("%E6%8A%80%E6%9C%AF%20list.xlsx") != std::string::npos);
    CHECK(all.manager.get(file).status == 404);
    CHECK(all.manager.get(file + "/content").status == 404);
    CHECK(all.nobody.get(file).status == 401);
    CHECK(all.editor.remove(file).status == 204);
    CHECK(all.editor.get(file).status == 404);
}

TEST_CASE("a file that is too large or empty is refused at once") {
    Cast& all = cast();
    CHECK(all.editor.post("/files", R"({"name":"x","bytes":300000000})").status == 422);
    CHECK(all.editor.post("/files", R"({"name":"x","bytes":0})").status == 422);
}

} // namespace greenbank::testing
