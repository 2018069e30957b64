// The face of parties: who there is, who may do what, and what was done.
#pragma once

#include <atomic>
#include <map>

#include "api/dispatch.h"
#include "parties/log/transparency_log.h"
#include "parties/records.h"

namespace greenbank::parties {

struct Settings {
    Duration session_length = hours(12);
    Duration session_idle = hours(2);
    std::string version;
};

/// Knows callers by their cookie or token, gives them their rights, and keeps the audit trail.
class Access : public Gatekeeper {
public:
    Access(Store& store, Settings settings) : store_(store), settings_(std::move(settings)) {}

    /// The rights of all slices, before the first request.
    void learn(const std::vector<RightRow>& rows);
    /// The rights that a role has.
    std::vector<std::string> rights_of(Role role) const;
    const std::vector<RightRow>& rights() const { return rows_; }
    const Settings& settings() const { return settings_; }
    /// Open it before the first write; other rooms append to it what they publish.
    TransparencyLog& transparency() { return transparency_; }
    const TransparencyLog& transparency() const { return transparency_; }

    Result<Actor> identify(Transaction& transaction, const Credentials& credentials, Time now) override;
    Result<Done> audit(
        Transaction& transaction, const Caller& caller, std::string_view operation, std::string_view outcome, const std::vector<Change>& changes) override;

private:
    Result<Actor> actor_of(Transaction& transaction, const Id<Person>& person, const std::optional<Id<Organisation>>& organisation, std::string session);
    void touch(const Session& session, Time now);

    Store& store_;
    Settings settings_;
    std::vector<RightRow> rows_;
    TransparencyLog transparency_;
};

Slice slice(Access& access);

/// A fresh link's token for the first administrator, or nothing once somebody has used one. Earlier links stop working.
Result<std::optional<std::string>> first_administrator_token(Store& store, Time now);

} // namespace greenbank::parties
