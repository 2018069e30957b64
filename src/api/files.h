// files.h — whole files in and out, for commands that work without a server.
#pragma once

#include <string>
#include <string_view>

#include "kernel/result.h"

namespace greenbank {

/// The bytes of a file; "-" is standard input. Failure::not_found "file.unreadable" with the path.
Result<std::string> read_file(const std::string& path);
/// Writes all or nothing: under a temporary name beside `path`, then renamed; "-" is standard output.
Result<Done> write_file(const std::string& path, std::string_view content);

} // namespace greenbank
