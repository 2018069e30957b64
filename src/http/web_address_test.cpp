// web_address_test.cpp — addresses of the web, and which of them a server may ask.
#include <doctest/doctest.h>

#include "http/web_address.h"

using namespace greenbank;
using namespace greenbank::http;

TEST_CASE("addresses are read strictly") {
    const auto read = [](std::string_view text) {
        const auto address = parse_web_address(text);
        if (!address) {
            CHECK(address.error().code == "fetch.address");
            return std::string("-");
        }
        return address.value().origin() + " " + address.value().target;
    };
    CHECK(read("https://Bank.Example") == "https://bank.example /");
    CHECK(read("HTTP://bank.example:80/oai?verb=Identify#x") == "http://bank.example /oai?verb=Identify");
    CHECK(read("https://bank.example:8443?a") == "https://bank.example:8443 /?a");
    CHECK(read("http://[2001:DB8::1]:8080/") == "http://[2001:DB8::1]:8080 /");
    for (const char* text : {"", "bank.example", "ftp://bank.example", "http:/bank.example", "http://", "http:///a", "http://a b/", "http://a\r\nX: y/",
             "http://user@bank.example/", "http://user:pass@10.0.0.1/", "http://bank.example:0/", "http://bank.example:99999/", "http://bank.example:8x/",
             "http://[::1", "http://[::1]x/", "http://[bank]/", "http://a..b/", "http://.a/", "http://a\\@b/", "http://банк.рф/", "http://127.1/",
             "http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/", "http://1.2.3.4.5/", "file:///etc/passwd"})
        CHECK_MESSAGE(read(text) == "-", text);
}

TEST_CASE("locations are resolved against where they come from") {
    const WebAddress base = parse_web_address("https://bank.example/a/b?c=d").value();
    const auto resolved = [&](std::string_view location) {
        const auto address = resolve_location(base, location);
        return address ? address.value().origin() + address.value().target : "-";
    };
    CHECK(resolved("/x") == "https://bank.example/x");
    CHECK(resolved("x?y=1") == "https://bank.example/a/x?y=1");
    CHECK(resolved("../x") == "https://bank.example/x");
    CHECK(resolved("../../../x/./y") == "https://bank.example/x/y");
    CHECK(resolved("?y") == "https://bank.example/a/b?y");
    CHECK(resolved("//other.example/x") == "https://other.example/x");
    CHECK(resolved("http://other.example:81/x") == "http://other.example:81/x");
    CHECK(resolved("javascript:alert(1)") == "-");
    CHECK(resolved("x:y/z") == "-");
}

TEST_CASE("only addresses of the public Internet are public") {
    for (const char* text : {"1.1.1.1", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.63.255.255", "2606:4700::1", "2a02:6b8::2:242"})
        CHECK_MESSAGE(is_public(*parse_address(text)), text);
    for (const char* text :
        {"0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1",
            "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
            "64:ff9b::7f00:1", "100::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "fc00::1", "fd12::1", "fe80::1", "ff02::1"})
        CHECK_MESSAGE(!is_public(*parse_address(text)), text);
}
