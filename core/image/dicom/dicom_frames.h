#pragma once

#include "core/base/result.h"
#include "core/image/dicom/dicom_header.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace finebrush::dicom {

/// The samples of a frame, decompressed but otherwise as stored.
struct StoredFrame {
    std::vector<uint8_t> bytes;  ///< [row, column, sample], in this machine's byte order
    int bytesPerSample = 1;      ///< 1, 2, 4 or 8
    int bits = 8;                ///< how many bits of a sample count
    int shift = 0;               ///< how many bits lie below them
};

/// Reads the frames of a data set one by one, so that only one is held decompressed.
class FrameReader {
  public:
    /// Keeps references to all three. Errors: ImageDamaged where compressed frames cannot be told apart.
    static Result<FrameReader> open(DcmDataset& dataset, const Header& header,
                                    const std::filesystem::path& file);

    /// Frames come in colours of all pixels (never YBR_FULL_422's shared ones). Errors: ImageDamaged,
    /// ImageTypeUnsupported.
    Result<StoredFrame> read(int frame);

  private:
    FrameReader(DcmDataset& dataset, const Header& header, const std::filesystem::path& file)
        : dataset_(&dataset), header_(&header), file_(file) {}

    Result<void> findFragments();
    Result<StoredFrame> readNative(int frame);
    Result<StoredFrame> readCompressed(int frame);
    /// The compressed bytes of a frame, its fragments joined.
    std::vector<uint8_t> compressedBytes(int frame);

    DcmDataset* dataset_;
    const Header* header_;
    std::filesystem::path file_;
    std::vector<DcmPixelItem*> fragments_;
    std::vector<size_t> firstFragments_;  ///< of each frame, and one past the last
};

/// What the header of a JPEG, JPEG-LS or JPEG 2000 stream says.
struct StreamSize {
    int64_t width = 0;
    int64_t height = 0;
    int components = 0;
    int bits = 0;  ///< of a sample
};

/// Nothing where the bytes are no such stream, or one whose size stands behind its pixels.
std::optional<StreamSize> jpegSize(std::span<const uint8_t> stream);
std::optional<StreamSize> jpeg2000Size(std::span<const uint8_t> stream);

// Each decodes one frame; nothing where the stream is damaged. The size must have been compared with the
// header.
std::optional<StoredFrame> decodeRle(const Header& header, std::span<const uint8_t> stream);
std::optional<StoredFrame> decodeJpeg(const Header& header, const StreamSize& size,
                                      std::span<const uint8_t> stream);
std::optional<StoredFrame> decodeJpeg2000(const Header& header, const StreamSize& size,
                                          std::span<const uint8_t> stream);

}  // namespace finebrush::dicom
