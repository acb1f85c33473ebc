#include "ui/docks/ct_windows.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

OpenedImage sliceOf(const char* format, PixelType type, ValueRange values) {
    OpenedImage image;
    image.pixels.bands = 1;
    image.pixels.type = type;
    image.volumeFormat = format;
    image.values.whole = values;
    return image;
}

TEST(CtWindows, FitWhatTheFileSaysOrTheValuesOfANiftiShow) {
    EXPECT_TRUE(hasCtValues(sliceOf("NIfTI", PixelType::Int16, {-1024, 1800})));
    EXPECT_FALSE(hasCtValues(sliceOf("NIfTI", PixelType::Int16, {0, 1800})));
    EXPECT_FALSE(hasCtValues(sliceOf("NIfTI", PixelType::Int16, {-1024, 300})));
    EXPECT_TRUE(hasCtValues(sliceOf("NIfTI", PixelType::Float32, {-1000.5, 1800})));
    EXPECT_FALSE(hasCtValues(sliceOf("TIFF", PixelType::Int16, {-1024, 1800})));
    EXPECT_FALSE(hasCtValues(sliceOf("DICOM", PixelType::Int16, {-1024, 1800})));
    OpenedImage told = sliceOf("DICOM", PixelType::Int16, {0, 100});
    told.isHounsfield = true;
    EXPECT_TRUE(hasCtValues(told));
}

}  // namespace
}  // namespace finebrush
