#pragma once

namespace finebrush {

/// Formats of labels that lie where the image lies: on the earth, or in the patient.
enum class GridFormat { GeoTiff, GeoPackage, GeoJson, LabelVolume, Segmentation };

}  // namespace finebrush
