#pragma once

#include "core/base/result.h"
#include "core/session/exports/export_jobs.h"

#include <filesystem>
#include <stop_token>

namespace finebrush {

/// Writes one table (`statisticsCsv`) of what is painted in the images with labels: their names are paths
/// below the folder that holds them all, and slices are counted from 0, as in names of files. Areas are in
/// mm² where the file tells the distance of pixels, and in m², in the plane of the projection, on a projected
/// map. After the slices of a view of a volume all of them follow together ("axial:all"), with their volume:
/// each is as thick as slices are apart. `file` lies in the folder of the input and is replaced. Errors:
/// NothingToExport, and those of `writeTextExport`.
Result<ExportOutcome> exportStatistics(const ExportInput& input, const std::filesystem::path& file,
                                       const std::stop_token& stop);

}  // namespace finebrush
