// connection.h — asking a peer: a page with patience, and what a test of the connection learns.
#pragma once

#include <functional>

#include "api/fetch.h"
#include "oai/harvester.h"
#include "peers/records.h"

namespace greenbank::peers {

/// False: give up waiting.
using GoingOn = std::function<bool()>;

/// The text of an answer. A peer that asks for patience (503 with Retry-After, as OAI-PMH advises) is asked again, a few times.
Result<std::string> ask(Fetch& fetch, const std::string& url, const GoingOn& going_on);

/// What a peer is, from Identify and ListMetadataFormats.
struct Acquaintance {
    std::string repository, home;
    PeerFormat format = PeerFormat::dublin_core;
    std::vector<std::string> formats; // all it offers
    oai::Granularity granularity = oai::Granularity::second;
    oai::DeletedRecord deleted_record = oai::DeletedRecord::no;
    Time earliest;
};

/// Refused: a peer that has our own home, or another one than before (`known_home`, where not empty).
Result<Acquaintance> meet(Fetch& fetch, const Peer& peer, const std::string& own_home, const GoingOn& going_on);

} // namespace greenbank::peers
