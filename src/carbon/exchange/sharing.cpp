// sharing.cpp — which footprints partners may fetch: derived from kept ones, replaced by newer ones, never changed.
#include <algorithm>

#include <fmt/format.h>

#include "carbon/engine/pedigree.h"
#include "carbon/exchange/exchange.h"
#include "carbon/exchange/operations.h"
#include "carbon/products/operations.h"

namespace greenbank::carbon {

/// Names a shared footprint.
struct SharedKey {
    Id<SharedFootprint> id;
};
Record describe(const SharedKey*) { return {"shared_key", "Names a shared footprint.", {field<&SharedKey::id>("id", "Its id.")}}; }
struct ReceivedKey {
    Id<ReceivedFootprint> id;
};
Record describe(const ReceivedKey*) { return {"received_key", "Names a received footprint.", {field<&ReceivedKey::id>("id", "Its id.")}}; }

namespace {

struct Declared {
    std::string unit;
    double factor = 1; // how many of it one unit of ours is
};
/// What PACT calls a unit of ours.
std::optional<Declared> declared_of(const std::string& unit) {
    struct Pair {
        const char *ours, *theirs;
    };
    static constexpr Pair pairs[] = {{"kg", "kilogram"}, {"L", "liter"}, {"m3", "cubic meter"}, {"kWh", "kilowatt hour"}, {"MJ", "megajoule"},
        {"t.km", "ton kilometer"}, {"m2", "square meter"}, {"h", "hour"}, {"1", "piece"}};
    for (const Pair& one : pairs)
        if (unit == one.ours) return Declared{one.theirs, 1};
    for (const Pair& one : pairs)
        if (const auto ratio = unit_ratio({}, unit, one.ours)) return Declared{one.theirs, *ratio};
    return {};
}

std::string edition_of(GwpEdition edition) {
    static constexpr const char* names[] = {"AR2", "AR3", "AR4", "AR5", "AR5", "AR6"};
    return names[static_cast<int>(edition)];
}

/// Means of the pedigree's scores for time, place and technology, as far as exchanges have one.
void derive_quality(const ProductSystem& system, SharedFootprint& shared) {
    double sums[3] = {};
    int count = 0;
    for (const SystemProcess& process : system.processes)
        for (const SystemExchange& one : process.exchanges) {
            const auto scores = one.pedigree ? parse_pedigree(*one.pedigree) : std::nullopt;
            if (!scores) continue;
            for (std::size_t i = 0; i < 3; ++i) sums[i] += (*scores)[i + 2];
            ++count;
        }
    if (count == 0) return;
    const auto mean = [&](int i) { return fmt::format("{:.1f}", sums[i] / count); };
    shared.quality_time = mean(0);
    shared.quality_area = mean(1);
    shared.quality_technology = mean(2);
}

void derive_words(const ProductSystem& system, const Footprint& footprint, SharedFootprint& shared) {
    if (shared.product_name.empty()) shared.product_name = system.title.best(Language::en);
    if (shared.description.empty()) shared.description = system.description.best(Language::en);
    if (shared.geography.empty() && pact::is_geography(system.area)) shared.geography = system.area;
    if (shared.boundary_processes.empty())
        for (const SystemProcess& process : system.processes)
            if (shared.boundary_processes.size() < 4000) shared.boundary_processes += (shared.boundary_processes.empty() ? "" : "; ") + process.name;
    for (const std::string& decision : footprint.decisions)
        if (decision.starts_with("allocation: ") && shared.allocation.size() < 3000)
            shared.allocation += (shared.allocation.empty() ? "" : "; ") + decision.substr(12);
    const std::string year = to_text(system.activity_on).substr(0, 4);
    if (!shared.reference_from || !shared.reference_until) {
        shared.reference_from = make_date(std::stoi(year), 1, 1);
        shared.reference_until = make_date(std::stoi(year) + 1, 1, 1);
    }
    for (const FactorUsed& factor : footprint.factors) {
        if (factor.kind == FactorKind::warming || factor.kind == FactorKind::supplier) continue; // whom one buys from is nobody's business
        const bool known =
            std::ranges::any_of(shared.factor_sources, [&](const SourceNamed& one) { return one.name == factor.source && one.version == factor.edition; });
        if (!known && shared.factor_sources.size() < 100 && !factor.source.empty())
            shared.factor_sources.push_back({factor.source, factor.edition.empty() ? "1" : factor.edition});
    }
}

Result<Page<SharedFootprint>> shared_list(Transaction& transaction, const Caller& caller, const ListOf<SharedFootprint>& list) {
    if (caller.actor.may(see_carbon)) return list_page<SharedFootprint>(transaction, caller, list);
    return list_page<SharedFootprint>(transaction, caller, list, "$1 <> '' AND owner = $1", {caller.actor.organisation});
}
Result<SharedFootprint> shared_seen(Transaction& transaction, const Caller& caller, const Id<SharedFootprint>& id) {
    SharedFootprint shared = TRY(transaction.get(id));
    if (!acts_for(caller, shared.owner)) return not_found(record_of<SharedFootprint>(), id.text);
    return shared;
}
Result<SharedFootprint> shared_get(Transaction& transaction, const Caller& caller, const SharedKey& key) { return shared_seen(transaction, caller, key.id); }
Result<Response> shared_document(Transaction& transaction, const Caller& caller, const SharedKey& key) {
    const SharedFootprint shared = TRY(shared_seen(transaction, caller, key.id));
    return Response{.body = indented(pact::write(on_the_wire(shared), pact::Protocol::v3))};
}

Result<Reply<SharedFootprint>> share(Transaction& transaction, const Caller& caller, const SharedFootprint& draft, const std::string& source) {
    SharedFootprint shared = draft;
    const Footprint footprint = TRY(footprint_seen(transaction, caller, shared.footprint));
    if (!acts_for(caller, footprint.owner)) return Error{Failure::forbidden, "footprint.not_yours", "This belongs to another organisation."};
    shared.id = caller.new_id<SharedFootprint>();
    shared.uuid = pact::make_uuid(caller.random);
    shared.owner = footprint.owner;
    shared.state = SharedState::active;
    shared.created_at = shared.updated_at = caller.now;
    for (const Id<PactPartner>& one : shared.partners) {
        const auto partner = TRY(transaction.find_one<PactPartner>("id = $1", {one.text}));
        if (!partner || partner->owner != shared.owner) return not_found(record_of<PactPartner>(), one.text);
    }
    if (shared.replaces) {
        SharedFootprint before = TRY(shared_seen(transaction, caller, *shared.replaces));
        if (before.owner != shared.owner || before.state != SharedState::active)
            return Error{Failure::conflict, "pact.replaced", "Only a footprint that is in force can be replaced."};
        shared.preceding = before.preceding;
        shared.preceding.push_back(before.uuid);
        before.state = SharedState::deprecated;
        before.updated_at = caller.now;
        TRY(transaction.update(before));
    }
    TRY(derive(transaction, shared, caller.language));
    TRY(transaction.insert(shared));
    TRY(announce(transaction, caller, shared, source));
    return Reply<SharedFootprint>{.body = std::move(shared), .status = 201};
}

Result<SharedFootprint> deprecate(Transaction& transaction, const Caller& caller, const SharedKey& key, const std::string& source) {
    SharedFootprint shared = TRY(shared_seen(transaction, caller, key.id));
    if (shared.state != SharedState::active) return Error{Failure::conflict, "pact.replaced", "Only a footprint that is in force can be replaced."};
    shared.state = SharedState::deprecated;
    shared.updated_at = caller.now;
    TRY(transaction.update(shared));
    TRY(announce(transaction, caller, shared, source));
    return shared;
}

Result<Page<ReceivedFootprint>> received_list(Transaction& transaction, const Caller& caller, const ListOf<ReceivedFootprint>& list) {
    Page<ReceivedFootprint> page =
        TRY(caller.actor.may(see_carbon) ? list_page<ReceivedFootprint>(transaction, caller, list)
                                         : list_page<ReceivedFootprint>(transaction, caller, list, "$1 <> '' AND owner = $1", {caller.actor.organisation}));
    for (ReceivedFootprint& one : page.items) one.document.clear(); // long, and in the record itself
    return page;
}
Result<ReceivedFootprint> received_get(Transaction& transaction, const Caller& caller, const ReceivedKey& key) {
    ReceivedFootprint received = TRY(transaction.get(key.id));
    if (!acts_for(caller, received.owner)) return not_found(record_of<ReceivedFootprint>(), key.id.text);
    return received;
}

Result<std::int64_t> check_shared_figures(Transaction& transaction, CheckRun& run) {
    std::int64_t examined = 0;
    for (std::string after;;) {
        const auto all = TRY(transaction.find<SharedFootprint>("id > $1 ORDER BY id LIMIT 100", {after}));
        if (all.empty()) return examined;
        for (const SharedFootprint& shared : all) {
            SharedFootprint again = shared;
            const auto derived = derive(transaction, again, Language::en);
            if (!derived || again.with_uptake != shared.with_uptake || again.without_uptake != shared.without_uptake || again.fossil != shared.fossil)
                run.found({"shared_footprint/" + shared.id.text, "pact.not_stated", "Shared footprint {id} is not what its footprint says.",
                    {{"id", shared.id.text}}});
        }
        run.progress(examined += static_cast<std::int64_t>(all.size()), 0);
        after = all.back().id.text;
    }
}

} // namespace

bool may_see(const PactPartner& partner, const SharedFootprint& shared) {
    return shared.owner == partner.owner && (shared.partners.empty() || std::ranges::find(shared.partners, partner.id) != shared.partners.end());
}

Result<std::vector<SharedFootprint>> shared_with(
    Transaction& transaction, const PactPartner& partner, const pact::Criteria& criteria, pact::Protocol protocol, std::size_t limit) {
    std::vector<SharedFootprint> found;
    Time after;
    std::string after_id;
    while (true) {
        auto some = TRY(transaction.find<SharedFootprint>("owner = $1 AND (created_at > $2 OR (created_at = $2 AND id > $3)) ORDER BY created_at, id LIMIT 200",
            {partner.owner.text, after.microseconds, after_id}));
        if (some.empty()) return found;
        after = some.back().created_at;
        after_id = some.back().id.text;
        for (SharedFootprint& one : some) {
            const pact::ProductFootprint said = on_the_wire(one);
            if (!may_see(partner, one) || !pact::can_be_said(said, protocol) || !pact::matches(criteria, said)) continue;
            found.push_back(std::move(one));
            if (found.size() == limit) return found;
        }
    }
}

Result<Done> derive(Transaction& transaction, SharedFootprint& shared, Language language) {
    const Footprint footprint = TRY(transaction.get(shared.footprint));
    const ProductSystem system = TRY(from_json<ProductSystem>(footprint.snapshot, {.accept_read_only = true, .stored = true}));
    const auto declared = declared_of(footprint.unit);
    if (!declared) return Error{Failure::invalid, "pact.unit", "PACT has no declared unit that {unit} can be said in.", {{"unit", footprint.unit}}};
    double uptake = 0, other = 0; // of biogenic origin
    for (const NamedAmount& one : footprint.by_flow) {
        const auto gas = gas_of(one.name);
        if (gas && gas->origin == Origin::uptake) uptake += one.amount;
    }
    other = footprint.biogenic - uptake;
    shared.unit = declared->unit;
    shared.amount = pact::decimal_of(footprint.amount * declared->factor);
    if (shared.unit == "kilogram") shared.mass_kg = footprint.amount * declared->factor;
    shared.with_uptake = pact::decimal_of(footprint.total);
    shared.without_uptake = pact::decimal_of(footprint.total - uptake);
    shared.fossil = pact::decimal_of(std::max(0.0, footprint.fossil));
    shared.biogenic_uptake = pact::decimal_of(std::min(0.0, uptake));
    shared.biogenic_other = pact::decimal_of(std::max(0.0, other));
    shared.land_use_change = pact::decimal_of(std::max(0.0, footprint.land_use));
    shared.characterization = edition_of(footprint.gwp);
    shared.exempted_percent = pact::decimal_of(100 * footprint.cut_off_sum);
    shared.primary_share_percent = pact::decimal_of(100 * footprint.primary_share);
    shared.allocation.clear();
    shared.factor_sources.clear();
    derive_words(system, footprint, shared);
    derive_quality(system, shared);
    if (shared.company_name.empty()) {
        const auto owner = TRY(transaction.find_one<Organisation>("id = $1", {shared.owner.text}));
        if (owner) shared.company_name = owner->name.best(language);
    }
    shared.verifier.reset();
    shared.verified_on.reset();
    const auto label = TRY(transaction.find_one<CarbonLabel>("footprint = $1 AND state = 'published' ORDER BY number DESC LIMIT 1", {shared.footprint.text}));
    if (!label) return Done{};
    const auto verifier = TRY(transaction.find_one<Organisation>("id = $1", {label->verifier.text}));
    if (!verifier || !label->issued_on) return Done{};
    shared.verifier = verifier->name.best(language).substr(0, 300);
    shared.verified_on = label->issued_on;
    return Done{};
}

std::vector<Endpoint> sharing_endpoints(const library::PublicAddress& address) {
    const auto sharing = [&address](Transaction& transaction, const Caller& caller, const SharedFootprint& draft) {
        return share(transaction, caller, draft, address.base);
    };
    const auto deprecating = [&address](Transaction& transaction, const Caller& caller, const SharedKey& key) {
        return deprecate(transaction, caller, key, address.base);
    };
    return {
        // clang-format off
        {"shared_footprint_list", Method::get, "/shared-footprints", "Footprints that partners may fetch.", Mode::read, write_carbon, call(shared_list)},
        {"shared_footprint_get", Method::get, "/shared-footprints/{id}", "One of them.", Mode::read, write_carbon, call(shared_get)},
        {"shared_footprint_document", Method::get, "/shared-footprints/{id}/document", "The same as PACT says it.", Mode::read, write_carbon, as_file("application/json", call(shared_document))},
        {"shared_footprint_create", Method::post, "/shared-footprints", "Let partners fetch a footprint, in the place of an older one where one is named.", Mode::write, submit_carbon, call(sharing)},
        {"shared_footprint_deprecate", Method::post, "/shared-footprints/{id}/deprecate", "Say that a footprint should be used no more.", Mode::write, submit_carbon, call(deprecating)},
        {"received_footprint_list", Method::get, "/received-footprints", "Footprints that partners gave.", Mode::read, write_carbon, call(received_list)},
        {"received_footprint_get", Method::get, "/received-footprints/{id}", "One of them, whole.", Mode::read, write_carbon, call(received_get)},
        // clang-format on
    };
}

std::vector<Check> exchange_checks() { return {{"shared_footprints", "Every shared footprint says what the footprint behind it says.", check_shared_figures}}; }

} // namespace greenbank::carbon
