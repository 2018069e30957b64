// inventories.cpp — inventories entered, imported, computed, compared, finished.
#include "carbon/inventories/inventories.h"
#include "carbon/inventories/source_rows.h"
#include "carbon/reductions/telemetry.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "api/list.h"
#include "api/words.h"
#include "library/assessment/steps.h"
#include "parties/acting.h"

namespace greenbank::carbon {

Record describe(const InventoryKey*) { return {"inventory_key", "Names an inventory.", {field<&InventoryKey::id>("id", "Its id.")}}; }

struct InventoryView {
    OrganisationInventory inventory;
    std::optional<InventoryReport> report;
    std::optional<std::string> fault; // in the caller's language
    bool may_change = false, may_finish = false, may_reopen = false;
};
Record describe(const InventoryView*) {
    using View = InventoryView;
    return {"inventory_view", "An inventory with its report, and what the caller may do with it.",
        {field<&View::inventory>("organisation_inventory", "It."), field<&View::report>("report", "What it comes to."),
            field<&View::fault>("fault", "Why there is no report."), field<&View::may_change>("may_change", "It may be changed."),
            field<&View::may_finish>("may_finish", "It may be finished."), field<&View::may_reopen>("may_reopen", "It may be opened again.")}};
}

struct SourcesUpload {
    Id<OrganisationInventory> id;
    bool replace = false;
};
Record describe(const SourcesUpload*) {
    return {"sources_upload", "Sources of an inventory as a table; the body is the file.",
        {field<&SourcesUpload::id>("id", "Which inventory."),
            field<&SourcesUpload::replace>("replace", "In the place of the sources that are there; else behind them.", {.defaulted = true})}};
}

/// One source in two years, or with two editions of its factors.
struct SourceChange {
    std::string name;
    Category category = Category::stationary_combustion;
    std::int64_t before_kg = 0, after_kg = 0;
    double by_activity_kg = 0, by_factor_kg = 0, begun_kg = 0, ended_kg = 0;
    std::string editions_before, editions_after;
};
Record describe(const SourceChange*) {
    using One = SourceChange;
    return {"source_change", "How a source changed, and why.",
        {field<&One::name>("name", "Its name."), field<&One::category>("category", "Its category."),
            field<&One::before_kg>("before_kg", "Before.", {.unit = "kgCO2e"}), field<&One::after_kg>("after_kg", "After.", {.unit = "kgCO2e"}),
            field<&One::by_activity_kg>("by_activity_kg", "By its amount.", {.unit = "kgCO2e"}),
            field<&One::by_factor_kg>("by_factor_kg", "By its factor.", {.unit = "kgCO2e"}), field<&One::begun_kg>("begun_kg", "It began.", {.unit = "kgCO2e"}),
            field<&One::ended_kg>("ended_kg", "It ended.", {.unit = "kgCO2e"}),
            field<&One::editions_before>("editions_before", "Editions of its factors before."), field<&One::editions_after>("editions_after", "And after.")}};
}
struct InventoryChange {
    std::int64_t before_year = 0, after_year = 0, before_kg = 0, after_kg = 0;
    std::vector<SourceChange> sources;
};
Record describe(const InventoryChange*) {
    using One = InventoryChange;
    return {"inventory_change", "What changed from one report to the other, by location.",
        {field<&One::before_year>("before_year", "Of the report before."), field<&One::after_year>("after_year", "Of the report after."),
            field<&One::before_kg>("before_kg", "Before.", {.unit = "kgCO2e"}), field<&One::after_kg>("after_kg", "After.", {.unit = "kgCO2e"}),
            field<&One::sources>("sources", "By source, the largest change first.", {.max = 4000})}};
}

namespace {

/// Its own people, and the bank for them.
bool owns(const Caller& caller, const OrganisationInventory& inventory) {
    return caller.actor.may(see_carbon) || (!inventory.owner.empty() && caller.actor.organisation == inventory.owner);
}

Result<Page<OrganisationInventory>> inventory_list(Transaction& transaction, const Caller& caller, const ListOf<OrganisationInventory>& list) {
    Page<OrganisationInventory> page = TRY(list_page<OrganisationInventory>(transaction, caller, list, caller.actor.may(see_carbon) ? "1 = 1" : "owner = $1",
        caller.actor.may(see_carbon) ? std::vector<Value>{} : std::vector<Value>{caller.actor.organisation}));
    for (OrganisationInventory& one : page.items) one.sources.clear(); // lists stay small
    return page;
}

Result<InventoryView> view_of(Transaction& transaction, const Caller& caller, OrganisationInventory inventory) {
    InventoryView view{.inventory = std::move(inventory)};
    auto report = report_of(transaction, view.inventory, known_on(view.inventory));
    if (report) view.report = std::move(report).value();
    else {
        const Error& error = report.error();
        view.fault = sentence(error.code, error.message, error.parameters, caller.language);
        for (const Problem& one : error.problems)
            *view.fault += fmt::format(" {}: {}", one.field, sentence(one.code, one.message, one.parameters, caller.language));
    }
    const bool mine = owns(caller, view.inventory), draft = view.inventory.state == InventoryState::draft;
    view.may_change = mine && draft && caller.actor.may(write_carbon);
    view.may_finish = mine && draft && caller.actor.may(submit_carbon) && view.report && !view.inventory.sources.empty();
    view.may_reopen = mine && !draft && caller.actor.may(submit_carbon);
    return view;
}

Result<InventoryView> inventory_get(Transaction& transaction, const Caller& caller, const InventoryKey& key) {
    return view_of(transaction, caller, TRY(inventory_seen(transaction, caller, key.id)));
}

Result<OrganisationInventory> inventory_to_change(Transaction& transaction, const Caller& caller, const Id<OrganisationInventory>& id) {
    OrganisationInventory inventory = TRY(inventory_seen(transaction, caller, id));
    if (!owns(caller, inventory)) return Error{Failure::forbidden, "inventory.not_yours", "This inventory belongs to another organisation."};
    if (inventory.state != InventoryState::draft)
        return Error{Failure::conflict, "inventory.final", "A finished inventory stays as it is; open it again to change it."};
    return inventory;
}

Result<Reply<OrganisationInventory>> inventory_create(Transaction& transaction, const Caller& caller, const OrganisationInventory& draft) {
    TRY(parties::acting_organisation(caller));
    OrganisationInventory inventory = draft;
    inventory.id = caller.new_id<OrganisationInventory>();
    inventory.owner = caller.actor.organisation;
    inventory.created_at = inventory.updated_at = caller.now;
    TRY(transaction.insert(inventory));
    return Reply<OrganisationInventory>{.body = std::move(inventory), .status = 201};
}

Result<OrganisationInventory> inventory_update(Transaction& transaction, const Caller& caller, const Patch<OrganisationInventory>& patch) {
    TRY(inventory_to_change(transaction, caller, patch.id));
    OrganisationInventory inventory = TRY(apply_patch(transaction, caller, patch));
    inventory.updated_at = caller.now;
    TRY(transaction.update(inventory));
    return inventory;
}

Result<Done> inventory_delete(Transaction& transaction, const Caller& caller, const InventoryKey& key) {
    return transaction.erase(TRY(inventory_to_change(transaction, caller, key.id)).id);
}

/// All rows or none; every faulty cell is named.
Result<InventoryView> inventory_import(Transaction& transaction, const Caller& caller, const Bytes<SourcesUpload>& upload) {
    OrganisationInventory inventory = TRY(inventory_to_change(transaction, caller, upload.fields.id));
    std::vector<InventorySource> sources = TRY(source_rows<InventorySource>(upload.body, 2'000));
    if (upload.fields.replace) inventory.sources = std::move(sources);
    else inventory.sources.insert(inventory.sources.end(), sources.begin(), sources.end());
    TRY(validate(inventory));
    inventory.updated_at = caller.now;
    TRY(transaction.update(inventory));
    return view_of(transaction, caller, std::move(inventory));
}

/// Amounts of sources that a channel counts, over the inventory's year. What a meter is not sure of comes with its amount.
Result<InventoryView> inventory_fetch(energy::Archive& archive, Store& store, const Caller& caller, const InventoryKey& key) {
    CountedAmounts counted;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        const OrganisationInventory inventory = TRY(inventory_to_change(transaction, caller, key.id));
        const energy::ArchiveView view = TRY(archive.view(transaction));
        for (const InventorySource& source : inventory.sources)
            if (source.channel) TRY(counted.ask(transaction, view, *source.channel, source.unit, inventory.owner, static_cast<int>(inventory.year)));
        if (counted.empty()) return Error{Failure::conflict, "inventory.no_channels", "No source names a channel; choose one where a meter counts the amount."};
        return Done{};
    }));
    std::optional<InventoryView> view;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        OrganisationInventory inventory = TRY(inventory_to_change(transaction, caller, key.id));
        for (InventorySource& source : inventory.sources)
            if (const CountedAmount* one = source.channel ? counted.find(*source.channel, source.unit) : nullptr)
                take_counted(source, *one, date_of(caller.now));
        TRY(validate(inventory));
        inventory.updated_at = caller.now;
        TRY(transaction.update(inventory));
        view = TRY(view_of(transaction, caller, std::move(inventory)));
        return Done{};
    }));
    return std::move(*view);
}

Result<InventoryView> inventory_finish(Transaction& transaction, const Caller& caller, const InventoryKey& key) {
    OrganisationInventory inventory = TRY(inventory_to_change(transaction, caller, key.id));
    TRY(check_expected(caller, inventory));
    if (inventory.sources.empty()) return Error{Failure::conflict, "inventory.empty", "There is no source yet; enter or import them first."};
    const InventoryReport report = TRY(report_of(transaction, inventory, {}));
    if (!report.missing.empty()) {
        std::vector<std::string> names;
        for (const Category one : report.missing) names.push_back(word(fmt::format("choice.emission_category.{}", name_of(one)), caller.language));
        return Error{Failure::conflict, "inventory.incomplete", "These categories have no source and no reason why: {names}.", {{"names", join(names, ", ")}}};
    }
    inventory.state = InventoryState::final_;
    inventory.finished_by = caller.actor.person;
    inventory.finished_at = inventory.updated_at = caller.now;
    TRY(transaction.update(inventory));
    return view_of(transaction, caller, std::move(inventory));
}

Result<InventoryView> inventory_reopen(Transaction& transaction, const Caller& caller, const InventoryKey& key) {
    OrganisationInventory inventory = TRY(inventory_seen(transaction, caller, key.id));
    if (!owns(caller, inventory)) return Error{Failure::forbidden, "inventory.not_yours", "This inventory belongs to another organisation."};
    if (inventory.state == InventoryState::draft) return Error{Failure::conflict, "inventory.open", "This inventory is open already."};
    inventory.state = InventoryState::draft;
    inventory.finished_at.reset();
    inventory.finished_by.clear();
    inventory.updated_at = caller.now;
    TRY(transaction.update(inventory));
    return view_of(transaction, caller, std::move(inventory));
}

std::string editions_of(const InventoryRow& row) {
    std::vector<std::string> editions;
    for (const FactorUsed& one : row.factors)
        if (std::string name = one.area + " " + one.edition; std::find(editions.begin(), editions.end(), name) == editions.end())
            editions.push_back(std::move(name));
    return join(editions, ", ");
}

/// Sources are paired by name and category; of several of one name the first that is left.
InventoryChange change_between(const InventoryReport& before, const InventoryReport& after) {
    InventoryChange change{before.year, after.year, before.location_kg, after.location_kg, {}};
    std::vector<bool> paired(before.rows.size(), false);
    const auto add = [&](const InventoryRow* one, const InventoryRow* other) {
        const double amount_before = one ? one->amount : 0, amount_after = !other ? 0
                                                                           : one  ? convert({other->amount, other->unit}, one->unit).value_or(0)
                                                                                  : other->amount;
        const double kg_before = one ? static_cast<double>(one->location_kg) : 0, kg_after = other ? static_cast<double>(other->location_kg) : 0;
        const ChangeParts parts = change_parts(amount_before, kg_before, amount_after, kg_after);
        const InventoryRow& named = other ? *other : *one;
        change.sources.push_back({named.name, named.category, one ? one->location_kg : 0, other ? other->location_kg : 0, parts.by_activity, parts.by_factor,
            parts.begun, parts.ended, one ? editions_of(*one) : "", other ? editions_of(*other) : ""});
    };
    for (const InventoryRow& row : after.rows) {
        const InventoryRow* same = nullptr;
        for (std::size_t i = 0; i < before.rows.size() && !same; ++i)
            if (!paired[i] && before.rows[i].name == row.name && before.rows[i].category == row.category) {
                paired[i] = true;
                same = &before.rows[i];
            }
        add(same, &row);
    }
    for (std::size_t i = 0; i < before.rows.size(); ++i)
        if (!paired[i]) add(&before.rows[i], nullptr);
    std::stable_sort(change.sources.begin(), change.sources.end(),
        [](const SourceChange& a, const SourceChange& b) { return std::abs(a.after_kg - a.before_kg) > std::abs(b.after_kg - b.before_kg); });
    return change;
}

/// Against the same owner's inventory of the year before.
Result<InventoryChange> inventory_change(Transaction& transaction, const Caller& caller, const InventoryKey& key) {
    const OrganisationInventory inventory = TRY(inventory_seen(transaction, caller, key.id));
    const auto before = TRY(
        transaction.find_one<OrganisationInventory>("owner = $1 AND year < $2 ORDER BY year DESC, updated_at DESC LIMIT 1", {inventory.owner, inventory.year}));
    if (!before) return Error{Failure::not_found, "inventory.no_earlier", "There is no inventory of an earlier year to compare with."};
    return change_between(TRY(report_of(transaction, *before, known_on(*before))), TRY(report_of(transaction, inventory, known_on(inventory))));
}

/// As it was finished, against the factors of today.
Result<InventoryChange> inventory_editions(Transaction& transaction, const Caller& caller, const InventoryKey& key) {
    const OrganisationInventory inventory = TRY(inventory_seen(transaction, caller, key.id));
    return change_between(TRY(report_of(transaction, inventory, known_on(inventory))), TRY(report_of(transaction, inventory, {})));
}

} // namespace

Result<OrganisationInventory> inventory_seen(Transaction& transaction, const Caller& caller, const Id<OrganisationInventory>& id) {
    auto inventory = TRY(transaction.find_one<OrganisationInventory>("id = $1", {id.text}));
    if (!inventory || !owns(caller, *inventory)) return not_found(record_of<OrganisationInventory>(), id.text);
    return std::move(*inventory);
}

std::vector<Endpoint> inventory_endpoints(energy::Archive& archive) {
    return {
        // clang-format off
        {"inventory_list", Method::get, "/inventories", "Inventories of one's own organisation.", Mode::read, signed_in, call(inventory_list)},
        {"inventory_get", Method::get, "/inventories/{id}", "One inventory with its report.", Mode::read, signed_in, call(inventory_get)},
        {"inventory_create", Method::post, "/inventories", "Begin an inventory.", Mode::write, write_carbon, call(inventory_create)},
        {"inventory_update", Method::patch, "/inventories/{id}", "Change an inventory that is not finished.", Mode::write, write_carbon, call(inventory_update)},
        {"inventory_delete", Method::remove, "/inventories/{id}", "Delete an inventory that is not finished.", Mode::write, write_carbon, call(inventory_delete)},
        {"inventory_import", Method::post, "/inventories/{id}/sources", "Bring sources as CSV or xlsx; all rows or none.", Mode::write, write_carbon, call(inventory_import)},
        {"inventory_fetch", Method::post, "/inventories/{id}/fetch", "Fetch the amounts of sources that a channel counts.", Mode::compute, write_carbon, call(archive, inventory_fetch)},
        {"inventory_finish", Method::post, "/inventories/{id}/finish", "Finish a complete inventory: the factors published by then stay with it.", Mode::write, submit_carbon, call(inventory_finish)},
        {"inventory_reopen", Method::post, "/inventories/{id}/reopen", "Open a finished inventory again.", Mode::write, submit_carbon, call(inventory_reopen)},
        {"inventory_change", Method::get, "/inventories/{id}/change", "What changed since the inventory before, by source: by amount and by factor.", Mode::read, signed_in, call(inventory_change)},
        {"inventory_editions", Method::get, "/inventories/{id}/editions", "What newer editions of factors would change.", Mode::read, signed_in, call(inventory_editions)},
        // clang-format on
    };
}

} // namespace greenbank::carbon
