// country.h — the officially assigned codes of ISO 3166-1 alpha-2 (249 of them, edition 2020).
#pragma once

#include <string_view>

namespace greenbank {

bool is_country(std::string_view code);

} // namespace greenbank
