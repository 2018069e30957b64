// bank.h — the whole bank put together: store, slices, search, matching, jobs. Here, and only here, rooms are introduced.
#pragma once

#include <memory>

#include "api/dispatch.h"
#include "api/follower.h"
#include "api/jobs.h"
#include "api/ticker.h"
#include "app/rooms.h"
#include "app/settings.h"
#include "energy/sites/device_gate.h"

namespace greenbank::app {

extern const char* const version;

/// Words, reference data: what every command needs. Stops the program if what is compiled in is broken.
void load_compiled_in_data();
const library::Reference& compiled_in_reference();

/// The sample bank as it lies in the program.
SampleFiles sample_files();

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
    /// Opens and migrates the database, loads the sample bank into a new one if asked, fills what the rooms hold beside it.
    static Result<std::unique_ptr<Bank>> open(const Settings& settings);
    ~Bank();

    Store& store() { return *store_; }
    Dispatcher& dispatcher() { return *dispatcher_; }
    energy::Field& field() { return rooms_->field; }
    carbon::PartnerExchange& exchange() { return rooms_->exchange; }
    const std::string& openapi() const { return openapi_; }
    bool created() const { return created_; }
    /// How the bank is called from outside; known once the server listens.
    void is_at(std::string address, std::string contact) { rooms_->address = {std::move(address), std::move(contact)}; }
    const library::PublicAddress& address() const { return rooms_->address; }

private:
    Bank() = default;
    Result<Done> follow();
    Result<Done> open_log(const Settings& settings);

    std::unique_ptr<Store> store_;
    std::unique_ptr<Rooms> rooms_;
    std::vector<Slice> slices_;
    std::string openapi_;
    bool created_ = false;
    std::unique_ptr<energy::DeviceGate> gate_;
    std::unique_ptr<Dispatcher> dispatcher_;
    std::unique_ptr<Runner> runner_;
    std::unique_ptr<Follower> follower_;
    std::unique_ptr<Ticker> routines_;
    std::unique_ptr<parties::LogKeeper> log_keeper_;
};

} // namespace greenbank::app
