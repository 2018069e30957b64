// operations.h — what operations on sites, devices and channels share: rights, whose a record is, who sees it.
#pragma once

#include "api/call.h"
#include "energy/sites/templates.h"
#include "parties/acting.h"

namespace greenbank::energy {

class Intake;

/// Enter and change sites, devices and channels of one's own organisation; send points for them.
inline constexpr Right write_sites{"energy.write"};
/// Issue, rotate and revoke credentials and claim codes; claim, suspend and retire devices.
inline constexpr Right manage_devices{"energy.devices"};
/// See and help with sites of every organisation.
inline constexpr Right help_sites{"bank.energy"};

template <class T> struct Named { Id<T> id; };
Record describe(const Named<Site>*);
Record describe(const Named<Device>*);
Record describe(const Named<Channel>*);

using parties::acting_organisation;
/// Does the caller act for `owner`, or for the bank's monitoring?
bool acts_for(const Caller& caller, const Id<Organisation>& owner);
/// One's own and sample ones; all for the bank's monitoring.
std::string seen_where(const Caller& caller, std::vector<Value>& parameters);

/// The record if the caller may see it; else the error that it does not exist.
template <class T> Result<T> seen(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    T record = TRY(transaction.get(id));
    if (!record.sample && !acts_for(caller, record.organisation)) return not_found(record_of<T>(), id.text);
    return record;
}
/// The record if the caller may change it.
template <class T> Result<T> to_change(Transaction& transaction, const Caller& caller, const Id<T>& id) {
    T record = TRY(seen(transaction, caller, id));
    if (!acts_for(caller, record.organisation))
        return Error{Failure::forbidden, "energy.not_yours", "This belongs to another organisation; only its own people may change it."};
    return record;
}
template <class T> Result<Page<T>> listed(Transaction& transaction, const Caller& caller, const ListOf<T>& list) {
    std::vector<Value> parameters;
    const std::string where = seen_where(caller, parameters);
    return list_page<T>(transaction, caller, list, where, std::move(parameters));
}
template <class T> Result<T> got(Transaction& transaction, const Caller& caller, const Named<T>& key) { return seen(transaction, caller, key.id); }

/// The next free number of the archive; one writer at a time.
Result<std::int64_t> next_channel_number(Transaction& transaction);
/// The channels of the device's template, where it has them not yet; how many were made.
Result<std::int64_t> make_template_channels(Transaction& transaction, const Caller& caller, const Device& device);

std::vector<Endpoint> site_endpoints();
std::vector<Endpoint> device_endpoints(Intake& intake);
std::vector<Endpoint> channel_endpoints(Intake& intake);

} // namespace greenbank::energy
