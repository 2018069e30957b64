// charge_point.cpp — calls of a charge point and their answers; what it is asked, one at a time.
#include "energy/engine/charge_point/charge_point.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "energy/engine/values.h"

namespace greenbank::energy::charge_point {

namespace {

std::string text_at(const ValueTree& body, std::string_view name) {
    const ValueTree* value = body.find(name);
    return value ? text_of(*value).value_or("") : "";
}
std::int64_t integer_at(const ValueTree& body, std::string_view name) {
    const ValueTree* value = body.find(name);
    return value ? integer_of(*value).value_or(0) : 0;
}
std::optional<Time> moment_at(const ValueTree& body, std::string_view name) { return parse_time(text_at(body, name)); }

std::optional<double> number_in(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return {};
    return number;
}

/// One unit a dimension, so that a charge point which changes from kW to W does not jump a thousandfold.
void into_base_unit(MeterReading& reading) {
    std::string& unit = reading.unit;
    if (unit == "Fahrenheit") {
        unit = "Celsius";
        reading.value = (reading.value - 32) / 1.8;
    } else if (unit == "K") {
        unit = "Celsius";
        reading.value -= 273.15;
    } else if (unit == "Celcius") unit = "Celsius"; // the spelling of some editions of the schema
    else if (unit == "kWh" || unit == "kvarh" || unit == "kW" || unit == "kvar" || unit == "kVA") {
        unit.erase(0, 1);
        reading.value *= 1000;
    }
}

/// Signed and unreadable values are left out; `skipped` counts them.
std::vector<MeterReading> readings_of(const ValueTree& list, std::int64_t connector, std::int64_t transaction, std::int64_t& skipped) {
    std::vector<MeterReading> readings;
    for (const ValueTree& moment : list.items) {
        const auto at = moment_at(moment, "timestamp");
        for (const ValueTree& sampled : moment.find("sampledValue")->items) {
            const auto value = number_in(text_at(sampled, "value"));
            if (!at || !value || text_at(sampled, "format") == "SignedData") {
                ++skipped;
                continue;
            }
            MeterReading reading{connector, transaction, text_at(sampled, "measurand"), text_at(sampled, "phase"), text_at(sampled, "location"),
                text_at(sampled, "unit"), *at, *value};
            if (reading.measurand.empty()) reading.measurand = "Energy.Active.Import.Register";
            if (reading.unit.empty() && reading.measurand.starts_with("Energy.Active")) reading.unit = "Wh";
            into_base_unit(reading);
            readings.push_back(std::move(reading));
        }
    }
    return readings;
}

ValueTree tag_info(TagStatus status) { return object_tree({{"status", text_tree(to_text(status))}}); }

Event event(Event::Kind kind, Time at) {
    Event event;
    event.kind = kind;
    event.at = at;
    return event;
}

} // namespace

std::string_view to_text(TagStatus status) {
    constexpr std::string_view names[] = {"Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx"};
    return names[static_cast<int>(status)];
}

ChargePoint::ChargePoint(std::vector<Transaction> known, Limits limits) : transactions_(std::move(known)), limits_(limits) {}

Reaction ChargePoint::receive(const ValueTree& tree, const Context& context) {
    Reaction reaction;
    const Frame frame = read_frame(tree);
    if (const Call* call = std::get_if<Call>(&frame)) {
        for (const auto& [id, answer] : answered_)
            if (id == call->id) return reaction.frames.push_back(answer), reaction;
        ValueTree answered;
        if (const auto fault = shape_fault(call->action, call->body)) {
            answered = error_frame(call->id, fault->code, fault->description);
            Event refused = event(Event::Kind::refused, context.now);
            refused.answer = fault->code;
            reaction.events.push_back(std::move(refused));
        } else answered = answer_frame(call->id, answer(*call, context, reaction));
        answered_.emplace_back(call->id, answered);
        if (answered_.size() > limits_.answers_kept) answered_.pop_front();
        reaction.frames.push_back(std::move(answered));
    } else if (const CallAnswer* answer = std::get_if<CallAnswer>(&frame)) {
        if (asks_.empty() || asks_.front().id != answer->id) return reaction; // too late, or never asked
        const std::string status = text_at(answer->body, "status");
        end_ask(status == "Accepted" ? Event::Kind::ask_answered : Event::Kind::ask_failed, status.empty() ? "no status" : status, context.now, reaction);
    } else if (const CallError* error = std::get_if<CallError>(&frame)) {
        if (asks_.empty() || asks_.front().id != error->id) return reaction;
        end_ask(Event::Kind::ask_failed, fmt::format("{}: {}", error->code, error->description), context.now, reaction);
    } else {
        // A broken frame has no id to answer to, so there is nothing to say but that it was counted.
        Event refused = event(Event::Kind::refused, context.now);
        refused.answer = protocol_error;
        reaction.events.push_back(std::move(refused));
    }
    return reaction;
}

ValueTree ChargePoint::answer(const Call& call, const Context& context, Reaction& reaction) {
    const ValueTree& body = call.body;
    if (call.action == "StartTransaction") return start(body, context, reaction);
    if (call.action == "StopTransaction") return stop(body, context, reaction);
    if (call.action == "Authorize") {
        reaction.events.push_back(event(Event::Kind::heard, context.now));
        return object_tree({{"idTagInfo", tag_info(judge(text_at(body, "idTag"), context))}});
    }
    if (call.action == "BootNotification") {
        Event booted = event(Event::Kind::booted, context.now);
        booted.vendor = text_at(body, "chargePointVendor");
        booted.model = text_at(body, "chargePointModel");
        booted.serial = text_at(body, "chargePointSerialNumber");
        booted.firmware = text_at(body, "firmwareVersion");
        reaction.events.push_back(std::move(booted));
        return object_tree({{"status", text_tree("Accepted")}, {"currentTime", text_tree(to_text(context.now))},
            {"interval", number_tree(context.heartbeat.microseconds / 1'000'000)}});
    }
    if (call.action == "StatusNotification") {
        Event status = event(Event::Kind::status, moment_at(body, "timestamp").value_or(context.now));
        status.connector = integer_at(body, "connectorId");
        status.status = text_at(body, "status");
        status.error = text_at(body, "errorCode");
        status.info = text_at(body, "info");
        reaction.events.push_back(std::move(status));
        return object_tree({});
    }
    if (call.action == "MeterValues") {
        Event meter = event(Event::Kind::meter, context.now);
        std::int64_t skipped = 0;
        // Offline charge points say -1 for a transaction whose number they wait for.
        meter.readings =
            readings_of(*body.find("meterValue"), integer_at(body, "connectorId"), std::max<std::int64_t>(0, integer_at(body, "transactionId")), skipped);
        reaction.events.push_back(std::move(meter));
        if (skipped) {
            Event refused = event(Event::Kind::refused, context.now);
            refused.answer = "value_unreadable";
            reaction.events.push_back(std::move(refused));
        }
        return object_tree({});
    }
    reaction.events.push_back(event(Event::Kind::heard, context.now));
    if (call.action == "Heartbeat") return object_tree({{"currentTime", text_tree(to_text(context.now))}});
    if (call.action == "DataTransfer") return object_tree({{"status", text_tree("UnknownVendorId")}});
    return object_tree({}); // the status of firmware and diagnostics
}

TagStatus ChargePoint::judge(std::string_view tag, const Context& context) const { return context.tag ? context.tag(tag) : TagStatus::accepted; }

ValueTree ChargePoint::start(const ValueTree& body, const Context& context, Reaction& reaction) {
    Transaction wanted{context.next_transaction, integer_at(body, "connectorId"), integer_at(body, "meterStart"), text_at(body, "idTag"),
        moment_at(body, "timestamp").value_or(context.now), {}};
    // A charge point that got no answer says the same again under another id, perhaps after days without a connection.
    for (const Transaction& known : transactions_)
        if (known.connector == wanted.connector && known.tag == wanted.tag && known.started_at == wanted.started_at &&
            known.meter_start_wh == wanted.meter_start_wh)
            return object_tree({{"transactionId", number_tree(known.number)}, {"idTagInfo", tag_info(judge(wanted.tag, context))}});
    TagStatus status = judge(wanted.tag, context);
    const bool elsewhere = std::any_of(transactions_.begin(), transactions_.end(),
        [&](const Transaction& known) { return !known.stopped_at && known.tag == wanted.tag && known.connector != wanted.connector; });
    if (status == TagStatus::accepted && elsewhere) status = TagStatus::concurrent;
    // It is kept whatever the card: the energy flowed, or will until the charge point heeds the answer.
    Event started = event(Event::Kind::started, context.now);
    started.transaction = wanted;
    started.tag_status = status;
    started.connector = wanted.connector;
    reaction.events.push_back(std::move(started));
    transactions_.push_back(wanted);
    if (transactions_.size() > limits_.transactions_kept) {
        const auto ended = std::find_if(transactions_.begin(), transactions_.end(), [](const Transaction& known) { return known.stopped_at.has_value(); });
        transactions_.erase(ended == transactions_.end() ? transactions_.begin() : ended);
    }
    return object_tree({{"transactionId", number_tree(wanted.number)}, {"idTagInfo", tag_info(status)}});
}

ValueTree ChargePoint::stop(const ValueTree& body, const Context& context, Reaction& reaction) {
    const std::int64_t number = integer_at(body, "transactionId");
    const std::string tag = text_at(body, "idTag");
    ValueTree answer = object_tree({});
    if (!tag.empty()) answer.members.push_back({"idTagInfo", tag_info(judge(tag, context))});
    const auto known = std::find_if(transactions_.begin(), transactions_.end(), [&](const Transaction& one) { return one.number == number; });
    if (known != transactions_.end() && known->stopped_at) return answer; // said before
    Event stopped = event(Event::Kind::stopped, context.now);
    Transaction ended = known != transactions_.end() ? *known : Transaction{number, 0, 0, tag, {}, {}};
    ended.stopped_at = moment_at(body, "timestamp").value_or(context.now);
    ended.meter_stop_wh = integer_at(body, "meterStop");
    ended.reason = text_at(body, "reason");
    if (ended.reason.empty()) ended.reason = "Local"; // so says the specification
    stopped.unknown_transaction = known == transactions_.end();
    stopped.connector = ended.connector;
    if (const ValueTree* data = body.find("transactionData"); data && data->shape == ValueTree::Shape::list) {
        std::int64_t skipped = 0;
        stopped.readings = readings_of(*data, ended.connector, number, skipped);
    }
    stopped.transaction = ended;
    if (known != transactions_.end()) *known = ended;
    reaction.events.push_back(std::move(stopped));
    return answer;
}

// ---- what is asked ---------------------------------------------------------------------------------------------------

Reaction ChargePoint::ask(const std::string& name, std::string_view action, ValueTree body, Time now) {
    Reaction reaction;
    if (asks_.size() >= limits_.asks_max) {
        Event failed = event(Event::Kind::ask_failed, now);
        failed.ask = name;
        failed.answer = "too many requests wait for this charge point";
        reaction.events.push_back(std::move(failed));
        return reaction;
    }
    asks_.push_back({name, std::string(action), std::move(body), {}, {}});
    send_next(now, reaction);
    return reaction;
}

void ChargePoint::send_next(Time now, Reaction& reaction) {
    if (asks_.empty() || !asks_.front().id.empty()) return;
    Ask& first = asks_.front();
    first.id = fmt::format("g{}-{}", now.microseconds, ++asked_);
    first.sent_at = now;
    reaction.frames.push_back(call_frame(first.id, first.action, first.body));
}

void ChargePoint::end_ask(Event::Kind kind, std::string answer, Time now, Reaction& reaction) {
    Event ended = event(kind, now);
    ended.ask = asks_.front().name;
    ended.answer = std::move(answer);
    reaction.events.push_back(std::move(ended));
    asks_.pop_front();
    send_next(now, reaction);
}

Reaction ChargePoint::tick(Time now) {
    Reaction reaction;
    if (!asks_.empty() && !asks_.front().id.empty() && asks_.front().sent_at + limits_.ask_timeout <= now)
        end_ask(Event::Kind::ask_failed, "no answer in time", now, reaction);
    return reaction;
}

Reaction ChargePoint::disconnected() {
    Reaction reaction;
    for (const Ask& one : asks_) {
        Event failed = event(Event::Kind::ask_failed, one.sent_at);
        failed.ask = one.name;
        failed.answer = "the connection was lost";
        reaction.events.push_back(std::move(failed));
    }
    asks_.clear();
    return reaction;
}

// ---- bodies ----------------------------------------------------------------------------------------------------------

ValueTree remote_start(std::optional<std::int64_t> connector, std::string_view tag) {
    ValueTree body = object_tree({{"idTag", text_tree(tag)}});
    if (connector) body.members.push_back({"connectorId", number_tree(*connector)});
    return body;
}
ValueTree remote_stop(std::int64_t transaction) { return object_tree({{"transactionId", number_tree(transaction)}}); }

std::string profile_fault(const Profile& profile) {
    if (profile.periods.empty()) return "a profile needs a period";
    if (profile.periods.front().start_seconds != 0) return "the first period must begin at 0 seconds";
    for (std::size_t i = 0; i < profile.periods.size(); ++i) {
        if (!std::isfinite(profile.periods[i].limit) || profile.periods[i].limit < 0) return "a limit must be 0 or more";
        if (i && profile.periods[i].start_seconds <= profile.periods[i - 1].start_seconds) return "periods must follow one another";
    }
    if (profile.purpose == "ChargePointMaxProfile" && profile.connector != 0) return "a profile of the whole charge point is set for connector 0";
    if (profile.purpose == "TxProfile" && profile.connector == 0) return "a profile of a transaction needs its connector";
    if (profile.purpose == "TxProfile" && !profile.transaction) return "a profile of a transaction needs its number";
    return {};
}

ValueTree set_profile(const Profile& profile) {
    ValueTree periods = list_tree({});
    for (const ProfilePeriod& period : profile.periods) // the schema allows one decimal
        periods.items.push_back(object_tree({{"startPeriod", number_tree(period.start_seconds)}, {"limit", number_tree(std::round(period.limit * 10) / 10)}}));
    ValueTree schedule = object_tree({{"chargingRateUnit", text_tree(profile.in_watts ? "W" : "A")}, {"chargingSchedulePeriod", std::move(periods)}});
    if (profile.duration_seconds) schedule.members.push_back({"duration", number_tree(*profile.duration_seconds)});
    const bool absolute = profile.purpose != "TxProfile";
    if (absolute) schedule.members.push_back({"startSchedule", text_tree(to_text(profile.begins_at))});
    ValueTree inner = object_tree({{"chargingProfileId", number_tree(profile.number)}, {"stackLevel", number_tree(profile.stack_level)},
        {"chargingProfilePurpose", text_tree(profile.purpose)}, {"chargingProfileKind", text_tree(absolute ? "Absolute" : "Relative")}});
    if (profile.transaction) inner.members.push_back({"transactionId", number_tree(*profile.transaction)});
    inner.members.push_back({"chargingSchedule", std::move(schedule)});
    return object_tree({{"connectorId", number_tree(profile.connector)}, {"csChargingProfiles", std::move(inner)}});
}

ValueTree clear_profile(std::optional<std::int64_t> connector, std::optional<std::int64_t> number) {
    ValueTree body = object_tree({});
    if (number) body.members.push_back({"id", number_tree(*number)});
    if (connector) body.members.push_back({"connectorId", number_tree(*connector)});
    return body;
}

} // namespace greenbank::energy::charge_point
