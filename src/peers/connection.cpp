// connection.cpp — Identify, formats, and patience.
#include "peers/connection.h"

#include <thread>

#include "library/publishing/oai_repository.h"
#include "peers/engine/harvest_rules.h"

namespace greenbank::peers {

namespace {

constexpr std::size_t page_bytes_max = 16 << 20; // as oai reads at most
constexpr int patience_times = 5, patience_seconds_max = 120, answer_seconds_max = 120;

Error stopped() { return {Failure::conflict, "job.stopped", "The job was stopped."}; }

/// The host of an address, for peers that do not say their home.
std::string host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    url.remove_prefix(scheme == std::string_view::npos ? 0 : scheme + 3);
    return std::string(url.substr(0, url.find_first_of(":/?")));
}

} // namespace

Result<std::string> ask(Fetch& fetch, const std::string& url, const GoingOn& going_on) {
    for (int time = 0;; ++time) {
        Fetched fetched = TRY(fetch.get({.url = url, .accept = "text/xml, application/xml", .bytes_max = page_bytes_max, .seconds_max = answer_seconds_max}));
        if (fetched.status == 200) return std::move(fetched.body);
        const bool later = fetched.status == 503 && fetched.wait_seconds && *fetched.wait_seconds <= patience_seconds_max && time < patience_times;
        if (!later) return Error{Failure::unavailable, "peer.status", "The peer answers with status {status}.", {{"status", std::to_string(fetched.status)}}};
        for (int tenths = 0; tenths < *fetched.wait_seconds * 10; ++tenths) {
            if (!going_on()) return stopped();
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }
}

Result<Acquaintance> meet(Fetch& fetch, const Peer& peer, const std::string& own_home, const GoingOn& going_on) {
    const oai::Peer identity = TRY(oai::read_identity(TRY(ask(fetch, oai::identify_request(peer.base_url), going_on))));
    const std::vector<oai::Format> formats = TRY(oai::read_formats(TRY(ask(fetch, oai::formats_request(peer.base_url), going_on))));
    Acquaintance met{.repository = identity.name.substr(0, 300),
        .home = home_of("oai:" + (identity.host.empty() ? host_of(peer.base_url) : identity.host)),
        .formats = {},
        .granularity = identity.granularity,
        .deleted_record = identity.deleted_record,
        .earliest = identity.earliest};
    while (!is_utf8(met.repository)) met.repository.pop_back();
    bool dublin_core = false;
    for (const oai::Format& format : formats) {
        if (met.formats.size() < 50) met.formats.push_back(format.prefix);
        if (format.prefix == library::full_format_prefix && format.space == library::full_format_space) met.format = PeerFormat::greenbank;
        dublin_core = dublin_core || format.prefix == oai::dublin_core_prefix;
    }
    if (met.format == PeerFormat::dublin_core && !dublin_core)
        return Error{Failure::conflict, "peer.no_format", "The peer offers no format that is read here."};
    if (met.home == own_home)
        return Error{Failure::conflict, "peer.same_home",
            "The peer calls itself {home}, as this bank does. It is this bank itself, or one of both has no public_address of its own.", {{"home", met.home}}};
    if (!peer.home.empty() && met.home != peer.home)
        return Error{Failure::conflict, "peer.home_changed",
            "The peer called itself {before} and now calls itself {now}. If that is right, let go of its entries and enter it anew.",
            {{"before", peer.home}, {"now", met.home}}};
    return met;
}

} // namespace greenbank::peers
