#include "core/session/engine/mask_prompter.h"
#include "tests/core/engine/disc_picture.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/engine_process.h"

#include <QDir>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSpinBox>

namespace finebrush {
namespace {

using testing::WindowFixture;

constexpr int kLongPatience = 200'000;  // ms; a busy machine without a GPU

QString enginePath() {
    return QStringLiteral(FINEBRUSH_BINARY_DIR "/bin/finebrush-engine");
}

/// The window and a real engine, which keeps what it saw in a folder of the test.
class SegmentByPrompts : public WindowFixture {
  protected:
    SegmentByPrompts()
        : WindowFixture([this](EngineTransport::Events events) {
              qputenv("XDG_CACHE_HOME", folder_.filePath(QStringLiteral("cache")).toUtf8());
              return EngineProcess::launch({enginePath(), QStringLiteral("serve")}, std::move(events),
                                           engineLog_);
          }) {
        QObject::connect(&bridge_, &SessionBridge::noticed,
                         [this](const Error& error) { notices_.push_back(describe(error)); });
    }
    void SetUp() override {
        if (!QFile::exists(enginePath())) GTEST_SKIP() << "NOT TESTED: finebrush-engine is not built";
        if (!QDir(QStringLiteral(FINEBRUSH_SOURCE_DIR "/.deps/models")).exists()) {
            GTEST_SKIP() << "NOT TESTED: no model; run packaging/setup.sh";
        }
        const PixelBuffer picture = testing::discPicture();
        const QImage image(picture.bytes.data(), picture.size.width, picture.size.height,
                           picture.size.width * 3, QImage::Format_RGB888);
        const QString path = folder_.filePath(QStringLiteral("disc.png"));
        ASSERT_TRUE(image.save(path));
        openAndWait({path});
        canvas().setFocus();
    }

    bool waitFor(const std::function<bool()>& condition) {
        return QTest::qWaitFor([&] { return condition() || !notices_.empty(); }, kLongPatience) &&
               notices_.empty();
    }
    /// Draws a box around the disc and accepts what is proposed.
    void segmentTheDisc() {
        drag({78, 28}, {162, 112});
        ASSERT_TRUE(waitFor([this] { return session().prompter().isSettled(); })) << problems();
        QTest::keyClick(&canvas(), Qt::Key_Return);
    }
    std::string problems() const {
        return (notices_.empty() ? "it took too long" : notices_.front()) + '\n' +
               engineLog_.text().toStdString();
    }
    /// Intersection over union of what has a value and the disc.
    double iouWithDisc(uint8_t value) {
        int both = 0, all = 0;
        for (int y = 0; y < testing::kDiscPicture.height; ++y) {
            for (int x = 0; x < testing::kDiscPicture.width; ++x) {
                const bool ours = session().labels().at(x, y) == value;
                both += ours && testing::isOnDisc(x, y);
                all += ours || testing::isOnDisc(x, y);
            }
        }
        return double(both) / all;
    }

    std::vector<std::string> notices_;
};

TEST_F(SegmentByPrompts, ABoxBecomesLabelsAndTheEmbeddingIsKept) {
    QTest::keyClick(&canvas(), Qt::Key_2);
    QTest::keyClick(&canvas(), Qt::Key_S);
    ASSERT_TRUE(waitFor([this] { return session().prompter().state() == MaskPrompter::State::Ready; }))
        << problems();
    segmentTheDisc();
    EXPECT_GT(iouWithDisc(1), 0.9);
    QTest::keyClick(&canvas(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(session().labels().isEmpty());
    const QDir cache(folder_.filePath(QStringLiteral("cache/finebrush/embeddings")));
    EXPECT_EQ(cache.entryList(QDir::Files).size(), 1);
}

TEST_F(SegmentByPrompts, PromptsAreAnsweredWhileTrainingRuns) {
    QTest::keyClick(&canvas(), Qt::Key_1);
    drag({10, 10}, {60, 10});
    QTest::keyClick(&canvas(), Qt::Key_2);
    drag({110, 70}, {130, 70});
    child<QSpinBox>("Steps")->setValue(400);
    child<QDoubleSpinBox>("WorkingScale")->setValue(1);
    QTest::mouseClick(child<QPushButton>("Adapt"), Qt::LeftButton);
    ASSERT_TRUE(waitFor([this] { return session().metrics().size() > 1; })) << problems();
    QTest::keyClick(&canvas(), Qt::Key_S);
    const int64_t before = session().labels().histogram()[1];
    segmentTheDisc();
    EXPECT_GT(session().labels().histogram()[1], before);
    EXPECT_GT(iouWithDisc(1), 0.85);
    EXPECT_EQ(session().engineState(), EngineState::Adapting);
    const size_t steps = session().metrics().size();
    EXPECT_TRUE(waitFor([&] { return session().metrics().size() > steps + 1; })) << "training goes on";
}

}  // namespace
}  // namespace finebrush
