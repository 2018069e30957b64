// disclosure_law_test.cpp — the law of staged disclosure names every field of an entry: what it does not name, everybody sees.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "library/records.h"
#include "library/reference.h"

namespace greenbank::library {

namespace {

/// Kept by the bank about any entry, and open.
const std::set<std::string_view> bookkeeping = {"disclosure", "peer", "provenance", "state", "sample", "created_at", "updated_at", "version"};

template <class T> void check_law(const DisclosureLaw& law) {
    const Record& record = record_of<T>();
    for (const Field& field : record.fields)
        if (!bookkeeping.contains(field.name)) CHECK_MESSAGE(law.find(record.name, field.name), record.name, ".", field.name, " has no row in disclosure.csv");
    for (const FieldRule& rule : law.of(record.name)) // documents are attached, not a field
        CHECK_MESSAGE((rule.field == "documents" || record.find(rule.field)), record.name, ".", rule.field, " is no field");
}

} // namespace

TEST_CASE("each field of an entry has its row in the law, and each row its field") {
    std::map<std::string, std::string> texts;
    std::map<std::string, std::string_view> files;
    for (const auto& file : std::filesystem::directory_iterator("data/reference")) {
        std::ostringstream text;
        text << std::ifstream(file.path(), std::ios::binary).rdbuf();
        files[file.path().filename()] = texts[file.path().filename()] = text.str();
    }
    const auto reference = read_reference(files);
    REQUIRE(reference);
    check_law<Technology>(reference.value().disclosure);
    check_law<Need>(reference.value().disclosure);
    check_law<CapitalOffer>(reference.value().disclosure);
}

} // namespace greenbank::library
