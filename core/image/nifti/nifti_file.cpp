#include "core/image/nifti/nifti_file.h"

#include "core/base/text.h"
#include "core/image/image_errors.h"
#include "core/image/nifti/gzip_file.h"

#include <algorithm>
#include <array>
#include <complex>
#include <cstring>
#include <new>
#include <stdexcept>

namespace finebrush::nifti {

namespace {

constexpr int kUnsignedByte = 2;
constexpr uint64_t kVoxelsAtOnce = uint64_t{1} << 18;
/// A stored byte makes 1032 bytes at most in zlib's format; some more for the header.
constexpr uint64_t kMostFromOneByte = 1040;
/// How far the rest of a file is read for gzip's check sum.
constexpr uint64_t kLongestTail = uint64_t{16} << 20;

template <typename Stored>
Stored storedAt(const uint8_t* bytes, bool isSwapped) {
    std::array<uint8_t, sizeof(Stored)> raw{};
    std::memcpy(raw.data(), bytes, sizeof(Stored));
    if (isSwapped) std::ranges::reverse(raw);
    return std::bit_cast<Stored>(raw);
}

template <typename Wanted, typename Stored>
void convertTo(const Header& header, std::span<const uint8_t> stored, uint8_t* target) {
    const bool scaled = isScaled(header);
    for (size_t offset = 0; offset < stored.size(); offset += sizeof(Stored), target += sizeof(Wanted)) {
        const auto value = storedAt<Stored>(&stored[offset], header.isSwapped);
        const Wanted wanted =
            scaled ? static_cast<Wanted>(static_cast<double>(value) * header.sclSlope + header.sclInter)
                   : static_cast<Wanted>(value);
        std::memcpy(target, &wanted, sizeof wanted);
    }
}

/// Converts voxels of a type that is read as `Plain` where it is not scaled, and as `Scaled` where it is.
template <typename Stored, typename Plain, typename Scaled>
void convert(const Header& header, std::span<const uint8_t> stored, uint8_t* target) {
    if (isScaled(header)) {
        convertTo<Scaled, Stored>(header, stored, target);
    } else {
        convertTo<Plain, Stored>(header, stored, target);
    }
}

/// Converts complex voxels, whose parts are stored one after the other, to their magnitudes. What is scaled
/// is the complex number, and a shift moves its real part alone, as nibabel does it. (The standard would have
/// both parts moved.)
template <typename Part>
void convertToMagnitudes(const Header& header, std::span<const uint8_t> stored, uint8_t* target) {
    const bool scaled = isScaled(header);
    for (size_t offset = 0; offset < stored.size(); offset += 2 * sizeof(Part), target += sizeof(Part)) {
        std::complex<double> value(storedAt<Part>(&stored[offset], header.isSwapped),
                                   storedAt<Part>(&stored[offset + sizeof(Part)], header.isSwapped));
        if (scaled) value = value * header.sclSlope + header.sclInter;
        const auto magnitude = static_cast<Part>(std::abs(value));
        std::memcpy(target, &magnitude, sizeof magnitude);
    }
}

void dropFourthBand(std::span<const uint8_t> stored, uint8_t* target) {
    for (size_t offset = 0; offset < stored.size(); offset += 4, target += 3) {
        std::memcpy(target, &stored[offset], 3);
    }
}

/// Converts stored voxels to the format that `voxelFormat` names.
void convertVoxels(const Header& header, std::span<const uint8_t> stored, uint8_t* target) {
    switch (header.datatype) {
        case 2:
            return convert<uint8_t, uint8_t, float>(header, stored, target);
        case 4:
            return convert<int16_t, int16_t, float>(header, stored, target);
        case 8:
            return convert<int32_t, int32_t, double>(header, stored, target);
        case 16:
            return convert<float, float, float>(header, stored, target);
        case 32:
            return convertToMagnitudes<float>(header, stored, target);
        case 64:
            return convert<double, double, double>(header, stored, target);
        case 128:
            std::ranges::copy(stored, target);
            return;
        case 256:
            return convert<int8_t, int16_t, float>(header, stored, target);
        case 512:
            return convert<uint16_t, uint16_t, float>(header, stored, target);
        case 768:
            return convert<uint32_t, uint32_t, double>(header, stored, target);
        case 1024:
            return convert<int64_t, int64_t, double>(header, stored, target);
        case 1280:
            return convert<uint64_t, uint64_t, double>(header, stored, target);
        case 1792:
            return convertToMagnitudes<double>(header, stored, target);
        case 2304:
            return dropFourthBand(stored, target);
        default:
            throw std::logic_error("NIfTI voxels of an unknown type");
    }
}

Result<Header> readHeaderOf(GzipFile& stream, const std::filesystem::path& file) {
    std::array<uint8_t, kLongestHeader> bytes{};
    const size_t count = stream.read(bytes);
    return parseHeader(std::span(bytes).first(count), file);
}

VolumeInfo infoOf(const Header& header) {
    const VoxelFormat format = voxelFormat(header);
    VolumeInfo info;
    info.grid = gridOf(header);
    info.bands = format.bands;
    info.type = format.type;
    info.format = "NIfTI";
    info.usualView = SliceView::Axial;
    info.isMagnitude = isComplex(header.datatype);
    return info;
}

/// The number of voxels in all frames; nothing where they would take more than `maxBytes`.
std::optional<uint64_t> voxelsWithin(const VolumeInfo& info, uint64_t maxBytes) {
    uint64_t voxels = 1;
    const uint64_t limit = maxBytes / info.bytesPerVoxel();
    for (const int length : {info.grid.size[0], info.grid.size[1], info.grid.size[2], info.grid.frames}) {
        if (voxels > limit / static_cast<uint64_t>(length)) return std::nullopt;
        voxels *= static_cast<uint64_t>(length);
    }
    return voxels;
}

/// Reads and converts so many voxels, some at a time; false where the file ends before.
bool readVoxels(GzipFile& stream, const Header& header, uint64_t voxels, Volume& volume) {
    const uint64_t bytesPerVoxel = volume.info.bytesPerVoxel();
    volume.bytes.reserve(voxels * bytesPerVoxel);
    std::vector<uint8_t> stored;
    for (uint64_t done = 0; done < voxels;) {
        const uint64_t count = std::min(voxels - done, kVoxelsAtOnce);
        stored.resize(count * storedBytes(header.datatype));
        if (stream.read(stored) != stored.size()) return false;
        volume.bytes.resize((done + count) * bytesPerVoxel);
        convertVoxels(header, stored, &volume.bytes[done * bytesPerVoxel]);
        done += count;
    }
    return true;
}

}  // namespace

bool isNifti(const std::filesystem::path& file) {
    Result<GzipFile> stream = GzipFile::open(file);
    if (!stream) return false;
    std::array<uint8_t, kLongestHeader> bytes{};
    const size_t count = stream->read(bytes);
    return looksLikeHeader(std::span(bytes).first(count));
}

Result<Header> readHeader(const std::filesystem::path& file) {
    Result<GzipFile> stream = GzipFile::open(file);
    if (!stream) return failure(stream.error());
    return readHeaderOf(*stream, file);
}

Result<VolumeInfo> readInfo(const std::filesystem::path& file) {
    const Result<Header> header = readHeader(file);
    if (!header) return failure(header.error());
    return infoOf(*header);
}

Result<Volume> readVolume(const std::filesystem::path& file, uint64_t maxBytes) {
    Result<GzipFile> stream = GzipFile::open(file);
    if (!stream) return failure(stream.error());
    const Result<Header> header = readHeaderOf(*stream, file);
    if (!header) return failure(header.error());

    Volume volume{infoOf(*header), {}};
    const VolumeGrid& grid = volume.info.grid;
    const auto refused = [&] {
        return tooLarge(file, std::to_string(grid.size[0]), formatted("%d × %d", grid.size[1], grid.size[2]),
                        maxBytes);
    };
    const std::optional<uint64_t> voxels = voxelsWithin(volume.info, maxBytes);
    if (!voxels) return refused();
    const uint64_t claimed =
        *voxels * storedBytes(header->datatype) + static_cast<uint64_t>(header->voxOffset);
    const uint64_t possible = stream->isCompressed()
                                  ? stream->storedBytes() * kMostFromOneByte + kLongestHeader
                                  : stream->storedBytes();
    if (claimed > possible) {
        return unreadable(file, formatted("its header claims %llu bytes, more than the file can hold",
                                          static_cast<unsigned long long>(claimed)));
    }
    if (!stream->seek(static_cast<uint64_t>(header->voxOffset)))
        return unreadable(file, "the file is cut off");
    try {
        const bool isWhole = readVoxels(*stream, *header, *voxels, volume);
        if (!isWhole || !stream->isSoundToTheEnd(kLongestTail)) {
            return unreadable(file, "the file is cut off or damaged");
        }
    } catch (const std::bad_alloc&) {
        return refused();
    }
    return volume;
}

Result<bool> writeLabels(UnfinishedFile& file, const Header& image, const LabelVolume& labels,
                         const std::stop_token& stop) {
    if (labels.grid().size != gridOf(image).size)
        throw std::invalid_argument("the labels are not of the image's size");
    Header header = image;
    header.dim[0] = 3;
    std::fill(header.dim.begin() + 4, header.dim.end(), 1);
    header.datatype = kUnsignedByte;
    header.sclSlope = 1;
    header.sclInter = 0;
    GzipPacker packer;
    const std::vector<uint8_t> begin = packer.add(encodeHeader(header), false);
    if (const Result<void> written = file.write(begin); !written) return failure(written.error());
    std::span<const uint8_t> left = labels.values();
    while (!left.empty()) {
        if (stop.stop_requested()) return false;
        const size_t count = std::min<size_t>(left.size(), kVoxelsAtOnce);
        const std::vector<uint8_t> packed = packer.add(left.first(count), count == left.size());
        if (const Result<void> written = file.write(packed); !written) return failure(written.error());
        left = left.subspan(count);
    }
    return true;
}

bool holdsLabels(const std::filesystem::path& file, const LabelVolume& labels, const std::stop_token& stop) {
    Result<GzipFile> stream = GzipFile::open(file);
    if (!stream) return false;
    const Result<Header> header = readHeaderOf(*stream, file);
    if (!header || header->datatype != kUnsignedByte || isScaled(*header)) return false;
    const VolumeGrid grid = gridOf(*header);
    if (grid.size != labels.grid().size || grid.frames != 1) return false;
    if (!stream->seek(static_cast<uint64_t>(header->voxOffset))) return false;
    std::vector<uint8_t> stored;
    std::span<const uint8_t> left = labels.values();
    while (!left.empty()) {
        if (stop.stop_requested()) return false;
        const size_t count = std::min<size_t>(left.size(), kVoxelsAtOnce);
        stored.resize(count);
        if (stream->read(stored) != count || !std::ranges::equal(stored, left.first(count))) return false;
        left = left.subspan(count);
    }
    return stream->isSoundToTheEnd(kLongestTail);
}

}  // namespace finebrush::nifti
