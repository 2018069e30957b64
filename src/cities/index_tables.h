// index_tables.h — iMeta (indicators, aggregates, groups, denominators) and iData (units) as tables: the columns that COINr made usual.
#pragma once

#include "cities/engine/index_data.h"

namespace greenbank::cities {

struct IndexTables {
    Framework framework;
    Dataset data; // rows ordered by unit, then period
};

/// All faults of a file at once, by line and column; duplicates, text in numbers and indicators without any number are among them.
Result<IndexTables> read_index_tables(const std::string& meta_path, const std::string& data_path);

} // namespace greenbank::cities
