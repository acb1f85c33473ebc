#pragma once

#include "core/base/result.h"
#include "core/image/raster/sample_conversion.h"

#include <gdal_priv.h>

#include <filesystem>
#include <vector>

namespace finebrush {

/// The canonical path of an existing, readable, regular file that may be an image or labels. Errors:
/// FileMissing, NotARegularFile, FileNotReadable, ImageFormatUnknown for a project (`isProjectFileName`).
Result<std::filesystem::path> plainFilePath(const std::filesystem::path& path);

/// Opens an image file with one of the drivers of `prepareGdal`. Only an existing regular file is handed to
/// GDAL, by its canonical path, so that neither a virtual path (/vsicurl/...) nor a driver prefix
/// (GTIFF_DIR:...) can reach it. Errors: FileMissing, NotARegularFile, FileNotReadable, ImageFormatUnknown,
/// ImageDamaged, and as `requireCheapOpening`.
Result<GDALDatasetUniquePtr> openImageFile(const std::filesystem::path& path);

/// The colours of a band's palette, by value; empty where it has none.
std::vector<PaletteColour> paletteOf(GDALRasterBand& band);

}  // namespace finebrush
