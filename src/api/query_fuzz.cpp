// query_fuzz.cpp — any bytes as a path and a query, through the router.
#include "api/router.h"

using namespace greenbank;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    static const Endpoint one{"thing_get", Method::get, "/things/{id}", "", Mode::read, open_to_all, {}},
        list{"thing_list", Method::get, "/things", "", Mode::read, open_to_all, {}};
    static const Router router = [] {
        Router made;
        made.add("/api/v1", one);
        made.add("/api/v1", list);
        return made;
    }();
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const std::size_t question = text.find('?');
    if (const auto found = router.find("GET", text.substr(0, question)); found && found.value().endpoint == &one)
        require(!found.value().path_values.at(0).second.empty(), "an empty id was routed");
    if (question != std::string_view::npos)
        if (const auto query = parse_query(text.substr(question + 1)))
            for (const auto& [name, value] : query.value()) require(is_utf8(name) && is_utf8(value), "broken text came through");
    return 0;
}
