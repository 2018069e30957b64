// encodings.cpp — the shape of bytes decides, line by line; ICU knows the tables of GB 18030 and Windows-1251.
#include "sheets/encodings.h"

#include <algorithm>

#include <unicode/ucnv.h>

#include "sheets/utf8.h"

namespace greenbank::sheets {

namespace {

unsigned byte_at(std::string_view bytes, std::size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u; }

/// Many short texts in GB 18030 happen to be UTF-8 too ("路" is "·"). A line is UTF-8 for certain where it has a character of three or four
/// bytes, or one whose second byte lies below those that Chinese texts use.
bool surely_utf_8(std::string_view line) {
    bool sure = false;
    for (std::size_t at = 0; at < line.size(); ++at) sure = sure || byte_at(line, at) >= 0xe0 || (byte_at(line, at) >= 0x80 && byte_at(line, at) < 0xa1);
    return sure && sound_length(line) == line.size();
}

UConverter* open_converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter* const converter = ucnv_open(name, &status);
    require(U_SUCCESS(status), "ICU lacks an encoding that it always has");
    return converter;
}

std::size_t utf_16_unit(std::string_view line, std::size_t at, bool little) {
    return little ? byte_at(line, at) | byte_at(line, at + 1) << 8 : byte_at(line, at) << 8 | byte_at(line, at + 1);
}

} // namespace

std::string_view to_text(Encoding encoding) {
    switch (encoding) {
    case Encoding::utf_8: return "UTF-8";
    case Encoding::utf_16_le: return "UTF-16LE";
    case Encoding::utf_16_be: return "UTF-16BE";
    case Encoding::gb_18030: return "GB 18030";
    case Encoding::windows_1251: return "Windows-1251";
    }
    return {};
}

std::size_t gb_18030_length(std::string_view bytes) {
    std::size_t at = 0;
    const auto lead = [&](std::size_t i) { return byte_at(bytes, i) >= 0x81 && byte_at(bytes, i) <= 0xfe; };
    const auto digit = [&](std::size_t i) { return byte_at(bytes, i) >= 0x30 && byte_at(bytes, i) <= 0x39; };
    while (at < bytes.size()) {
        if (byte_at(bytes, at) < 0x80) {
            ++at;
            continue;
        }
        if (!lead(at)) return at;
        const unsigned second = byte_at(bytes, at + 1);
        if (second >= 0x40 && second <= 0xfe && second != 0x7f) at += 2;
        else if (digit(at + 1) && lead(at + 2) && digit(at + 3)) at += 4;
        else return at;
    }
    return at;
}

void EncodingEvidence::add(std::string_view line) {
    if (is_ascii(line)) return;
    if (sound_length(line) == line.size()) {
        utf_8_ += surely_utf_8(line);
        return;
    }
    if (gb_18030_length(line) == line.size()) ++gb_18030_;
    else ++neither_;
    for (const char c : line) {
        high_bytes_ += static_cast<unsigned char>(c) >= 0x80;
        letter_bytes_ += static_cast<unsigned char>(c) >= 0xc0;
        small_letter_bytes_ += static_cast<unsigned char>(c) >= 0xe0;
    }
}

Encoding EncodingEvidence::decide() const {
    if (gb_18030_ + neither_ == 0) return Encoding::utf_8;
    if (utf_8_ > 0) return utf_8_ >= gb_18030_ ? Encoding::utf_8 : Encoding::gb_18030;
    // Russian letters stand from 0xc0 in Windows-1251, small ones from 0xe0; of the bytes of Chinese texts a third lies below, a fifth above.
    const bool letters = high_bytes_ >= 12 && letter_bytes_ * 20 >= high_bytes_ * 19;
    if (letters && (high_bytes_ >= 100 || small_letter_bytes_ * 5 >= high_bytes_ * 3)) return Encoding::windows_1251;
    return gb_18030_ >= neither_ ? Encoding::gb_18030 : Encoding::utf_8;
}

void LineDecoder::Close::operator()(UConverter* converter) const { ucnv_close(converter); }
void Gb18030Encoder::Close::operator()(UConverter* converter) const { ucnv_close(converter); }

LineDecoder::LineDecoder(Encoding encoding) : encoding_(encoding) {
    if (encoding == Encoding::windows_1251) windows_1251_.reset(open_converter("windows-1251"));
}

UConverter* LineDecoder::gb_18030() {
    if (!gb_18030_) gb_18030_.reset(open_converter("gb18030"));
    return gb_18030_.get();
}

DecodedLine LineDecoder::decode(std::string_view line) {
    DecodedLine decoded{line};
    if (encoding_ == Encoding::utf_16_le || encoding_ == Encoding::utf_16_be) {
        decode_utf_16(line, decoded);
    } else if (!is_ascii(line)) {
        if (encoding_ == Encoding::utf_8) decode_utf_8(line, decoded);
        else if (encoding_ == Encoding::gb_18030) decode_gb_18030(line, decoded);
        else {
            decoded.broken_at = convert(windows_1251_.get(), line);
            decoded.text = text_;
        }
    }
    if (decoded.text.find('\0') != std::string_view::npos) {
        decoded.nul = true;
        text_ = replace_unsound(decoded.text);
        decoded.text = text_;
    }
    return decoded;
}

void LineDecoder::decode_utf_8(std::string_view line, DecodedLine& decoded) {
    const std::size_t sound = sound_length(line);
    if (sound == line.size()) return;
    if (gb_18030_length(line) == line.size() && !convert(gb_18030(), line)) {
        decoded.other = Encoding::gb_18030;
    } else {
        decoded.broken_at = sound;
        text_ = replace_unsound(line);
    }
    decoded.text = text_;
}

void LineDecoder::decode_gb_18030(std::string_view line, DecodedLine& decoded) {
    if (surely_utf_8(line)) {
        decoded.other = Encoding::utf_8;
        return;
    }
    decoded.broken_at = convert(gb_18030(), line);
    decoded.text = text_;
}

void LineDecoder::decode_utf_16(std::string_view line, DecodedLine& decoded) {
    const bool little = encoding_ == Encoding::utf_16_le;
    text_.clear();
    for (std::size_t at = 0; at < line.size(); at += 2) {
        auto character = static_cast<char32_t>(utf_16_unit(line, at, little));
        bool sound = at + 1 < line.size() && (character < 0xdc00 || character >= 0xe000);
        if (sound && character >= 0xd800 && character < 0xe000) {
            const auto low = static_cast<char32_t>(utf_16_unit(line, at + 2, little));
            sound = at + 3 < line.size() && low >= 0xdc00 && low < 0xe000;
            if (sound) {
                character = 0x10000 + ((character & 0x3ff) << 10 | (low & 0x3ff));
                at += 2;
            }
        }
        if (!sound && !decoded.broken_at) decoded.broken_at = at;
        append_utf8(text_, sound ? character : replacement_character);
    }
    decoded.text = text_;
}

std::optional<std::size_t> LineDecoder::convert(UConverter* converter, std::string_view line) {
    UErrorCode status = U_ZERO_ERROR;
    ucnv_reset(converter);
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::optional<std::size_t> broken_at;
    text_.clear();
    const char *at = line.data(), *const end = at + line.size();
    char16_t units[512];
    char32_t high = 0;
    while (at < end || status == U_BUFFER_OVERFLOW_ERROR) {
        char16_t* out = units;
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &out, units + std::size(units), &at, end, nullptr, true, &status);
        for (const char16_t* unit = units; unit != out; ++unit) {
            if (*unit >= 0xd800 && *unit < 0xdc00) high = *unit;
            else append_utf8(text_, *unit >= 0xdc00 && *unit < 0xe000 ? 0x10000 + ((high & 0x3ff) << 10 | (*unit & 0x3ff)) : *unit);
        }
        if (U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR) continue;
        char invalid[8];
        auto length = static_cast<int8_t>(sizeof invalid);
        UErrorCode ignored = U_ZERO_ERROR;
        ucnv_getInvalidChars(converter, invalid, &length, &ignored);
        const auto behind = static_cast<std::size_t>(at - line.data());
        if (!broken_at) broken_at = behind - std::min(behind, static_cast<std::size_t>(std::max<int>(length, 1)));
        append_utf8(text_, replacement_character);
        ucnv_resetToUnicode(converter);
    }
    return broken_at;
}

Gb18030Encoder::Gb18030Encoder() : converter_(open_converter("gb18030")) {}

void Gb18030Encoder::append(std::string_view utf_8, std::string& out) {
    if (is_ascii(utf_8)) {
        out += utf_8;
        return;
    }
    std::u16string units;
    for (std::size_t at = 0; at < utf_8.size();) {
        const auto lead = static_cast<unsigned char>(utf_8[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        char32_t character = length == 1 ? lead : lead & (0x7fU >> length);
        for (std::size_t i = 1; i < length; ++i) character = character << 6 | (byte_at(utf_8, at + i) & 0x3f);
        at += length;
        if (character >= 0x10000) {
            units += static_cast<char16_t>(0xd800 + ((character - 0x10000) >> 10));
            units += static_cast<char16_t>(0xdc00 + (character & 0x3ff));
        } else {
            units += static_cast<char16_t>(character);
        }
    }
    const char16_t *at = units.data(), *const end = at + units.size();
    UErrorCode status = U_ZERO_ERROR;
    while (at < end || status == U_BUFFER_OVERFLOW_ERROR) {
        char bytes[1024];
        char* to = bytes;
        status = U_ZERO_ERROR;
        ucnv_fromUnicode(converter_.get(), &to, bytes + sizeof bytes, &at, end, nullptr, true, &status);
        require(U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR, "GB 18030 lacks a character");
        out.append(bytes, static_cast<std::size_t>(to - bytes));
    }
}

} // namespace greenbank::sheets
