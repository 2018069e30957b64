// written_file.h — a file that has a temporary name until it is complete.
#pragma once

#include <filesystem>

#include "kernel/result.h"
#include "sheets/sheets.h"

namespace greenbank::sheets {

class WrittenFile {
public:
    /// An empty file beside `path`, or in `folder` for something that will only be read again.
    static Result<WrittenFile> beside(const std::filesystem::path& path);
    static Result<WrittenFile> in(const std::filesystem::path& folder);
    WrittenFile(WrittenFile&& other) noexcept;
    WrittenFile& operator=(WrittenFile&&) = delete;
    ~WrittenFile(); // takes away what was not placed

    const std::filesystem::path& temporary() const { return temporary_; }
    /// Puts the file under its name, in the place of what may be there.
    Result<Done> place();
    Result<Done> hand_out(const Sink& sink) const;

private:
    WrittenFile(std::filesystem::path temporary, std::filesystem::path path) : temporary_(std::move(temporary)), path_(std::move(path)) {}
    static Result<WrittenFile> create(const std::filesystem::path& folder, const std::string& name, const std::filesystem::path& path);

    std::filesystem::path temporary_, path_;
};

Error unwritable(const std::filesystem::path& path);
Error disk_full();

} // namespace greenbank::sheets
