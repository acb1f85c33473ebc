#pragma once

#include <array>
#include <cstdint>

namespace finebrush::dicom {

/// sRGB as DICOM keeps colours: CIELab in 16 bits, L of 0..100 and a, b of -128..127 (PS3.3 C.10.7.1.1).
std::array<uint16_t, 3> dicomLabFromRgb(const std::array<uint8_t, 3>& rgb);
std::array<uint8_t, 3> rgbFromDicomLab(const std::array<uint16_t, 3>& lab);

}  // namespace finebrush::dicom
