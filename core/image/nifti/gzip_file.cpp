#include "core/image/nifti/gzip_file.h"

#include "core/base/files.h"
#include "core/image/raster/image_file.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <limits>
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

std::vector<uint8_t> gzip(std::span<const uint8_t> bytes) {
    if (bytes.size() > std::numeric_limits<uint32_t>::max()) throw std::length_error("gzip: more than 4 GB");
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::bad_alloc();
    }
    std::vector<uint8_t> compressed(deflateBound(&stream, bytes.size()));
    stream.next_in = const_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = compressed.data();
    stream.avail_out = static_cast<uInt>(compressed.size());
    const int outcome = deflate(&stream, Z_FINISH);
    compressed.resize(stream.total_out);
    deflateEnd(&stream);
    if (outcome != Z_STREAM_END) throw std::logic_error("gzip: the bound was too small");
    return compressed;
}

}  // namespace finebrush
