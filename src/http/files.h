// The page and its parts, from files inside the program: types, validators, precompressed twins, and one page for all paths.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/api.h"
#include "api/incoming.h"
#include "kernel/embedded.h"

namespace greenbank::http {

class Files {
public:
    /// Of files whose path starts with `strip_prefix` ("web/dist/"). "app.js.br" and "app.js.gz" are twins of "app.js".
    explicit Files(std::span<const EmbeddedFile> files, std::string strip_prefix);

    /// Nothing for what is the API's (/api and below); ask it before. A path without a dot that is no file gets index.html,
    /// for the page itself knows its addresses; anything else a problem.
    std::optional<Response> answer(const Incoming& incoming) const;

private:
    struct File {
        std::string_view plain, brotli, gzip; // a missing one is empty
        std::string_view type;
        std::string tag; // without quotes
        bool immutable = false;
    };
    Response send(const File& file, const Incoming& incoming) const;

    std::unordered_map<std::string, File> files_; // by path from "/"
};

} // namespace greenbank::http
