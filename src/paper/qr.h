// qr.h — a QR code (ISO/IEC 18004, level M) as its modules, for whoever draws it.
#pragma once

#include <string>
#include <vector>

namespace greenbank::paper {

struct QrMatrix {
    std::size_t side = 0;   // 0: the text is too long for a code (2,331 bytes)
    std::vector<bool> dark; // row by row
};
QrMatrix qr_matrix(const std::string& text);

} // namespace greenbank::paper
