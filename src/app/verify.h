// verify.h — `greenbank verify`: the checks of all slices over one database.
#pragma once

#include "app/commands.h"
#include "app/settings.h"
#include "kernel/text.h"

namespace greenbank::app {

/// Prints what was found; exit status 0 where all holds, 1 where something does not.
int verify(const Settings& settings, Language language, bool json);

} // namespace greenbank::app
