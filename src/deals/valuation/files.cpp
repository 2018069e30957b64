// files.cpp — a file in, ranges out.
#include "deals/valuation/files.h"

#include <fmt/format.h>

#include "api/files.h"
#include "api/words.h"
#include "deals/contracts/clause_texts.h"
#include "deals/valuation/records.h"
#include "json/json.h"

namespace greenbank::deals {

struct ValueOptions {
    std::string in;
    std::optional<std::string> out;
};
Record describe(const ValueOptions*) {
    return {"value_options", "Which inputs.",
        {field<&ValueOptions::in>("in", "The inputs, JSON; - reads standard input.", {.min = 1}),
            field<&ValueOptions::out>("out", "The report to write, JSON; - writes standard output.", {.min = 1})}};
}

namespace {

std::string summary(const ValuationReport& report, Language language) {
    std::string out = report.title.best(language) + "\n";
    const auto line = [&](std::string_view key, const Money& low, const Money& base, const Money& high) {
        out += fmt::format("  {}: {} · {} · {}\n", word(fmt::format("valued.{}", key), language), money_text(low), money_text(base), money_text(high));
    };
    for (const ApproachValue& one : report.approaches) {
        out += word(fmt::format("choice.valuation_approach.{}", name_of(one.approach)), language) + "\n";
        line("corners", one.low, one.base, one.high);
        line("draws", one.p10, one.p50, one.p90);
    }
    if (report.overlap_low)
        out += fmt::format("{}: {} – {}\n", word("valued.overlap", language), money_text(*report.overlap_low), money_text(*report.overlap_high));
    else if (report.approaches.size() > 1) out += word("valued.no_overlap", language) + "\n";
    out += word("valued.assumptions", language) + "\n";
    for (const AssumptionRow& row : report.assumptions)
        out += fmt::format("  {}: {}{}{}\n", row.input, row.range, row.source.empty() ? "" : " — " + row.source,
            row.sample ? " [" + word("valued.sample", language) + "]" : "");
    return out + report.method + "\n";
}

Result<int> value_file(const ValueOptions& options, Console& console) {
    auto plan = from_json<ValuationPlan>(TRY(read_file(options.in)));
    if (!plan) {
        if (plan.error().problems.empty()) return plan.error();
        return Error{plan.error().kind, "valuation.file", "The inputs in {path} are not right; every fault is named.", {{"path", options.in}},
            std::move(plan.error().problems)};
    }
    const ValuationReport report = report_of(plan.value(), console.language);
    const std::string json = indented(to_json(report)) + "\n";
    if (options.out) TRY(write_file(*options.out, json));
    if (options.out != "-") console.out(console.json ? json : summary(report, console.language));
    return 0;
}

} // namespace

Command value_command() { return command("deal", "value", "Value a technology by cost, market and income: always a range, with its assumptions.", value_file); }

} // namespace greenbank::deals
