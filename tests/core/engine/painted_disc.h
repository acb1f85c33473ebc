#pragma once

#include "core/base/files.h"
#include "core/engine/command_line/adapt_command.h"
#include "core/image/raster/png_writer.h"
#include "tests/core/engine/disc_picture.h"
#include "tests/core/sam/small_model.h"

#include <filesystem>
#include <vector>

namespace finebrush::testing {

/// Writes "disc.png" with strokes on the disc and on the ground into a folder: what makes a preview of them,
/// in "adapter" below it.
inline AdaptOptions paintedDisc(const std::filesystem::path& folder) {
    constexpr PixelSize size = kDiscPicture;
    std::vector<uint8_t> labels(static_cast<size_t>(size.area()), kUnlabelled);
    for (int x = 0; x < size.width; ++x) {
        for (const int y : {20, 70}) labels[static_cast<size_t>(y) * size.width + x] = isOnDisc(x, y);
    }
    std::filesystem::create_directory(folder / "labels");
    EXPECT_TRUE(writeFileAtomically(folder / "disc.png", *encodePng(size, 3, discPicture().bytes)));
    EXPECT_TRUE(writeFileAtomically(folder / "labels/disc.png", *encodePng(size, 1, labels)));
    AdaptOptions adapt;
    adapt.images = {folder / "disc.png"};
    adapt.labels = folder / "labels";
    adapt.out = folder / "adapter";
    adapt.model = smallModel();
    adapt.settings.keep = messages::Keep::Preview;
    adapt.settings.threads = 2;
    return adapt;
}

}  // namespace finebrush::testing
