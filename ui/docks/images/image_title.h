#pragma once

#include "core/session/session.h"

#include <QString>

namespace finebrush {

/// What an image is called in the window: its file's name, and of a volume the slice after it, and the frame
/// but for the first. Both count from 1, unlike in addresses and in the names of exported files.
QString imageTitle(const ImageEntry& entry);
/// What follows the name of the file: the slice and the frame.
QString sliceTitle(const SliceAddress& slice);

}  // namespace finebrush
