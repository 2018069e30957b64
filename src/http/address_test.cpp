// address_test.cpp — addresses, networks, and what proxies say.
#include <doctest/doctest.h>

#include "http/address.h"

using namespace greenbank::http;

TEST_CASE("an address is read strictly and written shortly") {
    struct Row {
        std::string_view text, canonical; // empty: refused
    };
    const Row rows[] = {
        {"203.0.113.7", "203.0.113.7"},
        {"2001:DB8:0::1", "2001:db8::1"},
        {"::ffff:203.0.113.7", "203.0.113.7"},
        {"::", "::"},
        {"", ""},
        {"203.0.113", ""},
        {"203.0.113.256", ""},
        {"203.0.113.07", ""},
        {"1.2.3.4:80", ""},
        {"fe80::1%eth0", ""},
        {"[::1]", ""},
        {" 1.2.3.4", ""},
        {"localhost", ""},
        {std::string_view("1.2.3.4\0x", 9), ""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto address = parse_address(row.text);
        CHECK(address.has_value() == !row.canonical.empty());
        if (address) CHECK(to_text(*address) == row.canonical);
    }
}

TEST_CASE("a block holds its addresses and no other") {
    struct Row {
        std::string_view network, inside, outside;
    };
    const Row rows[] = {
        {"10.0.0.0/8", "10.255.0.1", "11.0.0.0"},
        {"192.168.4.0/22", "192.168.7.255", "192.168.8.0"},
        {"203.0.113.7", "203.0.113.7", "203.0.113.8"},
        {"203.0.113.7/32", "::ffff:203.0.113.7", "203.0.113.6"},
        {"0.0.0.0/0", "8.8.8.8", "2001:db8::1"},
        {"fd00::/8", "fdff::1", "fe00::1"},
        {"2001:db8::/33", "2001:db8:7fff::1", "2001:db8:8000::1"},
        {"::1/128", "::1", "127.0.0.1"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.network);
        const auto network = parse_network(row.network);
        REQUIRE(network);
        CHECK(network->contains(*parse_address(row.inside)));
        CHECK_FALSE(network->contains(*parse_address(row.outside)));
    }
    CHECK(parse_network("::/0")->contains(*parse_address("8.8.8.8")));
    for (const std::string_view text : {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x", "::/129", "ten/8", "", "/8"})
        CHECK_FALSE(parse_network(text));
}

TEST_CASE("the client is the right-most hop that no trusted proxy vouches away") {
    const Network trusted[] = {*parse_network("10.0.0.0/8"), *parse_network("fd00::/8")};
    struct Row {
        std::string_view peer, forwarded_for, client;
    };
    const Row rows[] = {
        {"203.0.113.1", "8.8.8.8", "203.0.113.1"}, // a stranger's word
        {"10.0.0.1", "", "10.0.0.1"},
        {"10.0.0.1", "8.8.8.8", "8.8.8.8"},
        {"10.0.0.1", "6.6.6.6, 8.8.8.8", "8.8.8.8"}, // the left one is the client's own invention
        {"10.0.0.1", "6.6.6.6, 8.8.8.8,10.0.0.2 , fd00::5", "8.8.8.8"},
        {"10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"},
        {"10.0.0.1", "8.8.8.8, junk, 10.0.0.2", "10.0.0.2"},
        {"10.0.0.1", "8.8.8.8:4711", "8.8.8.8"},
        {"10.0.0.1", "\"[2001:db8::9]:4711\"", "10.0.0.1"},
        {"10.0.0.1", "[2001:db8::9]:4711", "2001:db8::9"},
        {"10.0.0.1", "2001:db8::9", "2001:db8::9"},
        {"10.0.0.1", "unknown", "10.0.0.1"},
        {"10.0.0.1", ",,,", "10.0.0.1"},
        {"10.0.0.1", "[", "10.0.0.1"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.forwarded_for);
        CHECK(to_text(client_of(*parse_address(row.peer), row.forwarded_for, trusted)) == row.client);
    }
}
