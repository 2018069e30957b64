// stress_files.cpp — a stress from a file: the same engine as behind the page.
#include "finance/stress/stress_files.h"

#include <fmt/format.h>

#include "api/files.h"
#include "finance/stress/records.h"
#include "sheets/named_rows.h"
#include "json/json.h"

namespace greenbank::finance {

struct StressOptions {
    std::string in;
};
Record describe(const StressOptions*) {
    return {"risk_stress_options", "Which book, and what happens to it.",
        {field<&StressOptions::in>("in", "JSON of a book and a scenario, as /stress-runs/{id}/input gives it.", {.min = 1})}};
}

namespace {

Result<int> run_stress_file(const StressOptions& options, Console& console) {
    const std::string heading = "The book in {path} is not right; every fault is named.";
    const StressInput input = TRY(sheets::in_file(from_json<StressInput>(TRY(read_file(options.in))), "stress.file", heading, options.in));
    const StressReport report = TRY(sheets::in_file(report_of(input), "stress.file", heading, options.in));
    if (console.json) {
        console.out(to_json(report) + "\n");
        return 0;
    }
    const auto money = [&](std::int64_t minor) { return amount_text({minor, input.currency}) + " " + input.currency; };
    std::string lines = fmt::format(
        "carbon {}\noutput {}\ncredit {}\ntotal  {}\n", money(report.carbon_loss), money(report.output_loss), money(report.credit_loss), money(report.total));
    for (const StressCall& one : report.calls) lines += fmt::format("  call   {}: {} t more, {}\n", one.pledge, one.tonnes_wanted, money(one.amount));
    for (const StressPayout& one : report.payouts) lines += fmt::format("  cover  {}: {} pays {}\n", one.cover, one.insurer, money(one.paid));
    for (const StressLoanLoss& one : report.loans)
        if (one.after != one.before) lines += fmt::format("  loan   {}: {} to {}\n", one.loan, name_of(one.before), name_of(one.after));
    for (const StressPart& one : report.losses) lines += fmt::format("  bears  {}: {}\n", one.party, money(one.amount));
    console.out(lines);
    return 0;
}

} // namespace

Command stress_command() { return command("risk", "stress", "Strike a book: carbon prices, weather, a sector; who bears what.", run_stress_file); }

} // namespace greenbank::finance
