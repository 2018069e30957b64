// log_key.h — the file with the secret key of the transparency log: one line, base64 of a seed of 32 bytes, readable by its owner only.
#pragma once

#include <optional>
#include <string>

#include "kernel/result.h"

namespace greenbank::app {

/// The seed; nothing where there is no such file. A file that is not a key is an error, never replaced.
Result<std::optional<std::string>> read_log_key(const std::string& path);
/// Makes a new key. Where another server was quicker, that one's.
Result<std::string> make_log_key(const std::string& path);

} // namespace greenbank::app
