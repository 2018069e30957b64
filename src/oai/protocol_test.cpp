// protocol_test.cpp — arguments, datestamps, identifiers and tokens, to text and back.
#include <doctest/doctest.h>

#include "kernel/random.h"
#include "oai/memory_under_test.h"

namespace greenbank::oai {
namespace {

void check_arguments_of(std::string_view query, const std::optional<Arguments>& expected) {
    INFO(query);
    const auto read = read_arguments(query);
    REQUIRE(static_cast<bool>(read) == expected.has_value());
    if (read) CHECK(read.value() == *expected);
}

std::string random_text(Random& random) {
    static const std::vector<std::string> pieces = {
        "a", "Z", "9", "-", "_", ".", "~", "!", "*", "'", "(", ")", "&", "=", "+", "%", " ", "/", ":", "?", "#", "水", "\n"};
    std::string text;
    for (std::uint64_t i = random.below(8); i > 0; --i) text += random.pick(pieces);
    return text;
}

} // namespace

TEST_CASE("arguments") {
    check_arguments_of("", Arguments{});
    check_arguments_of("&&", Arguments{});
    check_arguments_of("verb=Identify", Arguments{{"verb", "Identify"}});
    check_arguments_of("a=1&b&a=2&=3", Arguments{{"a", "1"}, {"b", ""}, {"a", "2"}, {"", "3"}});
    check_arguments_of("a=b=c+d%2B%e6%b0%B4", Arguments{{"a", "b=c d+水"}});
    for (const char* broken : {"a=%", "a=%4", "a=%4g", "%=1", "a=%ff"}) check_arguments_of(broken, {});
    std::string many = "a=1";
    for (int i = 1; i < 50; ++i) many += "&a=1";
    CHECK(read_arguments(many));
    CHECK(!read_arguments(many + "&a=1"));

    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Arguments arguments;
        for (std::uint64_t i = random.below(5); i > 0; --i) arguments.emplace_back("n" + random_text(random), random_text(random));
        check_arguments_of(write_arguments(arguments), arguments);
    }
}

TEST_CASE("datestamps") {
    const auto read = [](std::string_view text) {
        const auto datestamp = parse_datestamp(text);
        return datestamp ? write_datestamp(datestamp->time) + " " + write_datestamp(datestamp->end()) : "none";
    };
    CHECK(read("2026-11-20") == "2026-11-20T00:00:00Z 2026-11-21T00:00:00Z");
    CHECK(read("2026-11-20T08:00:59Z") == "2026-11-20T08:00:59Z 2026-11-20T08:01:00Z");
    CHECK(read("1969-12-31T23:59:59Z") == "1969-12-31T23:59:59Z 1970-01-01T00:00:00Z");
    for (const char* wrong : {"", "2026", "2026-11", "2026-02-29", "2026-11-20T08:00Z", "2026-11-20T08:00:00", "2026-11-20 08:00:00Z", "2026-11-20T08:00:00z",
             "2026-11-20T08:00:60Z", "2026-11-20T25:00:00Z", "2026-11-20T08:00:00+00:00", "20261120"})
        CHECK_MESSAGE(read(wrong) == "none", wrong);
    CHECK(write_datestamp(Time{-1}) == "1969-12-31T23:59:59Z");
    CHECK(write_datestamp(Time{-1}, Granularity::day) == "1969-12-31");
}

TEST_CASE("identifiers") {
    CHECK(make_identifier("bank.example", "tech_01jd4x") == "oai:bank.example:tech_01jd4x");
    CHECK(make_identifier("bank.example", "水 1") == "oai:bank.example:%E6%B0%B4%201");
    CHECK(id_of_identifier("oai:bank.example:tech_01jd4x", "bank.example") == "tech_01jd4x");
    for (const char* other :
        {"", "oai:bank.example:", "oai:other.example:tech_1", "tech_1", "oai:bank.example:%74ech_1", "oai:bank.example:%4", "oai:bank.example:水"})
        CHECK_MESSAGE(!id_of_identifier(other, "bank.example"), other);
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::string id = "x" + random_text(random), identifier = make_identifier("h.example", id);
        CHECK(id_of_identifier(identifier, "h.example") == id);
    }
    CHECK(is_repository_identifier("bank.example"));
    for (const char* wrong : {"", "localhost", "bank.example.", "127.0.0.1", "a..b", "bank.example:8080", "银行.中国"})
        CHECK_MESSAGE(!is_repository_identifier(wrong), wrong);
}

TEST_CASE("tokens") {
    const Checksum checksum = checksum_under_test(3);
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Token token{.verb = random.chance(0.5) ? Verb::list_records : Verb::list_identifiers, .format = random.chance(0.5) ? "oai_dc" : "full"};
        if (random.chance(0.5)) token.selection.from = Time{random.between(-1'000'000, 1'000'000'000'000)};
        if (random.chance(0.5)) token.selection.before = Time{random.between(0, 1'000'000'000'000)};
        if (random.chance(0.5)) token.selection.set = "water:sewage";
        token.last = {Time{random.between(0, 1'000'000'000'000)}, random_text(random) + (random.chance(0.1) ? "\x1f" : "")};
        token.cursor = random.between(0, 1000);
        token.complete_size = random.between(0, 1'000'000);
        const std::string text = write_token(token, checksum);
        CHECK(is_metadata_prefix(text)); // nothing that an address would have to escape
        CHECK(read_token(text, checksum) == token);
        CHECK(!read_token(text, checksum_under_test(4)));
        std::string forged = text;
        forged[random.below(text.size())] ^= 1;
        CHECK(read_token(forged, checksum) == (forged == text ? std::optional(token) : std::nullopt));
        CHECK(!read_token(std::string_view(text).substr(0, random.below(text.size())), checksum));
    }
    CHECK(!read_token("", checksum));
    CHECK(!read_token("junk", checksum));
    CHECK(!read_token(std::string(5000, 'A'), checksum));
}

} // namespace greenbank::oai
