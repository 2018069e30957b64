// The words of the index in memory, read from its table when they are first needed and kept in step from then on.
#pragma once

#include <memory>
#include <mutex>

#include "search/groonga_database.h"
#include "search/vocabulary.h"

namespace greenbank::search {

class GroongaWords {
public:
    /// By numbers of units. Many may ask at once, while nobody writes.
    const Vocabulary& get(grn_ctx* context, const Tables& tables);
    /// A unit was added. Nobody may read meanwhile.
    void learn(std::string_view key, grn_id unit);

private:
    std::mutex mutex_;
    std::unique_ptr<Vocabulary> words_;
};

} // namespace greenbank::search
