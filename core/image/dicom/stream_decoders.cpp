#include "core/image/dicom/dicom_frames.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/gdal_memory_file.h"

#include <gdal_priv.h>

#include <algorithm>
#include <cstring>
#include <dcmtk/dcmdata/dccodec.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

namespace finebrush::dicom {

namespace {

constexpr size_t kRleHeaderBytes = 64;
constexpr int64_t kMostTiles = 65535;
/// GDAL makes room for a whole tile, however small the image.
constexpr int64_t kMostTilePixels = int64_t{1} << 28;

/// Big-endian numbers of a stream, 0 behind its end.
class BigEndian {
  public:
    explicit BigEndian(std::span<const uint8_t> bytes) : bytes_(bytes) {}

    int64_t byte(size_t offset) const { return offset < bytes_.size() ? bytes_[offset] : 0; }
    int64_t word(size_t offset) const { return byte(offset) << 8 | byte(offset + 1); }
    int64_t longWord(size_t offset) const { return word(offset) << 16 | word(offset + 2); }

  private:
    std::span<const uint8_t> bytes_;
};

/// Markers that begin a frame: baseline to lossless JPEG, and JPEG-LS.
bool beginsFrame(int64_t marker) {
    if (marker == 0xFFF7) return true;
    const bool isTable = marker == 0xFFC4 || marker == 0xFFC8 || marker == 0xFFCC;
    return marker >= 0xFFC0 && marker <= 0xFFCF && !isTable;
}

/// Unpacks one byte plane; false where the packets do not make exactly as many bytes, or run out.
bool unpackPlane(std::span<const uint8_t> packed, std::vector<uint8_t>& plane) {
    size_t source = 0, target = 0;
    while (target < plane.size()) {
        if (source + 1 >= packed.size()) return false;
        const int count = static_cast<int8_t>(packed[source++]);
        if (count == -128) continue;
        const size_t length = static_cast<size_t>(count >= 0 ? count + 1 : 1 - count);
        const size_t taken = std::min(length, plane.size() - target);  // a row may be padded
        if (count >= 0) {
            if (source + length > packed.size()) return false;
            std::memcpy(&plane[target], &packed[source], taken);
            source += length;
        } else {
            std::memset(&plane[target], packed[source++], taken);
        }
        target += taken;
    }
    return true;
}

/// What DCMTK's decoders ask a data set for.
bool describeFor(const Header& header, const StreamSize& size, int bytesPerSample, DcmDataset& dataset) {
    const auto put = [&](const DcmTagKey& tag, int value) {
        return dataset.putAndInsertUint16(tag, static_cast<Uint16>(value)).good();
    };
    return put(DCM_SamplesPerPixel, header.samples) &&
           dataset
               .putAndInsertString(DCM_PhotometricInterpretation, header.samples == 3 ? "RGB" : "MONOCHROME2")
               .good() &&
           put(DCM_PlanarConfiguration, 0) && put(DCM_Rows, header.rows) &&
           put(DCM_Columns, header.columns) && put(DCM_BitsAllocated, bytesPerSample * 8) &&
           put(DCM_BitsStored, size.bits) && put(DCM_HighBit, size.bits - 1) &&
           put(DCM_PixelRepresentation, header.isSigned ? 1 : 0);
}

int bytesOf(GDALDataType type) {
    return GDALGetDataTypeSizeBytes(type);
}

}  // namespace

std::optional<StreamSize> jpegSize(std::span<const uint8_t> stream) {
    const BigEndian at(stream);
    if (at.word(0) != 0xFFD8) return std::nullopt;
    for (size_t offset = 2; offset + 8 < stream.size();) {
        if (at.byte(offset) != 0xFF) return std::nullopt;
        if (at.byte(offset + 1) == 0xFF) {  // fill bytes may stand before a marker
            ++offset;
            continue;
        }
        if (beginsFrame(at.word(offset))) {
            const StreamSize size{at.word(offset + 7), at.word(offset + 5),
                                  static_cast<int>(at.byte(offset + 9)),
                                  static_cast<int>(at.byte(offset + 4))};
            return size.height > 0 && size.bits > 0 ? std::optional<StreamSize>(size) : std::nullopt;
        }
        offset += 2 + static_cast<size_t>(std::max<int64_t>(at.word(offset + 2), 2));
    }
    return std::nullopt;
}

std::optional<StreamSize> jpeg2000Size(std::span<const uint8_t> stream) {
    constexpr std::array<uint8_t, 4> kBegin = {0xFF, 0x4F, 0xFF, 0x51};
    const auto begin = std::search(stream.begin(), stream.end(), kBegin.begin(), kBegin.end());
    if (stream.end() - begin < 43) return std::nullopt;
    const std::span<const uint8_t> codes = stream.subspan(static_cast<size_t>(begin - stream.begin()));
    const BigEndian at(codes);
    StreamSize size{at.longWord(8) - at.longWord(16), at.longWord(12) - at.longWord(20),
                    static_cast<int>(at.word(40)), 0};
    const int64_t tileWidth = at.longWord(24), tileHeight = at.longWord(28);
    if (size.width < 1 || size.height < 1 || tileWidth < 1 || tileHeight < 1) return std::nullopt;
    if (tileWidth > kMostTilePixels / tileHeight) return std::nullopt;
    if ((size.width / tileWidth + 1) * (size.height / tileHeight + 1) > kMostTiles) return std::nullopt;
    for (int component = 0; component < size.components; ++component) {
        const int bits = static_cast<int>(at.byte(42 + static_cast<size_t>(component) * 3) & 0x7F) + 1;
        size.bits = std::max(size.bits, bits);
    }
    return size;
}

std::optional<StoredFrame> decodeRle(const Header& header, std::span<const uint8_t> stream) {
    if (stream.size() < kRleHeaderBytes) return std::nullopt;
    const auto number = [&](size_t index) {
        const uint8_t* bytes = &stream[index * 4];
        return size_t{bytes[0]} | size_t{bytes[1]} << 8 | size_t{bytes[2]} << 16 | size_t{bytes[3]} << 24;
    };
    StoredFrame stored;
    stored.bytesPerSample = header.bitsAllocated / 8;
    stored.bits = header.bitsStored;
    stored.shift = header.highBit + 1 - header.bitsStored;
    const auto sampleBytes = static_cast<size_t>(stored.bytesPerSample);
    const size_t planes = sampleBytes * static_cast<size_t>(header.samples);
    if (number(0) != planes || planes > 15) return std::nullopt;
    std::vector<uint8_t> plane(static_cast<size_t>(header.pixels()));
    stored.bytes.resize(plane.size() * planes);
    for (size_t i = 0; i < planes; ++i) {
        const size_t begin = number(i + 1), end = i + 1 < planes ? number(i + 2) : stream.size();
        if (begin < kRleHeaderBytes || begin > end || end > stream.size()) return std::nullopt;
        if (!unpackPlane(stream.subspan(begin, end - begin), plane)) return std::nullopt;
        // The planes of a sample come with the most significant byte first.
        const size_t sample = i / sampleBytes, byte = sampleBytes - 1 - i % sampleBytes;
        uint8_t* target = &stored.bytes[sample * sampleBytes + byte];
        for (size_t pixel = 0; pixel < plane.size(); ++pixel) target[pixel * planes] = plane[pixel];
    }
    return stored;
}

std::optional<StoredFrame> decodeJpeg(const Header& header, const StreamSize& size,
                                      std::span<const uint8_t> stream) {
    StoredFrame stored;
    stored.bytesPerSample = size.bits > 8 ? 2 : 1;
    stored.bits = std::min(size.bits, header.bitsStored);
    // The decoder gets a data set of its own, which holds this one frame and nothing of the patient.
    DcmDataset dataset;
    DcmPixelSequence frames(DCM_PixelSequenceTag);
    DcmOffsetList offsets;
    auto* offsetTable = new DcmPixelItem(DCM_PixelItemTag);
    if (frames.insert(offsetTable).bad()) {
        delete offsetTable;
        return std::nullopt;
    }
    const bool isReady = describeFor(header, size, stored.bytesPerSample, dataset) &&
                         frames
                             .storeCompressedFrame(offsets, const_cast<Uint8*>(stream.data()),
                                                   static_cast<Uint32>(stream.size()), 0)
                             .good();
    if (!isReady) return std::nullopt;

    const size_t frameBytes = static_cast<size_t>(header.pixels() * header.samples * stored.bytesPerSample);
    stored.bytes.resize(frameBytes + (frameBytes & 1));  // decoders ask for an even number
    Uint32 firstFragment = 1;
    OFString colours;
    const OFCondition outcome =
        DcmCodecList::decodeFrame(DcmXfer(header.syntax), nullptr, &frames, &dataset, 0, firstFragment,
                                  stored.bytes.data(), static_cast<Uint32>(stored.bytes.size()), colours);
    if (outcome.bad()) return std::nullopt;
    stored.bytes.resize(frameBytes);
    return stored;
}

std::optional<StoredFrame> decodeJpeg2000(const Header& header, const StreamSize& size,
                                          std::span<const uint8_t> stream) {
    prepareGdal();
    const GdalMessages messages;
    const MemoryFile file(".jp2", stream);
    const char* const drivers[] = {"JP2OpenJPEG", nullptr};
    const GDALDatasetUniquePtr image(
        GDALDataset::Open(file.name(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers));
    const bool isAsAnnounced = image && image->GetRasterXSize() == header.columns &&
                               image->GetRasterYSize() == header.rows &&
                               image->GetRasterCount() == header.samples;
    if (!isAsAnnounced) return std::nullopt;

    const GDALDataType type = image->GetRasterBand(1)->GetRasterDataType();
    StoredFrame stored;
    stored.bytesPerSample = bytesOf(type);
    stored.bits = size.bits;
    stored.bytes.resize(static_cast<size_t>(header.pixels() * header.samples * stored.bytesPerSample));
    const GSpacing sampleBytes = stored.bytesPerSample, pixelBytes = sampleBytes * header.samples;
    const CPLErr outcome = image->RasterIO(GF_Read, 0, 0, header.columns, header.rows, stored.bytes.data(),
                                           header.columns, header.rows, type, header.samples, nullptr,
                                           pixelBytes, pixelBytes * header.columns, sampleBytes, nullptr);
    if (outcome != CE_None || !messages.isEmpty()) return std::nullopt;
    return stored;
}

}  // namespace finebrush::dicom
