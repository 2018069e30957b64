// devices.cpp — devices: entered or claimed, given credentials that only they know, suspended, retired.
#include "energy/sites/operations.h"
#include "energy/telemetry/intake.h"
#include "parties/secrets.h"

namespace greenbank::energy {

struct DeviceClaim {
    std::string serial, claim_code;
    Id<Site> site;
};
Record describe(const DeviceClaim*) {
    return {"device_claim", "A device that somebody made for us.",
        {
            field<&DeviceClaim::serial>("serial", "The number on its plate.", {.min = 1, .max = 80}),
            field<&DeviceClaim::claim_code>("claim_code", "The code that came with it.", {.min = 1, .max = 80}),
            field<&DeviceClaim::site>("site", "Where it will stand."),
        }};
}

struct CredentialIssue {
    Id<Device> id;
    std::int64_t old_good_minutes = 0;
};
Record describe(const CredentialIssue*) {
    return {"credential_issue", "A new credential for a device.",
        {
            field<&CredentialIssue::id>("id", "Which device."),
            field<&CredentialIssue::old_good_minutes>("old_good_minutes", "How long the old one stays good, while the new one is brought to the device.",
                {.unit = "min", .min = 0, .max = 10080, .defaulted = true}),
        }};
}

/// Shown once: only its hash is kept.
struct DeviceSecret {
    Device device;
    std::optional<std::string> credential, claim_code;
};
Record describe(const DeviceSecret*) {
    return {"device_secret", "A device with what it must be told now: it is never shown again.",
        {
            field<&DeviceSecret::device>("device", "The device."),
            field<&DeviceSecret::credential>("credential", "What it signs in with: bearer of HTTP, user name of MQTT."),
            field<&DeviceSecret::claim_code>("claim_code", "What whoever gets the device claims it with."),
        }};
}

struct DeviceTraffic {
    std::int64_t batches = 0, taken = 0, duplicates = 0, late = 0, bad = 0, channel_unknown = 0, not_finite = 0, too_old = 0, clock_ahead = 0;
    std::optional<Time> heard_at;
};
Record describe(const DeviceTraffic*) {
    using One = DeviceTraffic;
    return {"device_traffic", "What came from a device since this server started.",
        {
            field<&One::batches>("batches", "Messages."),
            field<&One::taken>("taken", "Points taken."),
            field<&One::duplicates>("duplicates", "Points that were there already."),
            field<&One::late>("late", "Points taken that were older than what was there."),
            field<&One::bad>("bad", "Points taken and kept aside as bad."),
            field<&One::channel_unknown>("channel_unknown", "Points refused: no channel of that key."),
            field<&One::not_finite>("not_finite", "Points refused: no finite number."),
            field<&One::too_old>("too_old", "Points refused: from before 2000, or from before what is kept."),
            field<&One::clock_ahead>("clock_ahead", "Points refused: later than the device's clock may be."),
            field<&One::heard_at>("heard_at", "When it was last heard."),
        }};
}

namespace {

constexpr std::string_view credential_prefix = "gbd_";

void set_credential(Device& device, const std::string& credential, const CredentialIssue& issue, Time now) {
    const bool keep = issue.old_good_minutes > 0 && !device.credential_hash.empty();
    device.credential_before_hash = keep ? device.credential_hash : "";
    device.credential_before_until = keep ? std::optional(now + minutes(issue.old_good_minutes)) : std::nullopt;
    device.credential_hash = parties::token_hash(credential);
    device.credential_issued_at = now;
}
std::string new_credential() { return std::string(credential_prefix) + parties::random_token(); }

Result<Done> check_template(const Device& device) {
    if (device.template_.empty() || find_device_template(device.template_)) return Done{};
    return invalid({{"template", "device.template", "There is no template of this name; choose one from the list, or none."}});
}

Result<Device> keep(Transaction& transaction, const Caller& caller, Device device) {
    device.updated_at = caller.now;
    TRY(transaction.update(device));
    return device;
}

/// With a site it is ours and gets its credential; without one it waits for whoever claims it.
Result<Reply<DeviceSecret>> device_create(Transaction& transaction, const Caller& caller, const Device& draft) {
    Device device = draft;
    device.organisation = TRY(acting_organisation(caller));
    TRY(check_template(device));
    if (device.site) device.organisation = TRY(to_change(transaction, caller, *device.site)).organisation;
    if (TRY(transaction.find_one<Device>("organisation = $1 AND serial = $2", {device.organisation.text, device.serial})))
        return invalid({{"serial", "device.serial_taken", "Your organisation has a device of this number already."}});
    device.id = caller.new_id<Device>();
    device.created_at = device.updated_at = caller.now;
    DeviceSecret secret;
    if (device.site) {
        secret.credential = new_credential();
        set_credential(device, *secret.credential, {}, caller.now);
    } else {
        device.state = DeviceState::unclaimed;
        secret.claim_code = parties::random_recovery_code() + "-" + parties::random_recovery_code();
        device.claim_code_hash = parties::token_hash(*secret.claim_code);
    }
    TRY(transaction.insert(device));
    TRY(make_template_channels(transaction, caller, device));
    secret.device = std::move(device);
    return Reply<DeviceSecret>{.body = std::move(secret), .status = 201, .keep = false};
}

/// Moving to another site takes the channels along: their points are the device's.
Result<Device> device_update(Transaction& transaction, const Caller& caller, const Patch<Device>& patch) {
    const Device before = TRY(to_change(transaction, caller, patch.id));
    Device device = TRY(apply_patch(transaction, caller, patch));
    TRY(check_template(device));
    if (device.serial != before.serial && TRY(transaction.find_one<Device>("organisation = $1 AND serial = $2", {device.organisation.text, device.serial})))
        return invalid({{"serial", "device.serial_taken", "Your organisation has a device of this number already."}});
    if (device.site != before.site) {
        if (!device.site || before.state == DeviceState::unclaimed)
            return invalid({{"site", "device.site", "A device gets its site by being claimed, and moves only to another site."}});
        if (TRY(to_change(transaction, caller, *device.site)).organisation != device.organisation)
            return invalid({{"site", "device.other_organisation", "That site belongs to another organisation."}});
        for (Channel& channel : TRY(transaction.find<Channel>("device = $1", {device.id.text}))) {
            channel.site = *device.site;
            channel.updated_at = caller.now;
            TRY(transaction.update(channel));
        }
    }
    device = TRY(keep(transaction, caller, std::move(device)));
    if (device.template_ != before.template_) TRY(make_template_channels(transaction, caller, device));
    return device;
}

Result<Done> device_delete(Transaction& transaction, const Caller& caller, const Named<Device>& key) {
    const Device device = TRY(to_change(transaction, caller, key.id));
    for (const Channel& channel : TRY(transaction.find<Channel>("device = $1", {key.id.text})))
        if (as_integer(TRY(transaction.query("SELECT count(*) FROM telemetry_chunk WHERE series = $1", {channel.number * 4})).single()) > 0)
            return Error{Failure::conflict, "device.has_points", "It has measured; retire it instead of deleting it, so that its points keep their name."};
    TRY(transaction.execute("DELETE FROM channel WHERE device = $1", {key.id.text}));
    return transaction.erase(device.id);
}

/// One answer for whatever is wrong, so that nobody tries out serial numbers. Claiming gives a credential that its maker never saw.
Result<Reply<DeviceSecret>> device_claim(Transaction& transaction, const Caller& caller, const DeviceClaim& claim) {
    const Site site = TRY(to_change(transaction, caller, claim.site));
    auto found = TRY(transaction.find_one<Device>("claim_code_hash = $1 AND serial = $2", {parties::token_hash(claim.claim_code), claim.serial}));
    if (!found || found->state != DeviceState::unclaimed)
        return Error{Failure::not_found, "device.claim", "No unclaimed device has this serial number and claim code; look at its plate again."};
    Device device = std::move(*found);
    if (device.organisation != site.organisation &&
        TRY(transaction.find_one<Device>("organisation = $1 AND serial = $2", {site.organisation.text, device.serial})))
        return invalid({{"serial", "device.serial_taken", "Your organisation has a device of this number already."}});
    device.organisation = site.organisation;
    device.site = site.id;
    device.state = DeviceState::active;
    device.claim_code_hash.clear();
    DeviceSecret secret{.credential = new_credential()};
    set_credential(device, *secret.credential, {}, caller.now);
    secret.device = TRY(keep(transaction, caller, std::move(device)));
    TRY(make_template_channels(transaction, caller, secret.device));
    return Reply<DeviceSecret>{.body = std::move(secret), .keep = false};
}

Result<Reply<DeviceSecret>> device_credential_issue(Transaction& transaction, const Caller& caller, const CredentialIssue& issue) {
    Device device = TRY(to_change(transaction, caller, issue.id));
    if (device.state == DeviceState::unclaimed || device.state == DeviceState::retired)
        return Error{Failure::conflict, "device.no_credential", "Only a device that is in use has a credential."};
    DeviceSecret secret{.credential = new_credential()};
    set_credential(device, *secret.credential, issue, caller.now);
    secret.device = TRY(keep(transaction, caller, std::move(device)));
    return Reply<DeviceSecret>{.body = std::move(secret), .keep = false};
}

Result<Device> device_credential_revoke(Transaction& transaction, const Caller& caller, const Named<Device>& key) {
    Device device = TRY(to_change(transaction, caller, key.id));
    device.credential_hash.clear();
    device.credential_before_hash.clear();
    device.credential_before_until.reset();
    device.credential_issued_at.reset();
    return keep(transaction, caller, std::move(device));
}

template <DeviceState to> Result<Device> moved(Transaction& transaction, const Caller& caller, const Named<Device>& key) {
    Device device = TRY(to_change(transaction, caller, key.id));
    if (device.state == to) return Error{Failure::conflict, "device.same_state", "The device is in this state already."};
    if (device.state == DeviceState::unclaimed || device.state == DeviceState::retired)
        return Error{Failure::conflict, "device.final_state", "An unclaimed device must be claimed first, and a retired one stays retired."};
    device.state = to;
    if (to == DeviceState::retired) {
        device.credential_hash.clear();
        device.credential_before_hash.clear();
        device.credential_before_until.reset();
        device.credential_issued_at.reset();
    }
    return keep(transaction, caller, std::move(device));
}

Result<Page<DeviceTemplate>> device_template_list(Transaction&, const Caller&) {
    return Page<DeviceTemplate>{device_templates(), {}, static_cast<std::int64_t>(device_templates().size())};
}

} // namespace

std::vector<Endpoint> device_endpoints(Intake& intake) {
    const auto traffic = [&intake](Transaction& transaction, const Caller& caller, const Named<Device>& key) -> Result<DeviceTraffic> {
        TRY(seen(transaction, caller, key.id));
        const DeviceCounts counts = intake.counts(key.id);
        const auto refused = [&](PointRefusal why) { return counts.refused[static_cast<std::size_t>(why)]; };
        return DeviceTraffic{counts.batches, counts.taken, counts.duplicates, counts.late, counts.bad, refused(PointRefusal::channel_unknown),
            refused(PointRefusal::not_finite), refused(PointRefusal::too_old), refused(PointRefusal::clock_ahead),
            counts.heard_at.microseconds == 0 ? std::nullopt : std::optional(counts.heard_at)};
    };
    return {
        // clang-format off
        {"device_list", Method::get, "/devices", "Devices at sites.", Mode::read, open_to_all, call(listed<Device>)},
        {"device_get", Method::get, "/devices/{id}", "One of them.", Mode::read, open_to_all, call(got<Device>)},
        {"device_traffic_get", Method::get, "/devices/{id}/traffic", "What came from it, and what was refused.", Mode::read, open_to_all, call(traffic)},
        {"device_create", Method::post, "/devices", "Enter a device: at a site, or for somebody to claim.", Mode::write, manage_devices, call(device_create)},
        {"device_update", Method::patch, "/devices/{id}", "Change a device.", Mode::write, write_sites, call(device_update)},
        {"device_delete", Method::remove, "/devices/{id}", "Delete a device that never measured.", Mode::write, manage_devices, call(device_delete)},
        {"device_claim", Method::post, "/devices/claim", "Claim a device by its serial number and code.", Mode::write, manage_devices, call(device_claim)},
        {"device_credential_issue", Method::post, "/devices/{id}/credential", "Give a device a new credential.", Mode::write, manage_devices, call(device_credential_issue)},
        {"device_credential_revoke", Method::post, "/devices/{id}/credential/revoke", "Take a device's credential away.", Mode::write, manage_devices, call(device_credential_revoke)},
        {"device_suspend", Method::post, "/devices/{id}/suspend", "Listen to a device no more for now.", Mode::write, manage_devices, call(moved<DeviceState::suspended>)},
        {"device_activate", Method::post, "/devices/{id}/activate", "Listen to a suspended device again.", Mode::write, manage_devices, call(moved<DeviceState::active>)},
        {"device_retire", Method::post, "/devices/{id}/retire", "Take a device out of use for good.", Mode::write, manage_devices, call(moved<DeviceState::retired>)},
        {"device_template_list", Method::get, "/device_templates", "Common kinds of devices and what they measure.", Mode::read, open_to_all, call(device_template_list)},
        // clang-format on
    };
}

} // namespace greenbank::energy
