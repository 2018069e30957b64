// instance_of_round.h — a round as an instance of the engine, and the engine's complaints in names that people know.
#pragma once

#include "events/meetings/rounds.h"

namespace greenbank::events {

/// Attendees who still come, and wishes that may be planned.
Result<meetings::InstanceFile> instance_of(Transaction& transaction, const MeetingRound& round, Language language);

/// Ids of attendees and wishes in an error's parameters become names.
Error with_names(Error error, const meetings::InstanceFile& file);

} // namespace greenbank::events
