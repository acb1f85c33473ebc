#include "core/image/dicom/dicom_frames.h"

#include "core/base/text.h"
#include "core/image/image_errors.h"

#include <algorithm>
#include <cstring>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

namespace finebrush::dicom {

namespace {

/// A frame that is larger than the first and more than the second times as large as its stream is a lie. (A
/// blank image of JPEG 2000 comes to about a thousand times its stream.)
constexpr int64_t kHarmlessFrameBytes = int64_t{64} << 20;
constexpr int64_t kMostFromOneByte = 20000;

bool isJpeg2000(E_TransferSyntax syntax) {
    return syntax == EXS_JPEG2000 || syntax == EXS_JPEG2000LosslessOnly;
}

DcmElement* pixelElement(DcmDataset& dataset, SampleKind kind) {
    DcmElement* element = nullptr;
    const DcmTagKey tag = kind == SampleKind::Integer   ? DCM_PixelData
                          : kind == SampleKind::Float32 ? DCM_FloatPixelData
                                                        : DCM_DoubleFloatPixelData;
    return dataset.findAndGetElement(tag, element).good() ? element : nullptr;
}

/// The two pixels of each pair get the colour that they share.
std::vector<uint8_t> expand422(const std::vector<uint8_t>& stored) {
    std::vector<uint8_t> full;
    full.reserve(stored.size() / 4 * 6);
    for (size_t i = 0; i + 3 < stored.size(); i += 4) {
        const uint8_t blue = stored[i + 2], red = stored[i + 3];
        full.insert(full.end(), {stored[i], blue, red, stored[i + 1], blue, red});
    }
    return full;
}

/// Puts the samples of a pixel beside each other.
std::vector<uint8_t> interleaved(const std::vector<uint8_t>& planes, size_t pixels, size_t sampleBytes) {
    std::vector<uint8_t> bytes(planes.size());
    for (size_t band = 0; band < 3; ++band) {
        for (size_t pixel = 0; pixel < pixels; ++pixel) {
            std::memcpy(&bytes[(pixel * 3 + band) * sampleBytes],
                        &planes[(band * pixels + pixel) * sampleBytes], sampleBytes);
        }
    }
    return bytes;
}

/// Big-endian samples of 32 bits are read as words of 16 bits and need their halves exchanged.
void exchangeHalves(std::vector<uint8_t>& bytes) {
    for (size_t i = 0; i + 3 < bytes.size(); i += 4) {
        std::swap(bytes[i], bytes[i + 2]);
        std::swap(bytes[i + 1], bytes[i + 3]);
    }
}

}  // namespace

Result<FrameReader> FrameReader::open(DcmDataset& dataset, const Header& header,
                                      const std::filesystem::path& file) {
    FrameReader reader(dataset, header, file);
    if (DcmXfer(header.syntax).isEncapsulated()) {
        if (const auto found = reader.findFragments(); !found) return failure(found.error());
    }
    return reader;
}

Result<void> FrameReader::findFragments() {
    auto* pixels = dynamic_cast<DcmPixelData*>(pixelElement(*dataset_, header_->kind));
    DcmPixelSequence* sequence = nullptr;
    const bool isFound = pixels &&
                         pixels->getEncapsulatedRepresentation(header_->syntax, nullptr, sequence).good() &&
                         sequence;
    if (!isFound) return unreadable(file_, "its compressed pixels are missing");
    DcmObject* next = nullptr;
    while ((next = sequence->nextInContainer(next))) fragments_.push_back(static_cast<DcmPixelItem*>(next));

    const auto frames = static_cast<size_t>(header_->frames);
    const size_t count = fragments_.size();
    if (frames == 1) {
        firstFragments_ = {1, count};
    } else if (count == frames + 1) {
        for (size_t i = 1; i <= count; ++i) firstFragments_.push_back(i);
    } else {
        // Several fragments a frame: the first item says at which byte each frame begins.
        Uint8* table = nullptr;
        if (fragments_[0]->getLength() != frames * 4 || fragments_[0]->getUint8Array(table).bad() || !table) {
            return unreadable(file_, "its compressed frames cannot be told apart");
        }
        uint64_t position = 0;
        for (size_t i = 1; i < count && firstFragments_.size() < frames; ++i) {
            const uint8_t* entry = table + firstFragments_.size() * 4;
            const uint64_t wanted = entry[0] | entry[1] << 8 | entry[2] << 16 | uint64_t{entry[3]} << 24;
            if (position == wanted) firstFragments_.push_back(i);
            position += fragments_[i]->getLength() + 8;
        }
        firstFragments_.push_back(count);
    }
    if (firstFragments_.size() != frames + 1 || count < 2) {
        return unreadable(file_, "its compressed frames cannot be told apart");
    }
    return {};
}

Result<StoredFrame> FrameReader::read(int frame) {
    return fragments_.empty() ? readNative(frame) : readCompressed(frame);
}

Result<StoredFrame> FrameReader::readNative(int frame) {
    DcmElement* element = pixelElement(*dataset_, header_->kind);
    const int64_t frameBytes = header_->storedFrameBytes();
    const int64_t length = element ? element->getLength(header_->syntax) : 0;
    // Words of other byte order are turned in pairs of bytes, so that a part must not begin within a pair.
    const int64_t begin = (frame * frameBytes) & ~int64_t{1};
    const int64_t end = std::min(((frame + 1) * frameBytes + 1) & ~int64_t{1}, length);
    if (end < (frame + 1) * frameBytes) return unreadable(file_, "it holds fewer pixels than it claims");
    std::vector<uint8_t> bytes(static_cast<size_t>(end - begin));
    const OFCondition outcome =
        element->getPartialValue(bytes.data(), static_cast<Uint32>(begin), static_cast<Uint32>(bytes.size()));
    if (outcome.bad()) return unreadable(file_, "its pixels cannot be read");
    bytes.erase(bytes.begin(), bytes.begin() + (frame * frameBytes - begin));
    bytes.resize(static_cast<size_t>(frameBytes));

    StoredFrame stored;
    stored.bytesPerSample = header_->bitsAllocated / 8;
    stored.bits = header_->bitsStored;
    stored.shift = header_->highBit + 1 - header_->bitsStored;
    const bool isBigEndian = header_->syntax == EXS_BigEndianExplicit;
    const bool isWide = header_->kind == SampleKind::Integer && header_->bitsAllocated == 32;
    if (isBigEndian && isWide) exchangeHalves(bytes);
    if (header_->colours == ColourModel::YbrFull422) {
        bytes = expand422(bytes);
    } else if (header_->isPlanar) {
        bytes = interleaved(bytes, static_cast<size_t>(header_->pixels()),
                            static_cast<size_t>(stored.bytesPerSample));
    }
    stored.bytes = std::move(bytes);
    return stored;
}

std::vector<uint8_t> FrameReader::compressedBytes(int frame) {
    std::vector<uint8_t> joined;
    const size_t end = firstFragments_[static_cast<size_t>(frame) + 1];
    for (size_t i = firstFragments_[static_cast<size_t>(frame)]; i < end; ++i) {
        Uint8* bytes = nullptr;
        if (fragments_[i]->getUint8Array(bytes).bad() || !bytes) continue;
        joined.insert(joined.end(), bytes, bytes + fragments_[i]->getLength());
        fragments_[i]->compact();  // back to where it was: in the file
    }
    return joined;
}

Result<StoredFrame> FrameReader::readCompressed(int frame) {
    const std::vector<uint8_t> stream = compressedBytes(frame);
    const auto damaged = [&] {
        return unreadable(file_, formatted("its frame %d cannot be decompressed", frame + 1));
    };
    const int64_t frameBytes = header_->pixels() * header_->samples * (header_->bitsAllocated / 8);
    if (frameBytes > kHarmlessFrameBytes && frameBytes / kMostFromOneByte > std::ssize(stream)) {
        return unreadable(file_, formatted("it claims frames of %d × %d pixels, more than it holds",
                                           header_->columns, header_->rows));
    }
    if (header_->syntax == EXS_RLELossless) {
        std::optional<StoredFrame> stored = decodeRle(*header_, stream);
        if (!stored) return damaged();
        return *std::move(stored);
    }
    const bool isWavelet = isJpeg2000(header_->syntax);
    const std::optional<StreamSize> size = isWavelet ? jpeg2000Size(stream) : jpegSize(stream);
    if (!size) return damaged();
    const bool isOfHeader = size->width == header_->columns && size->height == header_->rows &&
                            size->components == header_->samples && size->bits <= header_->bitsAllocated;
    if (!isOfHeader) {
        return unreadable(
            file_, formatted("its frame %d is not of the size or depth that its header names", frame + 1));
    }
    std::optional<StoredFrame> stored =
        isWavelet ? decodeJpeg2000(*header_, *size, stream) : decodeJpeg(*header_, *size, stream);
    if (!stored) return damaged();
    return *std::move(stored);
}

}  // namespace finebrush::dicom
