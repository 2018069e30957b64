// figures.h — numbers, units and money as people of one language write them: 1,234.5 m³/d, 1 234,5 м³/сут.
#pragma once

#include <string>
#include <string_view>

#include "kernel/money.h"
#include "kernel/text.h"
#include "kernel/time.h"

namespace greenbank {

class Figures {
public:
    explicit Figures(Language language_) : language(language_) {}

    std::string number(double value) const;                                  // up to six digits that matter, thousands grouped
    std::string unit(std::string_view unit) const;                           // the symbol; nothing for a plain number
    std::string quantity(double value, std::string_view unit) const;         // number and unit stay on one line
    std::string range(double low, double high, std::string_view unit) const; // 2.4–3.1 kW
    std::string money(const Money& money) const;                             // exact, with its currency; whole amounts without places
    std::string estimate(double amount, const std::string& currency) const;  // three digits that matter
    std::string share(double share) const;                                   // 0.25 → "25 %"
    static std::string moment(Time time);                                    // 2026-11-30 11:40 UTC

    const Language language;

private:
    std::string with_unit(std::string number, double count, std::string_view unit) const;
};

} // namespace greenbank
