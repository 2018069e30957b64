// endpoints.cpp — starting a run, reading runs and results, and results as files.
#include <fmt/format.h>

#include "api/call.h"
#include "library/publishing/exports.h"
#include "match/batch/batch.h"
#include "projects/access.h"

namespace greenbank::match {

struct RunStart {
    std::int64_t top = 20;
};
Record describe(const RunStart*) {
    return {"match_run_start", "How a run shall be.",
        {field<&RunStart::top>("top", "How many technologies it names for each need.", {.min = 1, .max = 100, .defaulted = true})}};
}
struct RunKey {
    Id<MatchRun> id;
};
Record describe(const RunKey*) { return {"match_run_key", "Names a run.", {field<&RunKey::id>("id", "Its id.")}}; }
struct ResultKey {
    Id<MatchResult> id;
};
Record describe(const ResultKey*) { return {"match_result_key", "Names a result.", {field<&ResultKey::id>("id", "Its id.")}}; }

namespace {

Result<Reply<MatchRun>> match_run_start(Transaction& transaction, const Caller& caller, const RunStart& start) {
    if (TRY(transaction.find_one<MatchRun>("state = 'running'", {})))
        return Error{Failure::conflict, "match.run_busy", "A run is at work already; wait until it is done, or cancel it."};
    auto person_name = TRY(projects::person_name(transaction, caller));
    MatchRun run{.id = caller.new_id<MatchRun>(),
        .job = {},
        .top = start.top,
        .person = caller.actor.person,
        .person_name = std::move(person_name),
        .started_at = caller.now};
    if (const auto last = TRY(transaction.find_one<MatchRun>("state = 'done' AND kept = true ORDER BY started_at DESC, id DESC LIMIT 1", {})))
        run.previous = last->id;
    run.job = TRY(start_job(transaction, caller, "match_run", fmt::format(R"({{"run":"{}"}})", run.id.text))).id;
    TRY(transaction.insert(run));
    return Reply<MatchRun>{.body = std::move(run), .status = 201};
}

Result<Page<MatchRun>> match_run_list(Transaction& transaction, const Caller& caller, const ListOf<MatchRun>& list) {
    return list_page<MatchRun>(transaction, caller, list);
}
Result<MatchRun> match_run_get(Transaction& transaction, const Caller&, const RunKey& key) { return transaction.get(key.id); }
Result<Page<MatchResult>> match_result_list(Transaction& transaction, const Caller& caller, const ListOf<MatchResult>& list) {
    return list_page<MatchResult>(transaction, caller, list);
}
Result<MatchResult> match_result_get(Transaction& transaction, const Caller&, const ResultKey& key) { return transaction.get(key.id); }

/// A row for each technology of each need, in the order of the list.
Result<Response> match_result_export(Store& store, const Caller& caller, const library::ExportOf<MatchResult>& asked) {
    const auto file = TRY(library::make_export(record_of<MatchLine>(), asked.format, caller));
    ListOf<MatchResult> page_asked = asked.list;
    page_asked.limit = list_limit_max;
    constexpr std::size_t rows_max = 1'000'000;
    for (std::size_t rows = 0; rows < rows_max;) {
        Page<MatchResult> page;
        TRY(store.read([&](Transaction& transaction) -> Result<Done> { return page = TRY(match_result_list(transaction, caller, page_asked)), Done{}; }));
        for (const MatchResult& result : page.items)
            for (const MatchLine& line : lines_of(result)) {
                TRY(file->row(&line));
                ++rows;
            }
        if (!page.next) break;
        page_asked.cursor = *page.next;
    }
    return file->finish();
}

} // namespace

std::vector<Endpoint> batch_endpoints() {
    return {
        // clang-format off
        {"match_run_start", Method::post, "/match/runs", "Match all open needs against the whole library, as a job.", Mode::write, run_matches, call(match_run_start)},
        {"match_run_list", Method::get, "/match/runs", "Runs over all open needs.", Mode::read, run_matches, call(match_run_list)},
        {"match_run_get", Method::get, "/match/runs/{id}", "One run.", Mode::read, run_matches, call(match_run_get)},
        {"match_result_list", Method::get, "/match/results", "What a run found, need by need.", Mode::read, run_matches, call(match_result_list)},
        {"match_result_export", Method::get, "/match/results/export", "What a run found as a file, a row for each technology of each need.", Mode::compute, run_matches, call(match_result_export)},
        {"match_result_get", Method::get, "/match/results/{id}", "What a run found for one need.", Mode::read, run_matches, call(match_result_get)},
        // clang-format on
    };
}

Check batch_check() {
    return {"match_results", "What each criterion adds sums to the score of every kept match, and ranks fall.",
        [](Transaction& transaction, CheckRun& run) -> Result<std::int64_t> {
            std::int64_t examined = 0;
            for (std::string last;;) {
                const auto page = TRY(transaction.find<MatchResult>("id > $1 ORDER BY id LIMIT 200", {last}));
                for (const MatchResult& result : page) {
                    ++examined;
                    std::int64_t above = points_full;
                    for (const MatchFound& found : result.items) {
                        std::int64_t sum = 0;
                        for (const std::int64_t part : found.contribution_points) sum += part;
                        if (sum != found.score_points || found.score_points > above)
                            run.found({fmt::format("match_result/{}", result.id.text), "match.result_sum",
                                "What the criteria add does not sum to the score, or the order is wrong."});
                        above = found.score_points;
                    }
                }
                if (page.size() < 200) return examined;
                last = page.back().id.text;
                run.progress(examined, 0);
            }
        }};
}

} // namespace greenbank::match
