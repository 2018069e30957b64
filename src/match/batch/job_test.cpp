// job_test.cpp — a run that is stopped goes on where its mark stands, names every need once, and knows what the run before named.
#include <doctest/doctest.h>

#include "api/migrations.h"
#include "match/batch/batch.h"
#include "match/test_bank.h"
#include "store/store_under_test.h"

namespace greenbank::embedded {
extern const EmbeddedFile match_migrations[];
extern const std::size_t match_migrations_count;
} // namespace greenbank::embedded

namespace greenbank::match {
namespace {

constexpr Time start{1'795'900'000'000'000};

/// Reports as often as it may, then wants to stop.
class TestRun final : public JobRun {
public:
    TestRun(Store& store, std::string request, int reports_left) : store_(store), request_(std::move(request)), reports_left_(reports_left) {
        caller_.now = start;
        static std::uint64_t seed = 77;
        caller_.random = Random(++seed); // ids of two runs at one moment differ
    }
    bool report(std::int64_t done, std::int64_t, const std::string&) override {
        done_ = done;
        return --reports_left_ > 0;
    }
    Result<Done> checkpoint(const std::string& json) override { return mark = json, Done{}; }
    std::string last_checkpoint() const override { return mark; }
    Store& store() override { return store_; }
    const Caller& caller() const override { return caller_; }
    Time now() const override { return start + seconds(9); }
    const std::string& request() const override { return request_; }
    bool cancelled() const override { return false; }

    std::string mark;

private:
    Store& store_;
    std::string request_;
    Caller caller_;
    int reports_left_;
    std::int64_t done_ = 0;
};

struct Office {
    explicit Office(const Database& database) : store(database.open()), matcher(sample_bank()) {
        auto migrations = migrations_of("api", embedded::api_migrations, embedded::api_migrations_count);
        for (Migration& one : migrations_of("match", embedded::match_migrations, embedded::match_migrations_count)) migrations.push_back(std::move(one));
        const auto migrated = store->migrate(migrations);
        REQUIRE_MESSAGE(migrated, failure_of(migrated));
    }
    Id<MatchRun> begin(const std::optional<Id<MatchRun>>& previous) {
        MatchRun run{.id = Id<MatchRun>("matchrun_" + std::to_string(++count)),
            .job = Id<Job>("job_" + std::to_string(count)),
            .top = 5,
            .previous = previous,
            .started_at = start + seconds(count)};
        Job job{.id = run.job, .kind = "match_run", .created_at = start, .heartbeat_at = start};
        const auto written = store->write([&](Transaction& transaction) -> Result<Done> {
            TRY(transaction.insert(job));
            return transaction.insert(run);
        });
        REQUIRE_MESSAGE(written, failure_of(written));
        return run.id;
    }
    /// The job's answer; runs it again from its mark as long as it is stopped.
    Result<std::string> work(const Id<MatchRun>& id, int reports) {
        const auto kind = batch_jobs(*matcher, 7).at(0);
        std::string mark;
        for (int attempt = 0; attempt < 50; ++attempt) {
            TestRun run(*store, R"({"run":")" + id.text + R"("})", reports + attempt);
            run.mark = mark;
            auto done = kind.run(run);
            if (done || done.error().code != "job.stopped") return done;
            mark = attempt % 2 ? run.mark : mark; // now and then the last mark was lost with its server
        }
        return Error{Failure::internal, "test.endless", "It never ends."};
    }
    std::vector<MatchResult> results(const Id<MatchRun>& id) {
        std::vector<MatchResult> found;
        REQUIRE(store->read(
            [&](Transaction& transaction) -> Result<Done> { return found = TRY(transaction.find<MatchResult>("run = $1 ORDER BY need", {id.text})), Done{}; }));
        return found;
    }
    MatchRun run(const Id<MatchRun>& id) {
        MatchRun found;
        REQUIRE(store->read([&](Transaction& transaction) -> Result<Done> { return found = TRY(transaction.get(id)), Done{}; }));
        return found;
    }

    std::unique_ptr<Store> store;
    std::unique_ptr<Matcher> matcher;
    int count = 0;
};

} // namespace

TEST_CASE("a run that is stopped again and again names every need once") {
    on_each_engine([](const Database& database) {
        Office office(database);
        const auto first = office.begin({});
        const auto done = office.work(first, 1);
        REQUIRE_MESSAGE(done, failure_of(done));
        const auto results = office.results(first);
        REQUIRE(results.size() == sample_needs().size());
        for (std::size_t i = 0; i < results.size(); ++i) {
            CHECK(results[i].need == sample_needs()[i].id);
            CHECK(results[i].fresh == 0);
        }
        const MatchRun run = office.run(first);
        CHECK((run.state == RunState::done && run.needs == 40 && run.answered == 40 && run.fresh == 0));

        // Two technologies less and one more: what is gone and what is new is told.
        office.matcher->erase("tech_sample_island_wind");
        library::Technology twin = sample_technologies()[0];
        for (const library::Technology& one : sample_technologies())
            if (one.id.text == "tech_sample_island_pv") twin = one;
        twin.id = Id<library::Technology>("tech_twin");
        office.matcher->put(twin);
        const auto second = office.begin(first);
        REQUIRE(office.work(second, 100));
        for (const MatchResult& result : office.results(second)) {
            if (result.need.text != "need_sample_island_power") continue;
            CHECK((result.fresh == 1 && result.gone == 1));
            for (const MatchFound& found : result.items) CHECK(found.fresh == (found.technology.text == "tech_twin"));
        }
        CHECK(office.run(second).fresh >= 1);
        REQUIRE(office.store->read([&](Transaction& transaction) -> Result<Done> {
            CheckRun check{.found = [](const Problem& problem) { FAIL(problem.field); }};
            CHECK(TRY(batch_check().run(transaction, check)) == 80);
            return Done{};
        }));
    });
}

TEST_CASE("results of old runs go, what they came to stays") {
    on_each_engine([](const Database& database) {
        Office office(database);
        std::vector<Id<MatchRun>> runs;
        for (int i = 0; i < 8; ++i) {
            runs.push_back(office.begin(runs.empty() ? std::nullopt : std::optional(runs.back())));
            REQUIRE(office.work(runs.back(), 100));
        }
        for (std::size_t i = 0; i < runs.size(); ++i) {
            CHECK(office.run(runs[i]).kept == (i >= 2));
            CHECK(office.results(runs[i]).size() == (i >= 2 ? 40U : 0U));
            CHECK(office.run(runs[i]).answered == 40);
        }
    });
}

} // namespace greenbank::match
