#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"
#include "core/session/exports/export_jobs.h"

#include <filesystem>
#include <string>
#include <vector>

namespace finebrush {

/// What the charts of an adaptation show, as comma-separated values (RFC 4180, with a decimal point
/// everywhere): a row a step, with a column for each scale of each layer.
std::string curvesCsv(const std::vector<messages::StepMetrics>& metrics);

/// Writes that. Errors: NothingToExport.
Result<ExportOutcome> exportCurves(const std::vector<messages::StepMetrics>& metrics,
                                   const std::filesystem::path& file);

}  // namespace finebrush
