// channels.cpp — channels of devices, and computed ones of a site.
#include "energy/engine/telemetry/channel.h"
#include "energy/sites/operations.h"
#include "energy/telemetry/intake.h"

namespace greenbank::energy {

Result<std::int64_t> next_channel_number(Transaction& transaction) {
    // What was deleted may still have points in the archive: its number is not given again.
    const Rows rows = TRY(transaction.query("SELECT (SELECT max(number) FROM channel), (SELECT max(series) / 4 FROM telemetry_chunk)"));
    return 1 + std::max(as_integer(rows.rows[0][0]), as_integer(rows.rows[0][1]));
}

Result<std::int64_t> make_template_channels(Transaction& transaction, const Caller& caller, const Device& device) {
    const DeviceTemplate* const kind = find_device_template(device.template_);
    if (!kind || !device.site) return std::int64_t{0};
    std::int64_t number = TRY(next_channel_number(transaction)), made = 0;
    for (const TemplateChannel& one : kind->channels) {
        if (TRY(transaction.find_one<Channel>("device = $1 AND key = $2", {device.id.text, one.key}))) continue;
        Channel channel{.id = caller.new_id<Channel>(),
            .number = number++,
            .organisation = device.organisation,
            .site = *device.site,
            .device = device.id,
            .key = one.key,
            .name = one.name,
            .unit = one.unit,
            .kind = one.kind,
            .quantity = one.quantity,
            .least = one.least,
            .greatest = one.greatest,
            .decimals = one.decimals,
            .sample = device.sample,
            .created_at = caller.now,
            .updated_at = caller.now};
        TRY(transaction.insert(channel));
        ++made;
    }
    return made;
}

namespace {

Result<Done> check_place(Transaction& transaction, const Caller& caller, Channel& channel) {
    const Site site = TRY(to_change(transaction, caller, channel.site));
    channel.organisation = site.organisation;
    if (channel.device && TRY(to_change(transaction, caller, *channel.device)).site != channel.site)
        return invalid({{"device", "channel.elsewhere", "The device stands at another site."}});
    const auto twin = channel.device ? TRY(transaction.find_one<Channel>("device = $1 AND key = $2", {channel.device->text, channel.key}))
                                     : TRY(transaction.find_one<Channel>("device IS NULL AND site = $1 AND key = $2", {channel.site.text, channel.key}));
    if (twin && twin->id != channel.id) return invalid({{"key", "channel.key_taken", "Another channel of the same device has this key."}});
    return Done{};
}

Result<Reply<Channel>> channel_create(Transaction& transaction, const Caller& caller, const Channel& draft) {
    Channel channel = draft;
    TRY(check_place(transaction, caller, channel));
    channel.id = caller.new_id<Channel>();
    channel.number = TRY(next_channel_number(transaction));
    channel.created_at = channel.updated_at = caller.now;
    TRY(transaction.insert(channel));
    return Reply<Channel>{.body = std::move(channel), .status = 201};
}

/// Also those that are not sealed yet, those that were bad, and those of which days are left.
Result<bool> has_points(Transaction& transaction, Intake& intake, const Channel& channel) {
    const ArchiveView view = TRY(intake.archive().view(transaction));
    for (const SeriesKind kind : {SeriesKind::values, SeriesKind::bad})
        if (TRY(view.newest(series_of(channel.number, kind)))) return true;
    return TRY(view.points_from(channel.number)) > -moment_most;
}

/// A unit does not change under points that were measured in it.
Result<Channel> channel_update(Intake& intake, Transaction& transaction, const Caller& caller, const Patch<Channel>& patch) {
    const Channel before = TRY(to_change(transaction, caller, patch.id));
    Channel channel = TRY(apply_patch(transaction, caller, patch));
    if (channel.site != before.site || channel.device != before.device)
        return invalid({{"device", "channel.moved", "A channel stays where it was entered; enter it anew elsewhere."}});
    TRY(check_place(transaction, caller, channel));
    if ((channel.unit != before.unit || channel.quantity != before.quantity) && TRY(has_points(transaction, intake, channel)))
        return Error{Failure::conflict, "channel.has_points", "Points were measured in this unit and kind; enter a new channel for the new ones."};
    channel.updated_at = caller.now;
    TRY(transaction.update(channel));
    return channel;
}

Result<Done> channel_delete(Intake& intake, Transaction& transaction, const Caller& caller, const Named<Channel>& key) {
    const Channel channel = TRY(to_change(transaction, caller, key.id));
    TRY(intake.archive().erase(transaction, channel.number));
    return transaction.erase(channel.id);
}

} // namespace

std::vector<Endpoint> channel_endpoints(Intake& intake) {
    return {
        // clang-format off
        {"channel_list", Method::get, "/channels", "Channels of devices, and computed ones.", Mode::read, open_to_all, call(listed<Channel>)},
        {"channel_get", Method::get, "/channels/{id}", "One of them.", Mode::read, open_to_all, call(got<Channel>)},
        {"channel_create", Method::post, "/channels", "Enter a channel of a device or a computed one.", Mode::write, write_sites, call(channel_create)},
        {"channel_update", Method::patch, "/channels/{id}", "Change a channel.", Mode::write, write_sites, call(intake, channel_update)},
        {"channel_delete", Method::remove, "/channels/{id}", "Delete a channel and all its points.", Mode::write, manage_devices, call(intake, channel_delete)},
        // clang-format on
    };
}

} // namespace greenbank::energy
