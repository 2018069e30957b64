// triage_files.cpp — the queue out of a file: what the desk would rank, for those who check the rules without our server.
#include <fmt/format.h>

#include "api/files.h"
#include "api/words.h"
#include "services/requests/triage.h"
#include "json/json.h"

namespace greenbank::services {

struct TriageOptions {
    std::string in;
    std::optional<std::string> rules, out;
};
Record describe(const TriageOptions*) {
    return {"triage_options", "Which requests, by which rules.",
        {field<&TriageOptions::in>("in", "Requests, JSON; - reads standard input.", {.min = 1}),
            field<&TriageOptions::rules>("rules", "Rules, JSON as /api/v1/service-rules has them; left out: the bank's own.", {.min = 1}),
            field<&TriageOptions::out>("out", "The queue to write, JSON; - writes standard output.", {.min = 1})}};
}

struct TriageCase {
    std::string id, country;
    TechnologyField field = TechnologyField::energy_carbon;
    ServiceKind kind = ServiceKind::consulting;
    Time submitted_at;
    std::vector<EligibilityFinding> eligibility;
    std::vector<PriorityFinding> priority;
};
Record describe(const TriageCase*) {
    return {"triage_case", "A request with what was found about it.",
        {field<&TriageCase::id>("id", "What to call it.", {.min = 1, .max = 200}),
            field<&TriageCase::country>("country", "Where help is wanted.", {.min = 2, .max = 2}), field<&TriageCase::field>("field", "In which field."),
            field<&TriageCase::kind>("kind", "What kind of help."), field<&TriageCase::submitted_at>("submitted_at", "When it was submitted."),
            field<&TriageCase::eligibility>("eligibility", "All criteria of eligibility.", {.max = 40}),
            field<&TriageCase::priority>("priority", "Criteria of priority.", {.max = 40})}};
}
struct TriageRunning {
    std::string country;
    TechnologyField field = TechnologyField::energy_carbon;
    ServiceKind kind = ServiceKind::consulting;
};
Record describe(const TriageRunning*) {
    return {"triage_running", "A request that is at work already.",
        {field<&TriageRunning::country>("country", "Where.", {.min = 2, .max = 2}), field<&TriageRunning::field>("field", "In which field."),
            field<&TriageRunning::kind>("kind", "What kind.")}};
}
struct TriageFile {
    std::vector<TriageCase> requests;
    std::vector<TriageRunning> running;
};
static void check_file(const void* value, Problems& problems) {
    const auto& file = *static_cast<const TriageFile*>(value);
    for (std::size_t i = 0; i < file.requests.size(); ++i)
        if (std::count_if(file.requests.begin(), file.requests.end(), [&](const TriageCase& one) { return one.id == file.requests[i].id; }) > 1)
            problems.push_back({fmt::format("requests[{}].id", i), "triage.same_id", "Another request has this id as well."});
}
Record describe(const TriageFile*) {
    return {"triage_file", "Requests to rank, beside those at work.",
        {field<&TriageFile::requests>("requests", "Those to rank.", {.max = 10'000}),
            field<&TriageFile::running>("running", "Those at work.", {.max = 10'000})},
        check_file};
}

struct TriageRank {
    std::string id;
    Eligibility eligibility = Eligibility::open;
    std::optional<std::int64_t> rank, score_points;
    std::vector<ScoreLine> score;
    bool in_round = false;
    std::optional<BalanceAxis> held_by;
};
Record describe(const TriageRank*) {
    using Rank = TriageRank;
    return {"triage_rank", "A request and its place.",
        {field<&Rank::id>("id", "Which."), field<&Rank::eligibility>("eligibility", "Open, eligible or not."),
            field<&Rank::rank>("rank", "Its place; absent where it is not eligible."), field<&Rank::score_points>("score_points", "Its points."),
            field<&Rank::score>("score", "The parts of these."), field<&Rank::in_round>("in_round", "It is in the round."),
            field<&Rank::held_by>("held_by", "It waits for the balance.")}};
}
struct TriageOutcome {
    std::string edition;
    std::vector<TriageRank> items;
};
Record describe(const TriageOutcome*) {
    return {"triage_outcome", "The queue.",
        {field<&TriageOutcome::edition>("edition", "Of the rules."), field<&TriageOutcome::items>("items", "In order, the ineligible at the end.")}};
}

namespace {

TriageOutcome outcome_of(const ServiceRules& rules, const TriageFile& file) {
    std::vector<BalanceKey> running;
    for (const TriageRunning& one : file.running) running.push_back(balance_key(rules, one.country, one.field, one.kind));
    std::vector<QueuedRequest> queue;
    for (const TriageCase& one : file.requests)
        queue.push_back({one.id, one.submitted_at, eligibility_of(rules, one.eligibility), grades_of(rules, one.priority),
            balance_key(rules, one.country, one.field, one.kind)});
    TriageOutcome outcome{rules.edition, {}};
    for (const RankedRequest& one : rank_queue(triage_rules(rules), queue, running))
        outcome.items.push_back({one.id, Eligibility::eligible, one.rank, one.score_points, score_lines(rules, one), one.in_round, one.held_by});
    for (const QueuedRequest& one : queue)
        if (one.eligibility != Eligibility::eligible) outcome.items.push_back({one.id, one.eligibility, {}, {}, {}, false, {}});
    return outcome;
}

std::string summary(const TriageOutcome& outcome, Language language) {
    std::string out;
    for (const TriageRank& one : outcome.items) {
        out += one.rank ? fmt::format("{:>3}  {:>5}  {}", *one.rank, *one.score_points, one.id) : fmt::format("  -      -  {}", one.id);
        if (!one.rank) out += "  " + word(fmt::format("choice.eligibility.{}", name_of(one.eligibility)), language);
        else if (one.in_round) out += "  " + word("triage.in_round", language);
        else if (one.held_by)
            out += "  " + fill_in(word("triage.held_by", language), {{"axis", word(fmt::format("choice.balance_axis.{}", name_of(*one.held_by)), language)}});
        out += "\n";
    }
    return out;
}

Result<int> triage_file(const TriageOptions& options, Console& console) {
    ServiceRules rules = service_rules();
    if (options.rules) rules = TRY(read_service_rules(TRY(read_file(*options.rules))));
    const TriageFile file = TRY(from_json<TriageFile>(TRY(read_file(options.in))));
    Problems problems;
    for (std::size_t i = 0; i < file.requests.size(); ++i) {
        Problems found;
        check_findings(rules, file.requests[i].eligibility, file.requests[i].priority, fmt::format("requests[{}].", i), found);
        for (Problem& one : found) // what is not answered is open, and said so; what the rules do not have is wrong
            if (one.code != "triage.unanswered") problems.push_back(std::move(one));
    }
    if (!problems.empty()) return invalid(std::move(problems));
    const TriageOutcome outcome = outcome_of(rules, file);
    const std::string json = indented(to_json(outcome)) + "\n";
    if (options.out) TRY(write_file(*options.out, json));
    if (options.out != "-") console.out(console.json ? json : summary(outcome, console.language));
    return 0;
}

} // namespace

Command triage_command() { return command("services", "triage", "Rank requests for help: eligible or not, points of priority, balance.", triage_file); }

} // namespace greenbank::services
