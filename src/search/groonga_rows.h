// Rows of documents, read one after the other.
#pragma once

#include "search/groonga_database.h"

namespace greenbank::search {

class Rows {
public:
    Rows(grn_ctx* context, const Tables& tables) : context_(context), documents_(reinterpret_cast<grn_hash*>(tables.documents)) {}

    /// Holds until the next one is read. Nothing where no document has this number.
    const Row* of(grn_id document) {
        const int size = grn_hash_get_value(context_, documents_, document, &row_);
        return size == sizeof(Row) && row_.visible != GRN_ID_NIL ? &row_ : nullptr;
    }
    void set(grn_id document, const Row& row) { grn_hash_set_value(context_, documents_, document, &row, GRN_OBJ_SET); }

private:
    grn_ctx* context_;
    grn_hash* documents_;
    Row row_ = {};
};

} // namespace greenbank::search
