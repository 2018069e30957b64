// words.h — what the room itself says on paper (words.csv, compiled in), and figures and days as each language writes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"
#include "kernel/text.h"
#include "kernel/time.h"

namespace greenbank::paper {

/// The row `key` of words.csv, its places filled.
std::string say(std::string_view key, Language language, const std::vector<Parameter>& parameters = {});

/// 2026年11月20日 · 20 November 2026 · 20 ноября 2026 г.
std::string day_text(Date date, Language language);

/// 1,234.5 · 1 234,5 with no-break spaces in Russian; a real minus sign.
std::string figure_text(double value, int decimals, Language language);

} // namespace greenbank::paper
