// value_tree_test.cpp — JSON without a description, there and back.
#include <doctest/doctest.h>

#include "json/value_tree.h"

using namespace greenbank;

namespace {

void check(std::string_view json, std::string_view written) {
    INFO(json);
    const auto tree = read_value_tree(json);
    REQUIRE(tree);
    CHECK(to_json(tree.value()) == written);
}

std::string refusal(std::string_view json) {
    const auto tree = read_value_tree(json);
    return tree ? "" : tree.error().code;
}

} // namespace

TEST_CASE("any JSON is read and written again in its shortest form") {
    check("{}", "{}");
    check(" [ 1 , 2.50 , -0.0, 1e3, 18446744073709551615, 0.1 ] ", "[1,2.5,0,1000,18446744073709551615,0.1]");
    check(R"({"a":{"b":[{},[],null,true,false]},"海":"带\n\"\u0001"})", "{\"a\":{\"b\":[{},[],null,true,false]},\"海\":\"带\\n\\\"\\u0001\"}");
    check("\"text\"", "\"text\"");
}

TEST_CASE("what is no JSON, too deep or said twice is refused") {
    CHECK(refusal("") == "json.syntax");
    CHECK(refusal("{") == "json.syntax");
    CHECK(refusal("[1,]") == "json.syntax");
    CHECK(refusal("\"\xff\"") == "json.syntax");
    CHECK(refusal(std::string(40, '[') + std::string(40, ']')) == "json.syntax");
    CHECK(refusal(R"({"a":1,"a":2})") == "json.repeated");
}

TEST_CASE("the order of members says nothing, the order of items does") {
    const auto tree = [](std::string_view json) { return read_value_tree(json).value(); };
    CHECK(tree(R"({"a":1,"b":[1,2]})") == tree(R"({"b":[1,2],"a":1.0})"));
    CHECK(!(tree("[1,2]") == tree("[2,1]")));
    CHECK(!(tree("{}") == tree("[]")));
    CHECK(!(tree("1") == tree("\"1\"")));
    CHECK(!(tree(R"({"a":1})") == tree(R"({"b":1})")));
}
