// Migrations: what is missing is applied in order, all in one transaction, so that a failed upgrade leaves the old database.
#include <chrono>
#include <set>

#include <fmt/format.h>

#include "kernel/log.h"
#include "store/engine_store.h"

namespace greenbank {

namespace {

using Step = std::pair<std::string, std::string>; // name first: steps are applied by date, whatever their slice

Result<std::set<Step>> applied_steps(Connection& connection) {
    const Answer answer = TRY(connection.run("SELECT name, slice FROM migration"));
    std::set<Step> steps;
    for (const auto& row : answer.rows.rows) steps.emplace(as_text(row[0]), as_text(row[1]));
    return steps;
}

std::int64_t now_in_microseconds() {
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

Result<Done> apply(Connection& connection, const Migration& migration) {
    const std::string slice(migration.slice), name(migration.name);
    const Value row[] = {slice, name, now_in_microseconds()};
    Result<Done> applied = connection.script(std::string(migration.sql));
    if (applied) {
        auto noted = connection.run("INSERT INTO migration (slice, name, applied_at) VALUES ($1, $2, $3)", row);
        if (noted) return Done{};
        applied = noted.error();
    }
    const Error& error = applied.error();
    if (error.kind == Failure::unavailable || error.kind == Failure::storage_full) return applied;
    return Error{Failure::internal, "store.migration", "Migration {slice}/{name} failed: {reason}",
        {{"slice", slice}, {"name", name}, {"reason", fill_in(error.message, error.parameters)}}};
}

} // namespace

Result<Done> EngineStore::migrate(std::span<const Migration> migrations) {
    std::map<Step, const Migration*> ours;
    for (const Migration& migration : migrations) {
        const bool is_new = ours.emplace(Step(migration.name, migration.slice), &migration).second;
        require(is_new, "two migrations of a slice have one name");
    }

    const std::unique_ptr<Connection> connection = TRY(connect_(Access::write));
    return in_write(*connection, [&]() -> Result<Done> {
        const std::set<Step> applied = TRY(applied_steps(*connection)); // read here: another server may have been quicker
        for (const auto& [name, slice] : applied)
            if (!ours.contains({name, slice}))
                return Error{Failure::conflict, "store.newer_database",
                    "This database knows the migration {slice}/{name}, which this program does not. Start the newer program.",
                    {{"slice", slice}, {"name", name}}};
        for (const auto& [step, migration] : ours) {
            if (applied.contains(step)) continue;
            TRY(apply(*connection, *migration));
            log(Level::info, "migration_applied", step.second + "/" + step.first);
        }
        return Done{};
    });
}

Result<Done> check_tables(Store& store, std::span<const Record* const> records) {
    std::string wrong;
    for (const Record* record : records) {
        std::map<std::string, Store::Column> columns;
        for (Store::Column& column : TRY(store.columns(std::string(record->name)))) columns.emplace(column.name, std::move(column));
        const std::vector<ColumnRule> rules = column_rules(*record);
        for (const ColumnRule& rule : rules) {
            const auto found = columns.find(rule.name);
            if (found == columns.end() || found->second.type != rule.type || found->second.required != rule.required)
                wrong += fmt::format(" {}.{}", record->name, rule.name);
            else columns.erase(found);
        }
        for (const auto& [name, column] : columns) wrong += fmt::format(" {}.{}", record->name, name);
    }
    if (wrong.empty()) return Done{};
    return Error{Failure::internal, "store.tables",
        "The database's tables are not as this program describes them:{columns}. Restore a backup, or start the program that made them.", {{"columns", wrong}}};
}

} // namespace greenbank
