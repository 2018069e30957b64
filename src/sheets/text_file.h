// text_file.h — a text that a program writes for a program: gathered, passed on in pieces, and under its name only when it is complete.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "sheets/written_file.h"

namespace greenbank::sheets {

class TextFile {
public:
    /// Refuses what is there and no plain file.
    static Result<TextFile> create(const std::string& path);
    std::string& text() { return text_; }
    /// To be called now and then: writes what has gathered once it is much.
    Result<Done> pass_on() { return text_.size() < chunk ? Result<Done>(Done{}) : write(); }
    Result<Done> place();

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    static constexpr std::size_t chunk = 256 << 10;

    explicit TextFile(WrittenFile written) : written_(std::move(written)) {}
    Result<Done> write();

    WrittenFile written_;
    std::unique_ptr<std::FILE, Close> file_;
    std::string text_;
};

/// A cell exactly as it is, quoted where needed: for programs, so no apostrophe is put before a minus.
void append_cell(std::string& out, std::string_view cell);

} // namespace greenbank::sheets
