#include "core/image/raster/raster_reader.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/core/image/mutated.h"
#include "tests/support/child_process.h"

#include <gmock/gmock.h>

#include <chrono>

namespace finebrush {
namespace {

using testing::TemporaryFolder;

constexpr int kMutants = 300;
constexpr uint64_t kMaxBytes = uint64_t{64} << 20;

struct Format {
    const char* name;
    const char* driver;
    const char* file;
    PixelType type;
    std::vector<std::string> options;
};

/// A smooth picture with some noise, so that every coder has something to do.
PixelBuffer picture(PixelType type) {
    PixelBuffer pixels = testing::randomPixels({80, 60}, 3, type);
    for (size_t i = 0; i < pixels.bytes.size(); ++i) {
        pixels.bytes[i] = static_cast<uint8_t>(i / 40 + pixels.bytes[i] % 8);
    }
    return pixels;
}

class Mutants : public ::testing::TestWithParam<Format> {};

TEST_P(Mutants, AreReadOrRefused) {
    const Format& format = GetParam();
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / format.file;
    testing::writeImage(path, format.driver, picture(format.type), format.options);
    ASSERT_TRUE(readRaster(path));
    const std::vector<uint8_t> original = testing::bytesOf(path);

    const long before = testing::peakKibibytes();
    std::mt19937 generator(20240607);
    int refused = 0;
    for (int i = 0; i < kMutants; ++i) {
        testing::writeBytes(path, testing::mutated(original, generator));
        const auto start = std::chrono::steady_clock::now();
        const Result<PixelBuffer> read = readRaster(path, kMaxBytes);
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        EXPECT_LT(taken.count(), 5) << "mutant " << i;
        if (read) {
            EXPECT_TRUE(read->isConsistent()) << "mutant " << i;
            continue;
        }
        ++refused;
        EXPECT_THAT(read.error().code,
                    ::testing::AnyOf(ErrorCode::ImageDamaged, ErrorCode::ImageFormatUnknown,
                                     ErrorCode::ImageTooLarge, ErrorCode::ImageTypeUnsupported))
            << "mutant " << i << ": " << describe(read.error());
    }
    EXPECT_LT(testing::peakKibibytes() - before, testing::kMostKibibytesOfDamage);
    EXPECT_GT(refused, kMutants / 5);
    EXPECT_THAT(folder.names(), ::testing::ElementsAre(format.file));
}

INSTANTIATE_TEST_SUITE_P(
    Formats, Mutants,
    ::testing::Values(
        Format{"Png", "PNG", "a.png", PixelType::UInt8, {}},
        Format{"Png16", "PNG", "a.png", PixelType::UInt16, {}},
        Format{"Jpeg", "JPEG", "a.jpg", PixelType::UInt8, {}},
        Format{"JpegProgressive", "JPEG", "a.jpg", PixelType::UInt8, {"PROGRESSIVE=YES"}},
        Format{"Tiff", "GTiff", "a.tif", PixelType::UInt16, {}},
        Format{"TiffLzw", "GTiff", "a.tif", PixelType::UInt8, {"COMPRESS=LZW", "PREDICTOR=2"}},
        Format{"TiffDeflate", "GTiff", "a.tif", PixelType::UInt16, {"COMPRESS=DEFLATE", "TILED=YES"}},
        Format{"TiffJpeg", "GTiff", "a.tif", PixelType::UInt8, {"COMPRESS=JPEG"}},
        Format{"Jpeg2000", "JP2OpenJPEG", "a.jp2", PixelType::UInt8, {}},
        Format{"Bmp", "BMP", "a.bmp", PixelType::UInt8, {}}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace finebrush
