// bank.h — the whole bank put together: store, slices, search, matching, jobs. Here, and only here, rooms are introduced.
#pragma once

#include <memory>

#include "api/dispatch.h"
#include "api/follower.h"
#include "api/jobs.h"
#include "api/sample.h"
#include "app/settings.h"
#include "app/timetable.h"
#include "ledger/ledger.h"
#include "library/library.h"
#include "library/publication.h"
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

/// What slices.cpp is given to introduce the rooms to each other.
struct Rooms {
    parties::Access& access;
    search::Index& index;
    match::Matcher& matcher;
    const library::PublicAddress& address;
    Fetch& fetch;
};
/// One line a slice.
std::vector<Slice> slices(const Rooms& rooms);

/// All endpoints, for OpenAPI and the command line, without a database.
std::vector<Slice> slices_without_a_bank();

Time clock_now();

/// The database, opened and brought up to date.
Result<std::unique_ptr<Store>> open_store(const Settings& settings);

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

    std::unique_ptr<Store> store_;
    std::unique_ptr<parties::Access> access_;
    std::unique_ptr<search::Index> index_;
    std::unique_ptr<match::Matcher> matcher_;
    library::PublicAddress address_;
    std::unique_ptr<Fetch> fetch_;
    std::vector<Slice> slices_;
    std::string openapi_;
    bool created_ = false;
    std::unique_ptr<Dispatcher> dispatcher_;
    std::unique_ptr<Runner> runner_;
    std::unique_ptr<Follower> follower_;
    std::unique_ptr<Timetable> timetable_;
};

} // namespace greenbank::app
