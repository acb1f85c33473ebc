#include "core/base/files.h"
#include "core/image/raster/raster_reader.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/bridge/engine_process.h"

#include <QDir>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSpinBox>

#include <csignal>
#include <filesystem>
#include <random>

namespace finebrush {
namespace {

using testing::WindowFixture;

constexpr int kSteps = 3;
constexpr int kLearningPatience = 500'000;  // ms; a busy machine without a GPU
constexpr PixelSize kSize{160, 120};

QString enginePath() {
    return QStringLiteral(FINEBRUSH_BINARY_DIR "/bin/finebrush-engine");
}

class PaintAdaptExport : public WindowFixture {
  protected:
    PaintAdaptExport()
        : WindowFixture([this](EngineTransport::Events events) {
              // The shell tells its process id and becomes the engine.
              const QString script = QStringLiteral("echo $$ > '%1'; exec '%2' serve");
              return EngineProcess::launch(
                  {QStringLiteral("sh"), QStringLiteral("-c"),
                   script.arg(folder_.filePath(QStringLiteral("pid")), enginePath())},
                  std::move(events), engineLog_);
          }) {
        QObject::connect(&bridge_, &SessionBridge::adapted,
                         [this](const messages::Adapted& outcome) { outcome_ = outcome; });
        QObject::connect(&bridge_, &SessionBridge::noticed,
                         [this](const Error& error) { notices_.push_back(describe(error)); });
        QObject::connect(&bridge_, &SessionBridge::jobFinished,
                         [this](const JobFinished& job) { job_ = job; });
    }

    /// Dark on the left, bright on the right, with the noise of a camera.
    QString makeHalves() {
        std::mt19937 random(7);
        std::normal_distribution<double> noise(0, 12);
        QImage image(kSize.width, kSize.height, QImage::Format_Grayscale8);
        for (int y = 0; y < kSize.height; ++y) {
            for (int x = 0; x < kSize.width; ++x) {
                const double value = (x < kSize.width / 2 ? 60 : 180) + noise(random);
                image.scanLine(y)[x] = static_cast<uchar>(std::clamp(value, 0.0, 255.0));
            }
        }
        const QString path = folder_.filePath(QStringLiteral("halves.png"));
        EXPECT_TRUE(image.save(path));
        return path;
    }

    /// Runs an export and gives the files that it wrote.
    std::vector<std::filesystem::path> exported(const std::function<void()>& start) {
        job_.reset();
        start();
        EXPECT_TRUE(QTest::qWaitFor([this] { return job_.has_value(); }, kPatience));
        return job_ ? job_->files : std::vector<std::filesystem::path>();
    }

    bool mayRun() const {
        return QFile::exists(enginePath()) &&
               QDir(QStringLiteral(FINEBRUSH_SOURCE_DIR "/.deps/models")).exists();
    }

    /// Paints both halves and presses Adapt.
    void paintAndAdapt(int steps) {
        openAndWait({makeHalves()});
        QTest::keyClick(&window_, Qt::Key_1);
        drag({20, 20}, {20, 100});
        drag({60, 20}, {60, 100});
        QTest::keyClick(&window_, Qt::Key_2);
        drag({100, 20}, {100, 100});
        drag({140, 20}, {140, 100});
        child<QSpinBox>("Steps")->setValue(steps);
        child<QDoubleSpinBox>("WorkingScale")->setValue(1);
        QTest::mouseClick(child<QPushButton>("Adapt"), Qt::LeftButton);
    }

    void killEngine() {
        QFile file(folder_.filePath(QStringLiteral("pid")));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        ASSERT_EQ(::kill(file.readAll().trimmed().toInt(), SIGKILL), 0);
    }

    /// What engines save here while they train.
    QStringList trainings() const {
        return QDir(folder_.filePath(QStringLiteral("recovery"))).entryList({QStringLiteral("*.training")});
    }

    std::optional<messages::Adapted> outcome_;
    std::optional<JobFinished> job_;
    std::vector<std::string> notices_;
};

TEST_F(PaintAdaptExport, LeavesMasksAndAnAdapterThatCanBeReadBack) {
    if (!mayRun()) GTEST_SKIP() << "NOT TESTED: no engine or no model; run packaging/setup.sh";
    paintAndAdapt(kSteps);
    ASSERT_TRUE(QTest::qWaitFor([this] { return outcome_ || !notices_.empty(); }, kLearningPatience));
    ASSERT_TRUE(notices_.empty()) << notices_.front() << '\n' << engineLog_.text().toStdString();
    EXPECT_LE(session().metrics().size(), size_t{kSteps});
    EXPECT_FALSE(outcome_->adapter.empty());

    ASSERT_TRUE(QTest::qWaitFor([this] { return session().canAccept(); }, kLearningPatience));
    QTest::mouseClick(child<QPushButton>("AcceptPrediction"), Qt::LeftButton);
    const uint8_t dark = session().classes().classes()[0].value;
    const uint8_t bright = session().classes().classes()[1].value;
    EXPECT_EQ(session().labels().at(40, 60), dark);
    EXPECT_EQ(session().labels().at(120, 60), bright);

    const auto folder = toPath(folder_.filePath(QStringLiteral("out")));
    const auto masks = exported([&] { session().exportMasks(folder); });
    const auto isMask = [](const std::filesystem::path& file) {
        return file.filename() == "halves_mask.png";
    };
    const auto mask = std::find_if(masks.begin(), masks.end(), isMask);
    ASSERT_NE(mask, masks.end());
    const auto values = readIndexMask(*mask);
    ASSERT_TRUE(values.has_value()) << describe(values.error());
    EXPECT_EQ(*values, session().labels().toMask());

    for (const std::filesystem::path& file : exported([&] { session().exportAdapter(folder / "adapter"); })) {
        EXPECT_GT(std::filesystem::file_size(file), 0u) << file;
    }
    EXPECT_TRUE(std::filesystem::exists(folder / "adapter" / "adapter_config.json"));
    EXPECT_TRUE(std::filesystem::exists(folder / "adapter" / "adapter_model.safetensors"));
}

TEST_F(PaintAdaptExport, AKilledEngineGoesOnWhereItWas) {
    if (!mayRun()) GTEST_SKIP() << "NOT TESTED: no engine or no model; run packaging/setup.sh";
    paintAndAdapt(2000);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !trainings().empty(); }, kLearningPatience));
    const size_t heard = session().metrics().size();  // the step that was saved, or the one before it
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().metrics().size() > heard + 1; }, kLearningPatience));
    killEngine();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !notices_.empty(); }, kPatience));
    EXPECT_THAT(notices_.front(), ::testing::HasSubstr("to go on from step"));
    const size_t stepsBefore = session().metrics().size();
    EXPECT_GT(stepsBefore, 0u);

    QTest::mouseClick(child<QPushButton>("Adapt"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().metrics().size() > stepsBefore; }, kLearningPatience));
    session().stop();
    ASSERT_TRUE(QTest::qWaitFor([this] { return outcome_.has_value(); }, kLearningPatience));
    ASSERT_TRUE(outcome_->resumedFrom.has_value());
    EXPECT_GT(*outcome_->resumedFrom, 0);
    EXPECT_LE(*outcome_->resumedFrom, static_cast<int>(stepsBefore));
    EXPECT_EQ(session().metrics().size(), static_cast<size_t>(outcome_->steps));
    EXPECT_TRUE(QTest::qWaitFor([this] { return trainings().empty(); }, kPatience))
        << "the checkpoint goes when the result is on the disk";
}

}  // namespace
}  // namespace finebrush
