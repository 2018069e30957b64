// archive.cpp — folders and zips (libzip) behind one list of files; what a zip declares is checked before a byte of it is unpacked.
#include "carbon/formats/archive.h"

#include <algorithm>
#include <fstream>
#include <set>

#include <zip.h>

namespace greenbank::carbon {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t ratio_counts_from = 1 << 20;

Error too_large(const std::string& what) {
    return {Failure::too_large, "archive.too_large", "{what} is larger than is read in one go; split it.", {{"what", what}}};
}
Error unreadable(const std::string& what) {
    return {Failure::malformed, "archive.unreadable", "{what} cannot be read, is damaged or was not uploaded completely.", {{"what", what}}};
}

struct CloseZip {
    void operator()(zip* archive) const { zip_discard(archive); }
};
struct CloseFile {
    void operator()(zip_file* file) const { zip_fclose(file); }
};

} // namespace

struct Archive::Source {
    fs::path folder;   // of plain files
    std::string bytes; // of a zip or a single file in memory
    std::unique_ptr<zip, CloseZip> archive;
    std::vector<std::uint64_t> places; // of each file in the zip
};

Archive::Archive() : source_(std::make_unique<Source>()) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

bool stays_inside(std::string_view path) {
    if (path.empty() || path.front() == '/' || path.find('\\') != path.npos || path.find('\0') != path.npos || path.find(':') != path.npos) return false;
    for (std::size_t from = 0; from <= path.size();) {
        const std::size_t end = std::min(path.find('/', from), path.size());
        const std::string_view part = path.substr(from, end - from);
        if (part == ".." || part == ".") return false;
        from = end + 1;
    }
    return true;
}

Result<Done> Archive::list_zip(const ArchiveLimits& limits) {
    zip* const archive = source_->archive.get();
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    if (count < 0) return unreadable("zip");
    if (static_cast<std::uint64_t>(count) > limits.files) return too_large("zip");
    std::uint64_t whole = 0;
    std::vector<std::pair<File, std::uint64_t>> found;
    std::set<std::string, std::less<>> names;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
        zip_stat_t about;
        zip_stat_init(&about);
        constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
        if (zip_stat_index(archive, index, 0, &about) != 0 || (about.valid & needed) != needed) return unreadable("zip");
        const std::string name = about.name;
        if (name.ends_with('/')) continue;
        if (!stays_inside(name))
            return Error{
                Failure::malformed, "archive.path", "The name {what} leads out of the archive; the whole file is refused.", {{"what", name.substr(0, 200)}}};
        if (about.encryption_method != ZIP_EM_NONE || (about.comp_method != ZIP_CM_STORE && about.comp_method != ZIP_CM_DEFLATE))
            return Error{
                Failure::unsupported, "archive.packing", "{what} is encrypted or packed in a way that is not read; pack it as a plain zip.", {{"what", name}}};
        whole += about.size;
        if (about.size > limits.file_bytes || whole > limits.whole_bytes) return too_large(name);
        if (about.size > ratio_counts_from && about.size / std::max<std::uint64_t>(1, about.comp_size) > limits.compression_ratio) return too_large(name);
        if (!names.insert(name).second) return unreadable(name);
        found.push_back({{name, about.size}, index});
    }
    std::ranges::sort(found, {}, [](const auto& one) { return one.first.path; });
    for (auto& [file, place] : found) {
        files_.push_back(std::move(file));
        source_->places.push_back(place);
    }
    return Done{};
}

Result<Archive> Archive::open(const fs::path& path, const ArchiveLimits& limits) {
    std::error_code problem;
    Archive archive;
    if (fs::is_directory(path, problem)) {
        archive.source_->folder = path;
        std::uint64_t whole = 0;
        for (fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, problem), end; !problem && at != end;
             at.increment(problem)) {
            if (at->is_symlink() || !at->is_regular_file()) continue;
            const std::uint64_t size = at->file_size();
            whole += size;
            if (size > limits.file_bytes || whole > limits.whole_bytes || archive.files_.size() >= limits.files) return too_large(at->path().string());
            archive.files_.push_back({at->path().lexically_relative(path).generic_string(), size});
        }
        std::ranges::sort(archive.files_, {}, &File::path);
        return archive;
    }
    const std::uint64_t size = fs::file_size(path, problem);
    if (problem) return Error{Failure::not_found, "archive.not_there", "There is no file or folder {what}.", {{"what", path.string()}}};
    std::ifstream file(path, std::ios::binary);
    char beginning[4] = {};
    file.read(beginning, sizeof beginning);
    if (std::string_view(beginning, 4) == "PK\x03\x04" && path.extension() != ".xlsx") {
        int code = 0;
        archive.source_->archive.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
        if (!archive.source_->archive) return unreadable(path.filename().string());
        TRY(archive.list_zip(limits));
        return archive;
    }
    if (size > limits.file_bytes) return too_large(path.filename().string());
    archive.source_->folder = path.parent_path();
    archive.files_.push_back({path.filename().string(), size});
    return archive;
}

Result<Archive> Archive::of_bytes(std::string bytes, std::string name, const ArchiveLimits& limits) {
    Archive archive;
    archive.source_->bytes = std::move(bytes);
    if (archive.source_->bytes.starts_with("PK\x03\x04") && !name.ends_with(".xlsx")) {
        zip_error_t problem;
        zip_error_init(&problem);
        zip_source_t* const from = zip_source_buffer_create(archive.source_->bytes.data(), archive.source_->bytes.size(), 0, &problem);
        if (from) archive.source_->archive.reset(zip_open_from_source(from, ZIP_RDONLY, &problem));
        if (from && !archive.source_->archive) zip_source_free(from);
        zip_error_fini(&problem);
        if (!archive.source_->archive) return unreadable(name);
        TRY(archive.list_zip(limits));
        return archive;
    }
    if (archive.source_->bytes.size() > limits.file_bytes) return too_large(name);
    archive.files_.push_back({std::move(name), archive.source_->bytes.size()});
    return archive;
}

Result<std::string> Archive::read(std::size_t number) const {
    const File& wanted = files_.at(number);
    if (source_->archive) {
        const std::unique_ptr<zip_file, CloseFile> file(zip_fopen_index(source_->archive.get(), source_->places[number], 0));
        std::string bytes(static_cast<std::size_t>(wanted.size) + 1, '\0'); // one more, to meet the end and its checksum
        std::size_t taken = 0;
        for (zip_int64_t got = 1; file && got > 0 && taken < bytes.size(); taken += static_cast<std::size_t>(std::max<zip_int64_t>(got, 0)))
            if (got = zip_fread(file.get(), bytes.data() + taken, bytes.size() - taken); got < 0) return unreadable(wanted.path);
        if (taken != wanted.size) return unreadable(wanted.path);
        bytes.resize(taken);
        return bytes;
    }
    if (source_->folder.empty() && !source_->bytes.empty()) return source_->bytes;
    std::ifstream file(source_->folder / wanted.path, std::ios::binary);
    std::string bytes(static_cast<std::size_t>(wanted.size), '\0');
    if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return unreadable(wanted.path);
    return bytes;
}

Result<std::string> zip_of(const std::vector<WrittenItem>& files) {
    const Error failed{Failure::internal, "archive.write", "The zip could not be made."};
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &problem);
    if (!target) return failed;
    zip_source_keep(target); // the archive frees its own hold
    const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> held(target, [](zip_source_t* one) { zip_source_free(one); });
    zip* const archive = zip_open_from_source(target, ZIP_TRUNCATE, &problem);
    if (!archive) {
        zip_source_free(target);
        return failed;
    }
    std::unique_ptr<zip, CloseZip> open(archive);
    for (const WrittenItem& item : files) {
        zip_source_t* const from = zip_source_buffer(archive, item.bytes.data(), item.bytes.size(), 0);
        const zip_int64_t index = from ? zip_file_add(archive, item.path.c_str(), from, ZIP_FL_ENC_UTF_8) : -1;
        if (index < 0) {
            if (from) zip_source_free(from);
            return failed;
        }
        zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), 1'577'836'800, 0); // 2020-01-01: the same files, the same bytes
    }
    if (zip_close(open.get()) != 0) return failed;
    (void)open.release();
    zip_stat_t about;
    if (zip_source_stat(target, &about) != 0 || zip_source_open(target) != 0) return failed;
    std::string bytes(static_cast<std::size_t>(about.size), '\0');
    const zip_int64_t got = zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    if (got != static_cast<zip_int64_t>(bytes.size())) return failed;
    return bytes;
}

Result<Done> write_items(const std::vector<WrittenItem>& files, const fs::path& path) {
    const auto put = [](const fs::path& where, const std::string& bytes) -> Result<Done> {
        std::error_code problem;
        if (!where.parent_path().empty()) fs::create_directories(where.parent_path(), problem);
        std::ofstream out(where, std::ios::binary | std::ios::trunc);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        out.flush();
        if (!out) return Error{Failure::storage_full, "archive.unwritable", "{what} cannot be written.", {{"what", where.string()}}};
        return Done{};
    };
    if (path.extension() == ".zip") return put(path, TRY(zip_of(files)));
    if (files.size() == 1 && path.has_extension()) return put(path, files.front().bytes);
    for (const WrittenItem& item : files) TRY(put(path / item.path, item.bytes));
    return Done{};
}

} // namespace greenbank::carbon
