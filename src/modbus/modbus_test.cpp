// modbus_test.cpp — a slave of libmodbus beside the device in memory: the same is read and written; silence ends after its time.
#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <modbus.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "modbus/memory_bus.h"

namespace greenbank::modbus {

namespace {

/// A slave with registers 0 to 9 of each kind; number i holds i × 100 (bits: odd ones are set).
struct Slave {
    modbus_t* context = modbus_new_tcp("127.0.0.1", 0);
    modbus_mapping_t* mapping = modbus_mapping_new(10, 10, 10, 10);
    int listening = -1;
    std::uint16_t port = 0;
    std::atomic<bool> ending = false, silent = false;
    std::thread thread;

    Slave() {
        for (int i = 0; i < 10; ++i) {
            mapping->tab_bits[i] = mapping->tab_input_bits[i] = static_cast<std::uint8_t>(i % 2);
            mapping->tab_registers[i] = mapping->tab_input_registers[i] = static_cast<std::uint16_t>(i * 100);
        }
        listening = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        bind(listening, reinterpret_cast<sockaddr*>(&address), size);
        getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin_port);
        listen(listening, 4);
        thread = std::thread([this] {
            while (!ending) {
                pollfd ready{listening, POLLIN, 0};
                if (poll(&ready, 1, 20) <= 0) continue;
                const int peer = accept(listening, nullptr, nullptr);
                modbus_set_socket(context, peer);
                while (!ending) {
                    pollfd asked{peer, POLLIN, 0};
                    if (poll(&asked, 1, 20) <= 0) continue;
                    std::uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
                    const int length = modbus_receive(context, query);
                    if (length < 0) break;
                    if (!silent) modbus_reply(context, query, length, mapping);
                }
                close(peer);
            }
        });
    }
    ~Slave() {
        ending = true;
        thread.join();
        close(listening);
        modbus_mapping_free(mapping);
        modbus_free(context);
    }
};

std::map<int, MemoryDevice> same_in_memory() {
    std::map<int, MemoryDevice> units;
    for (int i = 0; i < 10; ++i) {
        units[1].registers[{Table::coils, i}] = units[1].registers[{Table::discrete_inputs, i}] = static_cast<std::uint16_t>(i % 2);
        units[1].registers[{Table::input_registers, i}] = units[1].registers[{Table::holding_registers, i}] = static_cast<std::uint16_t>(i * 100);
    }
    return units;
}

void check(Bus& bus) {
    for (const Table table : {Table::coils, Table::discrete_inputs}) CHECK(bus.read(1, table, 3, 3).value() == std::vector<std::uint16_t>{1, 0, 1});
    for (const Table table : {Table::input_registers, Table::holding_registers})
        CHECK(bus.read(1, table, 3, 3).value() == std::vector<std::uint16_t>{300, 400, 500});
    CHECK(bus.read(1, Table::holding_registers, 8, 5).error().code == "modbus.refused");
    CHECK(bus.read(1, Table::holding_registers, 0, 1).value() == std::vector<std::uint16_t>{0}); // a refusal is not the end
    CHECK(bus.write(1, Table::holding_registers, 2, {7}));
    CHECK(bus.write(1, Table::holding_registers, 4, {8, 9}));
    CHECK(bus.write(1, Table::coils, 0, {1}));
    CHECK(bus.write(1, Table::coils, 6, {1, 1}));
    CHECK(bus.read(1, Table::holding_registers, 2, 4).value() == std::vector<std::uint16_t>{7, 300, 8, 9});
    CHECK(bus.read(1, Table::coils, 0, 8).value() == std::vector<std::uint16_t>{1, 1, 0, 1, 0, 1, 1, 1});
    CHECK(bus.write(1, Table::holding_registers, 50, {1}).error().code == "modbus.refused");
}

} // namespace

TEST_CASE("modbus: a slave on a socket and one in memory answer the same") {
    Slave slave;
    check(*open({.host = "127.0.0.1", .port = slave.port, .timeout_milliseconds = 2000}));
    auto units = same_in_memory();
    MemoryBus twin(units);
    check(twin);
}

TEST_CASE("modbus: a peer that fell silent is left after its time, and asked anew") {
    Slave slave;
    const auto bus = open({.host = "127.0.0.1", .port = slave.port, .timeout_milliseconds = 200});
    CHECK(bus->read(1, Table::holding_registers, 1, 1));
    slave.silent = true;
    const auto before = std::chrono::steady_clock::now();
    CHECK(bus->read(1, Table::holding_registers, 1, 1).error().code == "modbus.silent");
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(5));
    slave.silent = false;
    CHECK(bus->read(1, Table::holding_registers, 1, 1));
}

TEST_CASE("modbus: nobody listens, nonsense is asked") {
    const auto bus = open({.host = "127.0.0.1", .port = 1, .timeout_milliseconds = 200});
    CHECK(bus->read(1, Table::holding_registers, 1, 1).error().code == "modbus.silent");
    CHECK(bus->read(1, Table::holding_registers, -1, 1).error().code == "modbus.range");
    CHECK(bus->read(1, Table::holding_registers, 0, 126).error().code == "modbus.range");
    CHECK(bus->read(1, Table::holding_registers, 65'530, 10).error().code == "modbus.range");
    CHECK(bus->write(1, Table::input_registers, 0, {1}).error().code == "modbus.write_range");
}

} // namespace greenbank::modbus
