// charge_point.h — the central system's side of one OCPP 1.6-J charge point: frame in, answer and events out. Pure: moment, numbers of
// transactions and the list of cards are arguments. What the events say must be on the disk before the answer leaves.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "energy/engine/charge_point/frames.h"
#include "kernel/time.h"

namespace greenbank::energy::charge_point {

enum class TagStatus { accepted, blocked, expired, invalid, concurrent };

struct Transaction {
    std::int64_t number = 0, connector = 0, meter_start_wh = 0;
    std::string tag;
    Time started_at;
    std::optional<Time> stopped_at;
    std::int64_t meter_stop_wh = 0;
    std::string reason = {};

    bool operator==(const Transaction&) const = default;
};

struct MeterReading {
    std::int64_t connector = 0;
    std::int64_t transaction = 0; // 0: none
    std::string measurand, phase, location;
    std::string unit; // Wh, varh, W, var, VA, A, V, Celsius, Percent, Hertz …: thousands are resolved, Fahrenheit and Kelvin too
    Time at;
    double value = 0;

    bool operator==(const MeterReading&) const = default;
};

struct Event {
    enum class Kind { booted, heard, status, started, stopped, meter, ask_answered, ask_failed, refused };
    Kind kind = Kind::heard;
    // booted
    std::string vendor, model, serial, firmware;
    // status
    std::int64_t connector = 0;
    std::string status, error, info;
    Time at;
    // started, stopped
    Transaction transaction;
    TagStatus tag_status = TagStatus::accepted;
    bool unknown_transaction = false;        // of a stop: we never heard of its start
    std::vector<MeterReading> readings = {}; // of meter, and of the data of a stop
    // ask_answered, ask_failed: which of ours, and what was said; refused: the code of the error
    std::string ask, answer;
};

struct Context {
    Time now;
    std::int64_t next_transaction = 1;                       // a number that no transaction of the bank has
    std::function<TagStatus(std::string_view tag)> tag = {}; // empty: every tag is accepted
    Duration heartbeat = minutes(5);
};

struct Reaction {
    std::vector<ValueTree> frames; // to send, in order
    std::vector<Event> events;
};

struct Limits {
    std::size_t answers_kept = 200; // of calls already answered, so that a repeated one is answered the same
    std::size_t asks_max = 20;      // that wait for their turn
    std::size_t transactions_kept = 200;
    Duration ask_timeout = seconds(30);
};

class ChargePoint {
public:
    /// With what is known of its transactions: those that run, and those that ended lately.
    explicit ChargePoint(std::vector<Transaction> known = {}, Limits limits = {});

    Reaction receive(const ValueTree& tree, const Context& context);
    /// Asks the charge point something under a name of the caller's; it waits until earlier ones are answered, for OCPP allows one at a time.
    Reaction ask(const std::string& name, std::string_view action, ValueTree body, Time now);
    /// Asks that stayed without an answer; call about every second.
    Reaction tick(Time now);
    /// The connection is gone: what was asked and not answered has failed.
    Reaction disconnected();

    const std::vector<Transaction>& transactions() const { return transactions_; }

private:
    struct Ask {
        std::string name, action;
        ValueTree body;
        std::string id;
        Time sent_at;
    };

    ValueTree answer(const Call& call, const Context& context, Reaction& reaction);
    ValueTree start(const ValueTree& body, const Context& context, Reaction& reaction);
    ValueTree stop(const ValueTree& body, const Context& context, Reaction& reaction);
    TagStatus judge(std::string_view tag, const Context& context) const;
    void send_next(Time now, Reaction& reaction);
    void end_ask(Event::Kind kind, std::string answer, Time now, Reaction& reaction);

    std::vector<Transaction> transactions_;
    Limits limits_;
    std::deque<std::pair<std::string, ValueTree>> answered_;
    std::deque<Ask> asks_; // the first is with the charge point once it has an id
    std::int64_t asked_ = 0;
};

// What may be asked, as bodies of calls.
ValueTree remote_start(std::optional<std::int64_t> connector, std::string_view tag);
ValueTree remote_stop(std::int64_t transaction);

struct ProfilePeriod {
    std::int64_t start_seconds = 0;
    double limit = 0;
};
struct Profile {
    std::int64_t connector = 0, number = 1, stack_level = 0;
    std::string purpose = "TxDefaultProfile"; // or ChargePointMaxProfile, TxProfile
    std::optional<std::int64_t> transaction;  // of a TxProfile
    bool in_watts = true;                     // else ampere
    std::optional<std::int64_t> duration_seconds;
    Time begins_at;
    std::vector<ProfilePeriod> periods;
};
/// What contradicts the specification, in words; empty where all is well.
std::string profile_fault(const Profile& profile);
ValueTree set_profile(const Profile& profile);
ValueTree clear_profile(std::optional<std::int64_t> connector, std::optional<std::int64_t> number);

std::string_view to_text(TagStatus status); // in the specification's spelling

} // namespace greenbank::energy::charge_point
