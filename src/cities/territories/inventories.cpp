// inventories.cpp — inventories of territories entered, imported, computed, finished, and why a year differs from the one before.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "api/list.h"
#include "api/words.h"
#include "carbon/inventories/source_rows.h"
#include "carbon/reductions/telemetry.h"
#include "cities/engine/decomposition.h"
#include "cities/territories/territories.h"
#include "library/assessment/steps.h"

namespace greenbank::cities {
enum class KayaFactor { population, output_per_head, energy_intensity, carbon_intensity };
}
namespace greenbank {
template <> struct Choices<cities::KayaFactor> {
    static constexpr std::string_view name = "kaya_factor", values[] = {"population", "output_per_head", "energy_intensity", "carbon_intensity"};
};
} // namespace greenbank

namespace greenbank::cities {

Record describe(const BalanceKey*) { return {"territory_inventory_key", "Names an inventory of a territory.", {field<&BalanceKey::id>("id", "Its id.")}}; }

struct BalanceView {
    TerritoryInventory inventory;
    Text territory_title;
    TerritoryKind territory_kind = TerritoryKind::city;
    std::optional<BalanceReport> report;
    std::optional<std::string> fault; // in the caller's language
    bool may_change = false, may_finish = false, may_reopen = false;
};
Record describe(const BalanceView*) {
    using V = BalanceView;
    return {"territory_inventory_view", "An inventory with its report, and what the caller may do with it.",
        {field<&V::inventory>("territory_inventory", "It."), field<&V::territory_title>("territory_title", "Of which territory."),
            field<&V::territory_kind>("territory_kind", "City, district, park or island."), field<&V::report>("report", "What it comes to."),
            field<&V::fault>("fault", "Why there is no report."), field<&V::may_change>("may_change", "It may be changed."),
            field<&V::may_finish>("may_finish", "It may be finished."), field<&V::may_reopen>("may_reopen", "It may be opened again.")}};
}

struct LinesUpload {
    Id<TerritoryInventory> id;
    bool replace = false;
};
Record describe(const LinesUpload*) {
    return {"lines_upload", "Lines of an inventory as a table; the body is the file.",
        {field<&LinesUpload::id>("id", "Which inventory."),
            field<&LinesUpload::replace>("replace", "In the place of the lines that are there; else behind them.", {.defaulted = true})}};
}

struct KayaPart {
    KayaFactor factor = KayaFactor::population;
    double kg = 0;
};
Record describe(const KayaPart*) {
    return {"kaya_part", "What one factor brought about.",
        {field<&KayaPart::factor>("factor", "Which factor."), field<&KayaPart::kg>("kg", "By so much emissions changed because of it.", {.unit = "kgCO2e"})}};
}
struct SectorChange {
    GpcSector sector = GpcSector::residential_buildings;
    std::string number;
    std::int64_t before_kg = 0, after_kg = 0;
};
Record describe(const SectorChange*) {
    using C = SectorChange;
    return {"sector_change", "A sector in two years.",
        {field<&C::sector>("sector", "Which sector."), field<&C::number>("number", "Its number in the protocol."),
            field<&C::before_kg>("before_kg", "Before.", {.unit = "kgCO2e"}), field<&C::after_kg>("after_kg", "After.", {.unit = "kgCO2e"})}};
}
struct BalanceChange {
    std::int64_t before_year = 0, after_year = 0;
    std::optional<std::int64_t> before_kg, after_kg, energy_before_kg, energy_after_kg;
    bool boundary_changed = false, withheld = false;
    std::vector<SectorChange> sectors;
    std::vector<KayaPart> kaya;
    std::optional<std::string> kaya_fault;
};
Record describe(const BalanceChange*) {
    using C = BalanceChange;
    return {"balance_change", "What changed from one year to the other, and why.",
        {field<&C::before_year>("before_year", "The year before."), field<&C::after_year>("after_year", "The year."),
            field<&C::before_kg>("before_kg", "Net balance before.", {.unit = "kgCO2e"}), field<&C::after_kg>("after_kg", "Net balance.", {.unit = "kgCO2e"}),
            field<&C::energy_before_kg>("energy_before_kg", "Of energy and transport before.", {.unit = "kgCO2e"}),
            field<&C::energy_after_kg>("energy_after_kg", "Of energy and transport.", {.unit = "kgCO2e"}),
            field<&C::boundary_changed>("boundary_changed", "The boundary is another one: part of the change is only that."),
            field<&C::withheld>("withheld", "Part of it is not shown, for a confidential line could be worked out from it."),
            field<&C::sectors>("sectors", "By sector, the largest change first.", {.max = 27}),
            field<&C::kaya>("kaya", "By people, output, energy and carbon; together the change of energy and transport.", {.max = 4}),
            field<&C::kaya_fault>("kaya_fault", "Why the last is missing.")}};
}

namespace {

Result<Page<TerritoryInventory>> balance_list(Transaction& transaction, const Caller& caller, const ListOf<TerritoryInventory>& list) {
    const std::string open = "(state = 'final' AND territory IN (SELECT id FROM territory WHERE state = 'published'))";
    Page<TerritoryInventory> page;
    if (caller.actor.may(run_cities)) page = TRY(list_page<TerritoryInventory>(transaction, caller, list));
    else if (caller.actor.organisation.empty()) page = TRY(list_page<TerritoryInventory>(transaction, caller, list, open));
    else page = TRY(list_page<TerritoryInventory>(transaction, caller, list, "(" + open + " OR owner = $1)", {caller.actor.organisation}));
    for (TerritoryInventory& one : page.items) one.lines.clear(), one.notes.clear(), one.readings.clear(); // lists stay small
    return page;
}

/// Lines as the report shows them to others, without the channels behind them.
void hide_lines(BalanceView& view) {
    view.inventory.readings.clear();
    for (std::size_t i = 0; i < view.inventory.lines.size(); ++i) {
        TerritoryLine& line = view.inventory.lines[i];
        line.channel.reset();
        if (line.confidential || (view.report && view.report->rows[i].confidential))
            line = {.name = "C", .sector = line.sector, .scope = line.scope, .unit = "1", .confidential = true};
    }
}

Result<BalanceView> view_of(Transaction& transaction, const Caller& caller, TerritoryInventory inventory) {
    BalanceView view{.inventory = std::move(inventory)};
    if (const auto territory = TRY(transaction.find_one<Territory>("id = $1", {view.inventory.territory.text}))) {
        view.territory_title = territory->title;
        view.territory_kind = territory->kind;
    }
    const bool mine = owns(caller, view.inventory.owner), draft = view.inventory.state == BalanceState::draft;
    auto report = balance_report(transaction, view.inventory, mine);
    if (report) view.report = std::move(report).value();
    else {
        const Error& error = report.error();
        view.fault = sentence(error.code, error.message, error.parameters, caller.language);
        for (const Problem& one : error.problems)
            *view.fault += fmt::format(" {}: {}", one.field, sentence(one.code, one.message, one.parameters, caller.language));
    }
    if (!mine) hide_lines(view);
    view.may_change = mine && draft && caller.actor.may(write_cities);
    view.may_finish = mine && draft && caller.actor.may(submit_cities) && view.report && !view.inventory.lines.empty();
    view.may_reopen = mine && !draft && caller.actor.may(submit_cities);
    return view;
}

Result<BalanceView> balance_get(Transaction& transaction, const Caller& caller, const BalanceKey& key) {
    return view_of(transaction, caller, TRY(balance_seen(transaction, caller, key.id)));
}

Result<TerritoryInventory> balance_owned(Transaction& transaction, const Caller& caller, const Id<TerritoryInventory>& id) {
    TerritoryInventory inventory = TRY(balance_seen(transaction, caller, id));
    if (!owns(caller, inventory.owner)) return Error{Failure::forbidden, "territory.not_yours", "This territory is kept by another organisation."};
    return inventory;
}
Result<TerritoryInventory> balance_to_change(Transaction& transaction, const Caller& caller, const Id<TerritoryInventory>& id) {
    TerritoryInventory inventory = TRY(balance_owned(transaction, caller, id));
    if (inventory.state != BalanceState::draft)
        return Error{Failure::conflict, "inventory.final", "A finished inventory stays as it is; open it again to change it."};
    return inventory;
}

Result<Done> check_retirements(Transaction& transaction, const TerritoryInventory& inventory) {
    Problems problems;
    for (std::size_t i = 0; i < inventory.retirements.size(); ++i)
        if (!TRY(transaction.find_one<market::UnitEnd>("id = $1 AND kind = 'retirement'", {inventory.retirements[i].text})))
            problems.push_back({fmt::format("retirements[{}]", i), "balance.retirement", "There is no certificate of a retirement of this name."});
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Reply<TerritoryInventory>> balance_create(Transaction& transaction, const Caller& caller, const TerritoryInventory& draft) {
    const Territory territory = TRY(territory_to_change(transaction, caller, draft.territory));
    TerritoryInventory inventory = draft;
    inventory.id = caller.new_id<TerritoryInventory>();
    inventory.owner = territory.owner;
    inventory.created_at = inventory.updated_at = caller.now;
    TRY(check_retirements(transaction, inventory));
    TRY(transaction.insert(inventory));
    return Reply<TerritoryInventory>{.body = std::move(inventory), .status = 201};
}

Result<TerritoryInventory> balance_update(Transaction& transaction, const Caller& caller, const Patch<TerritoryInventory>& patch) {
    const TerritoryInventory before = TRY(balance_to_change(transaction, caller, patch.id));
    TerritoryInventory inventory = TRY(apply_patch(transaction, caller, patch));
    if (inventory.territory != before.territory) inventory.owner = TRY(territory_to_change(transaction, caller, inventory.territory)).owner;
    TRY(check_retirements(transaction, inventory));
    inventory.updated_at = caller.now;
    TRY(transaction.update(inventory));
    return inventory;
}

Result<Done> balance_delete(Transaction& transaction, const Caller& caller, const BalanceKey& key) {
    const TerritoryInventory inventory = TRY(balance_to_change(transaction, caller, key.id));
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM island_certificate WHERE inventory = $1", {key.id.text})).single()) > 0)
        return Error{Failure::conflict, "balance.in_use", "A certificate rests on this inventory."};
    return transaction.erase(inventory.id);
}

/// All rows or none; every faulty cell is named.
Result<BalanceView> balance_import(Transaction& transaction, const Caller& caller, const Bytes<LinesUpload>& upload) {
    TerritoryInventory inventory = TRY(balance_to_change(transaction, caller, upload.fields.id));
    std::vector<TerritoryLine> lines = TRY(carbon::source_rows<TerritoryLine>(upload.body, 1'000));
    if (upload.fields.replace) inventory.lines = std::move(lines);
    else inventory.lines.insert(inventory.lines.end(), lines.begin(), lines.end());
    TRY(validate(inventory));
    inventory.updated_at = caller.now;
    TRY(transaction.update(inventory));
    return view_of(transaction, caller, std::move(inventory));
}

/// Amounts of lines that a channel counts, over the inventory's year, with how much of it was heard.
Result<BalanceView> balance_fetch(energy::Archive& archive, Store& store, const Caller& caller, const BalanceKey& key) {
    carbon::CountedAmounts counted;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        const TerritoryInventory inventory = TRY(balance_to_change(transaction, caller, key.id));
        const energy::ArchiveView view = TRY(archive.view(transaction));
        for (const TerritoryLine& line : inventory.lines)
            if (line.channel) TRY(counted.ask(transaction, view, line.channel->text, line.unit, inventory.owner, static_cast<int>(inventory.year)));
        if (counted.empty()) return Error{Failure::conflict, "inventory.no_channels", "No source names a channel; choose one where a meter counts the amount."};
        return Done{};
    }));
    std::optional<BalanceView> view;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        TerritoryInventory inventory = TRY(balance_to_change(transaction, caller, key.id));
        inventory.readings.clear();
        for (TerritoryLine& line : inventory.lines) {
            const carbon::CountedAmount* one = line.channel ? counted.find(line.channel->text, line.unit) : nullptr;
            if (!one) continue;
            carbon::take_counted(line, *one, date_of(caller.now));
            line.data = BalanceData::measured;
            inventory.readings.push_back({*line.channel, line.unit, line.amount, 100 * one->amount.hours_share, one->amount.longest_gap_hours, caller.now});
        }
        TRY(validate(inventory));
        inventory.updated_at = caller.now;
        TRY(transaction.update(inventory));
        view = TRY(view_of(transaction, caller, std::move(inventory)));
        return Done{};
    }));
    return std::move(*view);
}

Result<BalanceView> balance_finish(Transaction& transaction, const Caller& caller, const BalanceKey& key) {
    TerritoryInventory inventory = TRY(balance_to_change(transaction, caller, key.id));
    TRY(check_expected(caller, inventory));
    if (inventory.lines.empty()) return Error{Failure::conflict, "inventory.empty", "There is no source yet; enter or import them first."};
    const BalanceReport report = TRY(balance_report(transaction, inventory));
    if (!report.missing.empty()) {
        std::vector<std::string> names;
        for (const BalanceCell& one : report.missing)
            names.push_back(fmt::format("{} {} ({})", one.number, word(fmt::format("choice.gpc_sector.{}", name_of(one.sector)), caller.language),
                word(fmt::format("choice.gpc_scope.{}", name_of(one.scope)), caller.language)));
        return Error{Failure::conflict, "balance.incomplete", "These have neither figure nor notation key: {names}.", {{"names", join(names, "; ")}}};
    }
    inventory.state = BalanceState::final_;
    inventory.finished_by = caller.actor.person;
    inventory.finished_at = inventory.updated_at = caller.now;
    TRY(transaction.update(inventory));
    return view_of(transaction, caller, std::move(inventory));
}

Result<BalanceView> balance_reopen(Transaction& transaction, const Caller& caller, const BalanceKey& key) {
    TerritoryInventory inventory = TRY(balance_owned(transaction, caller, key.id));
    TRY(check_expected(caller, inventory));
    if (inventory.state == BalanceState::draft) return Error{Failure::conflict, "inventory.open", "This inventory is open already."};
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM island_certificate WHERE inventory = $1 AND state <> 'draft'", {key.id.text})).single()) > 0)
        return Error{Failure::conflict, "balance.in_use", "A certificate rests on this inventory."};
    inventory.state = BalanceState::draft;
    inventory.finished_at.reset();
    inventory.finished_by.clear();
    inventory.updated_at = caller.now;
    TRY(transaction.update(inventory));
    return view_of(transaction, caller, std::move(inventory));
}

std::string boundary_of(const TerritoryInventory& inventory) {
    return inventory.boundary ? inventory.boundary->zh + inventory.boundary->en + inventory.boundary->ru : "";
}

/// Against the newest final inventory of an earlier year, or the one of the year that is asked for.
Result<BalanceChange> balance_change(Transaction& transaction, const Caller& caller, const BalanceKey& key) {
    const TerritoryInventory inventory = TRY(balance_seen(transaction, caller, key.id));
    const auto before = TRY(transaction.find_one<TerritoryInventory>(
        "territory = $1 AND state = 'final' AND year < $2 ORDER BY year DESC, finished_at DESC, id LIMIT 1", {inventory.territory.text, inventory.year}));
    if (!before) return Error{Failure::not_found, "inventory.no_earlier", "There is no inventory of an earlier year to compare with."};
    const bool mine = owns(caller, inventory.owner);
    const BalanceReport was = TRY(balance_report(transaction, *before, mine)), is = TRY(balance_report(transaction, inventory, mine));
    BalanceChange change{.before_year = was.year,
        .after_year = is.year,
        .before_kg = was.net_kg,
        .after_kg = is.net_kg,
        .energy_before_kg = was.energy_kg,
        .energy_after_kg = is.energy_kg};
    change.boundary_changed = boundary_of(*before) != boundary_of(inventory);
    std::map<GpcSector, SectorChange> sectors;
    std::set<GpcSector> hidden;
    const auto add = [&](const BalanceReport& report, std::int64_t SectorChange::*kg) {
        for (const BalanceCell& cell : report.cells) {
            SectorChange& one = sectors[cell.sector];
            one.sector = cell.sector;
            one.number = cell.number;
            one.*kg += cell.kg.value_or(0);
            if (!cell.kg) hidden.insert(cell.sector);
        }
    };
    add(was, &SectorChange::before_kg);
    add(is, &SectorChange::after_kg);
    for (const auto& [sector, one] : sectors)
        if (!hidden.contains(sector)) change.sectors.push_back(one);
    change.withheld = !hidden.empty();
    std::stable_sort(change.sectors.begin(), change.sectors.end(),
        [](const SectorChange& a, const SectorChange& b) { return std::abs(a.after_kg - a.before_kg) > std::abs(b.after_kg - b.before_kg); });
    const auto year_of = [](const TerritoryInventory& one, std::int64_t kg) {
        return KayaYear{static_cast<double>(one.population.value_or(0)), one.output ? static_cast<double>(one.output->minor) : 0, one.energy_tj.value_or(0),
            static_cast<double>(kg)};
    };
    auto effects =
        change.energy_before_kg && change.energy_after_kg
            ? kaya_effects(year_of(*before, *change.energy_before_kg), year_of(inventory, *change.energy_after_kg))
            : Error{Failure::invalid, "balance.withheld", "Emissions of energy are not shown, for a confidential line could be worked out from them."};
    if (effects && before->output->currency != inventory.output->currency)
        effects = Error{Failure::invalid, "decomposition.currency", "The product of both years is in different currencies."};
    if (effects) {
        const KayaEffects& one = effects.value();
        change.kaya = {{KayaFactor::population, one.population}, {KayaFactor::output_per_head, one.output_per_head},
            {KayaFactor::energy_intensity, one.energy_intensity}, {KayaFactor::carbon_intensity, one.carbon_intensity}};
    } else {
        const Error& error = effects.error();
        change.kaya_fault = sentence(error.code, error.message, error.parameters, caller.language);
    }
    return change;
}

} // namespace

Result<TerritoryInventory> balance_seen(Transaction& transaction, const Caller& caller, const Id<TerritoryInventory>& id) {
    auto inventory = TRY(transaction.find_one<TerritoryInventory>("id = $1", {id.text}));
    if (!inventory) return not_found(record_of<TerritoryInventory>(), id.text);
    if (owns(caller, inventory->owner)) return std::move(*inventory);
    const auto territory = TRY(transaction.find_one<Territory>("id = $1", {inventory->territory.text}));
    if (inventory->state != BalanceState::final_ || !territory || territory->state != TerritoryState::published)
        return not_found(record_of<TerritoryInventory>(), id.text);
    return std::move(*inventory);
}

std::vector<Endpoint> balance_endpoints(energy::Archive& archive) {
    return {
        // clang-format off
        {"territory_inventory_list", Method::get, "/territory-inventories", "Inventories of territories: final ones of published territories, and one's own.", Mode::read, open_to_all, call(balance_list)},
        {"territory_inventory_get", Method::get, "/territory-inventories/{id}", "One inventory with its report.", Mode::read, open_to_all, call(balance_get)},
        {"territory_inventory_create", Method::post, "/territory-inventories", "Begin an inventory of a territory.", Mode::write, write_cities, call(balance_create)},
        {"territory_inventory_update", Method::patch, "/territory-inventories/{id}", "Change an inventory that is not finished.", Mode::write, write_cities, call(balance_update)},
        {"territory_inventory_delete", Method::remove, "/territory-inventories/{id}", "Delete an inventory that is not finished.", Mode::write, write_cities, call(balance_delete)},
        {"territory_inventory_import", Method::post, "/territory-inventories/{id}/lines", "Bring lines as CSV or xlsx; all rows or none.", Mode::write, write_cities, call(balance_import)},
        {"territory_inventory_fetch", Method::post, "/territory-inventories/{id}/fetch", "Fetch the amounts of lines that a channel counts.", Mode::compute, write_cities, call(archive, balance_fetch)},
        {"territory_inventory_finish", Method::post, "/territory-inventories/{id}/finish", "Finish a complete inventory: the factors published by then stay with it.", Mode::write, submit_cities, call(balance_finish)},
        {"territory_inventory_reopen", Method::post, "/territory-inventories/{id}/reopen", "Open a finished inventory again.", Mode::write, submit_cities, call(balance_reopen)},
        {"territory_inventory_change", Method::get, "/territory-inventories/{id}/change", "What changed since the year before: by sector, and by people, output, energy and carbon.", Mode::read, open_to_all, call(balance_change)},
        // clang-format on
    };
}

} // namespace greenbank::cities
