// territories.cpp — territories entered, published, seen with their years.
#include "cities/territories/territories.h"

#include <algorithm>

#include "api/list.h"
#include "cities/certificates/certificates.h"
#include "cities/zero_plans/zero_plans.h"
#include "library/assessment/steps.h"
#include "parties/acting.h"

namespace greenbank::cities {

Record describe(const TerritoryKey*) { return {"territory_key", "Names a territory.", {field<&TerritoryKey::id>("id", "Its id.")}}; }
Record describe(const BalanceSummary*) {
    using S = BalanceSummary;
    return {"balance_summary", "A year of a territory in one line.",
        {field<&S::id>("id", "Its inventory."), field<&S::title>("title", "Its name."), field<&S::year>("year", "The year."),
            field<&S::state>("state", "Draft or final."), field<&S::emissions_kg>("emissions_kg", "All sources.", {.unit = "kgCO2e"}),
            field<&S::removals_kg>("removals_kg", "All sinks.", {.unit = "kgCO2e"}), field<&S::net_kg>("net_kg", "Sources less sinks.", {.unit = "kgCO2e"}),
            field<&S::low_kg>("low_kg", "Lower end of 95 %.", {.unit = "kgCO2e"}), field<&S::high_kg>("high_kg", "Upper end.", {.unit = "kgCO2e"}),
            field<&S::status>("status", "The weakest of the factors."), field<&S::computed>("computed", "It can be computed.")}};
}

struct TerritoryView {
    Territory territory;
    Text owner_name;
    std::vector<BalanceSummary> inventories;
    std::vector<Territory> parts;
    std::optional<ZeroSummary> plan;
    std::optional<Id<IslandCertificate>> certificate; // that holds today
    std::optional<std::string> certificate_number;
    bool may_change = false, may_publish = false, may_withdraw = false;
};
Record describe(const TerritoryView*) {
    using V = TerritoryView;
    return {"territory_view", "A territory with its years, and what the caller may do with it.",
        {field<&V::territory>("territory", "It."), field<&V::owner_name>("owner_name", "Whose figures these are."),
            field<&V::inventories>("inventories", "Its years, the newest first.", {.max = 200}), field<&V::parts>("parts", "What belongs to it.", {.max = 200}),
            field<&V::plan>("plan", "Its newest plan to zero."), field<&V::certificate>("certificate", "Its certificate that holds today."),
            field<&V::certificate_number>("certificate_number", "Number of that certificate."), field<&V::may_change>("may_change", "It may be changed."),
            field<&V::may_publish>("may_publish", "It may be published."), field<&V::may_withdraw>("may_withdraw", "It may be taken out of sight.")}};
}

bool owns(const Caller& caller, const std::string& owner) { return caller.actor.may(run_cities) || (!owner.empty() && caller.actor.organisation == owner); }

Result<Territory> territory_seen(Transaction& transaction, const Caller& caller, const Id<Territory>& id) {
    auto territory = TRY(transaction.find_one<Territory>("id = $1", {id.text}));
    if (!territory || (territory->state != TerritoryState::published && !owns(caller, territory->owner))) return not_found(record_of<Territory>(), id.text);
    return std::move(*territory);
}

Result<Territory> territory_to_change(Transaction& transaction, const Caller& caller, const Id<Territory>& id) {
    Territory territory = TRY(territory_seen(transaction, caller, id));
    if (!owns(caller, territory.owner)) return Error{Failure::forbidden, "territory.not_yours", "This territory is kept by another organisation."};
    return territory;
}

Result<Text> organisation_name(Transaction& transaction, const std::string& organisation) {
    const auto found = TRY(transaction.find_one<Organisation>("id = $1", {organisation}));
    return found ? found->name : Text{};
}

Result<std::vector<TerritoryInventory>> final_inventories(Transaction& transaction, const Id<Territory>& territory) {
    return transaction.find<TerritoryInventory>("territory = $1 AND state = 'final' ORDER BY year DESC, finished_at DESC, id LIMIT 60", {territory.text});
}

Result<std::vector<FinalYear>> final_years(Transaction& transaction, const Id<Territory>& territory, std::int64_t since) {
    std::vector<FinalYear> years;
    for (TerritoryInventory& inventory : TRY(final_inventories(transaction, territory))) {
        if (!years.empty() && inventory.year < since) break;
        BalanceSummary summary = TRY(summary_of(transaction, inventory, false));
        years.push_back({std::move(inventory), std::move(summary)});
    }
    return years;
}

namespace {

/// A cycle would have no top; eight steps are more than any territory needs.
Result<Done> check_parent(Transaction& transaction, const Caller& caller, const Territory& territory) {
    std::optional<Id<Territory>> above = territory.part_of;
    for (int step = 0; above; ++step) {
        if (above->text == territory.id.text || step == 8) return invalid({{"part_of", "territory.part_of_itself", "A territory is no part of itself."}});
        auto found = territory_seen(transaction, caller, *above);
        if (!found) return invalid({{"part_of", "territory.unknown", "There is no such territory."}});
        above = found.value().part_of;
    }
    return Done{};
}

Result<Page<Territory>> territory_list(Transaction& transaction, const Caller& caller, const ListOf<Territory>& list) {
    if (caller.actor.may(run_cities)) return list_page<Territory>(transaction, caller, list);
    if (caller.actor.organisation.empty()) return list_page<Territory>(transaction, caller, list, "state = 'published'");
    return list_page<Territory>(transaction, caller, list, "(state = 'published' OR owner = $1)", {caller.actor.organisation});
}

Result<TerritoryView> view_of(Transaction& transaction, const Caller& caller, Territory territory) {
    TerritoryView view{.territory = std::move(territory)};
    const Territory& one = view.territory;
    view.owner_name = TRY(organisation_name(transaction, one.owner));
    const bool mine = owns(caller, one.owner);
    std::vector<FinalYear> years;
    for (TerritoryInventory& inventory : TRY(transaction.find<TerritoryInventory>("territory = $1 ORDER BY year DESC, id LIMIT 60", {one.id.text}))) {
        if (!mine && inventory.state != BalanceState::final_) continue;
        view.inventories.push_back(TRY(summary_of(transaction, inventory, mine)));
        if (inventory.state == BalanceState::final_) years.push_back({std::move(inventory), view.inventories.back()});
    }
    std::ranges::stable_sort(years, [](const FinalYear& a, const FinalYear& b) {
        return std::pair(a.inventory.year, a.inventory.finished_at) > std::pair(b.inventory.year, b.inventory.finished_at);
    });
    if (const auto plan = TRY(newest_zero_plan(transaction, one.id))) view.plan = TRY(zero_summary_of(transaction, *plan, years));
    if (const auto held = TRY(certificate_on(transaction, one.id, date_of(caller.now)))) view.certificate = held->id, view.certificate_number = held->number;
    for (Territory& part : TRY(transaction.find<Territory>("part_of = $1 ORDER BY id LIMIT 200", {one.id.text})))
        if (part.state == TerritoryState::published || owns(caller, part.owner)) view.parts.push_back(std::move(part));
    view.may_change = mine && caller.actor.may(write_cities);
    view.may_publish = mine && one.state == TerritoryState::draft && caller.actor.may(submit_cities);
    view.may_withdraw = mine && one.state == TerritoryState::published && caller.actor.may(submit_cities);
    return view;
}

Result<TerritoryView> territory_get(Transaction& transaction, const Caller& caller, const TerritoryKey& key) {
    return view_of(transaction, caller, TRY(territory_seen(transaction, caller, key.id)));
}

Result<Reply<Territory>> territory_create(Transaction& transaction, const Caller& caller, const Territory& draft) {
    TRY(parties::acting_organisation(caller));
    Territory territory = draft;
    territory.id = caller.new_id<Territory>();
    territory.owner = caller.actor.organisation;
    territory.created_at = territory.updated_at = caller.now;
    TRY(check_parent(transaction, caller, territory));
    TRY(transaction.insert(territory));
    return Reply<Territory>{.body = std::move(territory), .status = 201};
}

Result<Territory> territory_update(Transaction& transaction, const Caller& caller, const Patch<Territory>& patch) {
    TRY(territory_to_change(transaction, caller, patch.id));
    Territory territory = TRY(apply_patch(transaction, caller, patch));
    TRY(check_parent(transaction, caller, territory));
    territory.updated_at = caller.now;
    TRY(transaction.update(territory));
    return territory;
}

Result<Done> territory_delete(Transaction& transaction, const Caller& caller, const TerritoryKey& key) {
    const Territory territory = TRY(territory_to_change(transaction, caller, key.id));
    if (territory.state == TerritoryState::published) return Error{Failure::conflict, "territory.published", "A published territory is withdrawn first."};
    for (const char* table : {"territory_inventory", "island_certificate", "peak_scenario", "carbon_target", "carbon_assessment", "zero_plan"})
        if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM " + quoted_name(table) + " WHERE territory = $1", {key.id.text})).single()) > 0)
            return Error{
                Failure::conflict, "territory.in_use", "Something hangs on this territory still; delete its inventories, scenarios and targets first."};
    return transaction.erase(territory.id);
}

Result<TerritoryView> into(Transaction& transaction, const Caller& caller, const TerritoryKey& key, TerritoryState state) {
    Territory territory = TRY(territory_to_change(transaction, caller, key.id));
    TRY(check_expected(caller, territory));
    if (territory.state == state)
        return state == TerritoryState::published ? Error{Failure::conflict, "territory.published", "A published territory is withdrawn first."}
                                                  : Error{Failure::conflict, "territory.draft", "This territory is not published."};
    territory.state = state;
    territory.updated_at = caller.now;
    TRY(transaction.update(territory));
    return view_of(transaction, caller, std::move(territory));
}
Result<TerritoryView> territory_publish(Transaction& transaction, const Caller& caller, const TerritoryKey& key) {
    return into(transaction, caller, key, TerritoryState::published);
}
Result<TerritoryView> territory_withdraw(Transaction& transaction, const Caller& caller, const TerritoryKey& key) {
    return into(transaction, caller, key, TerritoryState::draft);
}

} // namespace

std::vector<Endpoint> territory_endpoints() {
    return {
        // clang-format off
        {"territory_list", Method::get, "/territories", "Cities, districts, parks and islands: published ones and one's own.", Mode::read, open_to_all, call(territory_list)},
        {"territory_get", Method::get, "/territories/{id}", "One territory with its years.", Mode::read, open_to_all, call(territory_get)},
        {"territory_create", Method::post, "/territories", "Enter a territory.", Mode::write, write_cities, call(territory_create)},
        {"territory_update", Method::patch, "/territories/{id}", "Change a territory.", Mode::write, write_cities, call(territory_update)},
        {"territory_delete", Method::remove, "/territories/{id}", "Delete a territory on which nothing hangs.", Mode::write, write_cities, call(territory_delete)},
        {"territory_publish", Method::post, "/territories/{id}/publish", "Let everybody see a territory and its final inventories.", Mode::write, submit_cities, call(territory_publish)},
        {"territory_withdraw", Method::post, "/territories/{id}/withdraw", "Take a territory out of sight.", Mode::write, submit_cities, call(territory_withdraw)},
        // clang-format on
    };
}

} // namespace greenbank::cities
