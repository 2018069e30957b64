// failing_disk.h — a disk under SQLite that fails when told: full, with errors, or dead from one write on. It is the default of the
// whole program while the object lives.
#pragma once

#include <sqlite3.h>

#include <cstring>
#include <string>

#include <doctest/doctest.h>

namespace greenbank::testing {

class FailingDisk {
public:
    enum class Fault { none, full, error, dead };

    FailingDisk() {
        current() = this;
        real_ = sqlite3_vfs_find("unix");
        REQUIRE(real_ != nullptr);
        vfs_ = *real_;
        vfs_.pNext = nullptr;
        vfs_.zName = "failing";
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.xOpen = open;
        REQUIRE(sqlite3_vfs_register(&vfs_, 1) == SQLITE_OK);
    }
    ~FailingDisk() {
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(real_, 1);
        current() = nullptr;
    }
    FailingDisk(const FailingDisk&) = delete;

    /// The write, truncation or sync after `steps` more fails; `full` and `error` once for each of `times` steps, `dead` for ever.
    void arm(Fault fault, int steps, int times = 1) {
        fault_ = fault;
        steps_ = steps;
        times_ = times;
    }
    void mend() { fault_ = Fault::none; }
    int struck() const { return struck_; }

private:
    struct File {
        sqlite3_file base;
        sqlite3_io_methods methods;
        sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };

    static FailingDisk*& current() {
        static FailingDisk* disk = nullptr;
        return disk;
    }
    static File* file(sqlite3_file* given) { return reinterpret_cast<File*>(given); }
    static sqlite3_file* real(sqlite3_file* given) { return file(given)->real(); }

    int strike(int error) {
        if (fault_ == Fault::none || steps_-- > 0) return SQLITE_OK;
        ++struck_;
        if (fault_ == Fault::dead) return error;
        const bool full = fault_ == Fault::full && error == SQLITE_IOERR_WRITE; // a sync does not say "full"
        if (--times_ <= 0) fault_ = Fault::none;
        return full ? SQLITE_FULL : error;
    }

    static int open(sqlite3_vfs*, const char* name, sqlite3_file* given, int flags, int* out_flags) {
        File* made = file(given);
        std::memset(made, 0, sizeof(File));
        FailingDisk& disk = *current();
        const int opened = disk.real_->xOpen(disk.real_, name, made->real(), flags, out_flags);
        if (opened != SQLITE_OK || made->real()->pMethods == nullptr) return opened;
        sqlite3_io_methods& m = made->methods;
        m.iVersion = 2;
        m.xClose = [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); };
        m.xRead = [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) { return real(f)->pMethods->xRead(real(f), to, size, at); };
        m.xWrite = [](sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
            const int failed = current()->strike(SQLITE_IOERR_WRITE);
            return failed ? failed : real(f)->pMethods->xWrite(real(f), from, size, at);
        };
        m.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
            const int failed = current()->strike(SQLITE_IOERR_TRUNCATE);
            return failed ? failed : real(f)->pMethods->xTruncate(real(f), size);
        };
        m.xSync = [](sqlite3_file* f, int how) {
            const int failed = current()->strike(SQLITE_IOERR_FSYNC);
            return failed ? failed : real(f)->pMethods->xSync(real(f), how);
        };
        m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); };
        m.xLock = [](sqlite3_file* f, int how) { return real(f)->pMethods->xLock(real(f), how); };
        m.xUnlock = [](sqlite3_file* f, int how) { return real(f)->pMethods->xUnlock(real(f), how); };
        m.xCheckReservedLock = [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); };
        m.xFileControl = [](sqlite3_file* f, int what, void* out) { return real(f)->pMethods->xFileControl(real(f), what, out); };
        m.xSectorSize = [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); };
        m.xDeviceCharacteristics = [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); };
        m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
            return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
        };
        m.xShmLock = [](sqlite3_file* f, int offset, int count, int how) { return real(f)->pMethods->xShmLock(real(f), offset, count, how); };
        m.xShmBarrier = [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); };
        m.xShmUnmap = [](sqlite3_file* f, int erase) { return real(f)->pMethods->xShmUnmap(real(f), erase); };
        made->base.pMethods = &m;
        return SQLITE_OK;
    }

    sqlite3_vfs vfs_{};
    sqlite3_vfs* real_ = nullptr;
    Fault fault_ = Fault::none;
    int steps_ = 0, times_ = 0, struck_ = 0;
};

} // namespace greenbank::testing
