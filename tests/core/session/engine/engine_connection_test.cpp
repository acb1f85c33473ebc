#include "core/session/engine/engine_connection.h"

#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

#include <random>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::ManualQueue;
using testing::ScriptedEngine;

class EngineConnectionTest : public ::testing::Test {
  protected:
    ManualQueue queue;
    ScriptedEngine engine;
    std::vector<EngineState> states;
    std::vector<messages::FromEngine> received;
    std::vector<Error> losses;
    EngineConnection connection{queue.post(),
                                engine.launcher(),
                                {.stateChanged = [this] { states.push_back(connection.state()); },
                                 .received = [this](const messages::FromEngine& m) { received.push_back(m); },
                                 .lost = [this](const Error& error) { losses.push_back(error); }}};

    static constexpr int64_t kAdaptation = 7;
    static std::vector<uint8_t> adaptFrame() {
        return messages::encode(messages::ToEngine(messages::Adapt{}));
    }
};

TEST_F(EngineConnectionTest, WalksThroughAnAdaptation) {
    EXPECT_EQ(connection.state(), EngineState::Off);
    connection.adapt(adaptFrame(), kAdaptation);
    EXPECT_EQ(connection.state(), EngineState::Starting);
    EXPECT_TRUE(connection.hasWaitingAdaptation());
    EXPECT_TRUE(engine.heard<messages::Adapt>().empty()) << "nothing may precede the engine's hello";
    ASSERT_EQ(engine.heard<messages::Hello>().size(), 1U);
    EXPECT_EQ(engine.heard<messages::Hello>().front().protocolVersion, messages::kProtocolVersion);

    engine.sayHello();
    EXPECT_EQ(connection.engine()->version, "1.2.3");
    EXPECT_EQ(engine.heard<messages::Adapt>().size(), 1U);
    connection.pause();
    connection.resume();
    connection.stop();
    engine.say(messages::Adapted{});
    EXPECT_THAT(states, ElementsAre(EngineState::Starting, EngineState::Adapting, EngineState::Paused,
                                    EngineState::Adapting, EngineState::Stopping, EngineState::Idle));
    EXPECT_EQ(engine.heard<messages::Pause>().size(), 1U);
    EXPECT_EQ(engine.heard<messages::Resume>().size(), 1U);
    EXPECT_EQ(engine.heard<messages::Stop>().size(), 1U);

    connection.adapt(adaptFrame(), kAdaptation);
    EXPECT_EQ(connection.state(), EngineState::Adapting);
    EXPECT_EQ(engine.starts, 1);
}

TEST_F(EngineConnectionTest, WishesThatDoNotFitTheStateAreIgnored) {
    connection.pause();
    connection.resume();
    connection.stop();
    EXPECT_EQ(connection.state(), EngineState::Off);
    connection.start();
    engine.sayHello();
    connection.resume();
    connection.pause();
    connection.stop();
    EXPECT_EQ(connection.state(), EngineState::Idle);
    connection.adapt(adaptFrame(), kAdaptation);
    connection.adapt(adaptFrame(), kAdaptation);
    EXPECT_EQ(engine.heard<messages::Adapt>().size(), 1U);
}

TEST_F(EngineConnectionTest, AnAdaptationThatIsStoppedWhileTheEngineStartsIsForgotten) {
    connection.adapt(adaptFrame(), kAdaptation);
    connection.stop();
    engine.sayHello();
    EXPECT_EQ(connection.state(), EngineState::Idle);
    EXPECT_TRUE(engine.heard<messages::Adapt>().empty());
}

TEST_F(EngineConnectionTest, AnEngineThatDiesIsReportedAndCanBeStartedAgain) {
    connection.adapt(adaptFrame(), kAdaptation);
    engine.sayHello();
    engine.die("killed by signal 9");
    EXPECT_EQ(connection.state(), EngineState::Off);
    EXPECT_THAT(losses, ElementsAre(Error{ErrorCode::EngineDied, {"killed by signal 9"}, {}}));
    EXPECT_EQ(connection.engine(), std::nullopt);
    connection.adapt(adaptFrame(), kAdaptation);
    engine.sayHello();
    EXPECT_EQ(connection.state(), EngineState::Adapting);
    EXPECT_EQ(engine.starts, 2);
}

TEST_F(EngineConnectionTest, AnEngineThatCannotBeStartedIsReported) {
    engine.launchError = Error{ErrorCode::EngineNotStarted, {"nothing"}, {}};
    connection.adapt(adaptFrame(), kAdaptation);
    EXPECT_EQ(connection.state(), EngineState::Off);
    EXPECT_FALSE(connection.hasWaitingAdaptation());
    EXPECT_THAT(losses, ElementsAre(*engine.launchError));
}

TEST_F(EngineConnectionTest, AnotherProtocolIsRefused) {
    connection.adapt(adaptFrame(), kAdaptation);
    engine.sayHello(messages::kProtocolVersion + 1);
    EXPECT_EQ(connection.state(), EngineState::Off);
    EXPECT_TRUE(engine.wasKilled);
    ASSERT_EQ(losses.size(), 1U);
    EXPECT_EQ(losses.front().code, ErrorCode::ProtocolMismatch);
    EXPECT_THAT(losses.front().arguments, ElementsAre(std::to_string(messages::kProtocolVersion + 1),
                                                      std::to_string(messages::kProtocolVersion)));
}

TEST_F(EngineConnectionTest, TheEnginesOwnRefusalIsPassedOn) {
    connection.start();
    engine.say(messages::Failed{{ErrorCode::ProtocolMismatch, {"7", "1"}, {}}});
    EXPECT_THAT(losses, ElementsAre(Error{ErrorCode::ProtocolMismatch, {"7", "1"}, {}}));
    EXPECT_EQ(connection.state(), EngineState::Off);
}

TEST_F(EngineConnectionTest, AStreamThatBeginsWithoutAHelloIsRefused) {
    connection.start();
    engine.say(messages::Progress{});
    ASSERT_EQ(losses.size(), 1U);
    EXPECT_EQ(losses.front().code, ErrorCode::ProtocolMalformed);
    EXPECT_TRUE(received.empty());
}

TEST_F(EngineConnectionTest, GarbageEndsTheEngineAndNothingElse) {
    std::mt19937 random(3);
    for (int round = 0; round < 60; ++round) {
        losses.clear();
        connection.start();
        if (round % 2 == 0) engine.sayHello();
        // A frame may claim to be long, and then all that follows is waited for.
        std::vector<uint8_t> noise(1 + random() % 200);
        for (uint8_t& byte : noise) byte = static_cast<uint8_t>(random());
        engine.sayBytes(noise);
        if (connection.state() == EngineState::Off) {
            ASSERT_EQ(losses.size(), 1U);
            EXPECT_EQ(losses.front().code, ErrorCode::ProtocolMalformed);
        }
        connection.shutDown();
        queue.runPosted();
    }
    engine.launchError.reset();
    connection.start();
    const std::string greeting = "Welcome to gpu-box!\n";
    engine.sayBytes({greeting.begin(), greeting.end()});
    EXPECT_EQ(connection.state(), EngineState::Off);
}

TEST_F(EngineConnectionTest, BytesMayArriveInAnyPieces) {
    connection.start();
    messages::Hello hello;
    std::vector<uint8_t> bytes = messages::encode(messages::FromEngine(hello));
    const std::vector<uint8_t> second = messages::encode(messages::FromEngine(messages::Progress{}));
    bytes.insert(bytes.end(), second.begin(), second.end());
    for (const uint8_t byte : bytes) engine.sayBytes({byte});
    EXPECT_EQ(connection.state(), EngineState::Idle);
    EXPECT_EQ(received.size(), 1U);
}

TEST_F(EngineConnectionTest, OfWhatArrivesAtOnceTheLatestProgressAndPredictionsCountAndAllSteps) {
    connection.start();
    engine.sayHello();
    std::vector<uint8_t> bytes;
    const auto add = [&](const messages::FromEngine& message) {
        const std::vector<uint8_t> frame = messages::encode(message);
        bytes.insert(bytes.end(), frame.begin(), frame.end());
    };
    for (int step = 1; step <= 3; ++step) {
        messages::StepMetrics metrics;
        metrics.step = step;
        add(metrics);
        add(messages::Progress{messages::Stage::Training, step / 10.0, {}});
        messages::Prediction prediction = testing::makePrediction("one", {2, 2}, 0);
        prediction.step = step;
        add(prediction);
    }
    add(testing::makePrediction("two", {2, 2}, 0));
    engine.sayBytes(bytes);
    int steps = 0;
    std::vector<double> progress;
    std::vector<std::pair<std::string, int>> predictions;
    for (const messages::FromEngine& message : received) {
        steps += std::holds_alternative<messages::StepMetrics>(message);
        if (const auto* p = std::get_if<messages::Progress>(&message)) progress.push_back(p->fraction);
        if (const auto* p = std::get_if<messages::Prediction>(&message))
            predictions.emplace_back(p->imageId, p->step);
    }
    EXPECT_EQ(steps, 3);
    EXPECT_THAT(progress, ElementsAre(0.3));
    EXPECT_THAT(predictions, ElementsAre(std::pair("one", 3), std::pair("two", 7)));
}

TEST_F(EngineConnectionTest, AFailureBesideTheTrainingDoesNotEndIt) {
    connection.adapt(adaptFrame(), kAdaptation);
    engine.sayHello();
    engine.say(messages::Warned{{ErrorCode::OutOfMemory, {"the GPU"}, {}}});
    EXPECT_EQ(connection.state(), EngineState::Adapting);
    EXPECT_EQ(received.size(), 1U);
    for (const int64_t other : {int64_t{0}, kAdaptation - 1}) {
        engine.say(messages::Failed{{ErrorCode::OutOfMemory, {"the GPU"}, {}}, other});
        EXPECT_EQ(connection.state(), EngineState::Adapting) << "a request of before";
    }
    EXPECT_EQ(received.size(), 3U);
    engine.say(messages::Failed{{ErrorCode::OutOfMemory, {"the GPU"}, {}}, kAdaptation});
    EXPECT_EQ(connection.state(), EngineState::Idle);
}

TEST_F(EngineConnectionTest, AnAdaptationThatComesWhileTheEngineStartsWaitsForIt) {
    connection.start();
    connection.adapt(adaptFrame(), kAdaptation);
    EXPECT_TRUE(connection.hasWaitingAdaptation());
    engine.sayHello();
    EXPECT_EQ(engine.heard<messages::Adapt>().size(), 1U);
    EXPECT_EQ(connection.state(), EngineState::Adapting);
    EXPECT_EQ(engine.starts, 1);
}

TEST_F(EngineConnectionTest, NothingIsHeardOfAnEngineThatWasShutDown) {
    connection.start();
    engine.sayHello();
    connection.shutDown();
    EXPECT_EQ(connection.state(), EngineState::Off);
    engine.say(messages::Progress{});
    engine.die("killed by signal 15");
    EXPECT_TRUE(received.empty());
    EXPECT_TRUE(losses.empty());
}

}  // namespace
}  // namespace finebrush
