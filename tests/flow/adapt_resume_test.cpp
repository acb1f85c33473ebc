#include "core/base/files.h"
#include "core/image/raster/png_writer.h"
#include "ui/bridge/conversions.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

constexpr PixelSize kSize{96, 72};
constexpr int kPatience = 300'000;  // ms; a busy machine without a GPU

QString enginePath() {
    return QStringLiteral(FINEBRUSH_BINARY_DIR "/bin/finebrush-engine");
}

/// `finebrush-engine adapt` on an image whose halves are dark and bright, with strokes on both.
class AdaptResume : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!QFile::exists(enginePath())) GTEST_SKIP() << "NOT TESTED: finebrush-engine is not built";
        if (!QDir(QStringLiteral(FINEBRUSH_SOURCE_DIR "/.deps/models")).exists()) {
            GTEST_SKIP() << "NOT TESTED: no model; run packaging/setup.sh";
        }
        std::vector<uint8_t> samples;
        std::vector<uint8_t> labels;
        std::mt19937 random(7);
        for (int y = 0; y < kSize.height; ++y) {
            for (int x = 0; x < kSize.width; ++x) {
                const bool isDark = x < kSize.width / 2;
                samples.push_back(static_cast<uint8_t>((isDark ? 60 : 180) + random() % 25));
                labels.push_back(x % 16 == 8 && y > 5 && y < 60 ? (isDark ? 0 : 1) : kUnlabelled);
            }
        }
        write("images/halves.png", encodePng(kSize, 1, samples).value());
        write("labels/halves.png", encodePng(kSize, 1, labels).value());
    }

    void write(const std::string& name, const std::vector<uint8_t>& bytes) {
        const std::filesystem::path path = toPath(folder_.path()) / name;
        ASSERT_TRUE(makeFolder(path.parent_path()));
        ASSERT_TRUE(writeFileAtomically(path, bytes));
    }

    void start(QProcess& engine, const QString& out, const QStringList& more = {}) {
        engine.setProcessChannelMode(QProcess::MergedChannels);
        engine.start(enginePath(), QStringList{"adapt", "--images", folder_.filePath("images"), "--labels",
                                               folder_.filePath("labels"), "--out", folder_.filePath(out),
                                               "--steps", "8", "--threads", "1", "--save-every", "0.2"} +
                                       more);
        ASSERT_TRUE(engine.waitForStarted());
    }
    /// Runs to the end; returns what was said.
    std::string run(const QString& out, int status, const QStringList& more = {}) {
        QProcess engine;
        start(engine, out, more);
        EXPECT_TRUE(engine.waitForFinished(kPatience));
        const std::string said = engine.readAll().toStdString();
        EXPECT_EQ(engine.exitCode(), status) << said;
        return said;
    }
    QString checkpoint(const QString& out) const {
        return folder_.filePath(out + "/training_checkpoint.safetensors");
    }
    /// Kills a process (SIGKILL) some time after it has saved its training anew.
    void runUntilKilled(const QString& out, const QStringList& more, int delay) {
        QProcess engine;
        const QDateTime before = QFileInfo(checkpoint(out)).lastModified();
        start(engine, out, more);
        const auto isSaved = [&] {
            const QFileInfo file(checkpoint(out));
            return file.exists() && file.lastModified() != before;
        };
        ASSERT_TRUE(
            QTest::qWaitFor([&] { return isSaved() || engine.state() == QProcess::NotRunning; }, kPatience));
        engine.waitForFinished(delay);
        ASSERT_EQ(engine.state(), QProcess::Running) << engine.readAll().toStdString();
        engine.kill();
        ASSERT_TRUE(engine.waitForFinished());
    }
    std::map<std::string, std::vector<uint8_t>> filesOf(const QString& out) const {
        std::map<std::string, std::vector<uint8_t>> files;
        const auto paths = filesIn(toPath(folder_.filePath(out)));
        for (const auto& file : paths.value()) {
            files[file.filename()] = readFile(file).value();
        }
        return files;
    }

    QTemporaryDir folder_;
};

TEST_F(AdaptResume, KilledAgainAndAgainItMakesTheSameAdapterBitForBit) {
    run("whole", 0);
    EXPECT_FALSE(QFile::exists(checkpoint("whole"))) << "gone after success";

    runUntilKilled("killed", {}, 30);
    EXPECT_THAT(run("killed", 1), HasSubstr("--resume")) << "it is not used without being asked for";
    EXPECT_THAT(run("killed", 1, {"--resume", "--seed", "5"}), HasSubstr("(seed)"));
    EXPECT_THAT(run("killed", 1, {"--resume", "--rank", "2"}), HasSubstr("(options)"));
    runUntilKilled("killed", {"--resume"}, 170);
    EXPECT_THAT(run("killed", 0, {"--resume"}), HasSubstr("going on from step"));
    EXPECT_EQ(filesOf("killed"), filesOf("whole"));
}

TEST_F(AdaptResume, ADamagedCheckpointIsRefusedAndStays) {
    write("out/training_checkpoint.safetensors", {1, 2, 3});
    const std::string said = run("out", 1, {"--resume"});
    EXPECT_THAT(said, HasSubstr("training_checkpoint.safetensors: this checkpoint cannot be read"));
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
    EXPECT_EQ(QFileInfo(checkpoint("out")).size(), 3);
}

}  // namespace
}  // namespace finebrush
