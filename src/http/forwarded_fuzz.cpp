// libFuzzer on everything a stranger may write before we know him: the head, a chunked body, X-Forwarded-For, CIDR.
//   clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -Isrc -include utility src/http/forwarded_fuzz.cpp src/http/{address,head,chunked}.cpp src/kernel/text.cpp
#include <string>

#include "http/address.h"
#include "http/chunked.h"
#include "http/head.h"
#include "kernel/result.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace greenbank;
    using namespace greenbank::http;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);

    if (const auto network = parse_network(bytes)) {
        require(network->contains(network->base), "a block holds its own base");
        require(parse_address(to_text(network->base)) == network->base, "an address survives its text");
    }
    const Network trusted[] = {*parse_network("10.0.0.0/8"), *parse_network("fd00::/8")};
    const Address peer = *parse_address("10.1.2.3");
    const Address client = client_of(peer, bytes, trusted);
    require(parse_address(to_text(client)) == client, "a client has an address");

    std::size_t scanned = 0;
    const auto scan = scan_head(bytes, scanned);
    if (scan.state == HeadScan::complete) {
        Head head;
        if (!parse_head(bytes.substr(0, scan.size), head)) {
            require(!(head.chunked && head.content_length), "one framing only");
            require(head.incoming.target.starts_with('/') || head.incoming.target == "*", "a target is a path");
            require(head.incoming.target.find_first_of("\r\n \t") == std::string::npos, "a target has no blanks");
        }
    }

    // The same body, however the network cuts it.
    ChunkedBody at_once, bytewise;
    std::string whole, pieces;
    const std::size_t taken = at_once.take(bytes, whole, 4096);
    std::size_t taken_bytewise = 0;
    for (std::size_t i = 0; i < bytes.size() && bytewise.state() == ChunkedBody::more; ++i) taken_bytewise += bytewise.take(bytes.substr(i, 1), pieces, 4096);
    require(at_once.state() == bytewise.state(), "cuts change nothing");
    if (at_once.state() == ChunkedBody::done) require(whole == pieces && taken == taken_bytewise, "cuts change nothing");
    return 0;
}
