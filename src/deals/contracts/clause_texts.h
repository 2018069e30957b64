// clause_texts.h — the clauses of a contract in three languages, and how days and money stand in them.
#pragma once

#include "deals/contracts/access.h"

namespace greenbank::deals {

struct ClauseText {
    std::string key;
    Text title, body;
    std::vector<std::string> missing;
};
Record describe(const ClauseText*);

Result<std::vector<ClauseText>> clause_texts(Transaction& transaction, const Contract& contract);
/// 2026年3月3日, 3 March 2026, 03.03.2026
std::string day_text(Date day, Language language);
/// 162,000,000.00 CNY
std::string money_text(const Money& money);

} // namespace greenbank::deals
