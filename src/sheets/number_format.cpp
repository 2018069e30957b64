// number_format.cpp — one pass over the code, letters outside quotes decide.
#include "sheets/number_format.h"

#include "kernel/text.h"

namespace greenbank::sheets {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_with_word(std::string_view text, std::string_view word) {
    if (text.size() < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (lower(text[i]) != word[i]) return false;
    return true;
}

/// "[h]", "[mm]": time that goes on past a day.
bool is_elapsed(std::string_view bracket) {
    if (bracket.empty()) return false;
    const char first = lower(bracket[0]);
    if (first != 'h' && first != 'm' && first != 's') return false;
    for (const char c : bracket)
        if (lower(c) != first) return false;
    return true;
}

/// "[$€-407]" writes €; "[Red]" and "[>5]" write nothing.
std::string_view symbol_of(std::string_view bracket) {
    if (!bracket.starts_with('$')) return {};
    return bracket.substr(1, bracket.find('-') == std::string_view::npos ? std::string_view::npos : bracket.find('-') - 1);
}

} // namespace

FormatMeaning meaning_of(std::string_view code) {
    FormatMeaning meaning;
    if (code.empty() || code.starts_with("G/") || code == "@") return meaning; // "G/通用格式": General in Chinese
    bool day = false, hour = false, month_or_minute = false, elapsed = false, digits = false;
    bool scaled = false, forged_point = false; // shown in thousands; "0!.0000" shows in tens of thousands
    std::string behind;                        // what was written since the last digit
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        char c = lower(code[i]);
        // Dates begin with letters; those behind digits are the quotes' business, which careless writers leave out ("0.0 kWh").
        const bool exponent = c == 'e' && i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-');
        if (digits && !day && !hour && !month_or_minute && !exponent && c >= 'a' && c <= 'z') c = 'x';
        if (lower(code[i]) == 'g' && starts_with_word(code.substr(i), "general")) {
            digits = true;
            behind.clear();
            i += 6;
            continue;
        }
        switch (c) {
        case '"': {
            const std::size_t end = code.find('"', i + 1);
            behind += code.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
            i = end == std::string_view::npos ? code.size() : end;
            break;
        }
        case '!': // the same in Chinese editions
        case '\\':
            if (++i >= code.size()) break;
            forged_point = forged_point || (digits && code[i] == '.');
            behind += code[i];
            break;
        case ',': scaled = digits; break;
        case '_': behind += ' '; [[fallthrough]];
        case '*': ++i; break; // the next character is only as wide as, or fills
        case '[': {
            const std::size_t end = code.find(']', i);
            const std::string_view bracket = code.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
            elapsed = elapsed || is_elapsed(bracket);
            behind += symbol_of(bracket);
            i = end == std::string_view::npos ? code.size() : end;
            break;
        }
        case '0':
        case '#':
        case '?':
            digits = true;
            scaled = false;
            behind.clear();
            break;
        case '%': meaning.percent = true; break;
        case 'e':
            if (exponent) ++i; // 0.00E+00
            else day = true;   // the year of an era
            break;
        case 'y':
        case 'd':
        case 'b': // the Buddhist year
            day = true;
            break;
        case 'h':
        case 's': hour = true; break;
        case 'm': month_or_minute = true; break;
        case 'a':
            if (starts_with_word(code.substr(i), "am/pm")) hour = true, i += 4;
            else if (starts_with_word(code.substr(i), "a/p")) hour = true, i += 2;
            else if (starts_with_word(code.substr(i), "aaa")) day = true, i += 2; // the weekday
            else behind += code[i];
            break;
        default: behind += code[i];
        }
    }
    if (elapsed) meaning.kind = CellKind::duration;
    else if (hour) meaning.kind = day ? CellKind::date_time : CellKind::time;
    else if (day || month_or_minute) meaning.kind = CellKind::date;
    else if (digits && !meaning.percent && !scaled && !forged_point) meaning.unit = trim(behind);
    if (meaning.kind != CellKind::number) meaning.percent = false;
    return meaning;
}

std::string_view built_in_format(std::uint32_t id) {
    switch (id) {
    case 1: return "0";
    case 2: return "0.00";
    case 3: return "#,##0";
    case 4: return "#,##0.00";
    case 9: return "0%";
    case 10: return "0.00%";
    case 11: return "0.00E+00";
    case 12: return "# ?/?";
    case 13: return "# ?\?/?\?";
    case 14: return "yyyy/m/d";
    case 15: return "d-mmm-yy";
    case 16: return "d-mmm";
    case 17: return "mmm-yy";
    case 18: return "h:mm AM/PM";
    case 19: return "h:mm:ss AM/PM";
    case 20: return "h:mm";
    case 21: return "h:mm:ss";
    case 22: return "yyyy/m/d h:mm";
    case 27:
    case 36:
    case 50:
    case 52:
    case 57: return "yyyy\"年\"m\"月\"";
    case 28:
    case 29:
    case 51:
    case 53:
    case 54:
    case 58: return "m\"月\"d\"日\"";
    case 30: return "m-d-yy";
    case 31: return "yyyy\"年\"m\"月\"d\"日\"";
    case 32: return "h\"时\"mm\"分\"";
    case 33: return "h\"时\"mm\"分\"ss\"秒\"";
    case 34:
    case 55: return "AM/PMh\"时\"mm\"分\"";
    case 35:
    case 56: return "AM/PMh\"时\"mm\"分\"ss\"秒\"";
    case 37:
    case 38: return "#,##0;-#,##0";
    case 39:
    case 40: return "#,##0.00;-#,##0.00";
    case 45: return "mm:ss";
    case 46: return "[h]:mm:ss";
    case 47: return "mm:ss.0";
    case 48: return "##0.0E+0";
    case 49: return "@";
    default: return {};
    }
}

} // namespace greenbank::sheets
