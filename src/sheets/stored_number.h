// stored_number.h — a number as a workbook stores it, made readable.
#pragma once

#include <string>
#include <string_view>

namespace greenbank::sheets {

struct StoredNumber {
    enum Kind { none, natural, real } kind = none; // natural: digits only
    double value = 0;
    bool digits_lost = false; // a whole number beyond 2^53 with more than 15 digits that count
};

/// Puts the shortest decimal into `text`: "0.30000000000000004" becomes 0.3, "1.5E3" 1500, and whole numbers up to 2^53 stay as they are.
StoredNumber stored_number(std::string_view raw, std::string& text);

} // namespace greenbank::sheets
