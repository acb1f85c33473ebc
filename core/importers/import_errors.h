#pragma once

#include "core/base/files.h"
#include "core/base/geometry.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace finebrush {

/// LabelsMalformed, with a reason that follows "these labels cannot be read: ".
inline tl::unexpected<Error> badLabels(const std::filesystem::path& file, std::string reason,
                                       std::string detail = {}) {
    return failure(ErrorCode::LabelsMalformed, {utf8(file), std::move(reason)}, std::move(detail));
}

/// LabelsGridMismatch, with a reason that follows "these labels do not lie on the image: ".
inline tl::unexpected<Error> otherGrid(const std::filesystem::path& file, std::string reason) {
    return failure(ErrorCode::LabelsGridMismatch, {utf8(file), std::move(reason)});
}

inline tl::unexpected<Error> otherSize(const std::filesystem::path& file, PixelSize labels, PixelSize image) {
    return failure(ErrorCode::LabelsSizeMismatch, {utf8(file), toText(labels), toText(image)});
}

}  // namespace finebrush
