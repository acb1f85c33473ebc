#pragma once

#include "core/session/images/opened_image.h"

#include <QString>

namespace finebrush {

/// So many decimals that a step through all values of an image is not lost.
int decimalsFor(const OpenedImage& image);

/// What a band is called, from 0 on: its name in the file, else its number from 1 on.
QString bandText(const OpenedImage& image, int band);

}  // namespace finebrush
