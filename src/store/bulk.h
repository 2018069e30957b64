// bulk.h — what a room with plain tables of its own asks of a transaction besides: many rows at a time, and which units share a fate.
#pragma once

#include "store/transaction.h"

namespace greenbank {

class BulkTransaction : public Transaction {
public:
    /// Rows of values into a table that no record describes, by the engine's fastest way. Nothing is announced.
    virtual Result<Done> insert_rows(std::string_view table, const std::vector<std::string>& columns, const std::vector<std::vector<Value>>& rows) = 0;
    /// Sets `columns` of many rows, each found by its key: a row is the key, then the new values, of one type a column and none null.
    /// How many rows were found.
    virtual Result<std::int64_t> update_rows(
        std::string_view table, std::string_view key, const std::vector<std::string>& columns, const std::vector<std::vector<Value>>& rows) = 0;

    /// Units of work of one group are committed together or not at all. Never 0 in a write and never given twice in this program, so that
    /// who keeps something in memory knows, when it sees another number, that the group before has ended. 0 in a read.
    virtual std::int64_t group() const = 0;
};

/// Every transaction of a store is one; another's stand-in stops the program.
BulkTransaction& bulk(Transaction& transaction);

} // namespace greenbank
