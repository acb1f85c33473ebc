#pragma once

namespace finebrush {

/// Formats of labels that lie where the image lies: on the earth, or in the patient. Only one says who that
/// is.
enum class GridFormat { GeoTiff, GeoPackage, GeoJson, LabelVolume, Segmentation, SegmentationOfPatient };

}  // namespace finebrush
