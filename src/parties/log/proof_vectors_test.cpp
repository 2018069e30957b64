// proof_vectors_test.cpp — every vector of transparency-dev/merkle that is given, and what is no vector.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "parties/log/proof_vectors.h"

namespace greenbank::parties {

TEST_CASE("the vectors of transparency-dev/merkle come out as they say") {
    std::filesystem::path folder = "../shared/data/finance/merkle";
    if (!std::filesystem::exists(folder)) folder = "../../shared/data/finance/merkle"; // a working tree beside others
    if (!std::filesystem::exists(folder)) {
        MESSAGE("skipped: ", folder.string(), " is not there");
        return;
    }
    int vectors = 0, wrong_ones = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        const bool wants_error = text.str().find("\"wantErr\": true") != std::string::npos;
        REQUIRE(wants_error != (text.str().find("\"wantErr\": false") != std::string::npos));
        const auto good = check_vector(text.str());
        CHECK_MESSAGE((good && good.value()) != wants_error, entry.path().string());
        ++vectors;
        wrong_ones += wants_error;
    }
    CHECK(vectors == 196);
    CHECK(wrong_ones > 150);
}

TEST_CASE("what is no vector is an error that says so") {
    const auto code = [](std::string_view text) {
        const auto good = check_vector(text);
        if (!good) return good.error().problems.empty() ? good.error().code : good.error().problems[0].code;
        return std::string(good.value() ? "good" : "not good");
    };
    CHECK(code("") == "json.empty");
    CHECK(code("{}") == "log.not_a_vector");
    CHECK(code(R"({"leafIdx": 0, "treeSize": 1, "size1": 1, "size2": 1})") == "log.not_a_vector");
    CHECK(code(R"({"leafIdx": 0, "treeSize": 1})") == "not good");
    CHECK(
        code(
            R"({"leafIdx": 0, "treeSize": 1, "root": "DTrtAjFI/9KiWfvQzcf7PPl1ZYdg03dbgq9vkKrMLfw=", "leafHash": "DTrtAjFI/9KiWfvQzcf7PPl1ZYdg03dbgq9vkKrMLfw="})") ==
        "good");
    CHECK(code(R"({"leafIdx": -1, "treeSize": 1, "proof": null})") == "number.too_low");
    CHECK(code(R"({"leafIdx": 0, "treeSize": "one"})") == "field.type_integer");
    CHECK(code(R"({"size1": 1, "size2": 2, "proof": [1]})") == "field.type_text");
}

} // namespace greenbank::parties
