// notice_text.h — what one bank tells another of a borrower, as few lines as it takes: text that is signed, and read back. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/time.h"

namespace greenbank::finance {

enum class NoticeKind { warning, credit, revocation };

/// Of whom is said by a digest that only who knows the registration number can make again; amounts and names are not said at all.
struct NoticeText {
    std::string number;
    NoticeKind kind = NoticeKind::warning;
    std::string from, to;                                             // origin of the log that signs; the receiver's name
    std::string subject;                                              // 64 hexadecimal digits
    std::string level;                                                // of a warning: "orange"
    std::vector<std::string> reasons;                                 // of a warning: names of signals, without their values
    std::int64_t loans = 0, late = 0, written_off = 0, penalties = 0; // of credit: how many
    Date day, valid_until;
};
/// Lines that end in a newline; the first one says what it is.
std::string to_text(const NoticeText& notice);
/// Nothing of any other text: every line, in its order, and none more.
std::optional<NoticeText> parse_notice_text(std::string_view text);

} // namespace greenbank::finance
