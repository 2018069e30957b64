// What filtering, scoring and sorting need of each document, by its number, in two files beside Groonga's.
#pragma once

#include <array>
#include <cstdint>

#include <groonga.h>

#include "search/mapped_rows.h"

namespace greenbank::search {

/// Read for every match, with the facets' sets of values behind it.
struct Row {
    grn_id visible; // 0: no document has this number
    std::uint32_t length;
    float boost;
};

/// Read where documents of equal score, or all of them, are put in order.
struct Order {
    std::int64_t updated_at;
    std::array<std::uint64_t, 3> title_keys; // by Language
};

class Rows {
public:
    explicit Rows(std::size_t facets) : facets_(facets), rows_(sizeof(Row) + facets * sizeof(grn_id)), orders_(sizeof(Order)) {}

    Result<Done> open(const std::string& path_beginning) {
        TRY(rows_.open(path_beginning + "rows"));
        return orders_.open(path_beginning + "orders");
    }
    void close() { rows_.close(), orders_.close(); }
    bool flush() const { return rows_.flush() && orders_.flush(); }

    std::size_t size() const { return std::min(rows_.size(), orders_.size()); }
    /// Of a number below `size`.
    const Row& row(grn_id document) const { return *reinterpret_cast<const Row*>(rows_.at(document)); }
    const grn_id* facets(grn_id document) const { return reinterpret_cast<const grn_id*>(rows_.at(document) + sizeof(Row)); }
    const Order& order(grn_id document) const { return *reinterpret_cast<const Order*>(orders_.at(document)); }

    Result<Done> set(grn_id document, const Row& row, std::span<const grn_id> facets, const Order& order) {
        require(facets.size() == facets_);
        TRY(rows_.reserve(document));
        TRY(orders_.reserve(document));
        *reinterpret_cast<Order*>(orders_.at(document)) = order;
        std::copy(facets.begin(), facets.end(), reinterpret_cast<grn_id*>(rows_.at(document) + sizeof(Row)));
        *reinterpret_cast<Row*>(rows_.at(document)) = row;
        return Done{};
    }
    void clear(grn_id document) {
        if (document < size()) reinterpret_cast<Row*>(rows_.at(document))->visible = GRN_ID_NIL;
    }

private:
    std::size_t facets_;
    MappedRows rows_, orders_;
};

} // namespace greenbank::search
