// partners.cpp — partners, their secrets here and ours there, a test of the connection, and fetching all that a partner shows.
#include <fmt/format.h>

#include "api/call.h"
#include "api/jobs.h"
#include "carbon/exchange/exchange.h"
#include "carbon/exchange/operations.h"
#include "parties/secrets.h"

namespace greenbank::carbon {

Record describe(const PartnerKey*) { return {"pact_partner_key", "Names a partner.", {field<&PartnerKey::id>("id", "Its id.")}}; }

/// What a partner must be told to sign in here.
struct PartnerSecret {
    std::string client_id, client_secret, address, token_address;
};
Record describe(const PartnerSecret*) {
    using S = PartnerSecret;
    return {"pact_secret", "What the partner must be told; the secret is never shown again.",
        {field<&S::client_id>("client_id", "What it calls itself."), field<&S::client_secret>("client_secret", "Its secret."),
            field<&S::address>("address", "Where footprints are: its base URL of this bank."),
            field<&S::token_address>("token_address", "Where it gets tokens.")}};
}

Result<PactPartner> partner_seen(Transaction& transaction, const Caller& caller, const Id<PactPartner>& id) {
    PactPartner partner = TRY(transaction.get(id));
    if (caller.actor.may(see_carbon) || (!caller.actor.organisation.empty() && partner.owner.text == caller.actor.organisation)) return partner;
    return not_found(record_of<PactPartner>(), id.text);
}

namespace {

constexpr std::int64_t partners_max = 2000; // of one organisation

Result<Page<PactPartner>> partner_list(Transaction& transaction, const Caller& caller, const ListOf<PactPartner>& list) {
    if (caller.actor.may(see_carbon)) return list_page<PactPartner>(transaction, caller, list);
    return list_page<PactPartner>(transaction, caller, list, "$1 <> '' AND owner = $1", {caller.actor.organisation});
}
Result<PactPartner> partner_get(Transaction& transaction, const Caller& caller, const PartnerKey& key) { return partner_seen(transaction, caller, key.id); }

Result<Reply<PactPartner>> partner_create(Transaction& transaction, const Caller& caller, const PactPartner& draft) {
    PactPartner partner = draft;
    partner.id = caller.new_id<PactPartner>();
    partner.owner = TRY(acting_organisation(caller));
    partner.created_at = partner.updated_at = caller.now;
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM pact_partner WHERE owner = $1", {partner.owner.text})).single()) >= partners_max)
        return Error{Failure::conflict, "pact.many_partners", "An organisation has at most {count} partners.", {{"count", std::to_string(partners_max)}}};
    TRY(transaction.insert(partner));
    return Reply<PactPartner>{.body = std::move(partner), .status = 201};
}
Result<PactPartner> partner_update(Transaction& transaction, const Caller& caller, const Patch<PactPartner>& patch) {
    const PactPartner before = TRY(partner_seen(transaction, caller, patch.id));
    PactPartner partner = TRY(apply_patch(transaction, caller, patch));
    // A secret goes to the server that it was entered for, and to no other.
    if (partner.address != before.address && partner.secret_there == before.secret_there) partner.secret_there.reset();
    partner.updated_at = caller.now;
    TRY(transaction.update(partner));
    if (partner.paused) TRY(transaction.execute("DELETE FROM pact_token WHERE partner = $1", {partner.id.text}));
    return partner;
}
Result<Done> partner_delete(Transaction& transaction, const Caller& caller, const PartnerKey& key) {
    const PactPartner partner = TRY(partner_seen(transaction, caller, key.id));
    // A list with nobody left on it would mean everybody.
    if (!TRY(transaction.query("SELECT id FROM shared_footprint WHERE CAST(partners AS TEXT) LIKE $1 LIMIT 1", {"%\"" + partner.id.text + "\"%"})).empty())
        return Error{Failure::conflict, "pact.named", "A shared footprint names this partner; pause the partner instead."};
    for (const char* table : {"pact_token", "pact_message", "pact_request", "received_footprint"})
        TRY(transaction.execute(fmt::format("DELETE FROM {} WHERE partner = $1", table), {partner.id.text}));
    return transaction.erase(partner.id);
}

Result<Reply<PartnerSecret>> partner_secret(Transaction& transaction, const Caller& caller, const PartnerKey& key, const library::PublicAddress& address) {
    PactPartner partner = TRY(partner_seen(transaction, caller, key.id));
    PartnerSecret secret{.client_id = "gbp_" + parties::random_token().substr(0, 22), .client_secret = parties::random_token(), .address = address.base};
    secret.token_address = address.base + "/auth/token";
    partner.client_id = secret.client_id;
    partner.secret_hash = parties::token_hash(secret.client_secret);
    partner.updated_at = caller.now;
    TRY(transaction.update(partner));
    TRY(transaction.execute("DELETE FROM pact_token WHERE partner = $1", {partner.id.text}));
    return Reply<PartnerSecret>{.body = std::move(secret), .keep = false};
}

Result<Done> partner_test(PartnerExchange& exchange, Store& store, const Caller& caller, const PartnerKey& key) {
    std::optional<PactPartner> partner;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> { return partner = TRY(partner_seen(transaction, caller, key.id)), Done{}; }));
    TRY(exchange.greet(*partner));
    return store.write([&](Transaction& transaction) -> Result<Done> {
        TRY(transaction.execute("UPDATE pact_partner SET reached_at = $1 WHERE id = $2", {caller.now.microseconds, partner->id.text}));
        return Done{};
    });
}

Result<Job> partner_pull(Transaction& transaction, const Caller& caller, const PartnerKey& key) {
    const PactPartner partner = TRY(partner_seen(transaction, caller, key.id));
    if (!can_be_told(partner)) return Error{Failure::conflict, "pact.no_way", "Enter the partner's address, and client id and secret there, first."};
    return start_job(transaction, caller, "pact_pull", to_json(PartnerKey{partner.id}));
}

Result<std::string> pull(JobRun& run, PartnerExchange& exchange) {
    const PartnerKey key = TRY(from_json<PartnerKey>(run.request()));
    std::optional<PactPartner> partner;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> { return partner = TRY(transaction.get(key.id)), Done{}; }));
    const std::int64_t came = TRY(exchange.pull(*partner, [&](std::int64_t count) { return run.report(count, 0); }));
    return fmt::format(R"({{"footprints":{}}})", came);
}

} // namespace

std::vector<Endpoint> partner_endpoints(PartnerExchange& exchange) {
    const auto secret = [&exchange](Transaction& transaction, const Caller& caller, const PartnerKey& key) {
        return partner_secret(transaction, caller, key, exchange.tools().address);
    };
    return {
        // clang-format off
        {"pact_partner_list", Method::get, "/pact-partners", "Partners with whom footprints are exchanged.", Mode::read, write_carbon, call(partner_list)},
        {"pact_partner_get", Method::get, "/pact-partners/{id}", "One partner.", Mode::read, write_carbon, call(partner_get)},
        {"pact_partner_create", Method::post, "/pact-partners", "Enter a partner.", Mode::write, submit_carbon, call(partner_create)},
        {"pact_partner_update", Method::patch, "/pact-partners/{id}", "Change a partner.", Mode::write, submit_carbon, call(partner_update)},
        {"pact_partner_delete", Method::remove, "/pact-partners/{id}", "Remove a partner with all that came from it.", Mode::write, submit_carbon, call(partner_delete)},
        {"pact_partner_secret", Method::post, "/pact-partners/{id}/secret", "Make a client id and a secret for a partner; the ones before end.", Mode::write, submit_carbon, call(secret)},
        {"pact_partner_test", Method::post, "/pact-partners/{id}/test", "Sign in at a partner, as a test.", Mode::compute, submit_carbon, call(exchange, partner_test)},
        {"pact_partner_pull", Method::post, "/pact-partners/{id}/pull", "Fetch all footprints that a partner shows.", Mode::write, submit_carbon, call(partner_pull)},
        // clang-format on
    };
}

std::vector<JobKind> exchange_jobs(PartnerExchange& exchange) {
    return {{"pact_pull", "Fetch all footprints that a partner shows.", submit_carbon, [&exchange](JobRun& run) { return pull(run, exchange); }}};
}

Routine exchange_routine(PartnerExchange& exchange) {
    return {"pact_deliver", [&exchange](Store& store, Time now, std::uint64_t) -> Result<Done> {
                exchange.deliver_due();
                bool old = false;
                TRY(store.read([&](Transaction& transaction) -> Result<Done> {
                    old = !TRY(transaction.query("SELECT id FROM pact_token WHERE expires_at < $1 LIMIT 1", {(now - hours(24)).microseconds})).empty();
                    return Done{};
                }));
                if (!old) return Done{};
                return store.write([&](Transaction& transaction) -> Result<Done> {
                    TRY(transaction.execute("DELETE FROM pact_token WHERE expires_at < $1", {(now - hours(24)).microseconds}));
                    return Done{};
                });
            }};
}

} // namespace greenbank::carbon
