// sending.cpp — points by HTTP: from a device with its credential, or from somebody who may write for it.
#include "energy/sites/operations.h"
#include "energy/telemetry/intake.h"
#include "energy/telemetry/json_points.h"
#include "energy/telemetry/telemetry.h"
#include "kernel/log.h"

namespace greenbank::energy {

struct PointsSent {
    std::string precision = "ns";
};
Record describe(const PointsSent*) {
    return {"points_sent", "Points in the body: JSON, CSV or Influx line protocol (text/plain).",
        {field<&PointsSent::precision>("precision", "What moments of lines count: ns, us, ms or s.", {.max = 2, .defaulted = true})}};
}
struct DevicePointsSent {
    Id<Device> id;
    std::string precision = "ns";
};
Record describe(const DevicePointsSent*) {
    return {"device_points_sent", "Points of a device in the body: JSON, CSV or Influx line protocol (text/plain).",
        {
            field<&DevicePointsSent::id>("id", "Of which device."),
            field<&DevicePointsSent::precision>("precision", "What moments of lines count: ns, us, ms or s.", {.max = 2, .defaulted = true}),
        }};
}

struct PointFaultTold {
    std::int64_t line = 0;
    std::string code;
};
Record describe(const PointFaultTold*) {
    return {"point_fault", "What could not be read.",
        {field<&PointFaultTold::line>("line", "In which line."), field<&PointFaultTold::code>("code", "What is wrong with it.")}};
}
struct PointsAccepted {
    std::int64_t taken = 0, duplicates = 0, late = 0, bad = 0, channel_unknown = 0, not_finite = 0, too_old = 0, clock_ahead = 0, unreadable = 0;
    std::string first_refused;
    std::vector<PointFaultTold> faults;
};
Record describe(const PointsAccepted*) {
    using One = PointsAccepted;
    return {"points_accepted", "What became of points: those taken are on the disk.",
        {
            field<&One::taken>("taken", "Points taken."),
            field<&One::duplicates>("duplicates", "Points that were there already."),
            field<&One::late>("late", "Points taken that were older than what was there."),
            field<&One::bad>("bad", "Points taken and kept aside as bad."),
            field<&One::channel_unknown>("channel_unknown", "Points refused: no channel of that key."),
            field<&One::not_finite>("not_finite", "Points refused: no finite number."),
            field<&One::too_old>("too_old", "Points refused: from before 2000, or from before what is kept."),
            field<&One::clock_ahead>("clock_ahead", "Points refused: later than the device's clock may be."),
            field<&One::unreadable>("unreadable", "What could not be read."),
            field<&One::first_refused>("first_refused", "The channel of the first point refused."),
            field<&One::faults>("faults", "The first things that could not be read."),
        }};
}

namespace {

Result<ReadPoints> read_body(std::string_view content_type, std::string_view body, std::string_view precision, Time now) {
    const std::int64_t now_milliseconds = now.microseconds / 1000;
    if (content_type == "application/json") return read_json_points(body, now_milliseconds);
    if (content_type == "text/csv") return read_csv_points(body, now_milliseconds);
    if (content_type != "text/plain" && content_type != "application/octet-stream")
        return Error{Failure::unsupported, "telemetry.content_type", "Send points as application/json, text/csv or text/plain (line protocol)."};
    static constexpr std::pair<std::string_view, std::int64_t> units[] = {{"ns", 1}, {"us", 1000}, {"ms", 1'000'000}, {"s", 1'000'000'000}};
    for (const auto& [name, unit] : units)
        if (name == precision) return read_lines(body, unit, now_milliseconds);
    return invalid({{"precision", "telemetry.precision", "Moments are counted in ns, us, ms or s."}});
}

Result<PointsAccepted> take(
    Intake& intake, const Id<Device>& device, std::string_view content_type, std::string_view body, std::string_view precision, Time now) {
    const ReadPoints read = TRY(read_body(content_type, body, precision, now));
    if (read.points.empty() && read.faults_in_all > 0)
        return Error{Failure::invalid, std::string(read.faults.front().code), "Nothing in the body could be read as points (line {line}).",
            {{"line", std::to_string(read.faults.front().line)}}};
    const Accepted accepted = TRY(intake.accept(device, read.points, now));
    const auto refused = [&](PointRefusal why) { return accepted.refused[static_cast<std::size_t>(why)]; };
    PointsAccepted out{accepted.taken, accepted.duplicates, accepted.late, accepted.bad, refused(PointRefusal::channel_unknown),
        refused(PointRefusal::not_finite), refused(PointRefusal::too_old), refused(PointRefusal::clock_ahead), static_cast<std::int64_t>(read.faults_in_all),
        accepted.first_refused, {}};
    for (const PointFault& fault : read.faults) out.faults.push_back({static_cast<std::int64_t>(fault.line), std::string(fault.code)});
    return out;
}

} // namespace

std::vector<Endpoint> sending_endpoints(Intake& intake) {
    const auto from_device = [&intake](Store&, const Caller& caller, const Bytes<PointsSent>& sent) -> Result<PointsAccepted> {
        constexpr std::string_view device_session = "device:"; // as DeviceGate puts it
        if (!caller.actor.session.starts_with(device_session))
            return Error{Failure::unauthenticated, "device.sign_in", "Send the device's credential as bearer token; people send to the points of a device."};
        return take(intake, Id<Device>(caller.actor.session.substr(device_session.size())), sent.content_type, sent.body, sent.fields.precision, caller.now);
    };
    const auto from_person = [&intake](Store& store, const Caller& caller, const Bytes<DevicePointsSent>& sent) -> Result<PointsAccepted> {
        TRY(store.read([&](Transaction& transaction) -> Result<Done> { return TRY(to_change(transaction, caller, sent.fields.id)), Done{}; }));
        return take(intake, sent.fields.id, sent.content_type, sent.body, sent.fields.precision, caller.now);
    };
    return {
        // clang-format off
        {"points_send", Method::post, "/points", "Points of the device whose credential is sent along.", Mode::compute, open_to_all, call(from_device)},
        {"device_points_send", Method::post, "/devices/{id}/points", "Points of a device, sent by somebody who may write for it.", Mode::compute, write_sites, call(from_person)},
        // clang-format on
    };
}

Following telemetry_following(Intake& intake) {
    return {
        [](Store&, Time) -> Result<std::optional<std::string>> { return std::optional<std::string>{}; },
        [&intake](Store&, const std::vector<Announcement>& changes, const std::string&, Time) -> Result<Done> {
            for (const Announcement& change : changes)
                if (change.record == "device" || change.record == "channel") {
                    intake.forget();
                    break;
                }
            return Done{};
        },
    };
}

Routine telemetry_routine(Intake& intake) {
    return {"telemetry_seal", [&intake](Store&, Time now, std::uint64_t) -> Result<Done> { return TRY(intake.seal(now, false)), Done{}; }};
}

} // namespace greenbank::energy
