// programme.h — the rules of sessions and of parts with a time: within the event's days, no hall and nobody in two places at once.
#pragma once

#include "events/forum/parts.h"

namespace greenbank::events {

Result<Done> check_part(Transaction& transaction, const Caller& caller, const Event& event, SubEvent& part);
Result<Done> before_removal(Transaction& transaction, const SubEvent& part);
Result<Done> check_part(Transaction& transaction, const Caller& caller, const Event& event, ProgrammeItem& item);
Result<Done> before_removal(Transaction& transaction, const ProgrammeItem& item);

Result<Done> check_part(Transaction& transaction, const Caller& caller, const Event& event, Hall& hall);
Result<Done> before_removal(Transaction& transaction, const Hall& hall);
Result<Done> check_part(Transaction& transaction, const Caller& caller, const Event& event, Speaker& speaker);
Result<Done> before_removal(Transaction& transaction, const Speaker& speaker);
Result<Done> check_part(Transaction& transaction, const Caller& caller, const Event& event, Pavilion& pavilion);
Result<Done> before_removal(Transaction& transaction, const Pavilion& pavilion);
Result<Done> check_part(Transaction& transaction, const Caller& caller, const Event& event, Booth& booth);
Result<Done> before_removal(Transaction& transaction, const Booth& booth);
Result<Done> check_part(Transaction& transaction, const Caller& caller, const Event& event, RoadshowSlot& slot);
Result<Done> before_removal(Transaction& transaction, const RoadshowSlot& slot);

} // namespace greenbank::events
