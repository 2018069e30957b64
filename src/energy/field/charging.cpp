// charging.cpp — charge points and the store between them.
#include "energy/field/charging.h"

#include <algorithm>

#include <fmt/format.h>

#include "energy/engine/values.h"
#include "kernel/log.h"
#include "json/value_tree.h"

namespace greenbank::energy {

using charge_point::Event;
using charge_point::Reaction;

namespace {

constexpr Duration request_waits = minutes(2), connected_shown_every = seconds(30);

charge_point::Transaction transaction_of(const ChargingSession& session) {
    return {session.number, session.connector, session.meter_start_wh, session.tag, session.started_at, session.stopped_at, session.meter_stop_wh.value_or(0),
        session.reason};
}

} // namespace

std::pair<std::string, double> channel_value(const charge_point::MeterReading& reading) {
    struct Known {
        std::string_view measurand, key;
        double scale;
    };
    // As the template of chargers calls them (data/reference/device_templates.csv).
    static constexpr Known known[] = {{"Energy.Active.Import.Register", "energy", 0.001}, {"Power.Active.Import", "power", 0.001},
        {"Current.Import", "current", 1}, {"Voltage", "voltage", 1}, {"SoC", "state_of_charge", 1}};
    const auto lower = [](std::string_view text) {
        std::string name;
        for (const char c : text) name += c == '.' || c == '-' ? '_' : static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        return name;
    };
    const auto found = std::find_if(std::begin(known), std::end(known), [&](const Known& one) { return one.measurand == reading.measurand; });
    std::string key = reading.connector > 1 ? fmt::format("{}.", reading.connector) : "";
    key += found == std::end(known) ? lower(reading.measurand) : std::string(found->key);
    if (!reading.phase.empty()) key += "." + lower(reading.phase);
    if (!reading.location.empty() && reading.location != "Outlet" && found == std::end(known)) key += "." + lower(reading.location);
    return {key, found == std::end(known) ? reading.value : reading.value * found->scale};
}

Charging::Charging(Intake& intake, Store& store, Refusals& refusals, Clock clock) :
    intake_(intake), store_(store), refusals_(refusals), clock_(std::move(clock)) {}

bool Charging::admit(const std::string& identity, const std::string& user, const std::string& password) {
    const Time now = clock_();
    if (user != identity || password.empty()) return refusals_.count("ocpp.credential", identity, now), false;
    const auto device = intake_.authenticate(password, now);
    if (!device) return refusals_.count("ocpp.credential", identity, now), false;
    std::optional<Charger> charger;
    const auto read = store_.read([&](Transaction& transaction) -> Result<Done> {
        charger = TRY(transaction.find_one<Charger>("identity = $1", {identity}));
        return Done{};
    });
    if (read && charger && charger->device == device.value()) return true;
    refusals_.count("ocpp.unknown", identity, now);
    return false;
}

void Charging::opened(const std::string& identity, std::shared_ptr<ChargerLink> link) {
    const Time now = clock_();
    const auto session = std::make_shared<Session>();
    std::vector<charge_point::Transaction> known;
    const auto kept = store_.write([&](Transaction& transaction) -> Result<Done> {
        transaction.capture_changes = false;
        known.clear();
        auto charger = TRY(transaction.find_one<Charger>("identity = $1", {identity}));
        if (!charger) return Error{Failure::not_found, "charger.none", "The bank has no charge point of this identity."};
        for (const ChargingSession& one : TRY(transaction.find<ChargingSession>(
                 "charger = $1 AND (stopped_at IS NULL OR started_at > $2) ORDER BY number DESC LIMIT 200", {charger->id.text, (now - days(30)).microseconds})))
            known.insert(known.begin(), transaction_of(one));
        charger->connected = true;
        charger->connected_at = charger->heard_at = now;
        TRY(transaction.update(*charger));
        session->charger = *charger;
        return Done{};
    });
    if (!kept) {
        refusals_.count("ocpp.store", identity, now);
        return link->close();
    }
    session->point = charge_point::ChargePoint(std::move(known));
    session->link = link;
    std::shared_ptr<ChargerLink> before;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [other, one] : sessions_)
            if (one->charger.identity == identity) before = one->link; // half open: it came back before we knew that it was gone
        sessions_[link.get()] = session;
    }
    if (before) before->close();
}

std::shared_ptr<Charging::Session> Charging::session_of(const ChargerLink* link) const {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(link);
    return found == sessions_.end() ? nullptr : found->second;
}

void Charging::received(const ChargerLink* link, const std::string& text) {
    const std::shared_ptr<Session> session = session_of(link);
    if (!session) return;
    const Time now = clock_();
    const auto tree = read_value_tree(text);
    if (!tree) return refusals_.count("ocpp.json", session->charger.identity, now);
    auto context = context_of(session->charger, now);
    if (!context) return session->link->close();
    const std::lock_guard lock(session->mutex);
    settle(*session, session->point.receive(tree.value(), context.value()));
}

Result<charge_point::Context> Charging::context_of(const Charger& charger, Time now) {
    charge_point::Context context{.now = now, .next_transaction = 1, .tag = {}};
    std::map<std::string, charge_point::TagStatus, std::less<>> tags;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        context.next_transaction = as_integer(TRY(transaction.query("SELECT MAX(number) FROM charging_session")).single()) + 1;
        for (const ChargingTag& tag : TRY(transaction.find<ChargingTag>("organisation = $1", {charger.organisation.text})))
            tags[tag.tag] = tag.blocked                                    ? charge_point::TagStatus::blocked
                            : tag.valid_to && *tag.valid_to < date_of(now) ? charge_point::TagStatus::expired
                                                                           : charge_point::TagStatus::accepted;
        return Done{};
    }));
    context.tag = [tags = std::move(tags)](std::string_view tag) {
        const auto found = tags.find(tag);
        return found == tags.end() ? charge_point::TagStatus::invalid : found->second;
    };
    return context;
}

// ---- keeping ---------------------------------------------------------------------------------------------------------

void Charging::settle(Session& session, Reaction reaction) {
    if (reaction.events.empty() && reaction.frames.empty()) return;
    const Time now = clock_();
    for (const Event& event : reaction.events)
        if (event.kind == Event::Kind::refused) refusals_.count("ocpp." + event.answer, session.charger.identity, now);
    if (std::any_of(reaction.events.begin(), reaction.events.end(), [](const Event& event) { return event.kind != Event::Kind::refused; })) {
        const std::uint64_t seed = static_cast<std::uint64_t>(now.microseconds) + ++settled_;
        const auto kept = store_.write([&](Transaction& transaction) { return keep(transaction, session.charger, reaction.events, now, seed); });
        if (!kept) {
            refusals_.count("ocpp.store", session.charger.identity, now);
            log(greenbank::Level::warning, "charger_event_keep", fill_in(kept.error().message, kept.error().parameters));
            return session.link->close(); // nothing is answered that is not kept; it will come again
        }
        if (!send_points(session.charger, reaction.events, now)) return session.link->close();
    }
    for (const ValueTree& frame : reaction.frames) session.link->send(to_json(frame));
}

Result<Done> Charging::keep(Transaction& transaction, Charger charger, const std::vector<Event>& events, Time now, std::uint64_t seed) {
    transaction.capture_changes = false;
    Random random(seed);
    TRY(transaction.execute("UPDATE charger SET heard_at = $1, connected = $2 WHERE id = $3", {now.microseconds, std::int64_t{1}, charger.id.text}));
    for (const Event& event : events) {
        switch (event.kind) {
        case Event::Kind::booted:
            TRY(transaction.execute(
                "UPDATE charger SET vendor = $1, model = $2, serial = $3, firmware = $4, booted_at = $5, updated_at = $5, version = version + 1 WHERE id = $6",
                {event.vendor, event.model, event.serial, event.firmware, now.microseconds, charger.id.text}));
            break;
        case Event::Kind::status:
            TRY(transaction.execute(
                "INSERT INTO charger_connector (id, charger, number, status, error, info, since, sample) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
                "ON CONFLICT (charger, number) DO UPDATE SET status = excluded.status, error = excluded.error, info = excluded.info, since = excluded.since "
                "WHERE excluded.since >= charger_connector.since",
                {make_id<ChargerConnector>(now, random).text, charger.id.text, event.connector, event.status, event.error, event.info, event.at.microseconds,
                    std::int64_t{charger.sample}}));
            break;
        case Event::Kind::started: {
            const charge_point::Transaction& one = event.transaction;
            ChargingSession session{.id = make_id<ChargingSession>(now, random),
                .charger = charger.id,
                .organisation = charger.organisation,
                .number = one.number,
                .connector = one.connector,
                .tag = one.tag,
                .tag_status = std::string(charge_point::to_text(event.tag_status)),
                .started_at = one.started_at,
                .meter_start_wh = one.meter_start_wh,
                .stopped_at = {},
                .meter_stop_wh = {},
                .energy_wh = {},
                .reason = {},
                .sample = charger.sample};
            TRY(transaction.insert(session));
            break;
        }
        case Event::Kind::stopped: {
            const charge_point::Transaction& one = event.transaction;
            if (event.unknown_transaction) {
                refusals_.count("ocpp.stop_unknown", charger.identity, now);
                break;
            }
            TRY(transaction.execute(
                "UPDATE charging_session SET stopped_at = $1, meter_stop_wh = $2, energy_wh = $3, reason = $4 WHERE number = $5 AND charger = $6",
                {one.stopped_at->microseconds, one.meter_stop_wh, std::max<std::int64_t>(0, one.meter_stop_wh - one.meter_start_wh), one.reason, one.number,
                    charger.id.text}));
            break;
        }
        case Event::Kind::ask_answered:
        case Event::Kind::ask_failed: {
            const bool said_no =
                event.kind == Event::Kind::ask_failed && (event.answer == "Rejected" || event.answer == "NotSupported" || event.answer == "Unknown");
            const auto state = event.kind == Event::Kind::ask_answered ? ChargerRequestState::accepted
                               : said_no                               ? ChargerRequestState::refused
                                                                       : ChargerRequestState::failed;
            TRY(transaction.execute("UPDATE charger_request SET state = $1, answer = $2, ended_at = $3, version = version + 1 WHERE id = $4",
                {std::string(greenbank::name_of(state)), event.answer.substr(0, 300), now.microseconds, event.ask}));
            break;
        }
        case Event::Kind::heard:
        case Event::Kind::meter:
        case Event::Kind::refused: break;
        }
    }
    return Done{};
}

/// Meter values go the way of all points: they are durable before the charge point is answered. An error where they should come again.
Result<Done> Charging::send_points(const Charger& charger, const std::vector<Event>& events, Time now) {
    std::vector<std::string> keys;
    std::vector<NamedPoint> points;
    for (const Event& event : events)
        for (const charge_point::MeterReading& reading : event.readings) {
            auto [key, value] = channel_value(reading);
            keys.push_back(std::move(key));
            points.push_back({{}, reading.at.microseconds / 1000, value, Quality::good});
        }
    if (points.empty()) return Done{};
    for (std::size_t i = 0; i < points.size(); ++i) points[i].channel = keys[i];
    const auto accepted = intake_.accept(charger.device, points, now);
    if (!accepted) {
        count_refused(refusals_, accepted.error(), charger.identity, now, points.size());
        if (is_for_good(accepted.error())) return Done{};
        return accepted.error();
    }
    count_refused(refusals_, accepted.value(), charger.identity, now);
    return Done{};
}

void Charging::closed(const ChargerLink* link) {
    const std::shared_ptr<Session> session = session_of(link);
    if (!session) return;
    bool another = false;
    {
        const std::lock_guard lock(mutex_);
        sessions_.erase(link);
        for (const auto& [other, one] : sessions_) another = another || one->charger.identity == session->charger.identity;
    }
    const std::lock_guard lock(session->mutex);
    const Reaction reaction = session->point.disconnected();
    const Time now = clock_();
    const auto kept = store_.write([&](Transaction& transaction) -> Result<Done> {
        TRY(keep(transaction, session->charger, reaction.events, now, static_cast<std::uint64_t>(now.microseconds)));
        if (!another) TRY(transaction.execute("UPDATE charger SET connected = $1 WHERE id = $2", {std::int64_t{0}, session->charger.id.text}));
        return Done{};
    });
    if (!kept) log(greenbank::Level::warning, "charger_close", fill_in(kept.error().message, kept.error().parameters));
}

// ---- asking ----------------------------------------------------------------------------------------------------------

void Charging::ask(Session& session, const ChargerRequest& request) {
    const Time now = clock_();
    const std::lock_guard lock(session.mutex);
    std::string action;
    ValueTree body;
    switch (request.action) {
    case ChargerAction::start:
        action = "RemoteStartTransaction";
        body = charge_point::remote_start(request.connector, request.tag);
        break;
    case ChargerAction::stop:
        action = "RemoteStopTransaction";
        body = charge_point::remote_stop(request.session_number.value_or(0));
        break;
    case ChargerAction::clear_profile:
        action = "ClearChargingProfile";
        body = charge_point::clear_profile(request.connector, request.profile_number);
        break;
    case ChargerAction::set_profile: {
        charge_point::Profile profile{.connector = request.connector.value_or(0),
            .number = request.profile_number.value_or(1),
            .purpose = request.purpose,
            .transaction = request.session_number,
            .in_watts = request.in_watts,
            .begins_at = now,
            .periods = {}};
        for (const ChargerPeriod& period : request.periods) profile.periods.push_back({period.start_seconds, period.limit});
        action = "SetChargingProfile";
        body = charge_point::set_profile(profile);
        break;
    }
    }
    settle(session, session.point.ask(request.id.text, action, std::move(body), now));
}

void Charging::tick() {
    const Time now = clock_();
    std::vector<std::shared_ptr<Session>> sessions;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [link, session] : sessions_) sessions.push_back(session);
    }
    for (const auto& session : sessions) {
        const std::lock_guard lock(session->mutex);
        settle(*session, session->point.tick(now));
    }
    std::vector<ChargerRequest> waiting;
    const auto read = store_.read([&](Transaction& transaction) -> Result<Done> {
        waiting = TRY(transaction.find<ChargerRequest>("state = 'waiting' ORDER BY asked_at LIMIT 500"));
        return Done{};
    });
    if (!read) return;
    for (const ChargerRequest& request : waiting) {
        const auto found = std::find_if(sessions.begin(), sessions.end(), [&](const auto& session) { return session->charger.id == request.charger; });
        const bool here = found != sessions.end();
        if (!here && now < request.asked_at + request_waits) continue; // perhaps it calls soon, or another server has it
        const auto state = here ? ChargerRequestState::sent : ChargerRequestState::failed;
        std::int64_t ours = 0;
        const auto kept = store_.write([&](Transaction& transaction) -> Result<Done> {
            transaction.capture_changes = false;
            ours = TRY(transaction.execute("UPDATE charger_request SET state = $1, answer = $2, version = version + 1 WHERE id = $3 AND state = 'waiting'",
                {std::string(greenbank::name_of(state)), std::string(here ? "" : "the charge point is not on the line"), request.id.text}));
            return Done{};
        });
        if (kept && ours == 1 && here) ask(**found, request);
    }
}

std::size_t Charging::connected() const {
    const std::lock_guard lock(mutex_);
    return sessions_.size();
}

} // namespace greenbank::energy
