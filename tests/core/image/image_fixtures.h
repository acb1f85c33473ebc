#pragma once

#include "core/base/files.h"
#include "core/base/pixel_buffer.h"
#include "core/image/raster/gdal_environment.h"
#include "tests/support/file_bytes.h"
#include "tests/support/temporary_folder.h"

#include <gdal_priv.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <span>
#include <stdexcept>
#include <stdlib.h>
#include <string>
#include <vector>

namespace finebrush::testing {

/// The data that lies beside the checkout on developers' machines; empty where it does not.
inline std::filesystem::path sharedData() {
    const std::filesystem::path folder = FINEBRUSH_SOURCE_DIR "/../shared/data";
    return std::filesystem::exists(folder) ? std::filesystem::canonical(folder) : std::filesystem::path();
}

inline GDALDataType gdalTypeOf(PixelType type) {
    constexpr GDALDataType kTypes[] = {GDT_Byte,    GDT_UInt16,  GDT_Int16, GDT_UInt32, GDT_Int32,
                                       GDT_Float32, GDT_Float64, GDT_Int64, GDT_UInt64};
    return kTypes[static_cast<size_t>(type)];
}

/// Samples that use the whole range of an integer type; fractions in -1000..1000 of a float type.
inline PixelBuffer randomPixels(PixelSize size, int bands, PixelType type, uint32_t seed = 1) {
    PixelBuffer pixels{size, bands, type, {}, {}};
    pixels.bytes.resize(static_cast<size_t>(size.area()) * pixels.bytesPerPixel());
    std::mt19937 generator(seed);
    std::uniform_real_distribution<double> fraction(-1000, 1000);
    const size_t sampleBytes = bytesPerSample(type);
    for (size_t i = 0; i < pixels.bytes.size(); i += sampleBytes) {
        const double wide = fraction(generator);
        uint64_t sample = generator();
        if (sampleBytes == sizeof sample) sample |= uint64_t{generator()} << 32;
        if (type == PixelType::Float32) sample = std::bit_cast<uint32_t>(static_cast<float>(wide));
        if (type == PixelType::Float64) sample = std::bit_cast<uint64_t>(wide);
        std::memcpy(&pixels.bytes[i], &sample, sampleBytes);
    }
    return pixels;
}

/// A copy of the pixels in GDAL's memory, to be encoded by a driver.
inline GDALDatasetUniquePtr memoryDataset(const PixelBuffer& pixels) {
    prepareGdal();
    const GDALDataType type = gdalTypeOf(pixels.type);
    GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("MEM")->Create(
        "", pixels.size.width, pixels.size.height, pixels.bands, type, nullptr));
    const auto pixelBytes = static_cast<GSpacing>(pixels.bytesPerPixel());
    const CPLErr outcome = dataset->RasterIO(
        GF_Write, 0, 0, pixels.size.width, pixels.size.height, const_cast<uint8_t*>(pixels.bytes.data()),
        pixels.size.width, pixels.size.height, type, pixels.bands, nullptr, pixelBytes,
        pixelBytes * pixels.size.width, static_cast<GSpacing>(bytesPerSample(pixels.type)), nullptr);
    EXPECT_EQ(outcome, CE_None);
    return dataset;
}

/// Encodes pixels with a GDAL driver; `prepare` may set colour tables, nodata and the like first.
inline void writeImage(const std::filesystem::path& path, const char* driver, const PixelBuffer& pixels,
                       const std::vector<std::string>& options = {},
                       const std::function<void(GDALDataset&)>& prepare = {}) {
    const GDALDatasetUniquePtr dataset = memoryDataset(pixels);
    if (prepare) prepare(*dataset);
    CPLStringList list;
    for (const std::string& option : options) list.AddString(option.c_str());
    const GDALDatasetUniquePtr written(GetGDALDriverManager()->GetDriverByName(driver)->CreateCopy(
        path.c_str(), dataset.get(), FALSE, list.List(), nullptr, nullptr));
    ASSERT_TRUE(written) << driver << " could not write " << path;
}

/// Gives a file a mask of its own: 0 where pixels are hidden, else 255.
inline void addMask(GDALDataset& dataset, std::vector<uint8_t> mask) {
    const CPLConfigOptionSetter internal("GDAL_TIFF_INTERNAL_MASK", "YES", false);
    dataset.CreateMaskBand(GMF_PER_DATASET);
    const int width = dataset.GetRasterXSize(), height = dataset.GetRasterYSize();
    EXPECT_EQ(dataset.GetRasterBand(1)->GetMaskBand()->RasterIO(GF_Write, 0, 0, width, height, mask.data(),
                                                                width, height, GDT_Byte, 0, 0, nullptr),
              CE_None);
}

inline void writeMaskedTiff(const std::filesystem::path& path, const PixelBuffer& pixels,
                            const std::vector<uint8_t>& mask, const std::vector<std::string>& options = {}) {
    const CPLConfigOptionSetter internal("GDAL_TIFF_INTERNAL_MASK", "YES", false);
    writeImage(path, "GTiff", pixels, options, [&](GDALDataset& dataset) { addMask(dataset, mask); });
}

}  // namespace finebrush::testing
