// twins.h — local entries that a harvested one is alike to.
#pragma once

#include "library/engine/duplicates.h"
#include "peers/convert.h"
#include "store/store.h"

namespace greenbank::peers {

/// All entries of one kind whose home is here, as the duplicate finder knows them; filled at the first question.
class Twins {
public:
    explicit Twins(Store& store) : store_(store) {}
    /// Pairs to be looked at, the surest first, at most three. Not to be called inside a transaction.
    Result<std::vector<Twin>> find(const Entry& entry);

private:
    struct Local {
        std::string id;
        Text title;
    };
    struct Kind {
        bool filled = false;
        library::DuplicateIndex index;
        std::vector<Local> locals;
    };
    Store& store_;
    Kind kinds_[3];
};

} // namespace greenbank::peers
