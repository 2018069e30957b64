// risk_files.cpp — exposures in, losses out.
#include "finance/risk_files.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <thread>
#include <unordered_set>

#include <fmt/format.h>

#include "api/files.h"
#include "api/words.h"
#include "finance/engine/capital.h"
#include "finance/engine/exact_pool.h"
#include "finance/risk_records.h"
#include "kernel/text.h"
#include "sheets/named_rows.h"
#include "sheets/text_file.h"
#include "json/json.h"

namespace greenbank::finance {

struct PortfolioOptions {
    std::string in;
    std::optional<std::string> factors, contributions;
    std::int64_t scenarios = 100'000, seed = 1, threads = 0;
    std::string quantiles = "0.99,0.999";
};
Record describe(const PortfolioOptions*) {
    return {"risk_portfolio_options", "Which exposures, and how their defaults hang together.",
        {field<&PortfolioOptions::in>("in", "Exposures: a table id,exposure,pd,lgd and, if wanted, lgd_deviation,sector,correlation.", {.min = 1}),
            field<&PortfolioOptions::factors>("factors", "Correlation or sectors, JSON; without: 0.15 between any two.", {.min = 1}),
            field<&PortfolioOptions::contributions>("contributions", "A table to write: what each exposure brings to the expected shortfall.", {.min = 1}),
            field<&PortfolioOptions::scenarios>("scenarios", "How many.", {.min = 100, .max = 100'000'000, .defaulted = true}),
            field<&PortfolioOptions::seed>("seed", "What the draws begin from.", {.min = 0, .defaulted = true}),
            field<&PortfolioOptions::quantiles>("quantiles", "Levels, with commas.", {.min = 1, .max = 200, .defaulted = true}),
            field<&PortfolioOptions::threads>("threads", "How many threads; 0: as many as there are processors. The numbers do not depend on it.",
                {.min = 0, .max = 256, .defaulted = true})}};
}

struct CapitalOptions {
    std::string in;
    std::optional<std::string> out;
};
Record describe(const CapitalOptions*) {
    return {"risk_capital_options", "Which exposures.",
        {field<&CapitalOptions::in>("in",
             "A table id,class,pd,lgd and, if wanted, exposure,maturity,turnover; class: corporate, small_corporate, mortgage, revolving_retail, other_retail.",
             {.min = 1}),
            field<&CapitalOptions::out>("out", "A table to write: id,correlation,capital,risk_weight.", {.min = 1})}};
}

namespace {

constexpr std::array<std::string_view, 7> portfolio_columns = {"id", "exposure", "pd", "lgd", "lgd_deviation", "sector", "correlation"};

struct Portfolio {
    std::vector<Obligor> obligors;
    std::vector<std::string> ids;
    FactorModel model;
    std::vector<std::string> sectors;
};

/// A number within limits, or a fault of the row.
std::optional<double> number_between(sheets::NamedRows& rows, std::size_t column, double low, double high) {
    const auto number = sheets::parse_number<double>(rows[column]);
    if (number && *number >= low && *number <= high) return number;
    rows.fault(column, "finance.file_number", "Write a number from {low} to {high}.", {{"low", fmt::format("{:g}", low)}, {"high", fmt::format("{:g}", high)}});
    return {};
}

std::vector<double> correlations_of(const FactorFile& file) {
    const std::size_t count = file.sectors.size();
    std::vector<double> matrix(count * count, file.between_sectors.value_or(0));
    const auto place = [&](const std::string& name) {
        return static_cast<std::size_t>(
            std::find_if(file.sectors.begin(), file.sectors.end(), [&](const SectorRow& row) { return row.name == name; }) - file.sectors.begin());
    };
    for (std::size_t i = 0; i < count; ++i) matrix[i * count + i] = 1;
    for (const SectorPair& pair : file.pairs) {
        const std::size_t one = place(pair.one), other = place(pair.other);
        if (one != other) matrix[one * count + other] = matrix[other * count + one] = pair.correlation;
    }
    return matrix;
}

Result<Portfolio> read_portfolio(const PortfolioOptions& options) {
    FactorFile factors;
    factors.correlation = 0.15;
    if (options.factors)
        factors = TRY(sheets::in_file(
            from_json<FactorFile>(TRY(read_file(*options.factors))), "finance.factors_file", "The factors in {path} are not right.", *options.factors));
    Portfolio portfolio;
    for (const SectorRow& row : factors.sectors) portfolio.sectors.push_back(row.name);
    portfolio.model.sectors = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(factors.sectors.size()));
    if (factors.sectors.size() > 1) portfolio.model.correlations = correlations_of(factors);
    enum Column { id, exposure, pd, lgd, lgd_deviation, sector, correlation };
    const std::string heading = "The exposures in {path} are not right; every fault is named.";
    auto rows = TRY(sheets::in_file(sheets::NamedRows::open(options.in, portfolio_columns, 4), "finance.exposures_file", heading, options.in));
    while (!rows.too_many() && TRY(rows.next())) {
        Obligor obligor;
        if (rows[id].empty()) rows.fault(id, "finance.file_id", "An exposure has a name.");
        obligor.exposure = number_between(rows, exposure, 0, 1e15).value_or(0);
        obligor.default_probability = number_between(rows, pd, 0, 1).value_or(0);
        obligor.loss_given_default = number_between(rows, lgd, 0, 1).value_or(0);
        if (!rows[lgd_deviation].empty()) {
            obligor.loss_given_default_deviation = number_between(rows, lgd_deviation, 0, 0.5).value_or(0);
            const double mean = obligor.loss_given_default, deviation = obligor.loss_given_default_deviation;
            if (deviation > 0 && deviation * deviation >= mean * (1 - mean))
                rows.fault(lgd_deviation, "finance.file_deviation", "No part between 0 and 1 has this mean and so large a deviation.");
        }
        double shared = factors.correlation.value_or(0);
        if (!factors.sectors.empty()) {
            const auto found = std::find(portfolio.sectors.begin(), portfolio.sectors.end(), rows[sector]);
            if (found == portfolio.sectors.end()) {
                rows.fault(sector, "finance.file_sector", "The factors have no sector of this name.");
            } else {
                obligor.sector = static_cast<std::uint32_t>(found - portfolio.sectors.begin());
                shared = factors.sectors[obligor.sector].correlation;
            }
        }
        if (!rows[correlation].empty()) shared = number_between(rows, correlation, 0, 0.999).value_or(0);
        obligor.loading = std::sqrt(shared);
        portfolio.ids.emplace_back(rows[id]);
        portfolio.obligors.push_back(obligor);
    }
    if (!rows.problems().empty()) return Error{Failure::invalid, "finance.exposures_file", heading, {{"path", options.in}}, std::move(rows.problems())};
    return portfolio;
}

Error error_of(const RiskFault& fault) {
    switch (fault.flaw) {
    case RiskFlaw::no_obligors: return {Failure::invalid, "finance.no_exposures", "There are no exposures; nothing can be lost."};
    case RiskFlaw::not_positive_definite:
        return {Failure::invalid, "finance.correlations", "These correlations cannot all hold at once; bring those of the sectors closer to 0."};
    case RiskFlaw::level_out_of_range:
    case RiskFlaw::number_out_of_range:
    case RiskFlaw::sector_unknown:
    case RiskFlaw::none: break;
    }
    return {Failure::invalid, "finance.levels", "Levels lie between 0 and 1, such as 0.99,0.999."};
}

Result<Done> write_contributions(const std::string& path, const Portfolio& portfolio, const RiskReport& report) {
    sheets::TextFile file = TRY(sheets::TextFile::create(path));
    file.text() += "id,contribution\n";
    for (std::size_t i = 0; i < portfolio.ids.size(); ++i) {
        sheets::append_cell(file.text(), portfolio.ids[i]);
        file.text() += fmt::format(",{}\n", report.contributions[i]);
        TRY(file.pass_on());
    }
    return file.place();
}

/// The pool that a portfolio is when all its exposures are alike: then its losses are known exactly.
std::optional<Pool> pool_of(const Portfolio& portfolio) {
    constexpr std::size_t most = 10'000;
    const std::vector<Obligor>& all = portfolio.obligors;
    const Obligor& first = all.front();
    const bool are_alike = std::all_of(all.begin(), all.end(), [&](const Obligor& one) {
        return one.exposure == first.exposure && one.default_probability == first.default_probability && one.loss_given_default == first.loss_given_default &&
               one.sector == first.sector && one.loading == first.loading;
    });
    if (!are_alike || all.size() > most || first.loss_given_default_deviation > 0) return {};
    if (first.default_probability <= 0 || first.default_probability >= 1) return {};
    return Pool{static_cast<std::uint32_t>(all.size()), first.default_probability, first.loading * first.loading};
}

std::size_t repeated(const std::vector<std::string>& ids) { return ids.size() - std::unordered_set<std::string_view>(ids.begin(), ids.end()).size(); }

Result<int> run_portfolio(const PortfolioOptions& options, Console& console) {
    const Portfolio portfolio = TRY(read_portfolio(options));
    RiskSettings settings{.seed = static_cast<std::uint64_t>(options.seed), .scenarios = static_cast<std::uint32_t>(options.scenarios), .levels = {}};
    for (const std::string_view text : split(options.quantiles, ',')) settings.levels.push_back(sheets::parse_number<double>(trim(text)).value_or(-1));
    std::sort(settings.levels.begin(), settings.levels.end());
    settings.threads = options.threads > 0 ? static_cast<unsigned>(options.threads) : std::max(1U, std::thread::hardware_concurrency());
    if (const RiskFault fault = check(portfolio.obligors, portfolio.model, settings); fault.flaw != RiskFlaw::none) return error_of(fault);
    const RiskReport report = simulate(portfolio.obligors, portfolio.model, settings);
    if (options.contributions) TRY(write_contributions(*options.contributions, portfolio, report));

    JsonWriter json;
    json.begin_object().member("exposures", static_cast<std::int64_t>(portfolio.obligors.size())).member("exposure", report.exposure);
    json.member("expected_loss", report.expected_loss).member("mean", report.mean).member("deviation", report.deviation);
    json.member("concentration", report.concentration).member("scenarios", options.scenarios).member("seed", options.seed);
    json.member("decided_one_by_one", static_cast<std::int64_t>(report.large)).key("levels").begin_list();
    std::string lines = fmt::format("exposure       {:.2f}\nexpected loss  {:.2f} (scenarios {:.2f}, deviation {:.2f})\nconcentration  {:.5f}\n",
        report.exposure, report.expected_loss, report.mean, report.deviation, report.concentration);
    for (const RiskLevel& row : report.levels) {
        json.begin_object().member("level", row.level).member("value_at_risk", row.value_at_risk).member("expected_shortfall", row.expected_shortfall);
        json.member("value_at_risk_low", row.low).member("value_at_risk_high", row.high).end_object();
        lines += fmt::format("{:<7g}        value at risk {:.2f} [{:.2f}, {:.2f}], expected shortfall {:.2f}\n", row.level, row.value_at_risk, row.low,
            row.high, row.expected_shortfall);
    }
    json.end_list();
    if (const auto pool = pool_of(portfolio)) {
        const std::vector<double> defaults = default_counts(*pool);
        const double of_one = portfolio.obligors[0].exposure * portfolio.obligors[0].loss_given_default;
        json.key("exact").begin_list();
        for (const double level : settings.levels) {
            const double at_risk = of_one * static_cast<double>(value_at_risk(defaults, level)), shortfall = of_one * expected_shortfall(defaults, level);
            json.begin_object().member("level", level).member("value_at_risk", at_risk).member("expected_shortfall", shortfall).end_object();
            lines += fmt::format("{:<7g}        exactly, as all are alike: value at risk {:.2f}, expected shortfall {:.2f}\n", level, at_risk, shortfall);
        }
        json.end_list();
    }
    if (const std::size_t again = repeated(portfolio.ids)) {
        json.member("repeated_ids", static_cast<std::int64_t>(again));
        console.aside(fill_in(word("finance.repeated_ids", console.language), {{"count", std::to_string(again)}}) + "\n");
    }
    if (!portfolio.sectors.empty()) {
        json.key("sectors").begin_list();
        for (std::uint32_t i = 0; i < portfolio.sectors.size(); ++i) {
            double shares = 0;
            for (std::size_t k = 0; k < portfolio.obligors.size(); ++k) shares += portfolio.obligors[k].sector == i ? report.contributions[k] : 0;
            json.begin_object().member("name", portfolio.sectors[i]).member("contribution", shares).end_object();
            lines += fmt::format("  {:<20} {:.2f} of the last expected shortfall\n", portfolio.sectors[i], shares);
        }
        json.end_list();
    }
    json.end_object();
    console.out(console.json ? json.take() + "\n" : lines);
    return 0;
}

constexpr std::array<std::string_view, 7> capital_columns = {"id", "class", "pd", "lgd", "exposure", "maturity", "turnover"};
constexpr std::string_view class_names[] = {"corporate", "small_corporate", "mortgage", "revolving_retail", "other_retail"};

Result<int> run_capital(const CapitalOptions& options, Console& console) {
    const std::string heading = "The exposures in {path} are not right; every fault is named.";
    auto rows = TRY(sheets::in_file(sheets::NamedRows::open(options.in, capital_columns, 4), "finance.exposures_file", heading, options.in));
    std::string table = "id,correlation,capital,risk_weight\n";
    double exposures = 0, weighted = 0;
    std::size_t count = 0;
    while (!rows.too_many() && TRY(rows.next())) {
        CapitalInput input;
        const auto found = std::find(std::begin(class_names), std::end(class_names), rows[1]);
        if (found == std::end(class_names))
            rows.fault(1, "finance.file_class", "The class is corporate, small_corporate, mortgage, revolving_retail or other_retail.");
        else input.asset_class = static_cast<AssetClass>(found - std::begin(class_names));
        input.default_probability = number_between(rows, 2, 0, 1).value_or(0);
        if (input.default_probability <= 0 || input.default_probability >= 1) {
            rows.fault(2, "finance.file_pd", "The formula is for a probability above 0 and below 1; what is in default has its own rule.");
            continue;
        }
        input.loss_given_default = number_between(rows, 3, 0, 1).value_or(0);
        const double amount = rows[4].empty() ? 1 : number_between(rows, 4, 0, 1e15).value_or(0);
        if (!rows[5].empty()) input.maturity_years = number_between(rows, 5, 1, 5).value_or(2.5);
        if (!rows[6].empty()) input.turnover_millions = number_between(rows, 6, 0, 1e6).value_or(50);
        sheets::append_cell(table, rows[0]);
        table += fmt::format(",{},{},{}\n", asset_correlation(input), capital_requirement(input), risk_weight(input));
        exposures += amount;
        ++count;
        weighted += amount * risk_weight(input);
    }
    if (!rows.problems().empty()) return Error{Failure::invalid, "finance.exposures_file", heading, {{"path", options.in}}, std::move(rows.problems())};
    if (count == 0) return error_of({RiskFlaw::no_obligors});
    if (options.out) {
        sheets::TextFile file = TRY(sheets::TextFile::create(*options.out));
        file.text() = table;
        TRY(file.place());
    }
    JsonWriter json;
    json.begin_object().member("exposure", exposures).member("risk_weighted", weighted).member("capital", weighted * 0.08).end_object();
    if (console.json) console.out(json.take() + "\n");
    else
        console.out((options.out ? std::string() : table) +
                    fmt::format("exposure {:.2f}, risk-weighted {:.2f}, capital at 8 % {:.2f}\n", exposures, weighted, weighted * 0.08));
    return 0;
}

} // namespace

Command portfolio_command() {
    return command(
        "risk", "portfolio", "Simulate a loan portfolio: expected loss, value at risk, expected shortfall, contributions, concentration.", run_portfolio);
}
Command capital_command() { return command("risk", "capital", "Risk weights by the Basel II formula.", run_capital); }

} // namespace greenbank::finance
