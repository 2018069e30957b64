// plant_under_test.h — a store with devices and connections, for the tests of the field.
#pragma once

#include <doctest/doctest.h>

#include "energy/field/messages.h"
#include "energy/field/records.h"
#include "parties/secrets.h"
#include "store/store_under_test.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile energy_migrations[];
extern const std::size_t energy_migrations_count;
} // namespace embedded

namespace energy {

inline constexpr Time noon{1'790'000'000'000'000};

struct Plant {
    std::unique_ptr<Store> store;
    std::unique_ptr<Intake> intake;
    Refusals refusals;
    std::int64_t next_number = 1;
    Time now = noon;

    explicit Plant(const Database& database, IntakeSettings settings = {}) : store(database.open()) {
        std::vector<Migration> migrations;
        for (std::size_t i = 0; i < embedded::energy_migrations_count; ++i)
            migrations.push_back({"energy", embedded::energy_migrations[i].path, embedded::energy_migrations[i].bytes()});
        REQUIRE(failure_of(store->migrate(migrations)) == "");
        const Record* const records[] = {&record_of<FieldConnection>(), &record_of<DeviceAttribute>(), &record_of<Charger>(), &record_of<ChargerConnector>(),
            &record_of<ChargingSession>(), &record_of<ChargerRequest>(), &record_of<ChargingTag>()};
        REQUIRE(failure_of(check_tables(*store, records)) == "");
        intake = std::make_unique<Intake>(*store, settings);
    }
    void write(const Work& work) { REQUIRE(failure_of(store->write(work)) == ""); }
    template <class T> void insert(const T& record) {
        write([&](Transaction& transaction) { return transaction.insert(record); });
    }
    template <class T> std::vector<T> all(std::string_view where = {}, std::vector<Value> parameters = {}) {
        std::vector<T> found;
        REQUIRE(failure_of(store->read([&](Transaction& transaction) -> Result<Done> {
            found = TRY(transaction.find<T>(where, parameters));
            return Done{};
        })) == "");
        return found;
    }

    Id<Device> add_device(const std::string& serial, const std::vector<std::string>& keys, const std::string& site = "site_a") {
        Random random(static_cast<std::uint64_t>(next_number * 77));
        Device device{.id = make_id<Device>(now, random),
            .organisation = Id<Organisation>("org_a"),
            .site = Id<Site>(site),
            .name = {"", serial, ""},
            .serial = serial,
            .credential_hash = parties::token_hash("gbd_" + serial),
            .created_at = now,
            .updated_at = now};
        insert(device);
        for (const std::string& key : keys)
            insert(Channel{.id = make_id<Channel>(now, random),
                .number = next_number++,
                .organisation = device.organisation,
                .site = *device.site,
                .device = device.id,
                .key = key,
                .name = {"", key, ""},
                .unit = "kW",
                .created_at = now,
                .updated_at = now});
        return device.id;
    }
    void connect(const Id<Device>& device, FieldProtocol protocol, const std::string& address, std::vector<RegisterEntry> registers = {}) {
        Random random(static_cast<std::uint64_t>(next_number * 78));
        insert(FieldConnection{.id = make_id<FieldConnection>(now, random),
            .organisation = Id<Organisation>("org_a"),
            .device = device,
            .protocol = protocol,
            .address = address,
            .every_seconds = 1,
            .registers = std::move(registers),
            .created_at = now,
            .updated_at = now});
    }
    std::int64_t taken(const Id<Device>& device) { return intake->counts(device).taken; }
};

} // namespace energy
} // namespace greenbank
