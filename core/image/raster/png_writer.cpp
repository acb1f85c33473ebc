#include "core/image/raster/png_writer.h"

#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/gdal_memory_file.h"

#include <gdal_priv.h>

#include <stdexcept>
#include <string>

namespace finebrush {

namespace {

GDALDriver& driver(const char* name) {
    return *GetGDALDriverManager()->GetDriverByName(name);
}

/// An in-memory dataset that holds a copy of the samples; null where memory is short.
GDALDatasetUniquePtr datasetOf(PixelSize size, int bands, std::span<const uint8_t> samples) {
    if (size.isEmpty() || samples.size() != static_cast<size_t>(size.area()) * bands) {
        throw std::invalid_argument("PNG: the samples do not fit the size");
    }
    prepareGdal();
    GDALDatasetUniquePtr dataset(driver("MEM").Create("", size.width, size.height, bands, GDT_Byte, nullptr));
    if (!dataset) return dataset;
    const GSpacing rowBytes = GSpacing{size.width} * bands;
    const CPLErr outcome =
        dataset->RasterIO(GF_Write, 0, 0, size.width, size.height, const_cast<uint8_t*>(samples.data()),
                          size.width, size.height, GDT_Byte, bands, nullptr, bands, rowBytes, 1, nullptr);
    if (outcome != CE_None) dataset.reset();
    return dataset;
}

Result<std::vector<uint8_t>> encode(GDALDataset& dataset) {
    const MemoryFile file(".png");
    const GdalMessages messages;
    GDALDatasetUniquePtr(driver("PNG").CreateCopy(file.name(), &dataset, FALSE, nullptr, nullptr, nullptr));
    std::vector<uint8_t> bytes = file.bytes();
    if (bytes.empty() || !messages.isEmpty()) {
        return failure(ErrorCode::Internal, {"the PNG could not be encoded"}, messages.text());
    }
    return bytes;
}

}  // namespace

Result<std::vector<uint8_t>> encodePng(PixelSize size, int bands, std::span<const uint8_t> samples) {
    if (bands != 1 && bands != 3) throw std::invalid_argument("PNG: one or three bands");
    const GDALDatasetUniquePtr dataset = datasetOf(size, bands, samples);
    if (!dataset) return failure(ErrorCode::Internal, {"the PNG could not be encoded"}, "out of memory");
    return encode(*dataset);
}

}  // namespace finebrush
