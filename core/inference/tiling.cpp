#include "core/inference/tiling.h"

#include <cmath>

namespace finebrush {

namespace {

/// The first pixels of the tiles along one side.
std::vector<int> tileStarts(int length, const TileLayout& layout) {
    if (length <= layout.side) return {0};
    const int stride = layout.side - layout.overlap;
    const int count = 1 + (length - layout.side + stride - 1) / stride;
    std::vector<int> starts;
    for (int i = 0; i < count; ++i) {
        starts.push_back(static_cast<int>(std::lround(double(length - layout.side) * i / (count - 1))));
    }
    return starts;
}

/// Hann-shaped weight along one side, never zero, so that a lone tile's border keeps its values.
torch::Tensor edgeWeight(int64_t side, const torch::TensorOptions& options) {
    const torch::Tensor centre = (torch::arange(side, options) + 0.5) / static_cast<double>(side);
    return torch::sin(centre * M_PI).square() + 1e-3;
}

}  // namespace

std::vector<RectInImage> tilesOver(PixelSize size, const TileLayout& layout) {
    std::vector<RectInImage> tiles;
    for (int y : tileStarts(size.height, layout)) {
        for (int x : tileStarts(size.width, layout)) tiles.push_back({x, y, layout.side, layout.side});
    }
    return tiles;
}

torch::Tensor cutTile(const torch::Tensor& image, const RectInImage& tile) {
    const RectInImage inside =
        tile.intersected({0, 0, static_cast<int>(image.size(2)), static_cast<int>(image.size(1))});
    const torch::Tensor cut =
        image.slice(1, inside.y, inside.bottom()).slice(2, inside.x, inside.right());  // [C, h, w]
    if (inside == tile) return cut;
    torch::Tensor padded = torch::zeros({image.size(0), tile.height, tile.width}, image.options());
    padded.slice(1, inside.y - tile.y, inside.bottom() - tile.y)
        .slice(2, inside.x - tile.x, inside.right() - tile.x)
        .copy_(cut);
    return padded;
}

TileBlender::TileBlender(int64_t channels, PixelSize size, const torch::Device& device)
    : sum_(torch::zeros({channels, size.height, size.width}, device)),
      weight_(torch::zeros({1, size.height, size.width}, device)) {}

void TileBlender::add(const torch::Tensor& values, const RectInImage& tile) {
    const RectInImage inside =
        tile.intersected({0, 0, static_cast<int>(sum_.size(2)), static_cast<int>(sum_.size(1))});
    const auto part = [&](const torch::Tensor& whole, const RectInImage& rect) {
        return whole.slice(1, rect.y, rect.bottom()).slice(2, rect.x, rect.right());
    };
    const RectInImage inTile{inside.x - tile.x, inside.y - tile.y, inside.width, inside.height};
    const torch::Tensor weight =
        torch::outer(edgeWeight(tile.height, sum_.options()), edgeWeight(tile.width, sum_.options()))
            .unsqueeze(0);
    part(sum_, inside).add_(part(values * weight, inTile));
    part(weight_, inside).add_(part(weight, inTile));
}

torch::Tensor TileBlender::result() const {
    return sum_ / weight_;
}

}  // namespace finebrush
