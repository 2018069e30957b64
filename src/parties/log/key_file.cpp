// key_file.cpp — reading and making the key's file.
#include "parties/log/key_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/files.h"
#include "kernel/text.h"
#include "parties/secrets.h"

namespace greenbank::parties {

namespace {

constexpr std::string_view sm2_word = "sm2 ";

Error unwritable(const std::string& path, int reason) {
    return {
        Failure::unavailable, "log.key_unwritable", "The log's key cannot be kept in {path}: {reason}", {{"path", path}, {"reason", std::strerror(reason)}}};
}

} // namespace

Result<std::optional<LogKeyFile>> read_log_key(const std::string& path) {
    if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) return std::optional<LogKeyFile>{};
    const std::string text = TRY(read_file(path));
    std::string_view written = trim(text);
    const bool sm2 = written.starts_with(sm2_word);
    if (sm2) written.remove_prefix(sm2_word.size());
    const auto seed = from_base64(written);
    if (!seed || seed->size() != 32)
        return Error{Failure::invalid, "log.key_file", "{path} is not the key of a log; put the right file back, or name another one in the setting log_key.",
            {{"path", path}}};
    return std::optional(LogKeyFile{sm2 ? SignatureType::sm2 : SignatureType::ed25519, *seed});
}

Result<LogKeyFile> make_log_key(const std::string& path, SignatureType type) {
    const std::string seed = random_seed();
    const std::string line = std::string(type == SignatureType::sm2 ? sm2_word : "") + to_base64(seed) + "\n";
    const std::string beside = path + "." + std::to_string(getpid());
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return unwritable(path, errno);
    const bool written = ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(file) == 0;
    const int reason = errno;
    ::close(file);
    // A link never replaces what is there.
    const bool ours = written && ::link(beside.c_str(), path.c_str()) == 0;
    const int link_reason = errno;
    ::unlink(beside.c_str());
    if (!written) return unwritable(path, reason);
    if (ours) return LogKeyFile{type, seed};
    if (link_reason != EEXIST) return unwritable(path, link_reason);
    auto theirs = TRY(read_log_key(path));
    return theirs ? std::move(*theirs) : Result<LogKeyFile>(unwritable(path, ENOENT));
}

} // namespace greenbank::parties
