// operations.h — what people do with peers, harvests and pairs.
#pragma once

#include "peers/peers.h"
#include "peers/records.h"

namespace greenbank::peers {

inline constexpr Right manage_peers{"bank.peers"};

std::vector<Endpoint> peer_endpoints(Fetch& fetch, const library::PublicAddress& address);
std::vector<Endpoint> twin_endpoints();

} // namespace greenbank::peers
