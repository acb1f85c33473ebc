#pragma once

#include "core/base/cell_grid.h"
#include "core/base/geometry.h"
#include "core/labels/label_map.h"
#include "core/messages/messages.h"
#include "core/project/edits/edit.h"
#include "core/project/predicted_cells.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace finebrush {

/// What the engine has predicted of large images, cell by cell; only the cells that were looked at take
/// memory. Owner's thread.
class CellPredictions {
  public:
    /// Another adapter is made: what is predicted is of the one before. Returns of which images something
    /// was.
    std::set<ImageId> outrun();
    /// The adapter is made: what it predicted on the way is not final.
    void outdate();
    /// From now on an image is predicted as it is seen by this display, or by none that was chosen. True
    /// where what is predicted was seen in another way, and is outdated.
    bool seeAs(const ImageId& image, const std::optional<DisplayMapping>& display);
    std::optional<DisplayMapping> seenAs(const ImageId& image) const;

    /// `kUnlabelled` where nothing was predicted yet; null where that is so everywhere.
    std::shared_ptr<const LabelMap> of(const ImageId& image) const;
    /// The same by the adapter before.
    std::shared_ptr<const LabelMap> earlierOf(const ImageId& image) const;
    /// Goes on from what a project keeps.
    void load(const std::map<ImageId, PredictedCells>& kept);
    /// True where there is a final prediction of a cell.
    bool isFinal(const ImageId& image, const CellAddress& cell) const {
        return final_.contains(cellId(image, cell));
    }
    /// Shares the tiles that were packed with what a project keeps, unless they have changed since they were
    /// as in `packed`.
    void share(const ImageId& image, const LabelMap& packed, const std::vector<PackedTile>& tiles,
               const LabelMap& kept);
    /// Takes an answer over, as a final one where it is that of an image which is still seen so; false where
    /// it is not of the image.
    bool take(const ImageCell& place, const messages::Prediction& prediction, PixelSize image,
              const std::optional<DisplayMapping>& seenAs);

    /// The cell in the middle of what is seen.
    static CellAddress middleCell(PixelSize image, int level, const RectInImage& seen);
    /// The cell next to that which is seen and has no final prediction. Nothing where there is none, or where
    /// so much is seen that a prediction of it would take too long: only what is around the middle is then.
    std::optional<CellAddress> nextCell(const ImageId& id, PixelSize image, int level,
                                        const RectInImage& seen) const;

  private:
    using Maps = std::map<ImageId, std::shared_ptr<LabelMap>>;
    static std::shared_ptr<const LabelMap> found(const Maps& maps, const ImageId& image);

    Maps predicted_;
    Maps earlier_;
    std::set<std::string> final_;  ///< cells by the name that the engine knows
    std::map<ImageId, std::optional<DisplayMapping>> seenAs_;
};

}  // namespace finebrush
