// Migrations: what is missing is applied in order, each step in a transaction of its own.
#include <chrono>
#include <set>

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
    Result<Done> applied = in_write(connection, [&]() -> Result<Done> {
        const std::set<Step> steps = TRY(applied_steps(connection));
        if (steps.contains({name, slice})) return Done{}; // another server was quicker
        TRY(connection.script(std::string(migration.sql)));
        const Value row[] = {slice, name, now_in_microseconds()};
        TRY(connection.run("INSERT INTO migration (slice, name, applied_at) VALUES ($1, $2, $3)", row));
        log(Level::info, "migration_applied", slice + "/" + name);
        return Done{};
    });
    if (applied) return applied;
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
    std::set<Step> applied;
    const auto look = [&]() -> Result<Done> {
        applied = TRY(applied_steps(*connection));
        return Done{};
    };
    TRY(in_write(*connection, look));
    for (const auto& [name, slice] : applied)
        if (!ours.contains({name, slice}))
            return Error{Failure::conflict, "store.newer_database",
                "This database knows the migration {slice}/{name}, which this program does not. Start the newer program.", {{"slice", slice}, {"name", name}}};
    for (const auto& [step, migration] : ours)
        if (!applied.contains(step)) TRY(apply(*connection, *migration));
    return Done{};
}

} // namespace greenbank
