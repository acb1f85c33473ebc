#pragma once

#include "core/base/geometry.h"
#include "core/exporters/label_regions.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace finebrush {

/// A region as COCO's run lengths over the whole image: column-major, outside and inside in turn, the first
/// run outside (it may be 0).
std::vector<int64_t> cocoRuns(const LabelRegion& region, PixelSize imageSize);

/// Run lengths as COCO's compressed string: from the fourth on the difference to the one two before; five
/// bits a character, lowest first, bit 5 set where more follow, plus 48 (`rleToString` of pycocotools'
/// maskApi.c).
std::string compressedCocoRuns(std::span<const int64_t> runs);

}  // namespace finebrush
