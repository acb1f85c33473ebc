#pragma once

#include "core/base/geometry.h"
#include "core/image/raster/large_raster.h"
#include "core/messages/messages.h"
#include "core/session/images/opened_image.h"

namespace finebrush {

/// The part of an image that the network is to look at while a person sees `visible` of it: one of few, so
/// that moving the view a little asks for nothing new. Holds all that is seen; the closer the look, the
/// smaller the part and the finer the masks. An empty `visible` means all.
RectInImage promptTile(PixelSize image, const RectInImage& visible);

/// What the network gets of a part of an image: 8-bit RGB as the person sees it, shrunk where it is huge.
PixelBuffer promptPicture(const PixelBuffer& displayed, const RectInImage& tile);

/// The same of a large image, shown by a mapping; what cannot be read is cut from its overview. Its limits
/// are those of all that is shown, so that an even part stays even. Blocks; any thread.
PixelBuffer promptPicture(const LargeRaster& raster, const PixelBuffer& overview,
                          const DisplayMapping& display, const RectInImage& tile);

}  // namespace finebrush
