// scoring_test.cpp — measures against their twins, bins that keep their trend, models that learn what is there and refuse what is not.
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "finance/engine/scoring/model.h"
#include "finance/scoring_records.h"
#include "kernel/random.h"
#include "json/json.h"

namespace greenbank::finance {

namespace {

/// Borrowers whose risk rises with `load`, is high at both ends of `margin`, hangs on `sector`, and on nothing of `noise`.
ScoringTable borrowers(std::uint64_t seed, std::size_t rows) {
    Random random(seed);
    ScoringTable table;
    table.rows = rows;
    table.columns = {{"load", false, {}, {}}, {"margin", false, {}, {}}, {"sector", true, {}, {"mining", "trade", "power"}}, {"noise", false, {}, {}}};
    for (std::size_t i = 0; i < rows; ++i) {
        const double load = random.uniform(), margin = 2 * random.uniform() - 1, noise = random.uniform();
        const auto sector = static_cast<double>(random.below(3));
        const bool absent = random.chance(0.1);
        const double odds = -3 + 3 * load + 2 * margin * margin + (sector == 0 ? 1 : 0) + (absent ? 1 : 0);
        table.columns[0].values.push_back(load);
        table.columns[1].values.push_back(margin);
        table.columns[2].values.push_back(sector);
        table.columns[3].values.push_back(absent ? missing : noise);
        table.bad.push_back(random.chance(1 / (1 + std::exp(-odds))) ? 1 : 0);
    }
    return table;
}

} // namespace

TEST_CASE("the area under the curve is that of all pairs, ties by half") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        std::vector<double> score;
        std::vector<std::uint8_t> bad;
        for (std::size_t i = 0; i < 1 + random.below(60); ++i) {
            score.push_back(static_cast<double>(random.below(12)));
            bad.push_back(random.chance(0.4) ? 1 : 0);
        }
        CHECK_MESSAGE(area_under_curve(score, bad) == doctest::Approx(area_under_curve_naive(score, bad)).epsilon(1e-12), "seed ", seed);
    }
    CHECK(brier_score({0.9, 0.2}, {1, 0}) == doctest::Approx(0.025));
    CHECK(class_distance({1, 2, 3, 4}, {0, 0, 1, 1}) == 1);
    CHECK(population_stability({10, 20, 70}, {10, 20, 70}) == 0);
    CHECK(population_stability({50, 50}, {30, 70}) == doctest::Approx((0.3 - 0.5) * std::log(0.6) + (0.7 - 0.5) * std::log(1.4)));
}

TEST_CASE("calibration finds the line it was drawn from") {
    Random random(5);
    std::vector<double> odds;
    std::vector<std::uint8_t> bad;
    for (int i = 0; i < 60'000; ++i) {
        odds.push_back(4 * random.uniform() - 3);
        bad.push_back(random.chance(1 / (1 + std::exp(-(0.7 * odds.back() - 0.4)))) ? 1 : 0);
    }
    const Calibration fit = calibrate(odds, bad);
    CHECK(fit.slope == doctest::Approx(0.7).epsilon(0.05));
    CHECK(fit.intercept == doctest::Approx(-0.4).epsilon(0.1));
}

TEST_CASE("grades: bounds of the scale, and a back-test that sees too many defaults") {
    const MasterScale scale;
    CHECK(scale.grade(0) == 1);
    CHECK(scale.grade(0.0005) == 1);
    CHECK(scale.grade(0.00051) == 2);
    CHECK(scale.grade(1) == 10);
    std::vector<double> probability(1000, 0.02);
    std::vector<std::uint8_t> bad(1000, 0);
    std::fill_n(bad.begin(), 20, std::uint8_t{1});
    CHECK(back_test(probability, bad, scale).at(0).chance > 0.4);
    std::fill_n(bad.begin(), 45, std::uint8_t{1});
    CHECK(back_test(probability, bad, scale).at(0).chance < 0.001);
}

TEST_CASE("bins rise, fall or turn once; missing and special values have their own; rows add up") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        const ScoringTable table = borrowers(seed, 1500);
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            BinSettings settings;
            if (column == 3) settings.specials = {table.columns[3].values[1]};
            const BinnedColumn binned = bin_column(table, column, settings);
            std::vector<double> shares;
            double rows = binned.absent.goods + binned.absent.bads;
            for (const Bin& bin : binned.bins) {
                rows += bin.goods + bin.bads;
                shares.push_back(bin.bads / (bin.goods + bin.bads));
            }
            for (const Bin& bin : binned.specials) rows += bin.goods + bin.bads;
            CHECK_MESSAGE(rows == 1500, "seed ", seed);
            const auto turn = static_cast<std::ptrdiff_t>(
                (binned.trend == Trend::peak ? std::max_element(shares.begin(), shares.end()) : std::min_element(shares.begin(), shares.end())) -
                shares.begin());
            if (binned.trend == Trend::rising) CHECK_MESSAGE(std::is_sorted(shares.begin(), shares.end()), "seed ", seed);
            if (binned.trend == Trend::falling) CHECK_MESSAGE(std::is_sorted(shares.rbegin(), shares.rend()), "seed ", seed);
            if (binned.trend == Trend::peak) CHECK_MESSAGE(std::is_sorted(shares.begin(), shares.begin() + turn), "seed ", seed);
            if (binned.trend == Trend::valley) CHECK_MESSAGE(std::is_sorted(shares.begin() + turn, shares.end()), "seed ", seed);
        }
        CHECK_MESSAGE(bin_column(table, 0, {}).trend == Trend::rising, "seed ", seed);
        CHECK_MESSAGE(bin_column(table, 1, {}).trend == Trend::valley, "seed ", seed);
    }
}

TEST_CASE("both kinds learn what is there, the same for the same seed; points and reasons add up to the score") {
    const ScoringTable table = borrowers(11, 3000), later = borrowers(12, 2000);
    for (const ModelKind kind : {ModelKind::scorecard, ModelKind::trees}) {
        ScoringSettings settings{.kind = kind, .folds = 3, .scorecard = {}, .trees = {}};
        settings.trees.rounds = 150;
        settings.scorecard.refinements = 100;
        const Training training = train(table, settings);
        REQUIRE(training.flaw == ScoringFlaw::none);
        CHECK(training.validation.area > 0.75);
        CHECK(training.validation.brier < training.validation.brier_raw + 1e-3);
        CHECK(to_json(training.model) == to_json(train(table, settings).model));
        CHECK(area_under_curve(log_odds(training.model, later), later.bad) > 0.75);
        const auto read = from_json<ScoringModel>(to_json(training.model));
        REQUIRE(read);
        CHECK(log_odds(read.value(), later) == log_odds(training.model, later));
        const std::vector<Score> scores = score(training.model, later, 100);
        for (std::size_t row = 0; row < 50; ++row) {
            double sum = kind == ModelKind::scorecard ? training.model.card.intercept : 0;
            if (kind == ModelKind::trees) contributions(training.model.trees, later, row, sum);
            for (const Reason& reason : scores[row].reasons) sum += reason.effect;
            CHECK(sum == doctest::Approx(scores[row].log_odds).epsilon(1e-9));
            if (kind == ModelKind::scorecard) CHECK(points_of(training.model.card, later, row) == doctest::Approx(scores[row].points).epsilon(1e-9));
        }
        CHECK(stability(training.model, table).back() < 1e-9);
        CHECK(stability(training.model, later).back() < 0.05);
    }
}

TEST_CASE("trees see what no single column tells") {
    Random random(3);
    ScoringTable table;
    table.rows = 2000;
    table.columns = {{"one", false, {}, {}}, {"other", false, {}, {}}};
    for (std::size_t i = 0; i < table.rows; ++i) {
        const double one = random.uniform(), other = random.uniform();
        table.columns[0].values.push_back(one);
        table.columns[1].values.push_back(other);
        table.bad.push_back((one > 0.5) != (other > 0.5) ? 1 : 0);
    }
    TreeSettings settings;
    settings.rounds = 100;
    CHECK(area_under_curve(log_odds(grow(table, settings), table), table.bad) > 0.98);
}

TEST_CASE("a model is not made of one class, of constants, of too few; copies and leaks are remarked") {
    ScoringTable table = borrowers(4, 600);
    const ScoringSettings quick{.folds = 2, .scorecard = {.bins = {}, .refinements = 0}, .trees = {}};
    ScoringTable one = table;
    std::fill(one.bad.begin(), one.bad.end(), std::uint8_t{0});
    CHECK(train(one, quick).flaw == ScoringFlaw::one_class);
    one.bad[0] = 1;
    CHECK(train(one, quick).flaw == ScoringFlaw::too_few_rows);
    ScoringTable constant = table;
    for (ScoringColumn& column : constant.columns) std::fill(column.values.begin(), column.values.end(), 1.0);
    CHECK(train(constant, quick).flaw != ScoringFlaw::none);

    ScoringColumn leak{"paid_after", false, {}, {}}, fixed{"country", false, std::vector<double>(600, 7), {}};
    for (const std::uint8_t bad : table.bad) leak.values.push_back(bad != 0 ? 0.1 : 0.9);
    table.columns.push_back(leak);
    table.columns.push_back(fixed);
    ScoringTable twice = table;
    for (ScoringColumn& column : twice.columns) column.values.insert(column.values.end(), column.values.begin(), column.values.begin() + 600);
    twice.bad.insert(twice.bad.end(), table.bad.begin(), table.bad.end());
    twice.rows = 1200;
    const Training training = train(twice, quick);
    CHECK(training.flaw == ScoringFlaw::none);
    CHECK(training.rows == 600);
    const auto remarked = [&](ScoringNote note, const std::string& column) {
        return std::any_of(
            training.remarks.begin(), training.remarks.end(), [&](const ScoringRemark& remark) { return remark.note == note && remark.column == column; });
    };
    CHECK(remarked(ScoringNote::duplicate_rows, ""));
    CHECK(remarked(ScoringNote::leaked_target, "paid_after"));
    CHECK(remarked(ScoringNote::constant_column, "country"));
    CHECK(!remarked(ScoringNote::leaked_target, "load"));
}

} // namespace greenbank::finance
