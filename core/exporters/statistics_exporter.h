#pragma once

#include "core/labels/class_table.h"
#include "core/labels/label_counts.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace finebrush {

/// How much is labelled of a picture, or of several slices of a volume together.
struct LabelStatistics {
    std::string image;                         ///< its name
    std::string slice = {};                    ///< "axial:12", "axial:all"; empty: it is no slice
    LabelCounts counts = {};                   ///< in pixels
    int64_t pixels = 0;                        ///< labelled or not
    std::optional<double> areaOfPixel = {};    ///< in `areaUnit`
    std::string areaUnit = {};                 ///< "mm2" or "m2"
    std::optional<double> volumeOfPixel = {};  ///< as a voxel, in mm³
};

/// A table as spreadsheets read it (RFC 4180, in UTF-8, with a point in numbers): a row for each of these and
/// each class, also one without a pixel. Its columns are image, slice, class, value, pixels, percent of all
/// pixels (of six digits), area, area_unit and volume_mm3; what is not known is empty.
std::string statisticsCsv(std::span<const LabelStatistics> statistics, const ClassTable& classes);

}  // namespace finebrush
