#pragma once

#include "core/exporters/class_drafts.h"
#include "core/labels/class_table.h"

#include <optional>
#include <string>
#include <string_view>

/// The class lists of other programs.
namespace finebrush {

/// Reads a label description of ITK-SNAP, a label map of CVAT or the colours of a QGIS raster style: of a
/// palette, or of a pseudocolour ramp of discrete or exact values. Nothing for a text that is none of them.
/// The values of a label map are its places; "Clear Label" of ITK-SNAP is no class.
std::optional<ClassDrafts> draftsOfForeignList(std::string_view text);

/// A label description file of ITK-SNAP.
std::string itkSnapLabels(const ClassTable& classes);

/// labelmap.txt of CVAT and Pascal VOC, in the order of the values.
std::string cvatLabelMap(const ClassTable& classes);

/// A raster style of QGIS (.qml) that shows class numbers in the colours of their classes.
std::string qgisStyle(const ClassTable& classes);

}  // namespace finebrush
