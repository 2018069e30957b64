// bundle_leaf.h — a bundle's most common line, a record as `greenbank log export` writes it, read without a tree of JSON.
#pragma once

#include "parties/log/log_tables.h"

namespace greenbank::parties {

struct PlainLeaf {
    StoredLeaf leaf;
    std::optional<Hash32> hash; // the line's leaf_hash
};
/// Nothing for any other line, however right: that is read in the general way, which says the same of these.
std::optional<PlainLeaf> read_plain_leaf(std::string_view line);

} // namespace greenbank::parties
