// targets.h — what broken changes are sent to: a path for each operation that changes a record; every room may bring its own in targets_<room>.cpp.
#pragma once

#include "cast.h"

namespace greenbank::testing {

/// The rows of a room: `const TargetRows rows(add_events);` at the end of its file. `person` is an administrator, who makes what it needs.
struct TargetRows {
    using Add = void (*)(Visitor& person, std::map<std::string, std::string>& places);
    explicit TargetRows(Add add) { all().push_back(add); }
    static std::vector<Add>& all() {
        static std::vector<Add> adds;
        return adds;
    }
};

} // namespace greenbank::testing
