#pragma once

#include "core/image/dicom/dicom_header.h"

namespace finebrush::dicom {

/// The tables of red, green and blue of a palette image, in full where the file holds them in segments. Empty
/// where they are missing or damaged.
std::array<LookupTable, 3> paletteOf(DcmItem& dataset);

/// The table that makes values of stored ones in place of a rescale; empty where there is none.
LookupTable modalityTableOf(DcmItem& dataset);

/// Writes out a segmented table (PS3.3 C.7.9.2); empty where the segments are damaged or make more than 65536
/// entries.
std::vector<uint16_t> expandSegments(const std::vector<uint16_t>& segments);

}  // namespace finebrush::dicom
