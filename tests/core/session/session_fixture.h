#pragma once

#include "core/base/files.h"
#include "core/image/raster/png_writer.h"
#include "core/messages/codec.h"
#include "core/session/engine/engine_transport.h"
#include "core/session/session.h"
#include "tests/core/project/sample_project.h"

#include <gmock/gmock.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace finebrush::testing {

/// The owner's thread of a test: what is posted waits until the test runs it.
class ManualQueue {
  public:
    std::function<void(std::function<void()>)> post() {
        return [this](std::function<void()> task) {
            const std::lock_guard lock(mutex_);
            tasks_.push_back(std::move(task));
            arrived_.notify_all();
        };
    }

    /// Runs what is posted until a condition holds; false where it does not within 20 s.
    bool runUntil(const std::function<bool()>& condition) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!condition()) {
            std::function<void()> task;
            {
                std::unique_lock lock(mutex_);
                if (!arrived_.wait_until(lock, deadline, [this] { return !tasks_.empty(); })) return false;
                task = std::move(tasks_.front());
                tasks_.pop_front();
            }
            task();
        }
        return true;
    }

    /// Runs what is posted by now.
    void runPosted() {
        std::deque<std::function<void()>> tasks;
        {
            const std::lock_guard lock(mutex_);
            tasks.swap(tasks_);
        }
        for (const auto& task : tasks) task();
    }

  private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> tasks_;
};

/// An engine without a process: keeps what it is sent, and says what the test wants. Must outlive the
/// session.
class ScriptedEngine {
  public:
    EngineLauncher launcher() {
        return [this](EngineTransport::Events events) -> Result<std::unique_ptr<EngineTransport>> {
            ++starts;
            if (launchError) return failure(*launchError);
            events_ = std::move(events);
            isRunning = true;
            frames_ = {};
            return std::make_unique<Transport>(*this);
        };
    }

    void say(const messages::FromEngine& message) { sayBytes(messages::encode(message)); }
    void sayBytes(const std::vector<uint8_t>& bytes) {
        const auto received = events_.received;  // the call may end this engine
        received(bytes);
    }
    void sayHello(int protocol = messages::kProtocolVersion) {
        messages::Hello hello;
        hello.protocolVersion = protocol;
        hello.version = "1.2.3";
        say(hello);
    }
    void die(const std::string& reason) {
        isRunning = false;
        const auto ended = events_.ended;
        ended(reason);
    }

    template <typename Message>
    std::vector<Message> heard() const {
        std::vector<Message> found;
        for (const messages::ToEngine& message : all) {
            if (const auto* one = std::get_if<Message>(&message)) found.push_back(*one);
        }
        return found;
    }

    std::optional<Error> launchError;
    std::vector<messages::ToEngine> all;
    int starts = 0;
    bool isRunning = false;
    bool wasKilled = false;

  private:
    struct Transport : EngineTransport {
        explicit Transport(ScriptedEngine& engine) : engine_(engine) {}
        void send(std::vector<uint8_t> bytes) override { engine_.hear(bytes); }
        void kill() override {
            engine_.isRunning = false;
            engine_.wasKilled = true;
        }
        ScriptedEngine& engine_;
    };

    void hear(const std::vector<uint8_t>& bytes) {
        frames_.append(bytes);
        while (true) {
            const auto body = frames_.next();
            ASSERT_TRUE(body.has_value()) << describe(body.error());
            if (!*body) return;
            const auto message = messages::decodeToEngine(**body);
            ASSERT_TRUE(message.has_value()) << describe(message.error());
            all.push_back(*message);
        }
    }

    EngineTransport::Events events_;
    messages::FrameReader frames_;
};

/// Writes an RGB image whose pixels tell their place.
inline void writePicture(const std::filesystem::path& path, PixelSize size) {
    std::vector<uint8_t> samples;
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            samples.insert(samples.end(), {static_cast<uint8_t>(x), static_cast<uint8_t>(y),
                                           static_cast<uint8_t>(path.filename().string().size())});
        }
    }
    const auto png = encodePng(size, 3, samples);
    ASSERT_TRUE(png.has_value());
    ASSERT_TRUE(writeFileAtomically(path, *png).has_value());
}

/// A session with a scripted engine, in a folder of its own.
class SessionTest : public ::testing::Test {
  protected:
    SessionTest() { start(); }

    void start() {
        session = std::make_unique<Session>(Session::Dependencies{
            .post = queue.post(),
            .observer = [this](const SessionEvent& event) { events.push_back(event); },
            .launchEngine = engine.launcher(),
            .recoveryFolder = folder / "recovery",
            .imageMemory = imageMemory,
        });
    }
    /// Ends the session as closing the window does, and begins another.
    void restart() {
        session.reset();
        queue.runPosted();
        start();
        events.clear();
    }

    void showSlice(const SliceAddress& slice) {
        session->showSlice(slice);
        ASSERT_TRUE(queue.runUntil([&] { return session->shownImage()->slice == slice; }));
    }
    void showSlice(const char* text) { showSlice(sliceFromText(text).value()); }

    template <typename Event>
    std::vector<Event> eventsOf() const {
        std::vector<Event> found;
        for (const SessionEvent& event : events) {
            if (const auto* one = std::get_if<Event>(&event)) found.push_back(*one);
        }
        return found;
    }
    template <typename Event>
    bool waitFor() {
        return queue.runUntil([this] { return !eventsOf<Event>().empty(); });
    }
    bool waitUntilDurable() {
        return queue.runUntil([this] { return session->isDurable(); });
    }
    std::vector<ErrorCode> noticed() const {
        std::vector<ErrorCode> codes;
        for (const Notice& notice : eventsOf<Notice>()) codes.push_back(notice.error.code);
        return codes;
    }

    /// Adds an image and waits until it is shown.
    ImageId addPicture(const std::string& name, PixelSize size = {60, 40}) {
        const std::filesystem::path path = folder / name;
        writePicture(path, size);
        const size_t before = session->images().size();
        session->addImages({path});
        EXPECT_TRUE(queue.runUntil([&] { return session->images().size() > before; }));
        const ImageId id = session->images().back().id;
        show(id);
        return id;
    }
    void show(const ImageId& id) {
        session->showImage(id);
        EXPECT_TRUE(queue.runUntil(
            [&] { return session->shownImage() != nullptr && session->shownImage()->id == id; }));
    }
    void paint(uint8_t value, PointInImage point, double diameter = 6) {
        session->beginStroke(value, diameter, point);
        session->finishPainting();
    }
    /// Paints both classes of the default project.
    void paintTwoClasses() {
        paint(0, {10, 10});
        paint(1, {40, 30});
    }
    void saveAs(const std::filesystem::path& path) {
        events.clear();
        session->saveProjectAs(path);
        EXPECT_TRUE(waitFor<JobFinished>());
    }
    /// What an earlier process left, as it is found now.
    std::vector<std::filesystem::path> recoverable() {
        std::erase_if(events, [](const SessionEvent& event) {
            return std::holds_alternative<RecoverableFound>(event);
        });
        session->findRecoverable();
        EXPECT_TRUE(waitFor<RecoverableFound>());
        const std::vector<RecoverableFound> found = eventsOf<RecoverableFound>();
        std::vector<std::filesystem::path> files;
        for (const AbandonedProject& project : found.back().projects) files.push_back(project.file);
        return files;
    }
    void open(const std::filesystem::path& path) {
        events.clear();
        session->openProject(path);
        EXPECT_TRUE(waitFor<ProjectChanged>());
    }

    /// Presses Adapt, and lets the engine start where it is off.
    void beginAdaptation() {
        session->adapt({});
        ASSERT_TRUE(queue.runUntil([this] { return engine.isRunning; }));
        if (!session->engine()) engine.sayHello();
        ASSERT_TRUE(queue.runUntil([this] { return session->engineState() == EngineState::Adapting; }))
            << "state " << static_cast<int>(session->engineState()) << ", "
            << (eventsOf<Notice>().empty() ? "no notice" : describe(eventsOf<Notice>().back().error));
    }
    void finishAdaptation() {
        messages::Adapted outcome;
        outcome.steps = 3;
        outcome.chosen = "adapted";
        outcome.adapter = {{"adapter_config.json", {'{', '}'}}, {"adapter_model.safetensors", {9, 8, 7}}};
        engine.say(outcome);
    }

    TemporaryFolder folder;
    ImageMemory imageMemory{.pyramidFolder = folder / "pyramids"};
    ManualQueue queue;
    ScriptedEngine engine;
    std::vector<SessionEvent> events;
    std::unique_ptr<Session> session;
};

}  // namespace finebrush::testing
