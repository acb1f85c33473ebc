#pragma once

#include "core/base/pixel_buffer.h"
#include "core/image/display/display_mapping.h"
#include "core/image/display/value_summary.h"
#include "core/image/georeference.h"
#include "core/image/volume/volume.h"
#include "core/project/project_contents.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

class LargeRaster;

/// A picture that can be shown: raw values and what is shown of them. Only the owner's thread may read how it
/// is shown, which changes there. Of an image that is larger than the memory for one, there is a coarse
/// overview; what is finer is asked for by `Session::wantTiles` and `pixelAt`.
struct OpenedImage {
    ImageId id;
    PixelBuffer pixels;  ///< of a large image what they are like, without samples
    /// Its 8-bit RGB; of the overview where the image is large. Replaced, and never changed.
    std::shared_ptr<const PixelBuffer> displayed = {};
    std::optional<SliceAddress> slice = {};                 ///< where it is one of several of a volume
    VolumeGrid grid = {};                                   ///< of the file, where it holds a volume
    std::string volumeFormat = {};                          ///< as `VolumeInfo::format`; empty: it is none
    SliceAddress plane = {};                                ///< in that grid; also where it is the only one
    SliceView usualView = SliceView::Stored;                ///< of that volume
    bool isOfSeries = false;                                ///< the slice is a file of its own
    std::shared_ptr<const Georeference> georeference = {};  ///< null: the file has none
    DisplayMapping display = {};                            ///< what `displayed` is made by
    DisplayMapping usualDisplay = {};                       ///< the same where nobody chose another
    std::vector<DisplayWindow> windows = {};                ///< that the file proposes
    bool isHounsfield = false;                              ///< its values are Hounsfield units
    std::vector<std::string> bandNames = {};                ///< as `RasterInfo::bandNames`
    ValueSummary values = {};                               ///< of the bands that are shown
    std::shared_ptr<LargeRaster> raster = {};               ///< null: the image is not large
    std::shared_ptr<const PixelBuffer> overview = {};       ///< of a large one

    bool isLarge() const { return raster != nullptr; }
};

/// Whether it is shown as was chosen, or as usual where nobody chose; false while somebody tries another
/// display out. Owner's thread.
inline bool isShownAsChosen(const OpenedImage& image, const ImageRecord& record) {
    return image.display == record.display.value_or(image.usualDisplay);
}

}  // namespace finebrush
