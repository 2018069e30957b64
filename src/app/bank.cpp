// bank.cpp — putting the bank together.
#include "app/bank.h"

#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>

#include "api/openapi.h"
#include "app/log_key.h"
#include "kernel/log.h"
#include "library/finding.h"
#include "library/thesaurus.h"
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

Result<std::unique_ptr<Store>> open_existing_store(const Settings& settings) {
    std::unique_ptr<Store> store;
    if (settings.database.empty()) {
        const std::string path = settings.data + "/greenbank.db";
        if (!std::filesystem::exists(path))
            return Error{Failure::not_found, "data.none", "There is no database in the folder {path}.", {{"path", settings.data}}};
        store = TRY(open_sqlite(path));
    } else {
        store = TRY(open_postgres(settings.database, settings.database_readers));
    }
    for (const Slice& slice : slices_without_a_bank()) TRY(check_tables(*store, slice.records));
    return store;
}

const std::vector<Slice>& slices_without_a_bank() {
    // The rows hold references to these rooms, but nobody calls them.
    static std::unique_ptr<search::Index> index = search::make_naive_index({}).value();
    static library::MissLog misses;
    static match::Matcher matcher(match::compiled_in_weights());
    static std::unique_ptr<Store> no_store;
    static parties::Access access(*no_store, {});
    static const library::PublicAddress nowhere;
    static ledger::Book no_book(*no_store);
    static http::Fetcher nobody({});
    static const std::vector<Slice> all = slices({access, *index, misses, matcher, nowhere, no_book, nobody});
    return all;
}

Result<std::unique_ptr<Bank>> Bank::open(const Settings& settings) {
    std::unique_ptr<Bank> bank(new Bank);
    bank->store_ = TRY(open_store(settings));
    Store& store = *bank->store_;
    TRY(make_folder(settings.data));
    bank->access_ = std::make_unique<parties::Access>(store, parties::Settings{.version = version});
    TRY(bank->open_log(settings));
    // Several servers on one machine may share the data folder's parent, never an index.
    bank->index_ = TRY(search::open_groonga_index(settings.data + "/search", library::search_setup(*library::thesaurus())));
    bank->matcher_ = std::make_unique<match::Matcher>(match::compiled_in_weights());
    bank->book_ = std::make_unique<ledger::Book>(store);
    bank->fetch_ = std::make_unique<http::Fetcher>(settings.fetch);
    bank->slices_ = slices({*bank->access_, *bank->index_, bank->misses_, *bank->matcher_, bank->address_, *bank->book_, *bank->fetch_});
    for (const Slice& slice : bank->slices_) bank->access_->learn(slice.rights);
    bank->openapi_ = greenbank::openapi(bank->slices_, version);

    if (settings.sample) {
        // A bank that ever held anything has announced it; one that was emptied on purpose stays empty.
        bank->created_ = TRY(store.announcements("", 1)).changes.empty();
        if (bank->created_)
            log(Level::info, "sample_loaded", fmt::format("{} records", TRY(load_samples(store, sample_sets(), sample_steps(*bank->book_), clock_now()))));
    }
    TRY(library::bring_in_reference(store, clock_now()));
    TRY(bank->follow());
    TRY(bank->book_->open(clock_now, [&access = *bank->access_](Transaction& transaction, const Caller& nobody, std::string_view operation) {
        return access.audit(transaction, nobody, operation, "ok", transaction.changes());
    }));

    bank->dispatcher_ = std::make_unique<Dispatcher>(store, bank->slices_, *bank->access_, DispatcherSettings{.clock = clock_now, .seed = next_seed});
    std::vector<JobKind> jobs;
    for (const Slice& slice : bank->slices_) jobs.insert(jobs.end(), slice.jobs.begin(), slice.jobs.end());
    if (settings.job_threads > 0)
        bank->runner_ = std::make_unique<Runner>(store, jobs, RunnerSettings{.server = server_name(), .threads = settings.job_threads, .clock = clock_now});
    bank->timetable_ = std::make_unique<Ticker>(seconds(5), [&store] {
        if (auto started = peers::start_due_harvests(store, clock_now(), next_seed()); !started)
            log(Level::warning, "harvests_not_started", fill_in(started.error().message, started.error().parameters));
    });
    return bank;
}

Bank::~Bank() {
    timetable_.reset();
    dispatcher_.reset();
    runner_.reset();
    log_keeper_.reset();
    follower_.reset();
    ticker_.reset();
}

/// An error waits for the next try; the feed's place is kept.
void Bank::make_notices() {
    if (const auto made = notices_.follow(*store_, clock_now()); !made) log(Level::warning, "notices", fill_in(made.error().message, made.error().parameters));
}

namespace {

std::string log_key_path(const Settings& settings) { return settings.log_key.empty() ? settings.data + "/log.key" : settings.log_key; }

} // namespace

Result<std::string> change_log_key(const Settings& settings) {
    const std::string path = log_key_path(settings);
    if (TRY(read_log_key(path)))
        return Error{Failure::conflict, "log.key_there", "{path} is there; move it away first if the log must have a new key.", {{"path", path}}};
    const auto store = TRY(open_existing_store(settings));
    parties::TransparencyLog log;
    TRY(log.open(*store, "", settings.log_hash, clock_now()));
    TRY(log.change_key(*store, TRY(make_log_key(path)), clock_now()));
    std::string key;
    TRY(store->read([&](Transaction& transaction) -> Result<Done> {
        key = TRY(parties::read_log_keys(transaction)).back().key;
        return Done{};
    }));
    return key;
}

/// The transparency log, signed here if the key is here: the file is made with the log, never later.
Result<Done> Bank::open_log(const Settings& settings) {
    const std::string path = log_key_path(settings);
    auto seed = TRY(read_log_key(path));
    const bool made = !seed;
    if (made) {
        bool begun = false;
        TRY(store_->read([&](Transaction& transaction) -> Result<Done> {
            begun = TRY(parties::read_log_identity(transaction)).has_value();
            return Done{};
        }));
        seed = begun ? std::string() : TRY(make_log_key(path));
    }
    parties::TransparencyLog& transparency = access_->transparency();
    TRY(transparency.open(*store_, *seed, settings.log_hash, clock_now()));
    if (transparency.can_sign()) log_keeper_ = std::make_unique<parties::LogKeeper>(*store_, transparency, clock_now);
    else log(Level::warning, "log_key_missing", fmt::format("{} is not the key of this bank's transparency log: another server must sign it", path));
    return Done{};
}

/// Search and matching are filled from the store and then follow its feed.
Result<Done> Bank::follow() {
    const std::string now = TRY(store_->announced_until());
    TRY(library::load_thesaurus(*store_));
    TRY(index_->learn_synonyms(library::synonyms_of(*library::thesaurus())));
    TRY(match::fill(*store_, *matcher_));
    const std::string search_cursor = TRY(library::fill_index(*store_, *index_));
    make_notices(); // a new bank begins to take note before anybody can write; an old one catches up
    // What happened while filling is heard twice rather than not at all.
    follower_ = std::make_unique<Follower>(
        *store_, earlier_cursor(now, search_cursor), [this](Store& store, const std::vector<Announcement>& changes, const std::string& cursor) -> Result<Done> {
            if (library::names_concepts(changes) && TRY(library::load_thesaurus(store))) {
                TRY(index_->learn_synonyms(library::synonyms_of(*library::thesaurus())));
                TRY(match::relearn(store, *matcher_));
            }
            TRY(library::follow_index(store, *index_, changes, cursor));
            TRY(match::follow(store, *matcher_, changes));
            make_notices();
            return Done{};
        });
    ticker_ = std::make_unique<Ticker>(seconds(5), [this] {
        make_notices();
        if (const auto flushed = misses_.flush(*store_, clock_now()); !flushed)
            log(Level::warning, "search_misses", fill_in(flushed.error().message, flushed.error().parameters));
    });
    return Done{};
}

} // namespace greenbank::app
