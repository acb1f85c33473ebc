#pragma once

#include "core/base/result.h"

#include <zlib.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace finebrush {

/// Reads a file from its beginning, inflating it on the way where it is compressed by gzip. Never holds more
/// than what was asked for.
class GzipFile {
  public:
    /// Errors: FileMissing, NotARegularFile, FileNotReadable.
    static Result<GzipFile> open(const std::filesystem::path& path);

    bool isCompressed() const { return isCompressed_; }
    /// Bytes of the file as it lies on the disk.
    uint64_t storedBytes() const { return storedBytes_; }
    /// Reads up to `bytes.size()` bytes; fewer at the end of the file or where it is damaged.
    size_t read(std::span<uint8_t> bytes);
    /// Goes to a place among the inflated bytes; false where that fails. A place behind the end is noticed
    /// only by the next `read`.
    bool seek(uint64_t offset);
    /// Reads on to the end, at most `limit` bytes, so that gzip's check sum is compared; true where nothing
    /// was found damaged on the way.
    bool isSoundToTheEnd(uint64_t limit);

  private:
    struct Close {
        void operator()(gzFile file) const { gzclose_r(file); }
    };
    GzipFile(gzFile file, uint64_t storedBytes);

    std::unique_ptr<gzFile_s, Close> file_;
    uint64_t storedBytes_ = 0;
    bool isCompressed_ = false;
};

/// Compresses by gzip some bytes at a time, the same bytes to the same bytes: without a name and a time.
class GzipPacker {
  public:
    GzipPacker();
    ~GzipPacker() { deflateEnd(&stream_); }
    GzipPacker(const GzipPacker&) = delete;
    GzipPacker& operator=(const GzipPacker&) = delete;

    /// What can be said once these bytes follow, or are the last: it may be nothing yet.
    std::vector<uint8_t> add(std::span<const uint8_t> bytes, bool areLast);

  private:
    z_stream stream_{};
};

}  // namespace finebrush
