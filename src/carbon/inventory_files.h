// inventory_files.h — inventories without a server: `greenbank footprint import | export | check`.
#pragma once

#include "api/command.h"

namespace greenbank::carbon {

Command inventory_import_command();
Command inventory_export_command();
Command inventory_check_command();

} // namespace greenbank::carbon
