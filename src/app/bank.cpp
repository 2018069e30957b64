// bank.cpp — putting the bank together.
#include "app/bank.h"

#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>

#include "api/openapi.h"
#include "kernel/log.h"
#include "library/finding.h"
#include "match/following.h"
#include "parties/secrets.h"
#include "search/groonga.h"
#include "search/naive.h"
#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"

namespace greenbank::app {

namespace {

std::vector<Migration> migrations_of_all(const std::vector<Slice>& slices) {
    std::vector<Migration> migrations;
    for (const Slice& slice : slices) migrations.insert(migrations.end(), slice.migrations.begin(), slice.migrations.end());
    return migrations;
}

Result<Done> make_folder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return Error{Failure::unavailable, "data.folder", "The folder {path} cannot be made: {reason}", {{"path", path}, {"reason", error.message()}}};
    return Done{};
}

std::string server_name() {
    char host[256] = "server";
    gethostname(host, sizeof host - 1);
    return fmt::format("{}:{}:{:08x}", host, getpid(), parties::random_number() & 0xFFFFFFFF);
}

/// Random numbers for ids: unpredictable enough, and without a system call for each request.
std::uint64_t next_seed() {
    thread_local Random random(parties::random_number());
    return random.next();
}

} // namespace

Result<std::unique_ptr<Store>> open_store(const Settings& settings) {
    std::unique_ptr<Store> store;
    if (settings.database.empty()) {
        TRY(make_folder(settings.data));
        store = TRY(open_sqlite(settings.data + "/greenbank.db"));
    } else {
        store = TRY(open_postgres(settings.database, settings.database_readers));
    }
    TRY(store->migrate(migrations_of_all(slices_without_a_bank())));
    for (const Slice& slice : slices_without_a_bank()) TRY(check_tables(*store, slice.records));
    return store;
}

std::vector<Slice> slices_without_a_bank() {
    // The rows hold references to these rooms, but nobody calls them.
    static std::unique_ptr<search::Index> index = search::make_naive_index({}).value();
    static match::Matcher matcher(match::compiled_in_weights());
    static std::unique_ptr<Store> no_store;
    static parties::Access access(*no_store, {});
    static const library::PublicAddress nowhere;
    static http::Fetcher nobody({});
    return slices({access, *index, matcher, nowhere, nobody});
}

Result<std::unique_ptr<Bank>> Bank::open(const Settings& settings) {
    std::unique_ptr<Bank> bank(new Bank);
    bank->store_ = TRY(open_store(settings));
    Store& store = *bank->store_;
    TRY(make_folder(settings.data));
    bank->access_ = std::make_unique<parties::Access>(store, parties::Settings{.version = version});
    // Several servers on one machine may share the data folder's parent, never an index.
    bank->index_ = TRY(search::open_groonga_index(settings.data + "/search", library::search_setup(library::reference())));
    bank->matcher_ = std::make_unique<match::Matcher>(match::compiled_in_weights());
    bank->fetch_ = std::make_unique<http::Fetcher>(settings.fetch);
    bank->slices_ = slices({*bank->access_, *bank->index_, *bank->matcher_, bank->address_, *bank->fetch_});
    for (const Slice& slice : bank->slices_) bank->access_->learn(slice.rights);
    bank->openapi_ = greenbank::openapi(bank->slices_, version);

    if (settings.sample) {
        // A bank that ever held anything has announced it; one that was emptied on purpose stays empty.
        bank->created_ = TRY(store.announcements("", 1)).changes.empty();
        if (bank->created_) log(Level::info, "sample_loaded", fmt::format("{} records", TRY(load_samples(store, sample_sets(), clock_now()))));
    }
    TRY(bank->follow());

    bank->dispatcher_ = std::make_unique<Dispatcher>(store, bank->slices_, *bank->access_, DispatcherSettings{.clock = clock_now, .seed = next_seed});
    std::vector<JobKind> jobs;
    for (const Slice& slice : bank->slices_) jobs.insert(jobs.end(), slice.jobs.begin(), slice.jobs.end());
    if (settings.job_threads > 0)
        bank->runner_ = std::make_unique<Runner>(store, jobs, RunnerSettings{.server = server_name(), .threads = settings.job_threads, .clock = clock_now});
    bank->timetable_ = std::make_unique<Timetable>(seconds(5), [&store] {
        if (auto started = peers::start_due_harvests(store, clock_now(), next_seed()); !started)
            log(Level::warning, "harvests_not_started", fill_in(started.error().message, started.error().parameters));
    });
    return bank;
}

Bank::~Bank() {
    timetable_.reset();
    dispatcher_.reset();
    runner_.reset();
    follower_.reset();
}

/// Search and matching are filled from the store and then follow its feed.
Result<Done> Bank::follow() {
    const std::string now = TRY(store_->announced_until());
    TRY(match::fill(*store_, *matcher_));
    const std::string search_cursor = TRY(library::fill_index(*store_, *index_));
    // What happened while filling is heard twice rather than not at all.
    follower_ = std::make_unique<Follower>(
        *store_, earlier_cursor(now, search_cursor), [this](Store& store, const std::vector<Announcement>& changes, const std::string& cursor) -> Result<Done> {
            TRY(library::follow_index(store, *index_, changes, cursor));
            return match::follow(store, *matcher_, changes);
        });
    return Done{};
}

} // namespace greenbank::app
