// files.h — `greenbank deal value --in valuation.json`: ranges out of a file, without a server.
#pragma once

#include "api/command.h"

namespace greenbank::deals {

Command value_command();

} // namespace greenbank::deals
