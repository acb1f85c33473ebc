#include "core/image/nifti/gzip_file.h"

#include "core/base/files.h"
#include "core/image/raster/image_file.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <limits>
#include <new>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace finebrush {

namespace {

constexpr unsigned kBufferBytes = 1u << 18;
constexpr size_t kMostAtOnce = size_t{1} << 30;
constexpr int kGzipWindow = 15 + 16;  // the largest window, with gzip's header and check sum
constexpr int kMemoryLevel = 8;

}  // namespace

GzipFile::GzipFile(gzFile file, uint64_t storedBytes) : file_(file), storedBytes_(storedBytes) {
    gzbuffer(file, kBufferBytes);
    isCompressed_ = gzdirect(file) == 0;
}

Result<GzipFile> GzipFile::open(const std::filesystem::path& path) {
    const Result<std::filesystem::path> plain = plainFilePath(path);
    if (!plain) return failure(plain.error());
    const int descriptor = ::open(plain->c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return failure(ErrorCode::FileNotReadable, {utf8(path)});
    struct stat status {};
    const bool isKnown = ::fstat(descriptor, &status) == 0;
    gzFile file = isKnown ? gzdopen(descriptor, "rb") : nullptr;
    if (!file) {
        ::close(descriptor);
        return failure(ErrorCode::FileNotReadable, {utf8(path)});
    }
    return GzipFile(file, static_cast<uint64_t>(status.st_size));
}

size_t GzipFile::read(std::span<uint8_t> bytes) {
    size_t done = 0;
    while (done < bytes.size()) {
        const auto wanted = static_cast<unsigned>(std::min(bytes.size() - done, kMostAtOnce));
        const int count = gzread(file_.get(), bytes.data() + done, wanted);
        if (count <= 0) break;
        done += static_cast<size_t>(count);
    }
    return done;
}

bool GzipFile::seek(uint64_t offset) {
    return gzseek(file_.get(), static_cast<z_off_t>(offset), SEEK_SET) == static_cast<z_off_t>(offset);
}

bool GzipFile::isSoundToTheEnd(uint64_t limit) {
    if (!isCompressed_) return true;
    std::array<uint8_t, 4096> scratch;
    for (uint64_t done = 0; done < limit;) {
        const size_t count = read(scratch);
        done += count;
        if (count < scratch.size()) break;
    }
    int problem = Z_OK;
    gzerror(file_.get(), &problem);
    return problem == Z_OK || problem == Z_STREAM_END;
}

GzipPacker::GzipPacker() {
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::bad_alloc();
    }
}

std::vector<uint8_t> GzipPacker::add(std::span<const uint8_t> bytes, bool areLast) {
    if (bytes.size() > std::numeric_limits<uint32_t>::max()) throw std::length_error("gzip: more than 4 GB");
    std::vector<uint8_t> packed;
    stream_.next_in = const_cast<Bytef*>(bytes.data());
    stream_.avail_in = static_cast<uInt>(bytes.size());
    size_t filled = 0;
    // What fills all the room may not be all.
    while (filled == packed.size()) {
        packed.resize(filled + kBufferBytes);
        stream_.next_out = &packed[filled];
        stream_.avail_out = kBufferBytes;
        if (deflate(&stream_, areLast ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_ERROR)
            throw std::logic_error("gzip: bytes follow the last ones");
        filled = packed.size() - stream_.avail_out;
    }
    packed.resize(filled);
    return packed;
}

}  // namespace finebrush
