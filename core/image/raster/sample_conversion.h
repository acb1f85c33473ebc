#pragma once

#include "core/base/pixel_buffer.h"

#include <array>
#include <vector>

namespace finebrush {

/// Red, green, blue and how much of them is seen; of 0 nothing.
using PaletteColour = std::array<uint8_t, 4>;

/// Empties the list of hidden pixels where there are none.
void forgetIfNothingIsHidden(PixelBuffer& pixels);

/// Gives the samples of one band of bytes a value where pixels are hidden (`PixelBuffer::hidden`).
void fillHidden(const std::vector<uint8_t>& hidden, uint8_t value, std::vector<uint8_t>& samples);

/// Turns an image the way its EXIF orientation (1..8, EXIF 2.32 tag 0x0112) asks for; any other number leaves
/// it as it is. 8-bit, 1 to 4 bands. Orientations 5 to 8 swap width and height.
void applyOrientation(PixelBuffer& pixels, int orientation);

/// A part of an image. The rectangle lies inside.
PixelBuffer cropped(const PixelBuffer& pixels, const RectInImage& part);

/// Replaces a part of an image by another of the same kind, which lies inside from (x, y) on.
void paste(const PixelBuffer& part, int x, int y, PixelBuffer& into);

/// True when the orientation swaps width and height.
bool swapsSides(int orientation);

/// Replaces palette indices (one band, UInt8 or UInt16) by 8-bit RGB. An index without an entry becomes
/// black, one of which nothing is seen is hidden.
void expandPalette(PixelBuffer& pixels, const std::vector<PaletteColour>& colours);

/// Replaces 8-bit cyan, magenta, yellow and black (255 = full ink) by 8-bit RGB: R = (255 - C)(255 - K) /
/// 255.
void convertCmykToRgb(PixelBuffer& pixels);

/// Widens samples of 1, 2, 4 ... `bits` < 8 that are stored in 8 to the whole range 0..255.
void widenToEightBits(PixelBuffer& pixels, int bits);

/// Turns samples around for files that store white as zero. 8- or 16-bit unsigned.
void invertSamples(PixelBuffer& pixels);

}  // namespace finebrush
