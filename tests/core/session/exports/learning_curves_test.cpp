#include "core/session/exports/learning_curves.h"

#include "core/base/files.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>

namespace finebrush {
namespace {

messages::StepMetrics stepOf(int number) {
    messages::StepMetrics step;
    step.step = number;
    step.loss = 1.25 / number;
    step.paintedLoss = 0.5;
    step.unpaintedLoss = std::nan("");
    step.learningRate = 1e-3;
    step.seconds = 2;
    return step;
}

TEST(LearningCurves, AreARowAStepWithAColumnForEachScaleOfEachLayer) {
    std::vector<messages::StepMetrics> metrics = {stepOf(1), stepOf(2)};
    metrics[0].usage = {{"layers.1.blocks.0", {0.25f, 0.75f}, {1, 4}}, {"a \"b\", c", {1}}};
    metrics[1].validationScore = 0.5;
    EXPECT_EQ(curvesCsv(metrics),
              "step,loss,painted_loss,unpainted_loss,balance_loss,learning_rate,seconds,validation_score,"
              "layers.1.blocks.0 at 1x,layers.1.blocks.0 at 4x,\"a \"\"b\"\", c at 1x\"\r\n"
              "1,1.25,0.5,,0,0.001,2,,0.25,0.75,1\r\n"
              "2,0.625,0.5,,0,0.001,2,0.5,,,\r\n");
}

TEST(LearningCurves, AreWrittenWhereThereAreAny) {
    const testing::TemporaryFolder folder;
    EXPECT_EQ(exportCurves({}, folder / "none.csv").error().code, ErrorCode::NothingToExport);
    EXPECT_FALSE(std::filesystem::exists(folder / "none.csv"));
    const auto outcome = exportCurves({stepOf(1)}, folder / "new/curves.csv");
    ASSERT_TRUE(outcome) << describe(outcome.error());
    EXPECT_EQ(outcome->files, std::vector{folder / "new/curves.csv"});
    const std::vector<uint8_t> written = readFile(folder / "new/curves.csv").value();
    EXPECT_EQ(std::string(written.begin(), written.end()), curvesCsv({stepOf(1)}));
}

}  // namespace
}  // namespace finebrush
