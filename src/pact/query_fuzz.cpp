// query_fuzz.cpp — any bytes as a $filter, a time, a decimal, credentials and a path.
#include "pact/filters.h"
#include "pact/wire.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace greenbank;
    const std::string text(reinterpret_cast<const char*>(data), size);
    (void)pact::read_odata(text);
    (void)pact::read_time(text);
    if (pact::is_decimal(text)) (void)pact::sign_of(text);
    if (const auto credentials = pact::read_basic(text)) require(pact::read_basic(pact::write_basic(*credentials)).has_value());
    (void)pact::route(text);
    (void)pact::read_token(text);
    (void)pact::read_many(text);
    const std::size_t equals = std::min(text.find('='), text.size());
    (void)pact::read_list_ask({{text.substr(0, equals), text.substr(std::min(equals + 1, text.size()))}}, pact::Protocol::v3);
    return 0;
}
