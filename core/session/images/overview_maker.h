#pragma once

#include "core/base/result.h"
#include "core/image/display/display_mapping.h"
#include "core/image/raster/large_raster.h"
#include "core/project/database/packed_thumbnail.h"
#include "core/project/edits/edit.h"
#include "core/session/worker.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>

namespace finebrush {

/// An overview, and how it is shown where nobody chose.
struct ShownOverview {
    std::shared_ptr<const PixelBuffer> pixels;
    DisplayMapping usualDisplay;
};

/// What came of making the overviews of a large image.
struct MadeOverviews {
    std::optional<ShownOverview> overview;  ///< the final one; nothing where the making was stopped
    PackedThumbnail thumbnail;              ///< of it
    std::optional<Error> damage;            ///< parts that cannot be decoded
};

/// Makes the overviews of large images that have none, one image after another on a thread of its own, while
/// they are looked at. Owner's thread.
class OverviewMaker {
  public:
    struct Events {
        /// The overview as far as it is known, now and then.
        std::function<void(const ImageId&, double fraction, const ShownOverview& overview)> progressed;
        std::function<void(const ImageId&, const Result<MadeOverviews>&)> ended;
    };

    OverviewMaker(const OwnerThread::Post& post, Events events);
    ~OverviewMaker() { stop(); }

    /// The raster of an image to go on with: the given one, or the one whose overviews are being made
    /// already. Begins to make them where there are none.
    std::shared_ptr<LargeRaster> complete(const ImageId& id, const std::shared_ptr<LargeRaster>& raster);
    /// Gives up all that was begun.
    void stop();
    bool isRunning() const { return !atWork_.empty(); }

  private:
    struct Work {
        std::shared_ptr<LargeRaster> raster;
        std::stop_source stop;
    };

    Events events_;
    std::map<ImageId, Work> atWork_;
    OwnerThread owner_;
    Worker worker_;
};

}  // namespace finebrush
