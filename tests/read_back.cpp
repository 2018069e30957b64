// read_back.cpp — by pdftotext, and by the bank's own reader of tables.
#include "read_back.h"

#include <doctest/doctest.h>

#include "sheets/sheets.h"

namespace greenbank::testing {

std::string without_blanks(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (static_cast<unsigned char>(text[i]) <= ' ' || text[i] == '-') continue;
        if (text.compare(i, 2, "\u00A0") == 0 || text.compare(i, 2, "\u00AD") == 0) ++i; // no-break space, soft hyphen
        else if (text.compare(i, 3, "\u2010") == 0 || text.compare(i, 3, "\u2011") == 0) i += 2;
        else out += text[i];
    }
    return out;
}

std::string words_of_pdf(const std::string& pdf) {
    const TemporaryFolder folder;
    const Ran read = run_command({"pdftotext", "-enc", "UTF-8", folder.write("one.pdf", pdf), "-"});
    REQUIRE_MESSAGE(read.status == 0, read.err);
    return without_blanks(read.out);
}

std::string cells_of_workbook(const std::string& xlsx) {
    std::string all;
    const auto first = sheets::open_table(sheets::Bytes{xlsx});
    REQUIRE(first);
    for (const sheets::SheetName& sheet : first.value()->sheets()) {
        const auto table = sheets::open_table(sheets::Bytes{xlsx}, {.sheet = sheet.name});
        if (!table) continue; // a sheet without anything in it
        for (const std::string& title : table.value()->header()) all += title + '\n';
        while (true) {
            const auto row = table.value()->next();
            REQUIRE(row);
            if (!row.value()) break;
            for (const sheets::Cell& cell : row.value()->cells) (all += cell.text) += '\n';
        }
    }
    return all;
}

std::string readable(const std::string& body) {
    if (body.starts_with("%PDF-")) return words_of_pdf(body);
    if (body.starts_with("PK\x03\x04")) return cells_of_workbook(body);
    return body;
}

} // namespace greenbank::testing
