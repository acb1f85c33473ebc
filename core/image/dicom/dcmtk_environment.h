#pragma once

namespace finebrush::dicom {

/// Silences DCMTK, which would print values of patients' data, and registers the decoders of JPEG and JPEG-LS
/// so that they give the samples as they are stored, without any conversion of colours. Once a process; later
/// calls cost nothing. Any thread.
void prepareDcmtk();

}  // namespace finebrush::dicom
