#pragma once

#include "core/base/pixel_buffer.h"
#include "core/base/result.h"
#include "core/base/unfinished_file.h"
#include "core/exporters/export_file.h"
#include "core/labels/class_table.h"

#include <gdal_priv.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <vector>

namespace finebrush {

/// An 8-bit GeoTIFF of one band on the grid of a raster, written from top to bottom: one of any size takes
/// the memory of a row of its tiles. Compressed, and a BigTIFF where it may need to be. It stands under its
/// name only once it is whole. Blocks; one thread at a time.
class GeoTiffRows {
  public:
    /// Of class numbers: with the colours of the classes as a palette, their names among the metadata as
    /// "CLASS_<number>", and 255 as no data. Null: of plain greys. Errors: ExportOverInput, as `placeOn` for
    /// the raster, DiskFull, FileNotWritable.
    static Result<GeoTiffRows> create(const std::filesystem::path& file, const std::filesystem::path& raster,
                                      PixelSize size, const ClassTable* classes, const InputFiles& inputs);

    /// The next rows, each whole. Errors: DiskFull, FileNotWritable.
    Result<void> add(std::span<const uint8_t> rows);
    /// Reads all again before the file takes its place; false where it was asked to stop meanwhile: then it
    /// does not. Every row must have been added. Errors: DiskFull, FileNotWritable, ExportNotVerified.
    Result<bool> finish(const std::stop_token& stop = {});

  private:
    GeoTiffRows(UnfinishedFile file, PixelSize size) : file_(std::move(file)), size_(size) {}

    Result<void> writeRows(std::span<const uint8_t> rows);
    /// False also where it is asked to stop.
    bool isAsWritten(const std::stop_token& stop) const;

    UnfinishedFile file_;
    PixelSize size_;
    GDALDatasetUniquePtr dataset_;
    std::vector<uint8_t> waiting_;  ///< rows that do not fill a row of tiles yet
    int written_ = 0;               ///< rows
    unsigned long checksum_ = 0;    ///< of these
};

}  // namespace finebrush
