// index_csv.h — rows of a CSV file for programs: a number is the shortest text that reads back the same, a missing one an empty cell.
#pragma once

#include <fmt/format.h>

#include "cities/engine/index_data.h"
#include "sheets/text_file.h"

namespace greenbank::cities {

class CsvText {
public:
    explicit CsvText(std::string header) : text_(std::move(header)) { text_ += '\n'; }

    CsvText& cell(std::string_view text) {
        comma();
        sheets::append_cell(text_, text);
        return *this;
    }
    CsvText& cell(double number) {
        comma();
        if (std::isinf(number)) text_ += number > 0 ? "Inf" : "-Inf";
        else if (known(number)) fmt::format_to(std::back_inserter(text_), "{}", number == 0 ? 0 : number);
        return *this;
    }
    CsvText& cell(std::size_t number) { return cell(static_cast<double>(number)); }
    void end() {
        text_ += '\n';
        first_ = true;
    }
    std::string take() { return std::move(text_); }

private:
    void comma() {
        if (!first_) text_ += ',';
        first_ = false;
    }
    std::string text_;
    bool first_ = true;
};

/// A code within a file's name.
inline std::string in_file_name(std::string_view code) {
    std::string name;
    for (const char c : code) {
        const auto byte = static_cast<unsigned char>(c);
        if (c >= 'A' && c <= 'Z') name += static_cast<char>(c - 'A' + 'a');
        else name += byte <= 0x20 || c == '/' || c == '\\' || c == '.' ? '_' : c;
    }
    return name;
}

} // namespace greenbank::cities
