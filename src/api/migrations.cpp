// migrations.cpp — the folder's name is the migration's name.
#include "api/migrations.h"

#include <algorithm>

#include "kernel/text.h"

namespace greenbank {

std::vector<Migration> migrations_of(std::string_view slice, const EmbeddedFile* files, std::size_t count) {
    std::vector<Migration> migrations;
    for (const EmbeddedFile& file : std::span(files, count)) {
        const auto parts = split(file.path, '/');
        require(parts.size() >= 2 && parts.back() == "up.sql", "a migration is a folder with up.sql");
        migrations.push_back({slice, parts[parts.size() - 2], file.bytes()});
    }
    std::sort(migrations.begin(), migrations.end(), [](const Migration& a, const Migration& b) { return a.name < b.name; });
    return migrations;
}

} // namespace greenbank
