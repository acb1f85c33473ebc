#pragma once

#include "core/session/images/opened_image.h"

#include <QString>

#include <vector>

namespace finebrush {

/// A window of Hounsfield units that radiologists know by name.
struct CtWindow {
    QString name;  ///< in the language of the window
    ValueRange limits;
};

/// Soft tissue, lung, bone, brain and liver.
std::vector<CtWindow> ctWindows();

/// Whether these windows fit an image: its file says that its values are Hounsfield units, or it is a slice
/// of a NIfTI volume, which cannot say so, whose values reach below -500 and above 500, as air and bone in a
/// CT do and few other images. Many of these are floats.
bool hasCtValues(const OpenedImage& image);

}  // namespace finebrush
