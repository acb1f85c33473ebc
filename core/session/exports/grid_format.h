#pragma once

namespace finebrush {

/// Formats of labels that lie where the image lies: on the earth, or in the patient. Only one says who that
/// is. A label volume has 0 where there is no label, as `withUnlabelledAsZero`, or keeps 255 there.
enum class GridFormat {
    GeoTiff,
    GeoPackage,
    GeoJson,
    LabelVolume,
    LabelVolumeWithUnlabelled,
    Segmentation,
    SegmentationOfPatient
};

}  // namespace finebrush
