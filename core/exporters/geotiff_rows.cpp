#include "core/exporters/geotiff_rows.h"

#include "core/base/files.h"
#include "core/exporters/placed_mask.h"
#include "core/image/raster/gdal_environment.h"
#include "core/image/raster/image_file.h"
#include "core/image/raster/write_failure.h"

#include <zlib.h>

#include <algorithm>
#include <cpl_string.h>
#include <stdexcept>
#include <string>
#include <utility>

namespace finebrush {

namespace {

constexpr int kTile = 256;  // px

void describeClasses(GDALDataset& dataset, const ClassTable& classes) {
    GDALColorTable colours;
    const GDALColorEntry black{0, 0, 0, 255};
    for (int value = 0; value <= kUnlabelled; ++value) colours.SetColorEntry(value, &black);
    for (const LabelClass& entry : classes.classes()) {
        const GDALColorEntry colour{entry.colour.red, entry.colour.green, entry.colour.blue, 255};
        colours.SetColorEntry(entry.value, &colour);
        dataset.SetMetadataItem(("CLASS_" + std::to_string(entry.value)).c_str(), entry.name.c_str());
    }
    dataset.GetRasterBand(1)->SetColorTable(&colours);
    dataset.GetRasterBand(1)->SetNoDataValue(kUnlabelled);
}

CPLStringList creationOptions() {
    CPLStringList options;
    options.SetNameValue("COMPRESS", "DEFLATE");
    options.SetNameValue("TILED", "YES");
    options.SetNameValue("BLOCKXSIZE", std::to_string(kTile).c_str());
    options.SetNameValue("BLOCKYSIZE", std::to_string(kTile).c_str());
    options.SetNameValue("BIGTIFF", "IF_SAFER");
    return options;
}

}  // namespace

Result<GeoTiffRows> GeoTiffRows::create(const std::filesystem::path& file,
                                        const std::filesystem::path& raster, PixelSize size,
                                        const ClassTable* classes, const InputFiles& inputs) {
    prepareGdal();
    if (const Result<void> allowed = refuseInput(file, inputs); !allowed) return failure(allowed.error());
    Result<UnfinishedFile> unfinished = UnfinishedFile::create(file);
    if (!unfinished) return failure(unfinished.error());
    GeoTiffRows rows(std::move(*unfinished), size);
    const GdalMessages messages;
    GDALDriver& driver = *GetGDALDriverManager()->GetDriverByName("GTiff");
    rows.dataset_.reset(driver.Create(rows.file_.path().c_str(), size.width, size.height, 1, GDT_Byte,
                                      creationOptions().List()));
    if (!rows.dataset_) return writeFailure(file, messages);
    if (const Result<void> placed = placeOn(raster, *rows.dataset_); !placed) return failure(placed.error());
    if (classes) describeClasses(*rows.dataset_, *classes);
    return rows;
}

Result<void> GeoTiffRows::add(std::span<const uint8_t> rows) {
    const auto stripBytes = static_cast<size_t>(size_.width) * kTile;
    while (!rows.empty()) {
        if (waiting_.empty() && rows.size() >= stripBytes) {
            if (const Result<void> done = writeRows(rows.first(stripBytes)); !done) return done;
            rows = rows.subspan(stripBytes);
            continue;
        }
        const size_t part = std::min(stripBytes - waiting_.size(), rows.size());
        waiting_.insert(waiting_.end(), rows.begin(), rows.begin() + static_cast<ptrdiff_t>(part));
        rows = rows.subspan(part);
        if (waiting_.size() < stripBytes) continue;
        if (const Result<void> done = writeRows(waiting_); !done) return done;
        waiting_.clear();
    }
    return {};
}

Result<void> GeoTiffRows::writeRows(std::span<const uint8_t> rows) {
    const int count = static_cast<int>(rows.size() / static_cast<size_t>(size_.width));
    const GdalMessages messages;
    const CPLErr outcome =
        dataset_->RasterIO(GF_Write, 0, written_, size_.width, count, const_cast<uint8_t*>(rows.data()),
                           size_.width, count, GDT_Byte, 1, nullptr, 0, 0, 0, nullptr);
    // Whole tiles need not wait in GDAL's cache; what is wrong with the disk is then told here. Of the data
    // set it would write the file's directory each time.
    const CPLErr flushed = dataset_->GetRasterBand(1)->FlushCache(false);
    if (outcome != CE_None || flushed != CE_None || !messages.isEmpty())
        return writeFailure(file_.target(), messages);
    checksum_ = crc32_z(checksum_, rows.data(), rows.size());
    written_ += count;
    return {};
}

Result<bool> GeoTiffRows::finish(const std::stop_token& stop) {
    if (const Result<void> done = writeRows(std::exchange(waiting_, {})); !done) return failure(done.error());
    if (written_ != size_.height) throw std::logic_error("GeoTiffRows: rows are missing");
    {
        const GdalMessages messages;
        dataset_.reset();
        if (!messages.isEmpty()) return writeFailure(file_.target(), messages);
    }
    const bool isRight = isAsWritten(stop);
    if (stop.stop_requested()) return false;
    if (!isRight) return failure(ErrorCode::ExportNotVerified, {utf8(file_.target())});
    if (const Result<void> placed = file_.finish(); !placed) return failure(placed.error());
    return true;
}

bool GeoTiffRows::isAsWritten(const std::stop_token& stop) const {
    const Result<GDALDatasetUniquePtr> read = openImageFile(file_.path());
    if (!read) return false;
    const GdalMessages messages;
    std::vector<uint8_t> rows(static_cast<size_t>(size_.width) * kTile);
    unsigned long checksum = 0;
    for (int y = 0; y < size_.height; y += kTile) {
        if (stop.stop_requested()) return false;
        const int count = std::min(kTile, size_.height - y);
        const CPLErr outcome = (*read)->RasterIO(GF_Read, 0, y, size_.width, count, rows.data(), size_.width,
                                                 count, GDT_Byte, 1, nullptr, 0, 0, 0, nullptr);
        if (outcome != CE_None) return false;
        checksum = crc32_z(checksum, rows.data(), static_cast<size_t>(count) * size_.width);
    }
    return messages.isEmpty() && checksum == checksum_;
}

}  // namespace finebrush
