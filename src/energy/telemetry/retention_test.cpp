// retention_test.cpp — the day's round drops what its site no longer keeps, once, and nothing of another site.
#include "energy/telemetry/retention.h"

#include "energy/engine/telemetry/channel.h"
#include "energy/field/plant_under_test.h"
#include "energy/telemetry/telemetry.h"

namespace greenbank::energy {

TEST_CASE("retention: what was kept long enough goes once a day, its days stay, and no other site is touched") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        Plant plant(database);
        const Id<Device> here = plant.add_device("here", {"power"}, "site_a"), there = plant.add_device("there", {"power"}, "site_b");
        for (const char* site : {"site_a", "site_b"})
            plant.insert(Site{.id = Id<Site>(site),
                .organisation = Id<Organisation>("org_a"),
                .name = {"", site, ""},
                .country = "CN",
                .keep_points_days = std::string_view(site) == "site_a" ? std::optional<std::int64_t>(100) : std::nullopt,
                .keep_hours_days = std::string_view(site) == "site_a" ? std::optional<std::int64_t>(150) : std::nullopt,
                .created_at = noon,
                .updated_at = noon});
        std::vector<NamedPoint> points; // 300 days of five minutes: chunks of 57 days
        const std::int64_t first = noon.microseconds / 1000 - 300 * 86'400'000LL;
        for (int i = 0; i < 300 * 288; ++i) points.push_back({"power", first + i * 300'000LL, static_cast<double>(i % 977)});
        for (const Id<Device>& device : {here, there}) REQUIRE(failure_of(plant.intake->accept(device, points, noon)) == "");
        REQUIRE(failure_of(plant.intake->seal(noon, true)) == "");
        std::vector<std::string> said;
        const RetentionAudit audit = [&](Transaction& transaction, const Caller&, std::string_view operation) -> Result<Done> {
            said.push_back(std::string(operation) + " " + std::to_string(transaction.changes().size()));
            return Done{};
        };
        const auto round = [&](Time now) { REQUIRE(failure_of(keep_what_is_said(*plant.store, *plant.intake, audit, now, 7)) == ""); };
        const auto steps = [&](std::int64_t channel, Moment step, Moment ahead = 0) {
            std::vector<Step> found;
            REQUIRE(failure_of(plant.store->read([&](Transaction& transaction) -> Result<Done> {
                const ArchiveView view = TRY(plant.intake->archive().view(transaction));
                return view.read_steps(series_of(channel, SeriesKind::values), step_of(first * 1000, day), noon.microseconds, step, found, ahead);
            })) == "");
            return found;
        };
        const std::vector<Step> days_before = steps(1, day);
        round(noon);
        round(noon + hours(1)); // not again on the same day
        CHECK(said == std::vector<std::string>{"telemetry_retain 1"});
        const auto runs = plant.all<RetentionRun>();
        REQUIRE(runs.size() == 1);
        CHECK(runs[0].site == Id<Site>("site_a"));
        CHECK(runs[0].channels == 1);
        CHECK(runs[0].points_before == noon - days(100));
        CHECK(steps(1, day) == days_before);
        CHECK(steps(2, day) == days_before);
        CHECK(steps(1, hour).size() < steps(2, hour).size()); // the oldest hours went with their points
        CHECK(steps(2, hour).size() >= 300 * 24);
        for (const Moment ahead : {8 * hour, 23 * hour / 4}) // what is kept as hours or days alone is in the step that holds its middle
            for (const Moment step : {day, 4 * day, 100 * hour}) {
                const std::vector<Step> kept = steps(1, step, ahead), all = steps(2, step, ahead);
                std::uint64_t points_kept = 0, points_in_all = 0;
                for (const Step& one : kept) points_kept += one.values.count;
                for (const Step& one : all) points_in_all += one.values.count;
                CHECK(points_kept == points_in_all);
                CHECK(kept.size() == all.size());
                CHECK(kept.back() == all.back());
            }
        const NamedPoint late[] = {{"power", first, 5}};
        CHECK(plant.intake->accept(here, late, noon).value().refused[static_cast<std::size_t>(PointRefusal::too_old)] == 1);
        CHECK(plant.intake->accept(there, late, noon).value().taken == 1);
        round(noon + hours(24));
        CHECK(plant.all<RetentionRun>().size() == 1); // nothing more was old enough
        std::string faults;
        REQUIRE(failure_of(plant.store->read([&](Transaction& transaction) -> Result<Done> {
            CheckRun run{.found = [&](Problem problem) { faults += problem.field + " " + problem.code + "\n"; }};
            for (const Check& check : telemetry_checks()) TRY(check.run(transaction, run));
            return Done{};
        })) == "");
        CHECK(faults == "");
    });
}

} // namespace greenbank::energy
