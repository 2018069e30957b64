// read_back.h — what stands in files that the program sends: the words of a PDF, the cells of a workbook.
#pragma once

#include "bank_process.h"

namespace greenbank::testing {

/// Without blanks, line ends and hyphens: a word may be parted at the end of a line.
std::string without_blanks(const std::string& text);

/// The words of a PDF, as Debian's pdftotext reads them, without blanks.
std::string words_of_pdf(const std::string& pdf);

/// All cells of all sheets of a workbook, a line each.
std::string cells_of_workbook(const std::string& xlsx);

/// What a person finds in an answer's body, whatever it is.
std::string readable(const std::string& body);

} // namespace greenbank::testing
