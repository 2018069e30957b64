// What both engines check and say alike.
#include "store/connection.h"

#include <cmath>

namespace greenbank {

Result<Done> check_parameters(std::span<const Value> parameters) {
    for (const Value& value : parameters) {
        if (const auto* text = std::get_if<std::string>(&value)) {
            if (const std::string_view fault = text_fault(*text); !fault.empty())
                return Error{Failure::invalid, std::string(fault), "A text holds characters that cannot be stored."};
        } else if (const auto* real = std::get_if<double>(&value); real && !std::isfinite(*real)) {
            return Error{Failure::invalid, "real.not_finite", "A number is not finite."};
        }
    }
    return Done{};
}

Error duplicate(std::string index) {
    return {Failure::conflict, "store.duplicate", "There is already one like this ({index}).", {{"index", std::move(index)}}};
}

Error reference_violated(std::string constraint) {
    return {Failure::conflict, "store.reference", "Something that this refers to does not exist, or is still referred to.",
        {{"constraint", std::move(constraint)}}};
}

Error column_required(std::string column) { return {Failure::invalid, "store.required", "{column} is required.", {{"column", std::move(column)}}}; }

Error check_violated(std::string constraint) {
    return {Failure::invalid, "store.check", "The rule {constraint} of the database is violated.", {{"constraint", std::move(constraint)}}};
}

Error storage_full() { return {Failure::storage_full, "store.full", "The disk of the database is full; nothing was saved. Try again when there is space."}; }

Error read_only() { return {Failure::unavailable, "store.read_only", "The database takes no changes at the moment; nothing was saved. Reading goes on."}; }

Error outcome_unknown() {
    return {Failure::unavailable, "store.outcome_unknown",
        "The database was lost while the change was being saved, so it may or may not be there. "
        "Send the request again with the same Idempotency-Key: it takes effect once."};
}

Error unavailable(std::string reason) {
    return {Failure::unavailable, "store.unavailable", "The database cannot be reached now; nothing was saved. Try again in a moment.",
        {{"reason", std::move(reason)}}};
}

Error statement_failed(std::string_view sql, std::string reason) {
    return {Failure::internal, "store.statement", "A statement failed: {reason}", {{"reason", std::move(reason)}, {"sql", std::string(sql.substr(0, 500))}}};
}

} // namespace greenbank
