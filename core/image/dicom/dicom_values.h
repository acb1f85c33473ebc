#pragma once

#include "core/image/dicom/dicom_frames.h"
#include "core/image/dicom/dicom_header.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace finebrush::dicom {

/// What a pixel becomes.
struct PixelFormat {
    int bands = 1;
    PixelType type = PixelType::UInt8;
};

/// Known from the header alone. Grey values are rescaled or looked up: whole numbers in the narrowest of
/// int16, uint16 and int32 that holds all that the stored bits may give, fractions as float32 (float64 for
/// samples of 32 bits). A file that rescales nothing keeps its type, and signed bytes become int16. Colours
/// become RGB; a palette's are of 8 bits.
PixelFormat formatOf(const Header& header);

/// Appends the pixels of a frame. MONOCHROME1 is turned around within the range of its stored bits, so that
/// white is never the least.
void appendPixels(const Header& header, int frame, const StoredFrame& stored, std::vector<uint8_t>& pixels);

/// The value of pixels that hold no measurement, where it is one for all frames.
std::optional<double> nodataOf(const Header& header);

/// The windows that the file proposes, turned around with MONOCHROME1.
std::vector<DisplayWindow> windowsOf(const Header& header);

/// What the header says of the volume.
VolumeInfo infoOf(const Header& header);

}  // namespace finebrush::dicom
