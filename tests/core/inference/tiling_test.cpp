#include "core/inference/tiling.h"

#include <gtest/gtest.h>

#include <vector>

namespace finebrush {
namespace {

TEST(Tiling, CoversEveryPixelAndStaysInside) {
    const TileLayout layout{256, 64};
    for (const PixelSize size : {PixelSize{256, 256}, {257, 300}, {1000, 700}, {512, 4000}}) {
        std::vector<int> covered(static_cast<size_t>(size.area()));
        for (const RectInImage& tile : tilesOver(size, layout)) {
            EXPECT_EQ(tile, tile.intersected(RectInImage::ofSize(size)));
            for (int y = tile.y; y < tile.bottom(); ++y) {
                for (int x = tile.x; x < tile.right(); ++x)
                    ++covered[static_cast<size_t>(y) * size.width + x];
            }
        }
        EXPECT_EQ(std::count(covered.begin(), covered.end(), 0), 0) << size.width << " x " << size.height;
    }
}

TEST(Tiling, NeighboursShareTheOverlap) {
    const auto tiles = tilesOver({1000, 256}, {256, 64});
    for (size_t i = 1; i < tiles.size(); ++i) EXPECT_GE(tiles[i - 1].right() - tiles[i].x, 64);
}

TEST(Tiling, SmallImageIsPaddedWithZeros) {
    const torch::Tensor image = torch::ones({3, 100, 60});
    const auto tiles = tilesOver({60, 100}, {256, 64});
    ASSERT_EQ(tiles.size(), 1u);
    const torch::Tensor cut = cutTile(image, tiles[0]);
    EXPECT_EQ(cut.sizes(), (std::vector<int64_t>{3, 256, 256}));
    EXPECT_FLOAT_EQ(cut.sum().item<float>(), 3 * 100 * 60);
}

TEST(TileBlender, TilesOfOneImageGiveTheImageBack) {
    const PixelSize size{700, 430};
    const torch::Tensor image = torch::rand({2, size.height, size.width});
    TileBlender blender(2, size, torch::kCPU);
    for (const RectInImage& tile : tilesOver(size, {256, 64})) blender.add(cutTile(image, tile), tile);
    EXPECT_LT((blender.result() - image).abs().max().item<float>(), 1e-4);
}

TEST(TileBlender, LeavesNoSeamBetweenTilesThatDisagree) {
    const PixelSize size{448, 256};
    TileBlender blender(1, size, torch::kCPU);
    const auto tiles = tilesOver(size, {256, 64});
    ASSERT_EQ(tiles.size(), 2u);
    blender.add(torch::zeros({1, 256, 256}), tiles[0]);
    blender.add(torch::ones({1, 256, 256}), tiles[1]);
    const torch::Tensor row = blender.result()[0][128];
    const torch::Tensor jump = (row.slice(0, 1) - row.slice(0, 0, -1)).abs().max();
    EXPECT_LT(jump.item<float>(), 0.05);
}

}  // namespace
}  // namespace finebrush
