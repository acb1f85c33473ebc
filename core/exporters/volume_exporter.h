#pragma once

#include "core/base/result.h"
#include "core/exporters/export_file.h"
#include "core/image/dicom/segmentation_writer.h"
#include "core/image/volume/volume.h"
#include "core/labels/class_table.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace finebrush {

/// `<stem>_labels.nii.gz` and `<stem>_seg.dcm`.
std::string labelVolumeFileName(const std::string& stem);
std::string segmentationFileName(const std::string& stem);

/// The labels with 0 where there is none, as ITK-SNAP and 3D Slicer read what is outside of all structures.
/// 0 is also the value of a class, mostly the background: which voxels nobody labelled is lost.
LabelVolume withUnlabelledAsZero(LabelVolume labels);

/// Writes the labels of a volume as a compressed NIfTI volume of class numbers on its grid, unlabelled voxels
/// as 255. Of a NIfTI file the header is kept to the bit; a DICOM series gets one that places the same
/// voxels. True means that the file was read again and holds the labels; false where it was asked to stop:
/// then no file is left. Blocks; any thread. Errors: as `nifti::readHeader` and `writeExport`.
Result<bool> exportLabelVolume(const std::filesystem::path& file, const std::filesystem::path& volume,
                               const LabelVolume& labels, const InputFiles& inputs,
                               const std::stop_token& stop = {});

/// Writes the labels of a DICOM series, or of a file with several frames, as a DICOM segmentation object: a
/// segment a class. It belongs to the study of the images, and may name their patient. True means that the
/// file was read again and holds the labels; false where it was asked to stop: then no file is left. Blocks;
/// any thread. Errors: as `dicom::writeSegmentation` and `writeExport`.
Result<bool> exportSegmentation(const std::filesystem::path& file, const std::filesystem::path& volume,
                                const LabelVolume& labels, const ClassTable& classes,
                                const InputFiles& inputs, dicom::PatientTexts patient,
                                const std::stop_token& stop = {});

}  // namespace finebrush
