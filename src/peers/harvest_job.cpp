// harvest_job.cpp — the course of a harvest: meeting the peer, page after page, the place to go on from, the end.
#include "peers/harvest_job.h"

#include <fmt/format.h>

#include "api/call.h"
#include "api/words.h"
#include "library/publishing/oai_repository.h"
#include "peers/page_writer.h"

namespace greenbank::peers {

namespace {

constexpr std::int64_t failures_max = 5; // harvests in a row; then somebody must look
constexpr int empty_pages_max = 20;
// What the peer wrote while it answered may carry an earlier date; what comes twice is recognised.
constexpr Duration overlap = seconds(60);

/// Where a list goes on; kept with the peer after every page.
struct KeptWalk {
    std::string token, remembered_token;
    std::optional<Time> response_date, from;
    std::int64_t pages = 0, records = 0, steps = 0, steps_max = 1;
    bool full = false;
    PeerFormat format = PeerFormat::dublin_core;
};
Record describe(const KeptWalk*) {
    return {"kept_walk", "Where a list goes on.",
        {
            field<&KeptWalk::token>("token", "To ask next."),
            field<&KeptWalk::remembered_token>("remembered_token", "For finding loops."),
            field<&KeptWalk::response_date>("response_date", "Of the first page."),
            field<&KeptWalk::from>("from", "What was asked."),
            field<&KeptWalk::pages>("pages", "Read."),
            field<&KeptWalk::records>("records", "Read."),
            field<&KeptWalk::steps>("steps", "For finding loops."),
            field<&KeptWalk::steps_max>("steps_max", "For finding loops."),
            field<&KeptWalk::full>("full", "What was asked."),
            field<&KeptWalk::format>("format", "What was asked."),
        }};
}

std::string kept(const oai::Walk& walk, const Harvest& harvest, PeerFormat format) {
    return to_json(KeptWalk{
        walk.token, walk.remembered_token, walk.response_date, harvest.from, walk.pages, walk.records, walk.steps, walk.steps_max, harvest.full, format});
}

class Course {
public:
    Course(JobRun& run, Fetch& fetch, const library::PublicAddress& address) : run_(run), fetch_(fetch), own_home_(address.host()) {}

    Result<std::string> go() {
        const HarvestRequest asked = TRY(from_json<HarvestRequest>(run_.request()));
        TRY(begin(asked));
        auto ended = read_list();
        TRY(end(ended ? nullptr : &ended.error()));
        if (!ended) return ended.error();
        return to_json(harvest_.counts);
    }

private:
    GoingOn going_on() {
        return [this] { return run_.report(harvest_.counts.records, harvest_.expected.value_or(0)); };
    }

    Result<Done> begin(const HarvestRequest& asked) {
        return run_.store().write([&](Transaction& transaction) -> Result<Done> {
            peer_ = TRY(transaction.get(asked.peer));
            // A job that runs again goes on with what it was asked for; its server died.
            const auto interrupted = TRY(transaction.find_one<Harvest>("peer = $1 AND state = 'running' ORDER BY started_at DESC LIMIT 1", {peer_.id.text}));
            TRY(transaction.execute(
                "UPDATE harvest SET state = 'failed', ended_at = $1 WHERE peer = $2 AND state = 'running'", {run_.now().microseconds, peer_.id.text}));
            harvest_.id = run_.caller().new_id<Harvest>();
            harvest_.peer = peer_.id.text;
            harvest_.job = peer_.job.value_or(Id<Job>{});
            harvest_.full = asked.full;
            harvest_.started_at = run_.now();
            if (!asked.full) harvest_.from = peer_.next_from;
            const bool same_job = interrupted && peer_.job && interrupted->job == *peer_.job;
            if (!peer_.walk.empty() && (!asked.full || same_job)) {
                const KeptWalk walk = TRY(from_json<KeptWalk>(peer_.walk, {.stored = true}));
                walk_ = {walk.token, walk.response_date, walk.pages, walk.records, walk.remembered_token, walk.steps, walk.steps_max};
                format_ = walk.format;
                harvest_.resumed = true;
                harvest_.full = walk.full;
                harvest_.from = walk.from;
            }
            return transaction.insert(harvest_);
        });
    }

    Result<Done> read_list() {
        const Acquaintance met = TRY(meet(fetch_, peer_, own_home_, going_on()));
        if (!harvest_.resumed) format_ = met.format;
        TRY(run_.store().write([&](Transaction& transaction) { return remember(transaction, peer_, met, run_.now()); }));
        peer_.home = met.home;
        PageWriter writer(run_, peer_, own_home_, harvest_);
        int empty_pages = 0;
        while (true) {
            const oai::HarvestRequest request{.base_url = peer_.base_url,
                .format = format_ == PeerFormat::greenbank ? std::string(library::full_format_prefix) : std::string(oai::dublin_core_prefix),
                .set = peer_.set,
                .from = harvest_.from,
                .granularity = met.granularity};
            const std::string url = walk_.token.empty() ? oai::first_request(request) : oai::next_request(peer_.base_url, walk_.token);
            auto read = oai::read_page(TRY(ask(fetch_, url, going_on())), {.full_space = std::string(library::full_format_space)});
            if (!read && read.error().code == "oai.peer_token" && !begun_anew_) { // it keeps tokens for some time only
                walk_ = {};
                begun_anew_ = true;
                continue;
            }
            const oai::PageOfRecords page = TRY(std::move(read));
            const bool more = TRY(oai::advance(walk_, page, {.records_max = peer_.records_max}));
            empty_pages = page.records.empty() && page.problems.empty() ? empty_pages + 1 : 0;
            if (empty_pages > empty_pages_max) return Error{Failure::conflict, "peer.empty_pages", "The peer gives page after page without a record."};
            if (page.complete_size) harvest_.expected = page.complete_size;
            TRY(writer.write(page, more ? kept(walk_, harvest_, format_) : ""));
            if (harvest_.counts.refused > peer_.faults_max)
                return Error{Failure::conflict, "peer.too_many_faults", "More than {limit} records were faulty; the peer is paused until somebody has looked.",
                    {{"limit", std::to_string(peer_.faults_max)}}};
            if (!run_.report(harvest_.counts.records, harvest_.expected.value_or(0),
                    sentence("harvest.progress", "{records} records, {refused} refused",
                        {{"records", std::to_string(harvest_.counts.records)}, {"refused", std::to_string(harvest_.counts.refused)}}, run_.caller().language)))
                return Error{Failure::conflict, "job.stopped", "The job was stopped."};
            if (!more) return Done{};
        }
    }

    /// How it ended, for the log and for the next harvest. A cancelled one may go on from its page.
    Result<Done> end(const Error* error) {
        const Time now = run_.now();
        const bool stopped = error && error->code == "job.stopped";
        harvest_.state = !error ? HarvestState::done : stopped ? HarvestState::cancelled : HarvestState::failed;
        harvest_.ended_at = now;
        if (error && !stopped) harvest_.error = fill_in(error->message, error->parameters);
        return run_.store().write([&](Transaction& transaction) -> Result<Done> {
            Harvest stored = harvest_;
            TRY(transaction.update(stored));
            const auto due = peer_.every_hours ? Value{(now + hours(*peer_.every_hours)).microseconds} : Value{};
            if (!error) {
                const Value from = walk_.response_date ? Value{(*walk_.response_date - overlap).microseconds} : Value{};
                TRY(transaction.execute("UPDATE peer SET next_from = $1, harvested_at = $2, due_at = $3, failures = 0, walk = '' WHERE id = $4",
                    {from, now.microseconds, due, peer_.id.text}));
                return Done{};
            }
            if (stopped) return Done{};
            TRY(transaction.execute("UPDATE peer SET failures = failures + 1, due_at = $1 WHERE id = $2", {due, peer_.id.text}));
            if (error->code == "peer.too_many_faults") TRY(pause(transaction, PauseReason::faults, "id = $2"));
            else TRY(pause(transaction, PauseReason::failures, fmt::format("id = $2 AND failures >= {}", failures_max)));
            // A list that would never end is not gone on with.
            if (error->code.starts_with("oai.") || error->code == "peer.empty_pages")
                TRY(transaction.execute("UPDATE peer SET walk = '' WHERE id = $1", {peer_.id.text}));
            return Done{};
        });
    }

    Result<Done> pause(Transaction& transaction, PauseReason reason, std::string_view where) const {
        TRY(transaction.execute(
            fmt::format("UPDATE peer SET paused = true, pause_reason = $1, due_at = NULL WHERE {}", where), {std::string(name_of(reason)), peer_.id.text}));
        return Done{};
    }

    JobRun& run_;
    Fetch& fetch_;
    const std::string own_home_;
    Peer peer_;
    Harvest harvest_;
    oai::Walk walk_;
    PeerFormat format_ = PeerFormat::dublin_core;
    bool begun_anew_ = false;
};

/// Removes everything that came from a peer, a batch at a time.
Result<std::string> forget(JobRun& run) {
    constexpr int batch = 200;
    const HarvestRequest asked = TRY(from_json<HarvestRequest>(run.request()));
    std::int64_t total = 0, done = 0, removed = 0;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
        total = as_integer(TRY(transaction.query("SELECT COUNT(*) FROM harvested WHERE peer = $1", {asked.peer.text})).single());
        return Done{};
    }));
    do {
        TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
            transaction.capture_changes = false;
            removed = 0;
            for (const Harvested& one : TRY(transaction.find<Harvested>(fmt::format("peer = $1 LIMIT {}", batch), {asked.peer.text}))) {
                ++removed;
                TRY(erase_copy(transaction, one));
                TRY(transaction.erase(one.id));
            }
            if (removed < batch)
                TRY(transaction.execute("UPDATE peer SET next_from = NULL, walk = '', home = '', harvested_at = NULL WHERE id = $1", {asked.peer.text}));
            return Done{};
        }));
        if (!run.report(done += removed, std::max(total, done))) return Error{Failure::conflict, "job.stopped", "The job was stopped."};
    } while (removed == batch);
    return fmt::format(R"({{"removed":{}}})", done);
}

} // namespace

Record describe(const HarvestRequest*) {
    return {"harvest_request", "Which peer, and how much of it.",
        {field<&HarvestRequest::peer>("peer", "The peer."),
            field<&HarvestRequest::full>("full", "Everything, not only what changed since the last harvest.", {.defaulted = true})}};
}

Result<Job> start_harvest(Transaction& transaction, const Caller& caller, Peer peer, bool full) {
    if (peer.paused) return Error{Failure::conflict, "peer.paused", "The peer is paused; let it go on first."};
    TRY(allow_one_job(transaction, peer));
    Job job = TRY(start_job(transaction, caller, "peer_harvest", to_json(HarvestRequest{peer.id, full})));
    TRY(transaction.execute("UPDATE peer SET job = $1 WHERE id = $2", {job.id.text, peer.id.text}));
    return job;
}

std::vector<JobKind> harvest_jobs(Fetch& fetch, const library::PublicAddress& address) {
    return {
        {"peer_harvest", "Harvest what is new at a peer.", Right{"bank.peers"}, [&fetch, &address](JobRun& run) { return Course(run, fetch, address).go(); }},
        {"peer_forget", "Remove everything that came from a peer.", Right{"bank.peers"}, forget},
    };
}

} // namespace greenbank::peers
