// words_test.cpp — every code has its sentence in words.csv, the English one as the engine has it.
#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "kernel/csv.h"
#include "ledger/engine/codes.h"

namespace greenbank::ledger {

TEST_CASE("every code of a transfer has its sentence in three languages") {
    std::stringstream text;
    text << std::ifstream("src/ledger/words.csv").rdbuf();
    const auto csv = parse_csv(text.str());
    REQUIRE(csv);
    std::map<std::string, std::string> english;
    for (const auto& row : csv.value().rows) english[row[0]] = row[2];
    for (std::size_t i = 0; i < code_count; ++i) {
        const Code code = static_cast<Code>(i);
        const std::string key = "error.ledger." + std::string(to_text(code));
        CHECK_MESSAGE(english[key] == sentence_of(code), key);
    }
}

} // namespace greenbank::ledger
