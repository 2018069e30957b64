// records.h — how devices are reached in the field, and what charge points are and do.
#pragma once

#include "energy/engine/register_map/register_map.h"
#include "energy/sites/records.h"

namespace greenbank::energy {

enum class FieldProtocol { sparkplug, modbus };

/// A row of a register map: what engine/register_map reads, as a record.
struct RegisterEntry {
    std::string channel;
    register_map::Table table = register_map::Table::holding_registers;
    std::int64_t address = 0;
    register_map::ValueType type = register_map::ValueType::uint16;
    register_map::WordOrder order = register_map::WordOrder::big_endian;
    std::optional<std::int64_t> bit;
    double scale = 1, offset = 0;
    std::string unit;
    bool writable = false;
    std::optional<double> no_value;
};
Record describe(const RegisterEntry*);
register_map::RegisterRow row_of(const RegisterEntry& entry);

struct FieldConnection {
    static constexpr std::string_view id_prefix = "fieldlink";
    Id<FieldConnection> id;
    Id<Organisation> organisation; // of the device
    Id<Device> device;             // the gateway, or what answers at the address
    FieldProtocol protocol = FieldProtocol::modbus;
    std::string address;          // Sparkplug "group/node", Modbus "host:port"; with the unit once in the bank
    std::int64_t unit_number = 1; // of Modbus
    std::int64_t every_seconds = 60, timeout_milliseconds = 2000;
    std::vector<RegisterEntry> registers;
    bool enabled = true;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const FieldConnection*);

/// What a device says of itself.
struct DeviceAttribute {
    static constexpr std::string_view id_prefix = "deviceattribute";
    Id<DeviceAttribute> id;
    Id<Device> device;
    std::string name, value; // JSON
    Time said_at;
};
Record describe(const DeviceAttribute*);

struct Charger {
    static constexpr std::string_view id_prefix = "charger";
    Id<Charger> id;
    Id<Organisation> organisation;
    Id<Device> device;
    std::string identity; // the last part of the address it calls; once in the bank
    std::string vendor, model, serial, firmware;
    std::optional<Time> booted_at, connected_at, heard_at;
    bool connected = false;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Charger*);

struct ChargerConnector {
    static constexpr std::string_view id_prefix = "connector";
    Id<ChargerConnector> id;
    Id<Charger> charger;
    std::int64_t number = 0; // 0: the charge point as a whole
    std::string status, error, info;
    Time since;
    bool sample = false;
};
Record describe(const ChargerConnector*);

struct ChargingSession {
    static constexpr std::string_view id_prefix = "chargingsession";
    Id<ChargingSession> id;
    Id<Charger> charger;
    Id<Organisation> organisation;
    std::int64_t number = 0; // what the protocol calls transaction
    std::int64_t connector = 0;
    std::string tag, tag_status;
    Time started_at;
    std::int64_t meter_start_wh = 0;
    std::optional<Time> stopped_at;
    std::optional<std::int64_t> meter_stop_wh, energy_wh;
    std::string reason;
    bool sample = false;
};
Record describe(const ChargingSession*);

enum class ChargerAction { start, stop, set_profile, clear_profile };
enum class ChargerRequestState { waiting, sent, accepted, refused, failed };

struct ChargerPeriod {
    std::int64_t start_seconds = 0;
    double limit = 0;
};
Record describe(const ChargerPeriod*);

struct ChargerRequest {
    static constexpr std::string_view id_prefix = "chargerrequest";
    Id<ChargerRequest> id;
    Id<Charger> charger;
    Id<Organisation> organisation;
    ChargerAction action = ChargerAction::start;
    std::optional<std::int64_t> connector, session_number, profile_number;
    std::string tag;
    std::string purpose; // of a profile
    bool in_watts = true;
    std::vector<ChargerPeriod> periods;
    ChargerRequestState state = ChargerRequestState::waiting;
    std::string answer;
    std::string person_name;
    Time asked_at;
    std::optional<Time> ended_at;
    std::int64_t version = 1;
};
Record describe(const ChargerRequest*);

/// A card, or whatever else stands for somebody who may charge.
struct ChargingTag {
    static constexpr std::string_view id_prefix = "tag";
    Id<ChargingTag> id;
    Id<Organisation> organisation;
    std::string tag; // once in each organisation
    std::string holder;
    bool blocked = false;
    std::optional<Date> valid_to;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const ChargingTag*);

} // namespace greenbank::energy

namespace greenbank {
template <> struct Choices<energy::FieldProtocol> {
    static constexpr std::string_view name = "field_protocol";
    static constexpr std::string_view values[] = {"sparkplug", "modbus"};
};
template <> struct Choices<energy::register_map::Table> {
    static constexpr std::string_view name = "register_table";
    static constexpr std::string_view values[] = {"coils", "discrete_inputs", "input_registers", "holding_registers"};
};
template <> struct Choices<energy::register_map::ValueType> {
    static constexpr std::string_view name = "register_type";
    static constexpr std::string_view values[] = {"bit", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"};
};
template <> struct Choices<energy::register_map::WordOrder> {
    static constexpr std::string_view name = "word_order";
    static constexpr std::string_view values[] = {"big_endian", "word_swapped", "byte_swapped", "little_endian"};
};
template <> struct Choices<energy::ChargerAction> {
    static constexpr std::string_view name = "charger_action";
    static constexpr std::string_view values[] = {"start", "stop", "set_profile", "clear_profile"};
};
template <> struct Choices<energy::ChargerRequestState> {
    static constexpr std::string_view name = "charger_request_state";
    static constexpr std::string_view values[] = {"waiting", "sent", "accepted", "refused", "failed"};
};
} // namespace greenbank
