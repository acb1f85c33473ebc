#include "core/image/dicom/dicom_file.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/image/dicom/dcmtk_environment.h"
#include "core/image/dicom/deep_stack.h"
#include "core/image/dicom/dicom_frames.h"
#include "core/image/dicom/dicom_header.h"
#include "core/image/dicom/dicom_values.h"
#include "core/image/dicom/file_scan.h"
#include "core/image/image_errors.h"
#include "core/image/raster/image_file.h"

#include <algorithm>
#include <new>
#include <optional>

namespace finebrush::dicom {

namespace {

/// Values up to this length are read at once; longer ones stay in the file.
constexpr Uint32 kShortValue = 4096;
/// DCMTK follows nested sequences by calling itself, and each level begins with an item.
constexpr uint64_t kMostItems = 200000;
constexpr size_t kStackBytes = size_t{4} << 20;
constexpr size_t kStackBytesOfItem = 2048;

Result<void> parse(const std::filesystem::path& plain, const std::filesystem::path& file, bool withPixels,
                   const std::function<void(DcmDataset&)>& use) {
    DcmFileFormat content;
    try {
        const DcmTagKey last = withPixels ? DCM_UndefinedTagKey : DCM_PixelData;
        const OFCondition outcome = content.loadFileUntilTag(plain.c_str(), EXS_Unknown, EGL_noChange,
                                                             kShortValue, ERM_autoDetect, last);
        // DCMTK's own sentences are left out: they may quote values.
        if (outcome.bad() || !content.getDataset()) {
            return unreadable(file, "its data elements cannot be read to the end",
                              formatted("DCMTK %u:%u", outcome.module(), outcome.code()));
        }
    } catch (const std::bad_alloc&) {
        return unreadable(file, "it claims values larger than the memory");
    }
    use(*content.getDataset());
    return {};
}

Result<Volume> readVolumeOf(DcmDataset& dataset, const std::filesystem::path& file, uint64_t maxBytes) {
    const Result<Header> header = readHeader(dataset, file);
    if (!header) return failure(header.error());
    Volume volume{infoOf(*header), {}};
    const auto refused = [&] {
        return tooLarge(file, std::to_string(header->columns), std::to_string(header->rows), maxBytes);
    };
    // Both the stored samples of a frame and its pixels must fit.
    const uint64_t bytesPerPixel = std::max(
        volume.info.bytesPerVoxel(), static_cast<uint64_t>(header->samples * header->bitsAllocated / 8));
    const uint64_t frameBytes = static_cast<uint64_t>(header->pixels()) * bytesPerPixel;
    if (frameBytes > maxBytes / static_cast<uint64_t>(header->frames)) return refused();
    Result<FrameReader> frames = FrameReader::open(dataset, *header, file);
    if (!frames) return failure(frames.error());
    try {
        for (int frame = 0; frame < header->frames; ++frame) {
            const Result<StoredFrame> stored = frames->read(frame);
            if (!stored) return failure(stored.error());
            appendPixels(*header, frame, *stored, volume.bytes);
        }
    } catch (const std::bad_alloc&) {
        return refused();
    }
    if (!volume.isConsistent())
        return unreadable(file, "its frames are not of the size that its header names");
    return volume;
}

}  // namespace

bool isDicom(const std::filesystem::path& file) {
    const Result<std::filesystem::path> plain = plainFilePath(file);
    return plain && scanFile(*plain).isDicom;
}

Result<void> useFile(const std::filesystem::path& file, bool withPixels,
                     const std::function<void(DcmDataset&)>& use) {
    const Result<std::filesystem::path> plain = plainFilePath(file);
    if (!plain) return failure(plain.error());
    const FileScan scan = scanFile(*plain);
    if (!scan.isDicom) return failure(ErrorCode::ImageFormatUnknown, {utf8(file)});
    const std::optional<uint64_t> items = countItems(*plain, scan);
    if (!items) return unreadable(file, "it inflates to more than an image takes");
    if (*items > kMostItems) return unreadable(file, "it holds more items than are followed");
    prepareDcmtk();
    Result<void> outcome;
    runOnStack(kStackBytes + *items * kStackBytesOfItem,
               [&] { outcome = parse(*plain, file, withPixels, use); });
    return outcome;
}

Result<VolumeInfo> readInfo(const std::filesystem::path& file) {
    Result<VolumeInfo> info;
    const Result<void> used = useFile(file, true, [&](DcmDataset& dataset) {
        const Result<Header> header = readHeader(dataset, file);
        info = header ? Result<VolumeInfo>(infoOf(*header)) : failure(header.error());
    });
    return used ? info : failure(used.error());
}

Result<Volume> readVolume(const std::filesystem::path& file, uint64_t maxBytes) {
    Result<Volume> volume;
    const Result<void> used =
        useFile(file, true, [&](DcmDataset& dataset) { volume = readVolumeOf(dataset, file, maxBytes); });
    return used ? std::move(volume) : failure(used.error());
}

}  // namespace finebrush::dicom
