// intake_test.cpp — the way in and the archive on both engines, beside a map from moment to value.
#include "energy/telemetry/intake.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <limits>

#include "energy/engine/telemetry/channel.h"
#include "energy/telemetry/query.h"
#include "energy/telemetry/telemetry.h"
#include "energy/telemetry/tiers.h"
#include "kernel/random.h"
#include "parties/secrets.h"
#include "store/store_under_test.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile energy_migrations[];
extern const std::size_t energy_migrations_count;
} // namespace embedded

namespace energy {

namespace {

constexpr Time now{1'790'000'000'000'000};
constexpr std::int64_t now_ms = now.microseconds / 1000;

/// Tables of energy alone: nothing here asks for organisations.
struct Bank {
    explicit Bank(const Database& database) : store(database.open()) {
        std::vector<Migration> migrations;
        for (std::size_t i = 0; i < embedded::energy_migrations_count; ++i)
            migrations.push_back({"energy", embedded::energy_migrations[i].path, embedded::energy_migrations[i].bytes()});
        REQUIRE(failure_of(store->migrate(migrations)) == "");
        intake = std::make_unique<Intake>(*store);
    }
    Id<Device> add_device(std::string name, std::vector<std::string> keys, std::int64_t first_number) {
        Random random(static_cast<std::uint64_t>(first_number));
        Device device{.id = make_id<Device>(now, random),
            .organisation = Id<Organisation>("org_a"),
            .site = Id<Site>("site_a"),
            .name = {"", name, ""},
            .serial = name,
            .credential_hash = parties::token_hash("gbd_" + name),
            .created_at = now,
            .updated_at = now};
        REQUIRE(failure_of(store->write([&](Transaction& transaction) -> Result<Done> {
            TRY(transaction.insert(device));
            for (const std::string& key : keys)
                TRY(transaction.insert(Channel{.id = make_id<Channel>(now, random),
                    .number = first_number++,
                    .organisation = device.organisation,
                    .site = *device.site,
                    .device = device.id,
                    .key = key,
                    .name = {"", key, ""},
                    .unit = "kW",
                    .least = -1000,
                    .greatest = 1e9,
                    .created_at = now,
                    .updated_at = now}));
            return Done{};
        })) == "");
        return device.id;
    }
    template <class F> void read(F work) {
        REQUIRE(failure_of(store->read([&](Transaction& transaction) -> Result<Done> {
            const auto view = intake->archive().view(transaction);
            if (!view) return view.error();
            work(transaction, view.value());
            return Done{};
        })) == "");
    }
    std::vector<std::pair<std::int64_t, double>> points(std::int64_t channel) {
        std::vector<std::pair<std::int64_t, double>> found;
        read([&](Transaction&, const ArchiveView& view) {
            const auto points = read_points(view, channel, Time{0}, Time{now.microseconds * 2}, 1'000'000, false);
            REQUIRE(failure_of(points) == "");
            for (const MarkedPoint& point : points.value()) found.emplace_back(point.at_milliseconds, point.value);
        });
        return found;
    }
    std::string verify() {
        std::string said;
        read([&](Transaction& transaction, const ArchiveView&) {
            CheckRun run{.found = [&](Problem problem) { said += problem.field + " " + problem.code + "\n"; }};
            for (const Check& check : telemetry_checks()) REQUIRE(failure_of(check.run(transaction, run)) == "");
        });
        return said;
    }
    void restart() { intake = std::make_unique<Intake>(*store); }

    std::unique_ptr<Store> store;
    std::unique_ptr<Intake> intake;
};

std::string told(const Result<Accepted>& accepted) {
    if (!accepted) return failure_of(accepted);
    const Accepted& a = accepted.value();
    return fmt::format("taken {} duplicates {} late {} bad {} refused {}/{}/{}/{}", a.taken, a.duplicates, a.late, a.bad, a.refused[0], a.refused[1],
        a.refused[2], a.refused[3]);
}

/// As composition.h promises, point by point: days within the step and the range; else hours within the step; shorter than an hour: points.
std::vector<Step> naive_steps(const Points& all, Moment from, Moment to, const Grid& grid) {
    std::map<Moment, std::map<std::pair<Moment, Moment>, std::vector<double>>> steps; // by begin of the step, by length and begin of the piece
    for (std::size_t i = all.place(from); i < all.place(to); ++i) {
        const Moment at = all.times[i], begin = step_of(at + grid.ahead, grid.step) - grid.ahead, of_day = step_of(at, day);
        const bool is_whole = of_day >= begin && of_day + day <= begin + grid.step && of_day >= from && of_day + day <= to;
        const bool of_days = is_whole || (grid.step % day == 0 && grid.ahead == 0);
        const Moment unit = grid.step < hour ? grid.step : of_days ? day : hour;
        steps[begin][{unit, unit < hour ? begin : step_of(at, unit)}].push_back(all.values[i]);
    }
    std::vector<Step> list;
    for (const auto& [begin, pieces] : steps) {
        Step step{begin, {}};
        ExactSum sum;
        Moment last = -moment_most;
        for (const auto& [place, values] : pieces) {
            ExactSum of_piece;
            for (const double value : values) {
                of_piece.add(value);
                step.values.least = std::min(step.values.least, value);
                step.values.greatest = std::max(step.values.greatest, value);
            }
            step.values.count += values.size();
            if (place.second > last) step.values.last = values.back();
            last = std::max(last, place.second);
            sum.add(of_piece.rounded());
        }
        step.values.sum = sum.rounded();
        list.push_back(step);
    }
    return list;
}

} // namespace

TEST_CASE("what cannot be is refused, and harms nothing else") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        Bank bank(database);
        const Id<Device> device = bank.add_device("meter", {"power", "energy"}, 1);
        const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
        const NamedPoint points[] = {{"power", now_ms, 1.5}, {"nothing", now_ms, 1}, {"power", now_ms + 1000, nan}, {"power", now_ms + 2000, infinity},
            {"power", 0, 1}, {"power", 4'102'444'800'000, 1}, {"energy", now_ms - 5000, 7}, {"power", now_ms - 5000, -2000}};
        CHECK(told(bank.intake->accept(device, points, now)) == "taken 3 duplicates 0 late 0 bad 1 refused 1/2/1/1");
        CHECK(bank.points(1) == std::vector<std::pair<std::int64_t, double>>{{now_ms, 1.5}});
        CHECK(bank.points(2) == std::vector<std::pair<std::int64_t, double>>{{now_ms - 5000, 7}});
        CHECK(bank.intake->counts(device).taken == 3);
        CHECK(told(bank.intake->accept(Id<Device>("device_none"), points, now)).find("not_found") != std::string::npos);
        // The same again, one corrected, one late.
        const NamedPoint again[] = {{"power", now_ms, 1.5}, {"energy", now_ms - 5000, 8}, {"energy", now_ms - 9000, 6}};
        CHECK(told(bank.intake->accept(device, again, now)) == "taken 2 duplicates 1 late 2 bad 0 refused 0/0/0/0");
        CHECK(bank.points(2) == std::vector<std::pair<std::int64_t, double>>{{now_ms - 9000, 6}, {now_ms - 5000, 8}});
        // Good becomes bad, and good again.
        const NamedPoint bad[] = {{"power", now_ms, 1.5, Quality::bad}};
        CHECK(told(bank.intake->accept(device, bad, now)) == "taken 1 duplicates 0 late 1 bad 1 refused 0/0/0/0");
        CHECK(bank.points(1).empty());
        CHECK(told(bank.intake->accept(device, bad, now)) == "taken 0 duplicates 1 late 0 bad 0 refused 0/0/0/0");
        const NamedPoint good[] = {{"power", now_ms, 1.25, Quality::estimated}};
        CHECK(told(bank.intake->accept(device, good, now)) == "taken 1 duplicates 0 late 1 bad 0 refused 0/0/0/0");
        CHECK(bank.points(1) == std::vector<std::pair<std::int64_t, double>>{{now_ms, 1.25}});
        REQUIRE(failure_of(bank.intake->seal(now, true)) == "");
        CHECK(bank.points(1) == std::vector<std::pair<std::int64_t, double>>{{now_ms, 1.25}});
        bank.read([&](Transaction&, const ArchiveView& view) {
            const auto all = read_points(view, 1, Time{0}, Time{now.microseconds * 2}, 10, true);
            REQUIRE(all.value().size() == 2);
            CHECK(all.value()[0].quality == Quality::bad);
            CHECK(all.value()[0].value == -2000);
            CHECK(all.value()[1].quality == Quality::estimated);
        });
        CHECK(bank.verify() == "");
    });
}

TEST_CASE("credentials open the door to their own device only") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        Bank bank(database);
        const Id<Device> device = bank.add_device("meter", {"power"}, 1);
        CHECK(bank.intake->authenticate("gbd_meter", now).value() == device);
        CHECK(failure_of(bank.intake->authenticate("gbd_other", now)).starts_with("device.credential"));
        CHECK(failure_of(bank.intake->authenticate("", now)).starts_with("device.credential"));
        REQUIRE(failure_of(bank.store->write([&](Transaction& transaction) -> Result<Done> {
            Device changed = TRY(transaction.get(device));
            changed.credential_before_hash = std::exchange(changed.credential_hash, parties::token_hash("gbd_new"));
            changed.credential_before_until = now + minutes(5);
            return transaction.update(changed);
        })) == "");
        CHECK(bank.intake->authenticate("gbd_new", now).value() == device);
        CHECK(bank.intake->authenticate("gbd_meter", now).value() == device);
        CHECK(failure_of(bank.intake->authenticate("gbd_meter", now + minutes(6))).starts_with("device.credential"));
    });
}

TEST_CASE("whatever comes in whatever order, the archive says what a map says") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        Bank bank(database);
        const Id<Device> device = bank.add_device("meter", {"a", "b", "c"}, 1);
        const std::string keys[] = {"a", "b", "c"};
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            CAPTURE(seed);
            Random random(seed);
            std::map<std::int64_t, double> naive[3];
            for (std::size_t k = 0; k < 3; ++k)
                for (const auto& [at, value] : bank.points(static_cast<std::int64_t>(k) + 1)) naive[k][at] = value;
            std::int64_t front = now_ms - 400 * 86'400'000LL;
            for (int round = 0; round < 60; ++round) {
                std::vector<NamedPoint> points;
                for (std::uint64_t i = random.below(400) + 1; i > 0; --i) {
                    const std::size_t key = random.below(3);
                    const bool late = random.chance(0.2);
                    const std::int64_t at = late ? front - random.between(0, 300'000) * 60'000 : front;
                    if (!late) front += key == 2 ? 1000 : random.between(1, 90) * 10'000;
                    points.push_back({keys[key], std::clamp<std::int64_t>(at, now_ms - 800 * 86'400'000LL, now_ms),
                        static_cast<double>(random.between(-9999, 99999)) / 100});
                }
                const auto accepted = bank.intake->accept(device, points, now);
                REQUIRE(failure_of(accepted) == "");
                std::int64_t fresh = 0;
                for (const NamedPoint& point : points) {
                    const std::size_t key = static_cast<std::size_t>(point.channel[0] - 'a');
                    const auto [place, is_new] = naive[key].insert_or_assign(point.at_milliseconds, point.value);
                    fresh += is_new;
                }
                CHECK(accepted.value().taken >= fresh);
                CHECK(accepted.value().taken + accepted.value().duplicates == static_cast<std::int64_t>(points.size()));
                if (random.chance(0.1)) REQUIRE(failure_of(bank.intake->seal(now, true)) == "");
                if (random.chance(0.3)) // a piece of sealing, after which much may happen
                    REQUIRE(failure_of(bank.store->write([&](Transaction& transaction) -> Result<Done> {
                        TRY(bank.intake->archive().seal(transaction, now, true, 1));
                        return Done{};
                    })) == "");
                if (random.chance(0.1)) bank.restart();
            }
            for (int twice = 0; twice < 2; ++twice) {
                for (std::size_t k = 0; k < 3; ++k) {
                    const auto stored = bank.points(static_cast<std::int64_t>(k) + 1);
                    REQUIRE(stored.size() == naive[k].size());
                    CHECK(std::equal(stored.begin(), stored.end(), naive[k].begin(),
                        [](const auto& one, const auto& other) { return one.first == other.first && one.second == other.second; }));
                    Points all;
                    for (const auto& [at, value] : naive[k]) all.add(at * 1000, value);
                    for (const Moment ahead : {Moment{0}, 8 * hour, 11 * hour / 2, 23 * hour / 4, -7 * hour / 2}) // China, India, Nepal, Newfoundland
                        for (const Moment step : {day, hour, 3 * hour, 7 * day, hour / 4, 5 * hour, 36 * hour, 3 * hour / 2, 100 * hour}) {
                            const Moment from = (now_ms - random.between(0, 500) * 86'400'000 - random.between(0, 86'400'000)) * 1000,
                                         to = from + random.between(1, 200) * day + 12'345'000'000;
                            std::vector<Step> found;
                            bank.read([&](Transaction&, const ArchiveView& view) {
                                REQUIRE(failure_of(view.read_steps(static_cast<std::int64_t>(k + 1) * 4, from, to, step, found, ahead)) == "");
                            });
                            CAPTURE(static_cast<double>(step) / static_cast<double>(hour));
                            CAPTURE(static_cast<double>(ahead) / static_cast<double>(hour));
                            CAPTURE(twice);
                            CHECK(found == naive_steps(all, from, to, {step, ahead}));
                        }
                }
                CHECK(bank.verify() == "");
                REQUIRE(failure_of(bank.intake->seal(now, true)) == "");
            }
        }
    });
}

TEST_CASE("observers hear of every point once, after it is durable") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        Bank bank(database);
        const Id<Device> device = bank.add_device("meter", {"power"}, 1);
        std::vector<std::string> heard;
        bank.intake->observe([&](std::span<const TakenPoint> points, Time) {
            for (const TakenPoint& point : points) heard.push_back(fmt::format("{}={}", point.channel->key, point.value));
        });
        for (int i = 0; i < 50; ++i) {
            const NamedPoint point[] = {{"power", now_ms - 50'000 + i * 1000, static_cast<double>(i)}};
            REQUIRE(failure_of(bank.intake->accept(device, point, now)) == "");
            REQUIRE(failure_of(bank.intake->accept(device, point, now)) == ""); // a duplicate is not told
        }
        bank.intake->wait_until_told();
        REQUIRE(heard.size() == 50);
        for (int i = 0; i < 50; ++i) CHECK(heard[static_cast<std::size_t>(i)] == fmt::format("power={}", i));
    });
}

TEST_CASE("dropped points leave their hours and days, and what comes for them later is refused") {
    on_each_engine([](const Database& database) {
        CAPTURE(database.engine);
        Bank bank(database);
        const Id<Device> device = bank.add_device("meter", {"power"}, 1);
        std::vector<NamedPoint> points;
        const std::int64_t first = now_ms - 300 * 86'400'000LL;
        for (int i = 0; i < 80'000; ++i) points.push_back({"power", first + i * 300'000LL, static_cast<double>(i % 977)});
        REQUIRE(failure_of(bank.intake->accept(device, points, now)) == "");
        REQUIRE(failure_of(bank.intake->seal(now, true)) == "");
        const Moment from = step_of(first * 1000, day), to = now.microseconds;
        std::vector<Step> hours, days, hours_after, days_after;
        bank.read([&](Transaction&, const ArchiveView& view) {
            REQUIRE(failure_of(view.read_steps(4, from, to, hour, hours)) == "");
            REQUIRE(failure_of(view.read_steps(4, from, to, day, days)) == "");
        });
        REQUIRE(failure_of(bank.store->write([&](Transaction& transaction) -> Result<Done> {
            return TRY(bank.intake->archive().drop(transaction, 1, (first + 40'000 * 300'000LL) * 1000, -moment_most)), Done{};
        })) == "");
        bank.intake->forget();
        CHECK(bank.points(1).size() < 80'000 - 30'000);
        bank.read([&](Transaction&, const ArchiveView& view) {
            REQUIRE(failure_of(view.read_steps(4, from, to, hour, hours_after)) == "");
            REQUIRE(failure_of(view.read_steps(4, from, to, day, days_after)) == "");
        });
        CHECK(hours == hours_after);
        CHECK(days == days_after);
        CHECK(bank.verify() == "");
        const NamedPoint late[] = {{"power", first + 300'000, 5}};
        CHECK(told(bank.intake->accept(device, late, now)) == "taken 0 duplicates 0 late 0 bad 0 refused 0/0/1/0");
    });
}

TEST_CASE("ten million points for one second cost a thousand places, and no other device anything") {
    on_each_engine([](const Database& database) {
        if (database.engine != "sqlite") return;
        Bank bank(database);
        const Id<Device> mad = bank.add_device("mad", {"power"}, 1), sane = bank.add_device("sane", {"power"}, 2);
        std::vector<NamedPoint> points(1'000'000);
        for (std::size_t i = 0; i < points.size(); ++i) points[i] = {"power", now_ms - 1000 + static_cast<std::int64_t>(i % 1000), static_cast<double>(i)};
        for (int i = 0; i < 10; ++i) {
            REQUIRE(failure_of(bank.intake->accept(mad, points, now)) == "");
            const NamedPoint one[] = {{"power", now_ms - 1000 + i, 1.5}};
            CHECK(told(bank.intake->accept(sane, one, now)) == "taken 1 duplicates 0 late 0 bad 0 refused 0/0/0/0");
        }
        CHECK(bank.points(1).size() == 1000);
        CHECK(bank.points(2).size() == 10);
        CHECK(bank.intake->counts(mad).taken == 1000);
        CHECK(bank.intake->counts(mad).duplicates == 9'999'000);
        points.resize(1'000'001);
        CHECK(told(bank.intake->accept(mad, points, now)).starts_with("telemetry.batch"));
        CHECK(bank.verify() == "");
    });
}

} // namespace energy
} // namespace greenbank
