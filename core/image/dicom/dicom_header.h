#pragma once

#include "core/base/result.h"
#include "core/image/volume/volume.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace finebrush::dicom {

/// How the samples of a pixel make its colour.
enum class ColourModel { Monochrome1, Monochrome2, Palette, Rgb, YbrFull, YbrFull422, YbrTransformed };

/// value = stored * slope + intercept
struct Rescale {
    double slope = 1;
    double intercept = 0;
    bool isIdentity() const { return slope == 1 && intercept == 0; }
    bool operator==(const Rescale&) const = default;
};

/// A table for stored values: the first entry stands for `firstMapped` and all below, the last for all above.
struct LookupTable {
    int firstMapped = 0;
    int bits = 16;  ///< of an entry
    std::vector<uint16_t> entries;

    bool isEmpty() const { return entries.empty(); }
    uint16_t at(int64_t stored) const {
        const int64_t last = static_cast<int64_t>(entries.size()) - 1;
        return entries[static_cast<size_t>(std::clamp<int64_t>(stored - firstMapped, 0, last))];
    }
};

/// Whether the samples are integers, as nearly always, or numbers with fractions.
enum class SampleKind { Integer, Float32, Float64 };

/// The image part of a DICOM data set, checked: sizes and depths are ones that the decoders take. Holds
/// nothing of the patient.
struct Header {
    int rows = 0;
    int columns = 0;
    int frames = 1;
    int samples = 1;  ///< of a pixel: 1 or 3
    ColourModel colours = ColourModel::Monochrome2;
    SampleKind kind = SampleKind::Integer;
    int bitsAllocated = 8;  ///< 8, 16, 32 (64 of Float64)
    int bitsStored = 8;
    int highBit = 7;
    bool isSigned = false;
    bool isPlanar = false;  ///< one colour after the other, where samples are not compressed
    E_TransferSyntax syntax = EXS_LittleEndianExplicit;
    std::vector<Rescale> rescales = {{}};  ///< one for all frames, or one each
    LookupTable modalityTable;             ///< empty: `rescales` count
    std::array<LookupTable, 3> palette;    ///< red, green, blue
    std::optional<double> padding;         ///< stored value of pixels that hold no measurement
    std::vector<DisplayWindow> windows;
    bool isHounsfield = false;  ///< rescaled values are so: by their type, else because this is a CT
    VolumeGrid grid;

    const Rescale& rescaleOf(int frame) const {
        return rescales.size() == 1 ? rescales.front() : rescales[static_cast<size_t>(frame)];
    }
    int64_t pixels() const { return int64_t{rows} * columns; }
    bool isYbr() const { return colours == ColourModel::YbrFull || colours == ColourModel::YbrFull422; }
    /// Bytes of a frame that is not compressed; two pixels of YBR_FULL_422 share their colour.
    int64_t storedFrameBytes() const {
        const int64_t bytes = pixels() * samples * (bitsAllocated / 8);
        return colours == ColourModel::YbrFull422 ? bytes / 3 * 2 : bytes;
    }
    bool isColour() const { return samples == 3 || colours == ColourModel::Palette; }
};

/// Reads and checks what describes the image. The path serves for messages, which hold no value of the data
/// set. Errors: ImageDamaged, ImageTypeUnsupported.
Result<Header> readHeader(DcmDataset& dataset, const std::filesystem::path& file);

}  // namespace finebrush::dicom
