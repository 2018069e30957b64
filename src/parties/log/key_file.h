// key_file.h — the file with the secret key of the transparency log: one line, base64 of a seed of 32 bytes, readable by its owner only;
// a key of SM2 has the word "sm2 " before it.
#pragma once

#include <optional>
#include <string>

#include "kernel/result.h"
#include "parties/engine/note.h"

namespace greenbank::parties {

struct LogKeyFile {
    SignatureType type = SignatureType::ed25519;
    std::string seed;
};
/// Nothing where there is no such file. A file that is not a key is an error, never replaced.
Result<std::optional<LogKeyFile>> read_log_key(const std::string& path);
/// Makes a new key of that type. Where another server was quicker, that one's.
Result<LogKeyFile> make_log_key(const std::string& path, SignatureType type);

} // namespace greenbank::parties
