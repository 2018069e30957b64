// xlsx_formats.h — how cells look in a workbook that we write: each look is made once.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "sheets/cells.h"

struct lxw_workbook;
struct lxw_format;

namespace greenbank::sheets {

class XlsxFormats {
public:
    explicit XlsxFormats(lxw_workbook* workbook) : workbook_(workbook) {}

    lxw_format* header();
    lxw_format* problem_text();
    /// Of a cell; nullptr is the plain look.
    lxw_format* of(CellKind kind, std::string_view format, std::string_view unit, bool has_fraction, bool faulty, bool link);

private:
    lxw_workbook* workbook_;
    lxw_format *header_ = nullptr, *problem_text_ = nullptr;
    std::unordered_map<std::string, lxw_format*> made_;
    std::string key_;
};

/// The number format for a cell of that kind: the one given where it means the same kind of thing, else the usual one; with its unit.
std::string written_format(CellKind kind, std::string_view format, std::string_view unit, bool has_fraction);

} // namespace greenbank::sheets
