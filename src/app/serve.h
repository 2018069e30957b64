// serve.h — the server's life: open, listen, say where, drain on SIGTERM.
#pragma once

#include "app/settings.h"

namespace greenbank::app {

int serve(const Settings& settings);

} // namespace greenbank::app
