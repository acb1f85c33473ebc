#pragma once

#include "tests/core/image/dicom/dicom_fixtures.h"

#include <filesystem>
#include <string>

namespace finebrush::testing {

/// Writes a tilted series of 6 × 4 × `slices` voxels whose file names say nothing of their order.
inline void writeSeries(const std::filesystem::path& folder, int slices,
                        const std::string& orientation = "1\\0\\0\\0\\0.8\\0.6") {
    std::filesystem::create_directories(folder);
    for (int i = 0; i < slices; ++i) {
        DicomSample sample;
        sample.put(DCM_StudyInstanceUID, "1.2.826.1");
        sample.put(DCM_SeriesInstanceUID, "1.2.826.77");
        sample.put(DCM_FrameOfReferenceUID, "1.2.826.5");
        sample.put(DCM_SOPInstanceUID, "1.2.826.77." + std::to_string(i + 1));
        sample.put(DCM_Modality, "MR");
        // The normal of the orientation is (0, -0.6, 0.8); steps of 2 mm.
        sample.place("-10\\" + std::to_string(20 - 1.2 * i) + "\\" + std::to_string(5 + 1.6 * i),
                     orientation);
        sample.write(folder / ("IM" + std::to_string((i * 7) % slices)));
    }
}

}  // namespace finebrush::testing
