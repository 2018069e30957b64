// slice.cpp — what parties brings to the bank.
#include "api/migrations.h"
#include "parties/log/commands.h"
#include "parties/log/database_check.h"
#include "parties/log/proof_vectors.h"
#include "parties/log/views.h"
#include "parties/log/witness.h"
#include "parties/sign_in.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile parties_migrations[];
extern const std::size_t parties_migrations_count;
} // namespace embedded

namespace parties {

Slice slice(Access& access) {
    Slice slice{
        .name = "parties",
        .migrations = migrations_of("parties", embedded::parties_migrations, embedded::parties_migrations_count),
        .records = {&record_of<Organisation>(), &record_of<Person>(), &record_of<Membership>(), &record_of<Invitation>(), &record_of<Session>(),
            &record_of<ApiToken>(), &record_of<OneTimeLink>(), &record_of<AuditEntry>(), &record_of<LogWitness>()},
        .rights =
            {
                {Right{"organisation.write"}, "Change one's own organisation.", {"manager", "administrator", "officer"}},
                {Right{"people.manage"}, "Invite people and give roles in one's own organisation.", {"manager", "administrator"}},
                {Right{"bank.organisations"}, "Enter and change any organisation.", {"officer", "administrator"}},
                {Right{"bank.administrators"}, "Make officers and administrators of the bank.", {"administrator"}},
                {Right{"audit.read"}, "Read the audit trail of one's own organisation.", {"manager", "officer", "administrator"}},
                {Right{"bank.log"}, "Make witnesses of the transparency log known.", {"administrator"}},
                {Right{"bank.audit"}, "Read the audit trail of the whole bank.", {"administrator"}},
            },
        .endpoints = {},
        .jobs = {},
        .commands = {log_check_command(), log_export_command(), log_verify_command(), log_witness_command()},
        .checks = {log_check_of_database()},
        // An organisation that somebody has joined in the meantime stays.
        .samples = {sample_set<Organisation>("organisations/",
            "UPDATE organisation SET sample = false WHERE sample = true AND (id IN (SELECT organisation FROM "
            "membership) OR id IN (SELECT organisation FROM invitation))")},
    };
    for (auto endpoints :
        {sign_in_endpoints(access), security_endpoints(access), member_endpoints(access), organisation_endpoints(access), log_endpoints(access)})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    return slice;
}

} // namespace parties
} // namespace greenbank
