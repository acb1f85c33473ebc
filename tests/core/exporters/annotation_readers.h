#pragma once

#include "core/base/pixel_buffer.h"
#include "core/image/raster/raster_reader.h"
#include "core/labels/label_map.h"
#include "tests/core/image/image_fixtures.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cpl_string.h>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// Reads annotation files as the programs do that they are written for.
namespace finebrush::testing {

/// The inverse of the compressed string, after `rleFrString` of pycocotools' maskApi.c.
inline std::vector<int64_t> runsFromString(const std::string& text) {
    std::vector<int64_t> runs;
    for (size_t at = 0; at < text.size();) {
        int64_t number = 0;
        int shift = 0;
        bool more = true;
        while (more) {
            const int64_t character = text.at(at++) - 48;
            number |= (character & 0x1f) << shift;
            more = character & 0x20;
            shift += 5;
            if (!more && (character & 0x10)) number |= ~int64_t{0} << shift;
        }
        runs.push_back(runs.size() > 2 ? number + runs[runs.size() - 2] : number);
    }
    return runs;
}

/// Paints a COCO annotation into the mask of its image.
inline void paintAnnotation(const nlohmann::json& annotation, IndexMask& mask) {
    const nlohmann::json& segmentation = annotation.at("segmentation");
    ASSERT_EQ(segmentation.at("size"), nlohmann::json({mask.size.height, mask.size.width}));
    int64_t position = 0, area = 0;
    bool inside = false;
    for (const int64_t run : runsFromString(segmentation.at("counts"))) {
        for (int64_t end = position + run; position < end; ++position) {
            if (!inside) continue;
            const int64_t x = position / mask.size.height, y = position % mask.size.height;
            mask.values.at(static_cast<size_t>(y * mask.size.width + x)) = annotation.at("category_id");
            ++area;
        }
        inside = !inside;
    }
    EXPECT_EQ(position, mask.size.area());
    EXPECT_EQ(annotation.at("area"), area);
}

inline IndexMask unlabelledMask(PixelSize size) {
    return {size, std::vector<uint8_t>(static_cast<size_t>(size.area()), kUnlabelled)};
}

/// The mask of one entry of "images" of a COCO file.
inline IndexMask maskFromCoco(const nlohmann::json& document, const nlohmann::json& image) {
    IndexMask mask = unlabelledMask({image.at("width"), image.at("height")});
    for (const nlohmann::json& annotation : document.at("annotations")) {
        if (annotation.at("image_id") == image.at("id")) paintAnnotation(annotation, mask);
    }
    return mask;
}

inline std::vector<uint8_t> fromBase64(std::string text) {
    const int length = CPLBase64DecodeInPlace(reinterpret_cast<GByte*>(text.data()));
    return {text.begin(), text.begin() + length};
}

/// Paints a shape of type "mask" as labelme does: its PNG between the two corner pixels, both included.
inline void paintShape(const nlohmann::json& shape, const std::map<std::string, uint8_t>& values,
                       IndexMask& mask) {
    ASSERT_EQ(shape.at("shape_type"), "mask");
    const TemporaryFolder scratch;
    writeBytes(scratch / "shape.png", fromBase64(shape.at("mask")));
    const PixelBuffer crop = *readRaster(scratch / "shape.png");
    const int left = shape.at("points")[0][0], top = shape.at("points")[0][1];
    const int right = shape.at("points")[1][0], bottom = shape.at("points")[1][1];
    ASSERT_EQ(crop.size, (PixelSize{right - left + 1, bottom - top + 1}));
    ASSERT_EQ(crop.bands, 1);
    for (int y = 0; y < crop.size.height; ++y) {
        for (int x = 0; x < crop.size.width; ++x) {
            if (!crop.bytes[static_cast<size_t>(y * crop.size.width + x)]) continue;
            mask.values.at(static_cast<size_t>((top + y) * mask.size.width + left + x)) =
                values.at(shape.at("label"));
        }
    }
}

/// The mask of a labelme file; `values` are those of the classes by name.
inline IndexMask maskFromLabelme(const nlohmann::json& document,
                                 const std::map<std::string, uint8_t>& values) {
    IndexMask mask = unlabelledMask({document.at("imageWidth"), document.at("imageHeight")});
    for (const nlohmann::json& shape : document.at("shapes")) paintShape(shape, values, mask);
    return mask;
}

}  // namespace finebrush::testing
