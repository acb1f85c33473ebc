#pragma once

#include "core/image/image_memory.h"
#include "core/labels/class_table.h"
#include "core/labels/label_map.h"
#include "core/messages/input_range.h"
#include "core/messages/messages.h"
#include "core/project/project_contents.h"
#include "core/project/taught_display.h"
#include "core/session/images/opened_image.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace finebrush {

/// A snapshot of all that an adaptation is made from, taken on the owner's thread; labels are shared until
/// written.
struct AdaptInput {
    struct Source {
        ImageRecord record;
        LabelMap labels;
    };
    messages::AdaptationSettings settings;
    ClassTable classes;
    std::vector<Source> labelled;
    std::shared_ptr<const OpenedImage> preview;  ///< may be null
    std::filesystem::path checkpoint;            ///< the engine's, while it trains
    ShownImage previewShown;                     ///< how that is shown
    RectInImage seen;                            ///< px of it on the screen
    ImageMemory memory;
    int64_t requestId = 0;
};

struct AdaptRequest {
    std::vector<messages::ClassInfo> classes;
    std::vector<uint8_t> frame;   ///< the encoded `Adapt`
    std::vector<Error> problems;  ///< of images that cannot be read and are left out
    std::string previewId;        ///< the engine's name of what it shows while it learns; empty: nothing
    int cellLevel = 0;            ///< at which large images are learned from
    TaughtDisplay taught = {};    ///< of what is learned from, where it is as displayed
};

/// The classes of a table as the engine knows them.
std::vector<messages::ClassInfo> toClassInfo(const ClassTable& classes);

/// What of an image a network with these settings sees.
InputRange rangeOf(const messages::AdaptationSettings& settings);

/// A network with these settings sees images as they are shown.
bool isDisplayed(const messages::AdaptationSettings& settings);

/// How an image is shown. Owner's thread, where others know the image.
ShownImage shownNow(const OpenedImage& image);

/// How a network with these settings is to see the raw values of an image: raw, or as shown; where nobody
/// chose how, as the images were that it was taught on.
std::optional<DisplayMapping> mappingForModel(const messages::AdaptationSettings& settings,
                                              const ShownImage& shown, const TaughtDisplay& taught = {});

/// What of raw values a network is to get by that.
PixelBuffer pixelsForModel(const PixelBuffer& pixels, const std::optional<DisplayMapping>& shownAs);

/// What a network with these settings gets as 0 and as 1 of a large image, as `measuredLimits`.
std::vector<ValueRange> limitsForModel(const messages::AdaptationSettings& settings,
                                       const PixelBuffer& overview);

/// Reads the pixels of all labelled images and encodes the request; of large images the cells that are
/// painted. Stopped it returns soon, without a frame. Blocks; any thread.
/// Errors: NoStrokes, OneClassOnly, RequestTooLarge, those of `readAdapterFiles` for what it goes on from,
/// and the first problem where no image can be read.
Result<AdaptRequest> makeAdaptRequest(const AdaptInput& input, const std::stop_token& stop);

}  // namespace finebrush
