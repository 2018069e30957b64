// footprints.cpp — footprints computed by a job, kept with what they used, and held against today's factors.
#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "api/jobs.h"
#include "carbon/factors/factors.h"
#include "carbon/products/calculate.h"
#include "carbon/products/compare.h"
#include "carbon/products/operations.h"

namespace greenbank::carbon {

struct FootprintKey {
    Id<Footprint> id;
};
Record describe(const FootprintKey*) { return {"footprint_key", "Names a footprint.", {field<&FootprintKey::id>("id", "Its id.")}}; }

struct FootprintOrder {
    Id<ProductSystem> id;
    std::string scenario;
    std::int64_t samples = 1000, seed = 1;
};
Record describe(const FootprintOrder*) {
    using O = FootprintOrder;
    return {"footprint_order", "What to compute.",
        {field<&O::id>("id", "Of which product system."), field<&O::scenario>("scenario", "In which scenario; empty: none.", {.max = 100, .defaulted = true}),
            field<&O::samples>("samples", "How many draws of the uncertain amounts.", {.min = 0, .max = 100'000, .defaulted = true}),
            field<&O::seed>("seed", "What they begin from.", {.min = 0, .max = 1'000'000'000, .defaulted = true})}};
}

/// A factor then and now.
struct FactorChange {
    FactorUsed used, now;
};
Record describe(const FactorChange*) {
    return {"factor_change", "A factor then and now.",
        {field<&FactorChange::used>("used", "What the footprint used."), field<&FactorChange::now>("now", "What would be used today.")}};
}
struct FootprintChanges {
    double total = 0, total_now = 0, difference = 0;
    std::optional<double> difference_percent;
    bool repeated = false; // with the kept factors the figures are the same
    std::vector<FactorChange> factors;
};
Record describe(const FootprintChanges*) {
    using C = FootprintChanges;
    return {"footprint_changes", "A footprint with the factors of today.",
        {field<&C::total>("total", "As it was computed.", {.unit = "kgCO2e"}),
            field<&C::total_now>("total_now", "With the factors of today.", {.unit = "kgCO2e"}),
            field<&C::difference>("difference", "What that changes.", {.unit = "kgCO2e"}),
            field<&C::difference_percent>("difference_percent", "In percent.", {.unit = "%"}),
            field<&C::repeated>("repeated", "With the factors kept it gives the same figure again."),
            field<&C::factors>("factors", "Factors that are others today.")}};
}

struct ComparisonAsk {
    Id<Footprint> id, with;
    std::int64_t samples = 1000, seed = 1;
};
Record describe(const ComparisonAsk*) {
    using A = ComparisonAsk;
    return {"footprint_comparison_ask", "Two footprints to compare.",
        {field<&A::id>("id", "The one."), field<&A::with>("with", "The other."),
            field<&A::samples>("samples", "How many draws of the uncertain amounts.", {.min = 100, .max = 10'000, .defaulted = true}),
            field<&A::seed>("seed", "What they begin from.", {.min = 0, .max = 1'000'000'000, .defaulted = true})}};
}

Result<Footprint> footprint_seen(Transaction& transaction, const Caller& caller, const Id<Footprint>& id) {
    Footprint footprint = TRY(transaction.get(id));
    if (acts_for(caller, footprint.owner) || footprint.sample || TRY(judges_label(transaction, caller, "footprint", id.text))) return footprint;
    return not_found(record_of<Footprint>(), id.text);
}

namespace {

Result<Page<Footprint>> footprint_list(Transaction& transaction, const Caller& caller, const ListOf<Footprint>& list) {
    Page<Footprint> page =
        TRY(caller.actor.may(see_carbon) ? list_page<Footprint>(transaction, caller, list)
                                         : list_page<Footprint>(transaction, caller, list, "(owner = $1 OR sample = true)", {caller.actor.organisation}));
    for (Footprint& one : page.items) one.snapshot.clear(); // long, and in the record itself
    return page;
}
Result<Footprint> footprint_get(Transaction& transaction, const Caller& caller, const FootprintKey& key) { return footprint_seen(transaction, caller, key.id); }

Result<Job> footprint_order(Transaction& transaction, const Caller& caller, const FootprintOrder& order) {
    const ProductSystem system = TRY(system_seen(transaction, caller, order.id));
    if (!acts_for(caller, system.owner)) return Error{Failure::forbidden, "footprint.not_yours", "This belongs to another organisation."};
    return start_job(transaction, caller, "footprint_compute", to_json(order));
}

/// The system as it was, with today's factors.
Result<FootprintChanges> footprint_changes(Transaction& transaction, const Caller& caller, const FootprintKey& key) {
    const Footprint footprint = TRY(footprint_seen(transaction, caller, key.id));
    const auto system = TRY(from_json<ProductSystem>(footprint.snapshot, {.accept_read_only = true, .stored = true}));
    const CalculateOptions options{.scenario = footprint.scenario};
    FootprintChanges changes{.total = footprint.total};
    const Footprint again = TRY(calculate(system, kept_factors(footprint), options));
    changes.repeated = std::abs(again.total - footprint.total) <= 1e-9 * std::max(1.0, std::abs(footprint.total));
    const Footprint now = TRY(calculate(system, stored_factors(transaction, footprint.owner), options));
    changes.total_now = now.total;
    changes.difference = now.total - footprint.total;
    if (footprint.total != 0) changes.difference_percent = 100 * changes.difference / footprint.total;
    for (const FactorUsed& used : footprint.factors)
        for (const FactorUsed& today : now.factors)
            if (used.kind == today.kind && used.subject == today.subject && used.factor != today.factor &&
                !std::ranges::any_of(now.factors, [&](const FactorUsed& one) { return one.factor == used.factor; }))
                changes.factors.push_back({used, today});
            else if (used.factor == today.factor && used.value != today.value) changes.factors.push_back({used, today});
    return changes;
}

Result<Comparison> footprint_comparison(Store& store, const Caller& caller, const ComparisonAsk& ask) {
    std::optional<Footprint> first, second;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        first = TRY(footprint_seen(transaction, caller, ask.id));
        auto other = footprint_seen(transaction, caller, ask.with);
        if (!other) return invalid({{"with", "footprint.none", "There is no such footprint."}});
        second = std::move(other.value());
        return Done{};
    }));
    return compare(*first, *second, {.seed = static_cast<std::uint64_t>(ask.seed), .samples = static_cast<std::uint32_t>(ask.samples)});
}

Result<std::string> compute(JobRun& run) {
    const auto order = TRY(from_json<FootprintOrder>(run.request()));
    Footprint footprint;
    ProductSystem system;
    std::vector<Factor> factors;
    std::vector<FactorChoice> suppliers;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
        system = TRY(transaction.get(order.id));
        factors.clear();
        for (const EmissionFactor& one : TRY(transaction.find<EmissionFactor>(""))) factors.push_back(to_factor(one));
        suppliers.clear();
        for (const SystemProcess& process : system.processes)
            for (const SystemExchange& one : process.exchanges)
                if (one.received)
                    suppliers.push_back(TRY(supplier_factor(transaction, system.owner,
                        {.kind = FactorKind::supplier, .subject = one.received->text, .gwp = {}, .areas = {}, .on = system.activity_on})));
        return Done{};
    }));
    run.report(0, order.samples);
    const FactorSource source = [&](const FactorQuestion& question) -> Result<FactorChoice> {
        for (const FactorChoice& one : suppliers)
            if (question.kind == FactorKind::supplier && one.factor.subject == question.subject) return one;
        return factor_in_force(factors, question);
    };
    footprint = TRY(calculate(system, source,
        {.scenario = order.scenario,
            .samples = static_cast<std::uint32_t>(order.samples),
            .seed = static_cast<std::uint64_t>(order.seed),
            .threads = std::max(1U, std::thread::hardware_concurrency() / 2),
            .going = [&](std::uint32_t done) { return run.report(done, order.samples); }}));
    footprint.id = make_id<Footprint>(run.now(), run.caller().random);
    footprint.at = run.now();
    TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
        footprint.person_name = as_text(TRY(transaction.query("SELECT name FROM person WHERE id = $1", {run.caller().actor.person})).single());
        return transaction.insert(footprint);
    }));
    run.report(order.samples, order.samples);
    JsonWriter json;
    json.begin_object().member("footprint", footprint.id.text).member("total", footprint.total).end_object();
    return json.take();
}

} // namespace

std::vector<JobKind> footprint_jobs() {
    return {{"footprint_compute", "Computes the footprint of a product system, with its uncertainty.", write_carbon, compute}};
}

std::vector<Endpoint> footprint_endpoints() {
    return {
        // clang-format off
        {"footprint_list", Method::get, "/footprints", "Footprints that were computed, newest first.", Mode::read, signed_in, call(footprint_list)},
        {"footprint_get", Method::get, "/footprints/{id}", "One footprint with all its parts.", Mode::read, signed_in, call(footprint_get)},
        {"footprint_compute", Method::post, "/product-systems/{id}/footprints", "Compute a footprint: a job.", Mode::write, write_carbon, call(footprint_order)},
        {"footprint_comparison", Method::get, "/footprints/{id}/comparison", "Two products for the same purpose: how often the one is lower, with draws of common factors shared.", Mode::compute, signed_in, call(footprint_comparison)},
        {"footprint_changes", Method::get, "/footprints/{id}/changes", "What a footprint would be with the factors of today.", Mode::read, signed_in, call(footprint_changes)},
        // clang-format on
    };
}

} // namespace greenbank::carbon
