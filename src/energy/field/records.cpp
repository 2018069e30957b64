// records.cpp — descriptions of connections in the field, charge points, sessions and what they are asked.
#include "energy/field/records.h"

#include <charconv>

namespace greenbank::energy {

register_map::RegisterRow row_of(const RegisterEntry& entry) {
    return {
        entry.channel, entry.table, entry.address, entry.type, entry.order, entry.bit, entry.scale, entry.offset, entry.unit, entry.writable, entry.no_value};
}

namespace {

bool is_port(std::string_view text) {
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size() && port > 0 && port < 65'536;
}

void check_connection(const void* value, Problems& problems) {
    const auto& connection = *static_cast<const FieldConnection*>(value);
    if (connection.protocol == FieldProtocol::sparkplug) {
        const std::size_t slash = connection.address.find('/');
        if (slash == 0 || slash == std::string::npos || slash + 1 == connection.address.size() ||
            connection.address.find('/', slash + 1) != std::string::npos || connection.address.find_first_of("+#") != std::string::npos)
            problems.push_back({"address", "field.node_address", "Write group and edge node as in their topics: group/node."});
        if (!connection.registers.empty())
            problems.push_back({"registers", "field.no_registers", "Sparkplug names its metrics itself; leave the registers out."});
        return;
    }
    const std::size_t colon = connection.address.rfind(':');
    if (colon == 0 || colon == std::string::npos || !is_port(std::string_view(connection.address).substr(colon + 1)) ||
        connection.address.find_first_of("/ @") != std::string::npos)
        problems.push_back({"address", "field.bus_address", "Write host and port: 10.0.8.15:502."});
    if (connection.registers.empty()) problems.push_back({"registers", "field.registers_none", "Say at least one register, or there is nothing to read."});
    for (std::size_t i = 0; i < connection.registers.size(); ++i)
        if (const std::string fault = register_map::fault_of(row_of(connection.registers[i])); !fault.empty())
            problems.push_back({"registers[" + std::to_string(i) + "]", "field.register", "This row contradicts itself: {reason}.", {{"reason", fault}}});
}

void check_charger(const void* value, Problems& problems) {
    for (const char c : static_cast<const Charger*>(value)->identity)
        if (static_cast<unsigned char>(c) < 0x21 || static_cast<unsigned char>(c) > 0x7E || c == '/' || c == ':' || c == '%' || c == '?')
            return problems.push_back(
                {"identity", "charger.identity", "Use letters, digits and signs such as - and _, as the charge point's address has them."});
}

} // namespace

Record describe(const RegisterEntry*) {
    using Entry = RegisterEntry;
    return {"register_entry", "Where a value stands in a device.",
        {
            field<&Entry::channel>("channel", "The key of the channel it fills.", {.min = 1, .max = 100}),
            field<&Entry::table>("table", "Coils, discrete inputs, input or holding registers.", {.defaulted = true}),
            field<&Entry::address>("address", "From 0, as it travels.", {.min = 0, .max = 65'535}),
            field<&Entry::type>("type", "Whole, natural or real, of how many bits.", {.defaulted = true}),
            field<&Entry::order>("order", "In which order its words and bytes travel.", {.defaulted = true}),
            field<&Entry::bit>("bit", "Which bit of a register, from 0.", {.min = 0, .max = 15}),
            field<&Entry::scale>("scale", "The number is multiplied by it.", {.defaulted = true}),
            field<&Entry::offset>("offset", "Then this is added.", {.defaulted = true}),
            field<&Entry::unit>("unit", "The unit of the value.", {.max = 40, .defaulted = true}),
            field<&Entry::writable>("writable", "Set points are written there.", {.defaulted = true}),
            field<&Entry::no_value>("no_value", "A number that says: no value."),
        }};
}

Record describe(const FieldConnection*) {
    using Connection = FieldConnection;
    return {"field_connection", "How a device is reached in the field.",
        {
            field<&Connection::id>("id", "Id.", {.read_only = true}),
            field<&Connection::organisation>("organisation", "Whose device it is.", {.read_only = true, .filter = true}),
            field<&Connection::device>("device", "The device, or the gateway before others.", {.filter = true}),
            field<&Connection::protocol>("protocol", "Sparkplug B through the broker, or Modbus TCP.", {.filter = true, .sort = true}),
            field<&Connection::address>("address", "group/node of Sparkplug, host:port of Modbus.", {.min = 3, .max = 200, .sort = true}),
            field<&Connection::unit_number>("unit_number", "The unit behind a Modbus address.", {.min = 0, .max = 255, .defaulted = true}),
            field<&Connection::every_seconds>("every_seconds", "How often registers are read.", {.unit = "s", .min = 1, .max = 86'400, .defaulted = true}),
            field<&Connection::timeout_milliseconds>(
                "timeout_milliseconds", "How long an answer is waited for.", {.unit = "ms", .min = 100, .max = 10'000, .defaulted = true}),
            field<&Connection::registers>("registers", "Where its values stand.", {.max = 500, .defaulted = true}),
            field<&Connection::enabled>("enabled", "It is used.", {.defaulted = true, .filter = true}),
            field<&Connection::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Connection::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Connection::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Connection::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_connection};
}

Record describe(const DeviceAttribute*) {
    using Attribute = DeviceAttribute;
    return {"device_attribute", "What a device says of itself.",
        {field<&Attribute::id>("id", "Id.", {.read_only = true}), field<&Attribute::device>("device", "Which device.", {.filter = true}),
            field<&Attribute::name>("name", "What it speaks of.", {.max = 200, .sort = true}),
            field<&Attribute::value>("value", "What it says, as JSON.", {.max = 400}), field<&Attribute::said_at>("said_at", "When.", {.sort = true})}};
}

Record describe(const Charger*) {
    return {"charger", "A charge point for vehicles.",
        {
            field<&Charger::id>("id", "Id.", {.read_only = true}),
            field<&Charger::organisation>("organisation", "Whose it is.", {.read_only = true, .filter = true}),
            field<&Charger::device>("device", "The device that its values belong to.", {.filter = true}),
            field<&Charger::identity>("identity", "The last part of the address it calls.", {.min = 1, .max = 48, .sort = true}),
            field<&Charger::vendor>("vendor", "Who made it, as it says.", {.max = 40, .read_only = true}),
            field<&Charger::model>("model", "Which model, as it says.", {.max = 40, .read_only = true}),
            field<&Charger::serial>("serial", "Its serial number, as it says.", {.max = 50, .read_only = true}),
            field<&Charger::firmware>("firmware", "Its firmware, as it says.", {.max = 60, .read_only = true}),
            field<&Charger::booted_at>("booted_at", "When it started last.", {.read_only = true}),
            field<&Charger::connected_at>("connected_at", "When it called last.", {.read_only = true}),
            field<&Charger::heard_at>("heard_at", "When it was heard last.", {.read_only = true, .sort = true}),
            field<&Charger::connected>("connected", "It is on the line.", {.read_only = true, .filter = true}),
            field<&Charger::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Charger::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Charger::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Charger::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_charger};
}

Record describe(const ChargerConnector*) {
    using Connector = ChargerConnector;
    return {"charger_connector", "One place to plug in.",
        {field<&Connector::id>("id", "Id.", {.read_only = true}), field<&Connector::charger>("charger", "Of which charge point."),
            field<&Connector::number>("number", "Which; 0 is the whole."),
            field<&Connector::status>("status", "What it does, in the protocol's words.", {.max = 20}),
            field<&Connector::error>("error", "What is wrong, in the protocol's words.", {.max = 30}),
            field<&Connector::info>("info", "What it adds.", {.max = 50}), field<&Connector::since>("since", "Since when."),
            field<&Connector::sample>("sample", "Part of the sample bank.", {.read_only = true})}};
}

Record describe(const ChargingSession*) {
    using Session = ChargingSession;
    return {"charging_session", "One charging of one vehicle.",
        {
            field<&Session::id>("id", "Id.", {.read_only = true}),
            field<&Session::charger>("charger", "At which charge point.", {.filter = true}),
            field<&Session::organisation>("organisation", "Whose charge point.", {.read_only = true, .filter = true}),
            field<&Session::number>("number", "Its number, unique in the bank.", {.sort = true}),
            field<&Session::connector>("connector", "At which place."),
            field<&Session::tag>("tag", "By which card.", {.max = 20}),
            field<&Session::tag_status>("tag_status", "What was said of the card.", {.max = 20}),
            field<&Session::started_at>("started_at", "When it began.", {.sort = true}),
            field<&Session::meter_start_wh>("meter_start_wh", "The meter then.", {.unit = "Wh"}),
            field<&Session::stopped_at>("stopped_at", "When it ended.", {.sort = true}),
            field<&Session::meter_stop_wh>("meter_stop_wh", "The meter then.", {.unit = "Wh"}),
            field<&Session::energy_wh>("energy_wh", "What was charged.", {.unit = "Wh"}),
            field<&Session::reason>("reason", "Why it ended.", {.max = 20}),
            field<&Session::sample>("sample", "Part of the sample bank.", {.read_only = true}),
        }};
}

Record describe(const ChargerPeriod*) {
    return {"charger_period", "A limit from some second on.",
        {field<&ChargerPeriod::start_seconds>("start_seconds", "Seconds after the beginning.", {.unit = "s", .min = 0, .max = 604'800}),
            field<&ChargerPeriod::limit>("limit", "At most so much, in W or A.", {.min = 0, .max = 10'000'000})}};
}

Record describe(const ChargerRequest*) {
    using Request = ChargerRequest;
    return {"charger_request", "What a charge point was asked to do, and what it said.",
        {
            field<&Request::id>("id", "Id.", {.read_only = true}),
            field<&Request::charger>("charger", "Which charge point.", {.filter = true}),
            field<&Request::organisation>("organisation", "Whose it is.", {.read_only = true}),
            field<&Request::action>("action", "Start, stop, set or clear a profile."),
            field<&Request::connector>("connector", "At which place.", {.min = 0, .max = 100}),
            field<&Request::session_number>("session_number", "Which session.", {.min = 1}),
            field<&Request::profile_number>("profile_number", "Which profile.", {.min = 1, .max = 1'000'000}),
            field<&Request::tag>("tag", "For which card.", {.max = 20, .defaulted = true}),
            field<&Request::purpose>("purpose", "Of the profile, in the protocol's words.", {.max = 30, .defaulted = true}),
            field<&Request::in_watts>("in_watts", "Limits are watts, else amperes.", {.defaulted = true}),
            field<&Request::periods>("periods", "Limits one after another.", {.max = 100, .defaulted = true}),
            field<&Request::state>("state", "Waiting, sent, accepted, refused or failed.", {.read_only = true}),
            field<&Request::answer>("answer", "What it said.", {.max = 300, .read_only = true}),
            field<&Request::person_name>("person_name", "Who asked.", {.read_only = true}),
            field<&Request::asked_at>("asked_at", "When.", {.read_only = true, .sort = true}),
            field<&Request::ended_at>("ended_at", "When it was answered.", {.read_only = true}),
            field<&Request::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const ChargingTag*) {
    using Tag = ChargingTag;
    return {"charging_tag", "A card that may charge at an organisation's charge points.",
        {
            field<&Tag::id>("id", "Id.", {.read_only = true}),
            field<&Tag::organisation>("organisation", "At whose.", {.read_only = true, .filter = true}),
            field<&Tag::tag>("tag", "What the reader reads.", {.min = 1, .max = 20, .sort = true}),
            field<&Tag::holder>("holder", "Who has it.", {.max = 200, .defaulted = true}),
            field<&Tag::blocked>("blocked", "It may not charge.", {.defaulted = true, .filter = true}),
            field<&Tag::valid_to>("valid_to", "Until when it may."),
            field<&Tag::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Tag::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Tag::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Tag::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

} // namespace greenbank::energy
