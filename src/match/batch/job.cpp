// job.cpp — a run as a job: chunk by chunk, each written with the mark up to which it has come. A runner that dies leaves a mark
// from which the next one goes on; what it wrote behind the mark is written again.
#include <thread>

#include <fmt/format.h>

#include "match/batch/batch.h"
#include "json/json.h"

namespace greenbank::match {

namespace {

constexpr std::size_t runs_kept = 6; // with their results

struct RunRequest {
    Id<MatchRun> run;
};
Record describe(const RunRequest*) { return {"match_run_request", "Which run.", {field<&RunRequest::run>("run", "The run.")}}; }

/// Up to which need it has come, and the sums so far.
struct RunMark {
    std::string after;
    std::int64_t done = 0, answered = 0, fresh = 0;
};
Record describe(const RunMark*) {
    return {"match_run_mark", "How far a run has come.",
        {field<&RunMark::after>("after", "The last need."), field<&RunMark::done>("done", "Needs done."),
            field<&RunMark::answered>("answered", "With a technology."), field<&RunMark::fresh>("fresh", "New technologies.")}};
}

/// Half the processors, so that people are served meanwhile.
unsigned threads_of_a_run() { return std::max(1U, std::thread::hardware_concurrency() / 2); }

Result<Done> end_run(JobRun& run, const Id<MatchRun>& id, RunState state, const RunMark& mark) {
    return run.store().write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false;
        MatchRun stored = TRY(transaction.get(id));
        stored.state = state;
        stored.answered = mark.answered;
        stored.fresh = mark.fresh;
        stored.ended_at = run.now();
        return transaction.update(stored);
    });
}

/// A run whose job has ended without it says so, with what it had come to.
Result<Done> given_up(Transaction& transaction, const std::string& job, Time now) {
    const Job ended = TRY(transaction.get(Id<Job>(job)));
    for (MatchRun& run : TRY(transaction.find<MatchRun>("job = $1 AND state = 'running'", {job}))) {
        run.state = ended.cancel_requested ? RunState::cancelled : RunState::failed;
        run.ended_at = now;
        TRY(transaction.update(run));
    }
    return Done{};
}

/// Results of the run before for these needs, by need.
Result<std::map<std::string, MatchResult>> before_of(Store& store, const MatchRun& run, const std::string& after, const std::string& last) {
    std::map<std::string, MatchResult> before;
    if (!run.previous) return before;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        for (MatchResult& one : TRY(transaction.find<MatchResult>("run = $1 AND need > $2 AND need <= $3", {run.previous->text, after, last})))
            before.emplace(one.need.text, std::move(one));
        return Done{};
    }));
    return before;
}

Result<Done> write_chunk(JobRun& run, const MatchRun& stored, std::vector<MatchResult>& results, const std::string& after) {
    for (MatchResult& result : results) {
        result.id = make_id<MatchResult>(run.now(), run.caller().random);
        result.run = stored.id;
    }
    return run.store().write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false;
        TRY(transaction.execute("DELETE FROM match_result WHERE run = $1 AND need > $2", {stored.id.text, after}));
        std::vector<const void*> rows;
        for (const MatchResult& result : results) rows.push_back(&result);
        return transaction.insert_many(record_of<MatchResult>(), rows);
    });
}

/// Results of old runs go, what they came to stays.
Result<Done> forget_old(JobRun& run) {
    return run.store().write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false;
        for (MatchRun& old : TRY(transaction.find<MatchRun>(fmt::format("kept = true ORDER BY started_at DESC, id DESC LIMIT 50")))) {
            const auto newer = as_integer(
                TRY(transaction.query("SELECT COUNT(*) FROM match_run WHERE kept = true AND started_at > $1", {old.started_at.microseconds})).single());
            if (newer < static_cast<std::int64_t>(runs_kept)) continue;
            TRY(transaction.execute("DELETE FROM match_result WHERE run = $1", {old.id.text}));
            old.kept = false;
            TRY(transaction.update(old));
        }
        return Done{};
    });
}

Result<std::string> work(JobRun& run, Matcher& matcher, std::size_t chunk) {
    const auto request = TRY(from_json<RunRequest>(run.request()));
    RunMark mark;
    if (const std::string last = run.last_checkpoint(); !last.empty()) mark = TRY(from_json<RunMark>(last));
    MatchRun stored;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> { return stored = TRY(transaction.get(request.run)), Done{}; }));
    const auto moment = matcher.moment();
    const Date today = date_of(stored.started_at);
    const auto total = static_cast<std::int64_t>(open_needs_after(*moment, "", moment->needs->entries.size(), today).size());
    TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false;
        stored = TRY(transaction.get(request.run));
        stored.needs = total;
        stored.technologies = static_cast<std::int64_t>(moment->technologies->entries.size());
        stored.weights_edition = moment->judging->edition.edition;
        return transaction.update(stored);
    }));
    for (;;) {
        const auto needs = open_needs_after(*moment, mark.after, chunk, today);
        if (needs.empty()) break;
        auto results = match_all(*moment, needs, static_cast<std::size_t>(stored.top), threads_of_a_run());
        const std::string last = needs.back()->need.id.text;
        const auto before = TRY(before_of(run.store(), stored, mark.after, last));
        for (MatchResult& result : results) {
            const auto at = before.find(result.need.text);
            compare(result, at == before.end() ? nullptr : &at->second);
            mark.answered += !result.items.empty();
            mark.fresh += result.fresh;
        }
        TRY(write_chunk(run, stored, results, mark.after));
        mark.after = last;
        mark.done += static_cast<std::int64_t>(results.size());
        TRY(run.checkpoint(to_json(mark)));
        if (run.report(mark.done, total)) continue;
        if (run.cancelled()) TRY(end_run(run, stored.id, RunState::cancelled, mark));
        return Error{Failure::conflict, "job.stopped", "The job was stopped."};
    }
    TRY(end_run(run, stored.id, RunState::done, mark));
    TRY(forget_old(run));
    return fmt::format(R"({{"run":"{}","needs":{},"answered":{},"fresh":{}}})", stored.id.text, mark.done, mark.answered, mark.fresh);
}

} // namespace

std::vector<JobKind> batch_jobs(Matcher& matcher, std::size_t chunk) {
    return {{"match_run", "Matches all open needs against the whole library.", run_matches,
        [&matcher, chunk](JobRun& run) { return work(run, matcher, chunk); }, given_up}};
}

} // namespace greenbank::match
