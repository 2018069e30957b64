// qr.cpp — libqrencode behind one function.
#include "paper/qr.h"

#include <qrencode.h>

namespace greenbank::paper {

QrMatrix qr_matrix(const std::string& text) {
    QrMatrix matrix;
    QRcode* code = QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M);
    if (!code) return matrix;
    matrix.side = static_cast<std::size_t>(code->width);
    for (std::size_t i = 0; i < matrix.side * matrix.side; ++i) matrix.dark.push_back(code->data[i] & 1);
    QRcode_free(code);
    return matrix;
}

} // namespace greenbank::paper
