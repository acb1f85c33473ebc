#include "core/base/files.h"
#include "core/image/raster/png_writer.h"
#include "ui/bridge/conversions.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace finebrush {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr PixelSize kSize{64, 48};
constexpr int kPatience = 300'000;  // ms; a busy machine without a GPU
constexpr int kFailed = 1;
constexpr int kWrongUse = 2;

/// What a run of the engine said, and how it ended.
struct Outcome {
    int status = -1;
    std::string said;
};

/// One step of a training as `--events` writes it.
struct Step {
    int number = 0;
    std::optional<double> validation;
};

/// `finebrush-engine adapt` on images whose every pixel has a label.
class FullLabels : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!QFile::exists(engine_)) GTEST_SKIP() << "NOT TESTED: finebrush-engine is not built";
        if (!QFile::exists(model_))
            GTEST_SKIP() << "NOT TESTED: the reference is not here: " << model_.toStdString();
    }

    /// Writes images of a dark and a bright part, with so much grain that no pixel alone tells them apart.
    void writeImages(int count) {
        std::mt19937 random(7);
        for (int i = 0; i < count; ++i) {
            std::vector<uint8_t> samples, labels;
            for (int y = 0; y < kSize.height; ++y) {
                for (int x = 0; x < kSize.width; ++x) {
                    const bool isDark = x < 20 + 8 * (i % 4);
                    samples.push_back(static_cast<uint8_t>((isDark ? 70 : 120) + random() % 120));
                    labels.push_back(isDark ? 0 : 1);
                }
            }
            const std::string name = std::to_string(i) + ".png";
            write("images/" + name, encodePng(kSize, 1, samples).value());
            write("labels/" + name, encodePng(kSize, 1, labels).value());
        }
    }
    void write(const std::string& name, const std::vector<uint8_t>& bytes) {
        const std::filesystem::path path = toPath(folder_.path()) / name;
        ASSERT_TRUE(makeFolder(path.parent_path()));
        ASSERT_TRUE(writeFileAtomically(path, bytes));
    }
    Outcome adapt(const QStringList& more) {
        QProcess engine;
        engine.setProcessChannelMode(QProcess::MergedChannels);
        engine.start(engine_,
                     QStringList{"adapt", "--images", folder_.filePath("images"), "--labels",
                                 folder_.filePath("labels"), "--out", folder_.filePath("adapter"), "--model",
                                 model_, "--threads", "1", "--events", folder_.filePath("events")} +
                         more);
        EXPECT_TRUE(engine.waitForFinished(kPatience));
        return {engine.exitCode(), engine.readAll().toStdString()};
    }
    std::vector<Step> steps() const {
        const auto bytes = readFile(toPath(folder_.filePath("events")));
        std::vector<Step> steps;
        if (!bytes) return steps;
        std::istringstream lines(std::string(bytes->begin(), bytes->end()));
        for (std::string line; std::getline(lines, line);) {
            const nlohmann::json event = nlohmann::json::parse(line);
            Step step{event.at("step").get<int>(), {}};
            if (event.contains("validation_iou")) step.validation = event["validation_iou"].get<double>();
            steps.push_back(step);
        }
        return steps;
    }

    const QString engine_ = QStringLiteral(FINEBRUSH_BINARY_DIR "/bin/finebrush-engine");
    const QString model_ =
        QStringLiteral(FINEBRUSH_SOURCE_DIR "/../shared/reference/golden/sam_vit_small.pth");
    QTemporaryDir folder_;
};

/// The number behind a text; -1 where it is not there.
double numberAfter(const std::string& said, const std::string& text) {
    const size_t at = said.find(text);
    return at == std::string::npos ? -1 : std::stod(said.substr(at + text.size()));
}

TEST_F(FullLabels, AValidationSplitIsMeasuredEndsTheTrainingAndTheBestIsKept) {
    constexpr int kMostSteps = 60;
    writeImages(4);
    const Outcome outcome = adapt({"--steps", QString::number(kMostSteps), "--validation", "0.25",
                                   "--validation-steps", "2", "--patience", "2"});
    ASSERT_EQ(outcome.status, 0) << outcome.said;
    EXPECT_THAT(outcome.said, HasSubstr("on 1 validation images"));
    EXPECT_THAT(outcome.said, HasSubstr("wholly labelled images to train on: 3; steps at most: 60"));
    EXPECT_THAT(outcome.said, Not(HasSubstr("stopped before its end"))) << "nobody stopped it";
    EXPECT_TRUE(QFile::exists(folder_.filePath("adapter/adapter_model.safetensors")));

    const std::vector<Step> done = steps();
    ASSERT_FALSE(done.empty());
    EXPECT_LT(static_cast<int>(done.size()), kMostSteps) << "it goes on though nothing gets better";
    std::pair<double, int> best{-1, 0};  // score and step
    int since = 0;
    for (const Step& step : done) {
        ASSERT_EQ(step.validation.has_value(), step.number % 2 == 0) << step.number;
        if (!step.validation) continue;
        const bool isBetter = *step.validation > best.first;
        since = isBetter ? 0 : since + 1;
        if (isBetter) best = {*step.validation, step.number};
    }
    EXPECT_EQ(since, 2) << "validations after the best one";
    EXPECT_EQ(numberAfter(outcome.said, "best validation after step "), best.second) << outcome.said;
    const double kept = std::max(numberAfter(outcome.said, "validation images: preview "),
                                 numberAfter(outcome.said, ", adapted "));
    EXPECT_GE(kept, best.first - 0.0005) << outcome.said;  // it is told with three decimals
    EXPECT_GT(kept, 0.8);
}

TEST_F(FullLabels, ManyImagesGetMoreStepsThanTheRecipeHas) {
    writeImages(27);
    const Outcome outcome = adapt({"--minutes", "0.000001"});  // the number of steps is enough here
    ASSERT_EQ(outcome.status, 0) << outcome.said;
    EXPECT_THAT(outcome.said, HasSubstr("wholly labelled images to train on: 27; steps at most: 54"));
}

TEST_F(FullLabels, OptionsThatMakeNoSenseAreRefusedByASentence) {
    writeImages(1);
    const std::pair<QStringList, const char*> wrong[] = {
        {{"--validation", "1.5"}, "--validation: Value 1.5 not in range"},
        {{"--validation", "half"}, "--validation: Value half not in range"},
        {{"--validation", "0.5", "--validation-steps", "0"}, "--validation-steps: Value 0 not in range"},
        {{"--validation", "0.5", "--patience", "-1"}, "--patience: Value -1 not in range"},
        {{"--patience", "3"}, "--patience requires --validation"},
        {{"--validation-steps", "3"}, "--validation-steps requires --validation"}};
    for (const auto& [options, says] : wrong) {
        const Outcome outcome = adapt(options);
        EXPECT_EQ(outcome.status, kWrongUse) << outcome.said;
        EXPECT_THAT(outcome.said, AllOf(HasSubstr("finebrush-engine: "), HasSubstr(says)));
    }
    const Outcome alone = adapt({"--validation", "0.5"});
    EXPECT_EQ(alone.status, kFailed) << alone.said;
    EXPECT_THAT(alone.said, HasSubstr("it takes a second labelled image"));
    EXPECT_FALSE(QFile::exists(folder_.filePath("adapter"))) << "nothing was begun";
}

}  // namespace
}  // namespace finebrush
