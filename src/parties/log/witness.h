// witness.h — what a witness does: it signs a log's head after seeing that the head goes on from the last one it signed
// (c2sp.org/tlog-witness, but asking the log instead of being asked). Two stories told to two people need two witnesses who look away.
#pragma once

#include "api/command.h"
#include "parties/log/log_tables.h"

namespace greenbank::parties {

/// What a witness keeps from one time to the next; its secret key is in a file of its own.
struct WitnessMemory {
    std::string name;    // its own, in its key
    std::string log_key; // whose heads it signs: name+id+key
    std::string note;    // the last head it signed, as the log signed it; empty: none yet
};
Record describe(const WitnessMemory*);

/// How a log answers; the second asks for a consistency proof between two sizes.
struct LogUnderWitness {
    std::string hash; // "sha256" or "sm3"
    std::string note; // the newest head
    std::function<Result<Proof>(std::uint64_t from, std::uint64_t to)> prove;
};

/// The text of the head to sign now. Nothing where it is the one signed last. A head that does not go on from that one is
/// Failure::conflict "log.forked": the two notes together prove that the log tells two stories.
Result<std::optional<std::string>> next_to_witness(const WitnessMemory& memory, const LogUnderWitness& log);

/// `greenbank log witness`: fetches, checks, keeps, signs, sends. Exit status 1 where the log is not to be signed.
Command log_witness_command();

} // namespace greenbank::parties
