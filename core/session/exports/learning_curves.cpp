#include "core/session/exports/learning_curves.h"

#include "core/base/csv_text.h"
#include "core/base/files.h"
#include "core/base/number_text.h"
#include "core/base/text.h"
#include "core/exporters/export_file.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace finebrush {

namespace {

/// Empty for what is no number, as spreadsheets have it.
std::string textOf(double number) {
    return std::isfinite(number) ? numberText(number) : std::string();
}

/// The columns that the layers need: those of the step with the most.
const std::vector<messages::ExpertUsage>& layersOf(const std::vector<messages::StepMetrics>& metrics) {
    return std::ranges::max_element(metrics, {},
                                    [](const messages::StepMetrics& step) { return step.usage.size(); })
        ->usage;
}

std::string headerOf(const std::vector<messages::ExpertUsage>& layers) {
    std::vector<std::string> names = {"step",         "loss",          "painted_loss", "unpainted_loss",
                                      "balance_loss", "learning_rate", "seconds",      "validation_score"};
    for (const messages::ExpertUsage& layer : layers) {
        for (size_t i = 0; i < layer.shares.size(); ++i) {
            const int scale = i < layer.scales.size() ? layer.scales[i] : static_cast<int>(i) + 1;
            names.push_back(formatted("%s at %dx", layer.layer.c_str(), scale));
        }
    }
    return csvRow(names);
}

std::string rowOf(const messages::StepMetrics& step, const std::vector<messages::ExpertUsage>& layers) {
    std::vector<std::string> row = {std::to_string(step.step)};
    for (const double value : {step.loss, step.paintedLoss, step.unpaintedLoss, step.balanceLoss,
                               step.learningRate, step.seconds, step.validationScore.value_or(NAN)}) {
        row.push_back(textOf(value));
    }
    for (size_t layer = 0; layer < layers.size(); ++layer) {
        for (size_t i = 0; i < layers[layer].shares.size(); ++i) {
            const bool isKnown = layer < step.usage.size() && i < step.usage[layer].shares.size();
            row.push_back(textOf(isKnown ? double(step.usage[layer].shares[i]) : NAN));
        }
    }
    return csvRow(row);
}

}  // namespace

std::string curvesCsv(const std::vector<messages::StepMetrics>& metrics) {
    if (metrics.empty()) return headerOf({});
    const std::vector<messages::ExpertUsage>& layers = layersOf(metrics);
    std::string text = headerOf(layers);
    for (const messages::StepMetrics& step : metrics) text += rowOf(step, layers);
    return text;
}

Result<ExportOutcome> exportCurves(const std::vector<messages::StepMetrics>& metrics,
                                   const std::filesystem::path& file) {
    if (metrics.empty()) return failure(ErrorCode::NothingToExport);
    if (const Result<void> made = makeFolder(file.parent_path()); !made) return failure(made.error());
    const Result<bool> written = writeTextExport(file, curvesCsv(metrics), {});
    if (!written) return failure(written.error());
    return ExportOutcome{{file}, {}, {}};
}

}  // namespace finebrush
