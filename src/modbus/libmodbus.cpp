// libmodbus.cpp — the bus by libmodbus.
#include <cerrno>
#include <modbus.h>

#include "modbus/modbus.h"

namespace greenbank::modbus {

namespace {

class LibmodbusBus : public Bus {
public:
    explicit LibmodbusBus(Settings settings) : settings_(std::move(settings)) {}
    ~LibmodbusBus() override { leave(); }

    Result<std::vector<std::uint16_t>> read(int unit, Table table, int address, int count) override {
        const bool bits = table == Table::coils || table == Table::discrete_inputs;
        if (address < 0 || count < 1 || count > (bits ? bits_per_read_max : registers_per_read_max) || address + count > 65536)
            return Error{Failure::invalid, "modbus.range", "Registers {address} and {count} after it cannot be read at once.",
                {{"address", std::to_string(address)}, {"count", std::to_string(count)}}};
        TRY(enter(unit));
        std::vector<std::uint16_t> values(static_cast<std::size_t>(count));
        int got = -1;
        if (bits) {
            std::vector<std::uint8_t> read_bits(values.size());
            got = table == Table::coils ? modbus_read_bits(context_, address, count, read_bits.data())
                                        : modbus_read_input_bits(context_, address, count, read_bits.data());
            values.assign(read_bits.begin(), read_bits.end());
        } else
            got = table == Table::input_registers ? modbus_read_input_registers(context_, address, count, values.data())
                                                  : modbus_read_registers(context_, address, count, values.data());
        if (got != count) return failed();
        return values;
    }

    Result<Done> write(int unit, Table table, int address, const std::vector<std::uint16_t>& values) override {
        const int count = static_cast<int>(values.size());
        if (address < 0 || count < 1 || count > registers_per_write_max || address + count > 65536 ||
            (table != Table::coils && table != Table::holding_registers))
            return Error{Failure::invalid, "modbus.write_range", "Only coils and holding registers can be written, at most 123 at once."};
        TRY(enter(unit));
        int done = -1;
        if (table == Table::coils) {
            std::vector<std::uint8_t> bits;
            for (const std::uint16_t value : values) bits.push_back(value != 0);
            done = count == 1 ? modbus_write_bit(context_, address, bits[0]) : modbus_write_bits(context_, address, count, bits.data());
        } else done = count == 1 ? modbus_write_register(context_, address, values[0]) : modbus_write_registers(context_, address, count, values.data());
        if (done != count) return failed();
        return Done{};
    }

private:
    Result<Done> enter(int unit) {
        if (!context_) {
            context_ = modbus_new_tcp_pi(settings_.host.c_str(), std::to_string(settings_.port).c_str());
            if (!context_) return failed();
            const auto seconds = static_cast<std::uint32_t>(settings_.timeout_milliseconds / 1000);
            const auto rest = static_cast<std::uint32_t>(settings_.timeout_milliseconds % 1000 * 1000);
            modbus_set_response_timeout(context_, seconds, rest);
            modbus_set_byte_timeout(context_, seconds, rest);
            if (modbus_connect(context_) != 0) return failed();
        }
        modbus_set_slave(context_, unit);
        return Done{};
    }
    void leave() {
        if (!context_) return;
        modbus_close(context_);
        modbus_free(context_);
        context_ = nullptr;
    }
    Error failed() {
        const int reason = errno;
        // The device said no (an exception of the protocol): the connection is sound.
        const bool refused = reason >= EMBXILFUN && reason <= EMBXGTAR;
        if (!refused) leave();
        if (refused) return {Failure::conflict, "modbus.refused", "The device refuses: {reason}", {{"reason", modbus_strerror(reason)}}};
        return {Failure::unavailable, "modbus.silent", "The device does not answer: {reason}", {{"reason", modbus_strerror(reason)}}};
    }

    const Settings settings_;
    modbus_t* context_ = nullptr;
};

} // namespace

std::unique_ptr<Bus> open(Settings settings) { return std::make_unique<LibmodbusBus>(std::move(settings)); }

} // namespace greenbank::modbus
