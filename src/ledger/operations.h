// operations.h — the tables of endpoints, one file a resource.
#pragma once

#include "api/call.h"
#include "ledger/account_views.h"
#include "ledger/book.h"

namespace greenbank::ledger {

std::vector<Endpoint> account_endpoints(Book& book);
std::vector<Endpoint> transfer_endpoints(Book& book);
std::vector<Endpoint> order_endpoints(Book& book);
std::vector<Endpoint> statement_endpoints();
/// `address`: how the bank is called from outside, for the code on paper.
std::vector<Endpoint> paper_statement_endpoints(const std::string& address);
std::vector<Endpoint> report_endpoints();

} // namespace greenbank::ledger
