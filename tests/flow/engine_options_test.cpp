#include <QFile>
#include <QProcess>
#include <gtest/gtest.h>

namespace finebrush {
namespace {

constexpr int kWrongUse = 2;

TEST(EngineOptions, ThreadsBeyondReasonAreRefusedByEveryCommand) {
    const QString engine = QStringLiteral(FINEBRUSH_BINARY_DIR "/bin/finebrush-engine");
    if (!QFile::exists(engine)) GTEST_SKIP() << "NOT TESTED: finebrush-engine is not built";
    const QStringList commands[] = {{"adapt", "--images", "none", "--labels", "none", "--out", "none"},
                                    {"predict", "--adapter", "none", "--images", "none", "--out", "none"},
                                    {"segment", "--image", "none", "--out", "none"}};
    for (const QStringList& command : commands) {
        for (const char* threads : {"-1", "5000"}) {
            EXPECT_EQ(QProcess::execute(engine, command + QStringList{"--threads", threads}), kWrongUse)
                << command.front().toStdString() << ' ' << threads;
        }
    }
}

}  // namespace
}  // namespace finebrush
