// classes.h — the class trees, cross-walks and patent prefixes that come with Greenbank, read from data/reference.
//
// class_editions.csv names one file of classes an edition; class_crossings.csv and patent_prefixes.csv join them. Every row
// has its source and its status; what is not sure says so and is never shown as official.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"
#include "library/engine/class_trees.h"
#include "library/engine/patent_symbols.h"

namespace greenbank::library {

struct Classes {
    ClassTrees trees;
    std::vector<PatentRule> patent_rules;
};

/// `files`: name → text. A faulty file names its line.
Result<Classes> read_classes(const std::map<std::string, std::string_view>& files);

} // namespace greenbank::library
