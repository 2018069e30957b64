// bank.cpp — putting the bank together.
#include "app/bank.h"

#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>

#include "api/openapi.h"
#include "api/sample.h"
#include "kernel/log.h"
#include "library/finding/finding.h"
#include "library/thesaurus/thesaurus.h"
#include "parties/log/key_file.h"
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
    static std::unique_ptr<Store> no_store;
    static Rooms nobody(*no_store, {}, search::make_naive_index({}).value(), {});
    static const std::vector<Slice> all = slices(nobody);
    return all;
}

Result<std::unique_ptr<Bank>> Bank::open(const Settings& settings) {
    std::unique_ptr<Bank> bank(new Bank);
    bank->store_ = TRY(open_store(settings));
    Store& store = *bank->store_;
    TRY(make_folder(settings.data));
    // Several servers on one machine may share the data folder's parent, never an index.
    auto index = TRY(search::open_groonga_index(settings.data + "/search", library::search_setup(*library::thesaurus())));
    bank->rooms_ = std::make_unique<Rooms>(store, parties::Settings{.version = version}, std::move(index), settings.fetch);
    Rooms& rooms = *bank->rooms_;
    TRY(bank->open_log(settings));
    bank->slices_ = slices(rooms);
    rooms.jobs = job_kinds(bank->slices_);
    for (const Slice& slice : bank->slices_) rooms.access.learn(slice.rights);
    bank->openapi_ = greenbank::openapi(bank->slices_, version);

    if (settings.sample) {
        // A bank that ever held anything has announced it; one that was emptied on purpose stays empty.
        bank->created_ = TRY(store.announcements("", 1)).changes.empty();
        if (bank->created_)
            log(Level::info, "sample_loaded", fmt::format("{} records", TRY(load_samples(store, sample_bank(bank->slices_, sample_files()), clock_now()))));
    }
    TRY(library::bring_in_reference(store, clock_now()));
    TRY(bank->follow());
    TRY(rooms.book.open(clock_now, [&access = rooms.access](Transaction& transaction, const Caller& nobody, std::string_view operation) {
        return access.audit(transaction, nobody, operation, "ok", transaction.changes());
    }));

    rooms.monitoring.open(clock_now, [&access = rooms.access](Transaction& transaction, const Caller& nobody, std::string_view operation) {
        return access.audit(transaction, nobody, operation, "ok", transaction.changes());
    });

    bank->gate_ = std::make_unique<energy::DeviceGate>(rooms.access, rooms.intake);
    bank->dispatcher_ = std::make_unique<Dispatcher>(store, bank->slices_, *bank->gate_, DispatcherSettings{.clock = clock_now, .seed = next_seed});
    if (settings.job_threads > 0)
        bank->runner_ =
            std::make_unique<Runner>(store, rooms.jobs, RunnerSettings{.server = server_name(), .threads = settings.job_threads, .clock = clock_now});
    return bank;
}

Bank::~Bank() {
    dispatcher_.reset();
    runner_.reset();
    log_keeper_.reset();
    follower_.reset();
    routines_.reset();
}

namespace {

std::string log_key_path(const Settings& settings) { return settings.log_key.empty() ? settings.data + "/log.key" : settings.log_key; }

/// What a key that is made now signs with; a key that is there says itself what it is.
Result<parties::SignatureType> signature_type(const Settings& settings) {
    if (settings.log_signature == "ed25519") return parties::SignatureType::ed25519;
    if (settings.log_signature == "sm2") return parties::SignatureType::sm2;
    return Error{Failure::invalid, "log.signature_unknown", "A log is signed with ed25519 or sm2, not {name}.", {{"name", settings.log_signature}}};
}

} // namespace

Result<std::string> change_log_key(const Settings& settings) {
    const std::string path = log_key_path(settings);
    if (TRY(parties::read_log_key(path)))
        return Error{Failure::conflict, "log.key_there", "{path} is there; move it away first if the log must have a new key.", {{"path", path}}};
    const auto store = TRY(open_existing_store(settings));
    parties::TransparencyLog log;
    TRY(log.open(*store, "", settings.log_hash, clock_now()));
    const parties::LogKeyFile made = TRY(parties::make_log_key(path, TRY(signature_type(settings))));
    TRY(log.change_key(*store, made.seed, clock_now(), made.type));
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
    auto key = TRY(parties::read_log_key(path));
    const parties::SignatureType type = TRY(signature_type(settings));
    if (!key) {
        bool begun = false;
        TRY(store_->read([&](Transaction& transaction) -> Result<Done> {
            begun = TRY(parties::read_log_identity(transaction)).has_value();
            return Done{};
        }));
        key = begun ? parties::LogKeyFile{} : TRY(parties::make_log_key(path, type));
    }
    parties::TransparencyLog& transparency = rooms_->access.transparency();
    TRY(transparency.open(*store_, key->seed, settings.log_hash, clock_now(), key->type));
    if (transparency.can_sign()) log_keeper_ = std::make_unique<parties::LogKeeper>(*store_, transparency, clock_now);
    else log(Level::warning, "log_key_missing", fmt::format("{} is not the key of this bank's transparency log: another server must sign it", path));
    return Done{};
}

/// What rooms hold beside the store is filled from it and then follows its feed; what they do by the clock begins.
Result<Done> Bank::follow() {
    // What happens while filling is heard twice rather than not at all.
    std::string cursor = TRY(store_->announced_until());
    std::vector<Following> followings;
    std::vector<Routine> routines;
    for (const Slice& slice : slices_) {
        routines.insert(routines.end(), slice.routines.begin(), slice.routines.end());
        for (const Following& following : slice.followings) {
            if (const auto from = TRY(following.fill(*store_, clock_now()))) cursor = earlier_cursor(cursor, *from);
            followings.push_back(following);
        }
    }
    follower_ = std::make_unique<Follower>(
        *store_, cursor, [followings](Store& store, const std::vector<Announcement>& changes, const std::string& until) -> Result<Done> {
            for (const Following& following : followings) TRY(following.follow(store, changes, until, clock_now()));
            return Done{};
        });
    routines_ = std::make_unique<Ticker>(seconds(5), [this, routines] {
        for (const Routine& routine : routines)
            if (const auto done = routine.work(*store_, clock_now(), next_seed()); !done)
                log(Level::warning, routine.name, fill_in(done.error().message, done.error().parameters));
    });
    return Done{};
}

} // namespace greenbank::app
