// set_points.cpp — entering what may be ordered of a device.
#include "energy/control/control.h"
#include "energy/watch/operations.h"

namespace greenbank::energy {

namespace {

Result<Done> check_device(Transaction& transaction, const Caller& caller, const SetPoint& point) {
    const Device device = TRY(to_change(transaction, caller, point.device));
    for (std::size_t i = 0; i < point.interlocks.size(); ++i)
        if (TRY(transaction.query("SELECT 1 FROM channel WHERE device = $1 AND key = $2", {device.id.text, point.interlocks[i].channel})).empty())
            return invalid({{"interlocks[" + std::to_string(i) + "].channel", "rule.channel_unknown", "There is no channel {key} here.",
                {{"key", point.interlocks[i].channel}}}});
    return Done{};
}

Result<Reply<SetPoint>> set_point_create(Transaction& transaction, const Caller& caller, const SetPoint& draft) {
    SetPoint point = draft;
    point.id = caller.new_id<SetPoint>();
    point.organisation = TRY(acting_organisation(caller));
    point.created_at = point.updated_at = caller.now;
    TRY(check_device(transaction, caller, point));
    if (!TRY(transaction.query("SELECT 1 FROM set_point WHERE device = $1 AND key = $2", {point.device.text, point.key})).empty())
        return Error{Failure::conflict, "control.set_point_there", "This device has a set point of that key already."};
    TRY(transaction.insert(point));
    return Reply<SetPoint>{.body = std::move(point), .status = 201};
}

Result<SetPoint> set_point_update(Transaction& transaction, const Caller& caller, const Patch<SetPoint>& patch) {
    TRY(to_change(transaction, caller, patch.id));
    SetPoint point = TRY(apply_patch(transaction, caller, patch));
    TRY(check_device(transaction, caller, point));
    point.updated_at = caller.now;
    TRY(transaction.update(point));
    return point;
}

Result<Done> set_point_delete(Transaction& transaction, const Caller& caller, const KeyOf<SetPoint>& key) {
    const SetPoint point = TRY(to_change(transaction, caller, key.id));
    if (!TRY(transaction.query("SELECT 1 FROM plant_command WHERE set_point = $1 AND state IN ('proposed', 'queued', 'sent')", {point.id.text})).empty())
        return Error{Failure::conflict, "control.order_open", "An order is still on its way; withdraw it or wait for its end."};
    return transaction.erase(point.id);
}

Result<SetPoint> set_point_get(Transaction& transaction, const Caller& caller, const KeyOf<SetPoint>& key) { return seen(transaction, caller, key.id); }
Result<Page<SetPoint>> set_point_list(Transaction& transaction, const Caller& caller, const ListOf<SetPoint>& list) {
    return listed(transaction, caller, list);
}

} // namespace

std::vector<Endpoint> set_point_endpoints() {
    return {
        // clang-format off
        {"set_point_list", Method::get, "/set-points", "What may be ordered of one's devices.", Mode::read, signed_in, call(set_point_list)},
        {"set_point_get", Method::get, "/set-points/{id}", "One set point.", Mode::read, signed_in, call(set_point_get)},
        {"set_point_create", Method::post, "/set-points", "Enter a set point.", Mode::write, order_plant, call(set_point_create)},
        {"set_point_update", Method::patch, "/set-points/{id}", "Change its limits.", Mode::write, order_plant, call(set_point_update)},
        {"set_point_delete", Method::remove, "/set-points/{id}", "Delete a set point.", Mode::write, order_plant, call(set_point_delete)},
        // clang-format on
    };
}

} // namespace greenbank::energy
