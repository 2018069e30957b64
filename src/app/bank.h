// bank.h — the whole bank put together: store, slices, search, matching, jobs. Here, and only here, rooms are introduced.
#pragma once

#include <memory>

#include "api/dispatch.h"
#include "api/follower.h"
#include "api/jobs.h"
#include "api/sample.h"
#include "api/ticker.h"
#include "app/settings.h"
#include "deals/deals.h"
#include "ledger/book.h"
#include "ledger/ledger.h"
#include "ledger/sample.h"
#include "library/library.h"
#include "library/publication.h"
#include "library/saved_searches.h"
#include "library/search_misses.h"
#include "match/match.h"
#include "parties/parties.h"
#include "peers/peers.h"
#include "search/search.h"

namespace greenbank::app {

extern const char* const version;

/// Words, reference data: what every command needs. Stops the program if what is compiled in is broken.
void load_compiled_in_data();
const library::Reference& compiled_in_reference();

/// The sample bank's sets, parents first.
std::vector<SampleSet> sample_sets();
std::vector<SampleStep> sample_steps(ledger::Book& book);

/// What slices.cpp is given to introduce the rooms to each other.
struct Rooms {
    parties::Access& access;
    search::Index& index;
    library::MissLog& misses;
    match::Matcher& matcher;
    const library::PublicAddress& address;
    ledger::Book& book;
    Fetch& fetch;
};
/// One line a slice.
std::vector<Slice> slices(const Rooms& rooms);

/// All endpoints, for OpenAPI and the command line, without a database.
const std::vector<Slice>& slices_without_a_bank();

Time clock_now();

/// The database, opened and brought up to date.
Result<std::unique_ptr<Store>> open_store(const Settings& settings);

/// One that is there already, as it is: nothing is made or brought up to date.
Result<std::unique_ptr<Store>> open_existing_store(const Settings& settings);

/// Makes a new key for the transparency log where the file of the old one is gone; the public key. Stop the server before.
Result<std::string> change_log_key(const Settings& settings);

class Bank {
public:
    /// Opens and migrates the database, loads the sample bank into a new one if asked, fills search and matching.
    static Result<std::unique_ptr<Bank>> open(const Settings& settings);
    ~Bank();

    Store& store() { return *store_; }
    Dispatcher& dispatcher() { return *dispatcher_; }
    const std::string& openapi() const { return openapi_; }
    bool created() const { return created_; }
    /// How the bank is called from outside; known once the server listens.
    void is_at(std::string address, std::string contact) { address_ = {std::move(address), std::move(contact)}; }
    const library::PublicAddress& address() const { return address_; }

private:
    Bank() = default;
    Result<Done> follow();
    void make_notices();
    Result<Done> open_log(const Settings& settings);

    std::unique_ptr<Store> store_;
    std::unique_ptr<parties::Access> access_;
    std::unique_ptr<search::Index> index_;
    library::MissLog misses_;
    library::NoticeDesk notices_;
    std::unique_ptr<match::Matcher> matcher_;
    library::PublicAddress address_;
    std::unique_ptr<Fetch> fetch_;
    std::unique_ptr<ledger::Book> book_;
    std::vector<Slice> slices_;
    std::string openapi_;
    bool created_ = false;
    std::unique_ptr<Dispatcher> dispatcher_;
    std::unique_ptr<Runner> runner_;
    std::unique_ptr<Ticker> ticker_; // writes misses, and notices that a fault held up
    std::unique_ptr<Follower> follower_;
    std::unique_ptr<Ticker> timetable_; // starts harvests that are due
    std::unique_ptr<parties::LogKeeper> log_keeper_;
};

} // namespace greenbank::app
