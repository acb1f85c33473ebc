#include "ui/bridge/engine_process.h"

#include "ui/bridge/engine_log.h"

#include <QCoreApplication>
#include <QTest>
#include <gmock/gmock.h>

#include <csignal>

namespace finebrush {
namespace {

constexpr int kPatience = 10000;  // ms, at most

/// Starts commands and gathers what comes back.
class EngineProcessTest : public ::testing::Test {
  protected:
    void launch(const QStringList& command) {
        auto launched = EngineProcess::launch(
            command,
            {.received =
                 [this](std::span<const uint8_t> bytes) { received_.append(bytes.begin(), bytes.end()); },
             .ended = [this](const std::string& reason) { ended_.push_back(reason); }},
            log_);
        ASSERT_TRUE(launched.has_value());
        engine_ = std::move(*launched);
    }

    EngineLog log_;
    std::string received_;
    std::vector<std::string> ended_;
    std::unique_ptr<EngineTransport> engine_;
};

TEST_F(EngineProcessTest, BytesGoThereAndBack) {
    launch({"cat"});
    std::vector<uint8_t> sent(3'000'000);
    for (size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<uint8_t>(i * 7 + i / 251);
    engine_->send(sent);
    ASSERT_TRUE(QTest::qWaitFor([&] { return received_.size() == sent.size(); }, kPatience));
    EXPECT_EQ(std::vector<uint8_t>(received_.begin(), received_.end()), sent);
    EXPECT_TRUE(ended_.empty());
}

TEST_F(EngineProcessTest, SendingWaitsForNoReader) {
    launch({"sleep", "20"});
    engine_->send(std::vector<uint8_t>(3'000'000));  // more than a pipe holds
    QCoreApplication::processEvents();
    EXPECT_TRUE(ended_.empty()) << "an engine that reads nothing was waited for until it ended";
}

TEST_F(EngineProcessTest, StandardErrorIsTheLog) {
    launch({"sh", "-c", "echo loading >&2; echo done >&2"});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !ended_.empty(); }, kPatience));
    EXPECT_EQ(log_.text(), QStringLiteral("loading\ndone"));
    EXPECT_TRUE(received_.empty());
}

TEST_F(EngineProcessTest, ItsEndIsReportedWithTheReason) {
    launch({"sh", "-c", "exit 3"});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !ended_.empty(); }, kPatience));
    EXPECT_THAT(ended_, ::testing::ElementsAre("exit status 3"));
}

TEST_F(EngineProcessTest, ASignalIsReported) {
    launch({"sh", "-c", "kill -9 $$"});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !ended_.empty(); }, kPatience));
    EXPECT_THAT(ended_, ::testing::ElementsAre("ended by signal 9"));
}

TEST_F(EngineProcessTest, AProgramThatIsNotThereEndsAtOnce) {
    launch({"/nowhere/finebrush-engine", "serve"});
    EXPECT_TRUE(ended_.empty()) << "never before launch has returned";
    ASSERT_TRUE(QTest::qWaitFor([&] { return !ended_.empty(); }, kPatience));
    EXPECT_EQ(ended_.size(), 1u);
}

TEST_F(EngineProcessTest, NothingIsReportedAfterKilling) {
    launch({"cat"});
    engine_->kill();
    QCoreApplication::processEvents();
    EXPECT_TRUE(ended_.empty());
}

TEST_F(EngineProcessTest, MayBeDestroyedByItsOwnEvent) {
    auto launched = EngineProcess::launch({"sh", "-c", "echo hello; sleep 60"},
                                          {.received = [this](std::span<const uint8_t>) { engine_.reset(); },
                                           .ended = [](const std::string&) { ADD_FAILURE(); }},
                                          log_);
    ASSERT_TRUE(launched.has_value());
    engine_ = std::move(*launched);
    EXPECT_TRUE(QTest::qWaitFor([&] { return engine_ == nullptr; }, kPatience));
}

TEST(EngineProcess, AnEmptyCommandIsAnError) {
    EngineLog log;
    const auto launched = EngineProcess::launch({}, {}, log);
    ASSERT_FALSE(launched.has_value());
    EXPECT_EQ(launched.error().code, ErrorCode::EngineNotStarted);
}

TEST(EngineCommand, IsThePersonsOrTheOneBesideTheProgram) {
    EXPECT_EQ(engineCommand(QStringLiteral("ssh \"gpu box\" finebrush-engine serve")),
              QStringList({"ssh", "gpu box", "finebrush-engine", "serve"}));
    const QStringList own = engineCommand(QString());
    ASSERT_EQ(own.size(), 2);
    EXPECT_TRUE(own[0].startsWith(QCoreApplication::applicationDirPath()));
    EXPECT_EQ(own[1], QStringLiteral("serve"));
}

TEST(EngineLog, KeepsTheLastWholeLines) {
    EngineLog log;
    log.append("first\nsec");
    EXPECT_EQ(log.text(), QStringLiteral("first"));
    log.append("ond\n");
    EXPECT_EQ(log.text(), QStringLiteral("first\nsecond"));
    for (int i = 0; i < 500; ++i) log.append(QByteArray::number(i) + "\n");
    EXPECT_EQ(log.text().count(u'\n') + 1, EngineLog::kMaxLines);
    EXPECT_TRUE(log.text().endsWith(QStringLiteral("499")));
}

}  // namespace
}  // namespace finebrush
