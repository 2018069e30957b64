// Which content codings a peer accepts, and gzip for answers that profit from it.
#pragma once

#include <string>
#include <string_view>

#include "api/api.h"

namespace greenbank::http {

/// Accept-Encoding names the coding (or *) with a weight above zero.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

/// Text that may vary with Accept-Encoding: JSON, CSV, HTML and their like, long enough to gain.
bool is_compressible(const Response& response);

/// Sends the body as gzip if that makes it smaller.
void compress(Response& response);

} // namespace greenbank::http
