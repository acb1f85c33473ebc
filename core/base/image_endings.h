#pragma once

#include <string_view>

namespace finebrush {

/// How the names of images end, in small letters.
inline constexpr std::string_view kImageEndings[] = {".png", ".jpg", ".jpeg", ".tif", ".tiff",   ".bmp",
                                                     ".jp2", ".j2k", ".dcm",  ".nii", ".nii.gz", ".dicom"};

}  // namespace finebrush
