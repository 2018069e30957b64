// operations.cpp — peers and their harvests.
#include "peers/operations.h"

#include <fmt/format.h>

#include "api/call.h"
#include "api/words.h"
#include "peers/harvest_job.h"
#include "peers/page_writer.h"

namespace greenbank::peers {

namespace {

struct PeerKey {
    Id<Peer> id;
};
Record describe(const PeerKey*) { return {"peer_key", "Names a peer.", {field<&PeerKey::id>("id", "The peer's id.")}}; }

struct HarvestAsk {
    Id<Peer> id;
    bool full = false;
};
Record describe(const HarvestAsk*) {
    return {"harvest_ask", "How much to harvest.",
        {field<&HarvestAsk::id>("id", "The peer's id."),
            field<&HarvestAsk::full>("full", "Everything, not only what changed since the last harvest.", {.defaulted = true})}};
}

struct PeerTest {
    std::string repository, home;
    PeerFormat format = PeerFormat::dublin_core;
    std::vector<std::string> formats;
    Time earliest;
    bool keeps_deletes = false;
};
Record describe(const PeerTest*) {
    return {"peer_test", "What a test of the connection learnt.",
        {
            field<&PeerTest::repository>("repository", "What the peer calls itself."),
            field<&PeerTest::home>("home", "The middle of its identifiers."),
            field<&PeerTest::format>("format", "In which format it will be harvested."),
            field<&PeerTest::formats>("formats", "All it offers."),
            field<&PeerTest::earliest>("earliest", "No record of it is older."),
            field<&PeerTest::keeps_deletes>("keeps_deletes", "It tells for ever what was withdrawn."),
        }};
}

Result<Peer> peer_get(Transaction& transaction, const Caller&, const PeerKey& key) { return transaction.get(key.id); }
Result<Page<Peer>> peer_list(Transaction& transaction, const Caller& caller, const ListOf<Peer>& list) { return list_page<Peer>(transaction, caller, list); }

Result<Reply<Peer>> peer_create(Transaction& transaction, const Caller& caller, const Peer& asked) {
    Peer peer = asked;
    peer.id = caller.new_id<Peer>();
    peer.created_at = peer.updated_at = caller.now;
    if (peer.every_hours) peer.due_at = caller.now;
    TRY(transaction.insert(peer));
    return Reply<Peer>{.body = std::move(peer), .status = 201};
}

Result<Peer> peer_update(Transaction& transaction, const Caller& caller, const Patch<Peer>& patch) {
    const Peer before = TRY(transaction.get(patch.id));
    Peer peer = TRY(apply_patch(transaction, caller, patch));
    if (peer.base_url != before.base_url || peer.set != before.set) { // another list: nothing is known of it
        peer.next_from.reset();
        peer.walk.clear();
        peer.tested_at.reset();
    }
    if (peer.every_hours != before.every_hours) {
        peer.due_at.reset();
        if (peer.every_hours && !peer.paused) peer.due_at = peer.harvested_at ? *peer.harvested_at + hours(*peer.every_hours) : caller.now;
    }
    peer.updated_at = caller.now;
    TRY(transaction.update(peer));
    return peer;
}

Result<Done> peer_delete(Transaction& transaction, const Caller&, const PeerKey& key) {
    const Peer peer = TRY(transaction.get(key.id));
    TRY(allow_one_job(transaction, peer));
    if (!TRY(transaction.query("SELECT id FROM harvested WHERE peer = $1 LIMIT 1", {peer.id.text})).empty())
        return Error{Failure::conflict, "peer.has_entries", "Entries of this peer are still here; let go of them first."};
    for (const char* table : {"harvest_fault", "harvest", "twin"})
        TRY(transaction.execute(fmt::format("DELETE FROM {} WHERE peer = $1", table), {peer.id.text}));
    return transaction.erase(peer.id);
}

Result<PeerTest> peer_test(Store& store, const Caller& caller, const PeerKey& key, Fetch& fetch, const library::PublicAddress& address) {
    Peer peer;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> { return peer = TRY(transaction.get(key.id)), Done{}; }));
    Acquaintance met = TRY(meet(fetch, peer, address.host(), [] { return false; }));
    TRY(store.write([&](Transaction& transaction) { return remember(transaction, peer, met, caller.now); }));
    return PeerTest{
        std::move(met.repository), std::move(met.home), met.format, std::move(met.formats), met.earliest, met.deleted_record == oai::DeletedRecord::persistent};
}

Result<Job> peer_harvest(Transaction& transaction, const Caller& caller, const HarvestAsk& ask) {
    return start_harvest(transaction, caller, TRY(transaction.get(ask.id)), ask.full);
}

Result<Job> peer_forget(Transaction& transaction, const Caller& caller, const PeerKey& key) {
    const Peer peer = TRY(transaction.get(key.id));
    TRY(allow_one_job(transaction, peer));
    const Job job = TRY(start_job(transaction, caller, "peer_forget", to_json(HarvestRequest{peer.id, true})));
    TRY(transaction.execute("UPDATE peer SET job = $1 WHERE id = $2", {job.id.text, peer.id.text}));
    return job;
}

Result<Peer> set_paused(Transaction& transaction, const Caller& caller, const PeerKey& key, bool paused) {
    Peer peer = TRY(transaction.get(key.id));
    if (peer.paused == paused) return peer;
    peer.paused = paused;
    peer.pause_reason.reset();
    peer.due_at.reset();
    if (paused) peer.pause_reason = PauseReason::person;
    else if (peer.every_hours) peer.due_at = caller.now;
    peer.failures = 0;
    peer.updated_at = caller.now;
    TRY(transaction.update(peer));
    return peer;
}
Result<Peer> peer_pause(Transaction& transaction, const Caller& caller, const PeerKey& key) { return set_paused(transaction, caller, key, true); }
Result<Peer> peer_resume(Transaction& transaction, const Caller& caller, const PeerKey& key) { return set_paused(transaction, caller, key, false); }

Result<Page<Harvest>> harvest_list(Transaction& transaction, const Caller& caller, const ListOf<Harvest>& list) {
    return list_page<Harvest>(transaction, caller, list);
}

/// The sentence in the reader's language, its places filled.
Result<Page<HarvestFault>> harvest_fault_list(Transaction& transaction, const Caller& caller, const ListOf<HarvestFault>& list) {
    Page<HarvestFault> page = TRY(list_page<HarvestFault>(transaction, caller, list));
    for (HarvestFault& fault : page.items) {
        std::vector<Parameter> parameters;
        for (FaultParameter& one : fault.parameters) parameters.push_back({std::move(one.name), std::move(one.value)});
        fault.sentence = sentence(fault.code, fault.sentence, parameters, caller.language);
        fault.parameters.clear();
    }
    return page;
}

} // namespace

std::vector<Endpoint> peer_endpoints(Fetch& fetch, const library::PublicAddress& address) {
    return {
        // clang-format off
        {"peer_list", Method::get, "/peers", "Banks and repositories that are harvested.", Mode::read, manage_peers, call(peer_list)},
        {"peer_get", Method::get, "/peers/{id}", "One peer.", Mode::read, manage_peers, call(peer_get)},
        {"peer_create", Method::post, "/peers", "Enter a peer.", Mode::write, manage_peers, call(peer_create)},
        {"peer_update", Method::patch, "/peers/{id}", "Change a peer.", Mode::write, manage_peers, call(peer_update)},
        {"peer_delete", Method::remove, "/peers/{id}", "Delete a peer of which nothing is here.", Mode::write, manage_peers, call(peer_delete)},
        {"peer_test", Method::post, "/peers/{id}/test", "Test the connection to a peer.", Mode::compute, manage_peers,
         call([&fetch, &address](Store& store, const Caller& caller, const PeerKey& key) -> Result<PeerTest> { return peer_test(store, caller, key, fetch, address); })},
        {"peer_harvest", Method::post, "/peers/{id}/harvest", "Harvest what is new at a peer.", Mode::write, manage_peers, call(peer_harvest)},
        {"peer_pause", Method::post, "/peers/{id}/pause", "Harvest a peer no more until further notice.", Mode::write, manage_peers, call(peer_pause)},
        {"peer_resume", Method::post, "/peers/{id}/resume", "Let a paused peer go on.", Mode::write, manage_peers, call(peer_resume)},
        {"peer_forget", Method::post, "/peers/{id}/forget", "Remove everything that came from a peer.", Mode::write, manage_peers, call(peer_forget)},
        {"harvest_list", Method::get, "/harvests", "The log of harvests, newest first.", Mode::read, manage_peers, call(harvest_list)},
        {"harvest_fault_list", Method::get, "/harvest-faults", "What was wrong, record by record.", Mode::read, manage_peers, call(harvest_fault_list)},
        // clang-format on
    };
}

} // namespace greenbank::peers
