#pragma once

#include "core/base/result.h"
#include "core/engine/image_set.h"
#include "core/engine/label_file.h"
#include "core/image/display/display_mapping.h"
#include "core/image/image_memory.h"
#include "core/image/raster/large_raster.h"
#include "core/image/raster/readable_raster.h"
#include "core/messages/messages.h"
#include "core/project/taught_display.h"

#include <optional>
#include <vector>

namespace finebrush {

/// Reads images and their labels for an adaptation. Of images that are too large for the memory only the
/// cells are read in which something is labelled, all at one level of detail: `level`, or the finest at which
/// these are few, as in the window. Their overviews are made where these are needed and there are none.
/// Blocks. Errors: as `readImage`, `readIndexMask`, `LabelFile` and `LargeRaster`, LabelsSizeMismatch.
Result<std::vector<messages::LabelledImage>> readLabelledImages(
    const std::vector<ImagePair>& pairs, const InputRange& range, std::optional<int> level,
    const ImageMemory& memory, const TellProgress& tell, const LabelMeaning& meaning = {});

/// How a large image is shown to a network that gets what is displayed: as those that it was taught on, else
/// as usual; nothing for one that gets raw values. Errors: as `readOverview`.
Result<std::optional<DisplayMapping>> mappingForModel(const LargeRaster& raster, const InputRange& range,
                                                      const TaughtDisplay& taught = {});

}  // namespace finebrush
