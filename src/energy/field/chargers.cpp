// chargers.cpp — operations on charge points, cards and what is asked of them. A request is written down; the server that has the charge
// point on the line carries it out.
#include <fmt/format.h>

#include "energy/field/field.h"
#include "energy/sites/operations.h"

namespace greenbank::energy {

Record describe(const Named<Charger>*) { return {"charger_named", "Names a charge point.", {field<&Named<Charger>::id>("id", "Its id.")}}; }
Record describe(const Named<ChargingTag>*) { return {"charging_tag_named", "Names a card.", {field<&Named<ChargingTag>::id>("id", "Its id.")}}; }

struct ChargerView {
    Charger charger;
    Text device_name;
    std::vector<ChargerConnector> connectors;
    std::vector<ChargingSession> sessions;
    std::vector<ChargerRequest> requests;
    bool may_run = false;
};
Record describe(const ChargerView*) {
    using View = ChargerView;
    return {"charger_view", "A charge point with its places, sessions and requests.",
        {field<&View::charger>("charger", "The charge point."), field<&View::device_name>("device_name", "What its device is called."),
            field<&View::connectors>("connectors", "Its places."), field<&View::sessions>("sessions", "Its latest sessions."),
            field<&View::requests>("requests", "What it was asked lately."), field<&View::may_run>("may_run", "The caller may start, stop and limit.")}};
}

struct StartRequest {
    Id<Charger> id;
    std::optional<std::int64_t> connector;
    std::string tag;
};
Record describe(const StartRequest*) {
    return {"charger_start", "Whom to charge, and where.",
        {field<&StartRequest::id>("id", "The charge point."),
            field<&StartRequest::connector>("connector", "At which place; left out: it chooses.", {.min = 1, .max = 100}),
            field<&StartRequest::tag>("tag", "For which card.", {.min = 1, .max = 20})}};
}
struct StopRequest {
    Id<Charger> id;
    std::int64_t session_number = 0;
};
Record describe(const StopRequest*) {
    return {"charger_stop", "Which charging to end.",
        {field<&StopRequest::id>("id", "The charge point."), field<&StopRequest::session_number>("session_number", "The number of the session.", {.min = 1})}};
}
struct ProfileRequest {
    Id<Charger> id;
    std::int64_t connector = 0, profile_number = 1;
    std::string purpose = "TxDefaultProfile";
    std::optional<std::int64_t> session_number;
    bool in_watts = true;
    std::vector<ChargerPeriod> periods;
};
Record describe(const ProfileRequest*) {
    using Request = ProfileRequest;
    return {"charger_profile", "How much may be charged, from when on.",
        {field<&Request::id>("id", "The charge point."), field<&Request::connector>("connector", "At which place; 0: all of them.", {.min = 0, .max = 100}),
            field<&Request::profile_number>(
                "profile_number", "The profile's number; the same one is replaced.", {.min = 1, .max = 1'000'000, .defaulted = true}),
            field<&Request::purpose>("purpose", "ChargePointMaxProfile, TxDefaultProfile or TxProfile.", {.max = 30, .defaulted = true}),
            field<&Request::session_number>("session_number", "Of a TxProfile: for which session.", {.min = 1}),
            field<&Request::in_watts>("in_watts", "Limits are watts, else amperes.", {.defaulted = true}),
            field<&Request::periods>("periods", "Limits one after another; the first from 0 seconds on.", {.min = 1, .max = 100})}};
}
struct ClearRequest {
    Id<Charger> id;
    std::optional<std::int64_t> connector, profile_number;
};
Record describe(const ClearRequest*) {
    return {"charger_clear", "Which limits go.",
        {field<&ClearRequest::id>("id", "The charge point."), field<&ClearRequest::connector>("connector", "At which place.", {.min = 0, .max = 100}),
            field<&ClearRequest::profile_number>("profile_number", "Which profile.", {.min = 1, .max = 1'000'000})}};
}

namespace {

Result<ChargerView> charger_get(Transaction& transaction, const Caller& caller, const Named<Charger>& key) {
    ChargerView view{.charger = TRY(seen(transaction, caller, key.id)), .device_name = {}, .connectors = {}, .sessions = {}, .requests = {}};
    if (const auto device = TRY(transaction.find_one<Device>("id = $1", {view.charger.device.text}))) view.device_name = device->name;
    view.connectors = TRY(transaction.find<ChargerConnector>("charger = $1 ORDER BY number", {key.id.text}));
    view.sessions = TRY(transaction.find<ChargingSession>("charger = $1 ORDER BY started_at DESC LIMIT 50", {key.id.text}));
    const bool own = acts_for(caller, view.charger.organisation);
    if (own) view.requests = TRY(transaction.find<ChargerRequest>("charger = $1 ORDER BY asked_at DESC LIMIT 20", {key.id.text}));
    else // whose card it was is nobody else's business
        for (ChargingSession& session : view.sessions) session.tag.clear();
    view.may_run = own && caller.actor.may(run_chargers);
    return view;
}

Result<Reply<Charger>> charger_create(Transaction& transaction, const Caller& caller, const Charger& draft) {
    Charger charger = draft;
    const Device device = TRY(to_change(transaction, caller, draft.device));
    if (!device.site) return invalid({{"device", "field.device_unclaimed", "The device must be claimed and have a site first."}});
    charger.organisation = device.organisation;
    charger.sample = false;
    if (TRY(transaction.find_one<Charger>("identity = $1", {draft.identity})))
        return Error{
            Failure::conflict, "charger.identity_taken", "Another charge point of the bank has this identity; choose another and set it at the charge point."};
    charger.id = caller.new_id<Charger>();
    charger.created_at = charger.updated_at = caller.now;
    TRY(transaction.insert(charger));
    return Reply<Charger>{.body = std::move(charger), .status = 201};
}

Result<Done> charger_delete(Transaction& transaction, const Caller& caller, const Named<Charger>& key) {
    const Charger charger = TRY(to_change(transaction, caller, key.id));
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM charging_session WHERE charger = $1", {key.id.text})).single()) > 0)
        return Error{Failure::conflict, "charger.has_sessions", "It has charged; retire its device instead, and its sessions stay."};
    TRY(transaction.execute("DELETE FROM charger_connector WHERE charger = $1", {key.id.text}));
    TRY(transaction.execute("DELETE FROM charger_request WHERE charger = $1", {key.id.text}));
    return transaction.erase(charger.id);
}

Result<Reply<ChargerRequest>> keep_request(Transaction& transaction, const Caller& caller, const Id<Charger>& id, ChargerRequest request) {
    const Charger charger = TRY(to_change(transaction, caller, id));
    if (charger.sample) return Error{Failure::conflict, "charger.sample", "This is a sample; nobody would hear the request."};
    request.id = caller.new_id<ChargerRequest>();
    request.charger = charger.id;
    request.organisation = charger.organisation;
    request.asked_at = caller.now;
    const Rows name = TRY(transaction.query("SELECT name FROM person WHERE id = $1", {caller.actor.person}));
    request.person_name = as_text(name.single());
    TRY(transaction.insert(request));
    return Reply<ChargerRequest>{.body = std::move(request), .status = 202};
}

Result<Reply<ChargerRequest>> charger_start(Transaction& transaction, const Caller& caller, const StartRequest& asked) {
    ChargerRequest request;
    request.action = ChargerAction::start;
    request.connector = asked.connector;
    request.tag = asked.tag;
    return keep_request(transaction, caller, asked.id, std::move(request));
}
Result<Reply<ChargerRequest>> charger_stop(Transaction& transaction, const Caller& caller, const StopRequest& asked) {
    const Charger charger = TRY(to_change(transaction, caller, asked.id));
    const auto session = TRY(transaction.find_one<ChargingSession>("charger = $1 AND number = $2", {charger.id.text, asked.session_number}));
    if (!session) return invalid({{"session_number", "charger.no_session", "This charge point has no such session."}});
    if (session->stopped_at) return Error{Failure::conflict, "charger.session_ended", "This session has ended already."};
    ChargerRequest request;
    request.action = ChargerAction::stop;
    request.connector = session->connector;
    request.session_number = asked.session_number;
    return keep_request(transaction, caller, asked.id, std::move(request));
}
Result<Reply<ChargerRequest>> charger_profile_set(Transaction& transaction, const Caller& caller, const ProfileRequest& asked) {
    if (asked.purpose != "ChargePointMaxProfile" && asked.purpose != "TxDefaultProfile" && asked.purpose != "TxProfile")
        return invalid({{"purpose", "charger.purpose", "Choose ChargePointMaxProfile, TxDefaultProfile or TxProfile."}});
    charge_point::Profile profile{.connector = asked.connector,
        .number = asked.profile_number,
        .purpose = asked.purpose,
        .transaction = asked.session_number,
        .in_watts = asked.in_watts,
        .begins_at = caller.now,
        .periods = {}};
    for (const ChargerPeriod& period : asked.periods) profile.periods.push_back({period.start_seconds, period.limit});
    if (const std::string fault = charge_point::profile_fault(profile); !fault.empty())
        return invalid({{"periods", "charger.profile", "The profile contradicts the protocol: {reason}.", {{"reason", fault}}}});
    ChargerRequest request;
    request.action = ChargerAction::set_profile;
    request.connector = asked.connector;
    request.profile_number = asked.profile_number;
    request.session_number = asked.session_number;
    request.purpose = asked.purpose;
    request.in_watts = asked.in_watts;
    request.periods = asked.periods;
    return keep_request(transaction, caller, asked.id, std::move(request));
}
Result<Reply<ChargerRequest>> charger_profile_clear(Transaction& transaction, const Caller& caller, const ClearRequest& asked) {
    ChargerRequest request;
    request.action = ChargerAction::clear_profile;
    request.connector = asked.connector;
    request.profile_number = asked.profile_number;
    return keep_request(transaction, caller, asked.id, std::move(request));
}

/// Cards are of people: nobody but their organisation sees them, samples apart.
Result<ChargingTag> charging_tag_get(Transaction& transaction, const Caller& caller, const Named<ChargingTag>& key) {
    return seen(transaction, caller, key.id);
}

Result<Reply<ChargingTag>> charging_tag_create(Transaction& transaction, const Caller& caller, const ChargingTag& draft) {
    ChargingTag tag = draft;
    tag.organisation = TRY(acting_organisation(caller));
    if (TRY(transaction.find_one<ChargingTag>("organisation = $1 AND tag = $2", {tag.organisation.text, tag.tag})))
        return Error{Failure::conflict, "charging_tag.taken", "Your organisation has this card already."};
    tag.id = caller.new_id<ChargingTag>();
    tag.created_at = tag.updated_at = caller.now;
    TRY(transaction.insert(tag));
    return Reply<ChargingTag>{.body = std::move(tag), .status = 201};
}
Result<ChargingTag> charging_tag_update(Transaction& transaction, const Caller& caller, const Patch<ChargingTag>& patch) {
    TRY(to_change(transaction, caller, patch.id));
    ChargingTag tag = TRY(apply_patch(transaction, caller, patch));
    tag.updated_at = caller.now;
    TRY(transaction.update(tag));
    return tag;
}

Result<Done> charging_tag_delete(Transaction& transaction, const Caller& caller, const Named<ChargingTag>& key) {
    return transaction.erase(TRY(to_change(transaction, caller, key.id)).id);
}

} // namespace

std::vector<Endpoint> charger_endpoints() {
    return {
        // clang-format off
        {"charger_list", Method::get, "/chargers", "Charge points for vehicles.", Mode::read, signed_in, call(listed<Charger>)},
        {"charger_get", Method::get, "/chargers/{id}", "One of them, with its places, sessions and requests.", Mode::read, signed_in, call(charger_get)},
        {"charger_create", Method::post, "/chargers", "Enter a charge point.", Mode::write, run_chargers, call(charger_create)},
        {"charger_delete", Method::remove, "/chargers/{id}", "Delete a charge point that never charged.", Mode::write, run_chargers, call(charger_delete)},
        {"charger_start", Method::post, "/chargers/{id}/start", "Ask it to begin charging.", Mode::write, run_chargers, call(charger_start)},
        {"charger_stop", Method::post, "/chargers/{id}/stop", "Ask it to end a charging.", Mode::write, run_chargers, call(charger_stop)},
        {"charger_profile_set", Method::post, "/chargers/{id}/profile", "Limit its power or current.", Mode::write, run_chargers, call(charger_profile_set)},
        {"charger_profile_clear", Method::post, "/chargers/{id}/clear-profile", "Take limits back.", Mode::write, run_chargers, call(charger_profile_clear)},
        {"charging_session_list", Method::get, "/charging-sessions", "Chargings of one's own charge points.", Mode::read, signed_in, call(listed<ChargingSession>)},
        {"charging_tag_list", Method::get, "/charging-tags", "Cards of one's own organisation.", Mode::read, signed_in, call(listed<ChargingTag>)},
        {"charging_tag_get", Method::get, "/charging-tags/{id}", "One card.", Mode::read, signed_in, call(charging_tag_get)},
        {"charging_tag_create", Method::post, "/charging-tags", "Enter a card.", Mode::write, run_chargers, call(charging_tag_create)},
        {"charging_tag_update", Method::patch, "/charging-tags/{id}", "Change or block a card.", Mode::write, run_chargers, call(charging_tag_update)},
        {"charging_tag_delete", Method::remove, "/charging-tags/{id}", "Delete a card.", Mode::write, run_chargers, call(charging_tag_delete)},
        // clang-format on
    };
}

std::vector<SampleSet> field_samples() {
    return {sample_set<FieldConnection>("energy_field/connections"), sample_set<Charger>("energy_field/chargers"),
        sample_set<ChargerConnector>("energy_field/connectors"), sample_set<ChargingSession>("energy_field/sessions")};
}

} // namespace greenbank::energy
