#include "core/project/project_write.h"

namespace finebrush {

TilesWrite allTiles(const ImageId& image, const LabelMap& labels) {
    TilesWrite tiles{image, labels, {}};
    for (int row = 0; row < labels.tileRows(); ++row) {
        for (int column = 0; column < labels.tileColumns(); ++column) tiles.places.push_back({column, row});
    }
    return tiles;
}

}  // namespace finebrush
