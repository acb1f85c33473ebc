#pragma once

#include "core/messages/codec.h"
#include "core/messages/messages.h"
#include "core/session/engine/engine_state.h"
#include "core/session/engine/engine_transport.h"
#include "core/session/owner_thread.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace finebrush {

/// The wire to one engine process: starts it, shakes hands, and follows from the messages that cross what the
/// engine is doing. Owner's thread; nothing blocks. An engine that dies or talks nonsense leaves the state
/// `Off`.
class EngineConnection {
  public:
    struct Events {
        std::function<void()> stateChanged;
        /// All but the hello. What came at once is handed over at once, without progress and predictions that
        /// a later one of the same arrival outdates.
        std::function<void(const messages::FromEngine&)> received;
        /// The engine is gone, and why.
        std::function<void(const Error&)> lost;
    };

    EngineConnection(OwnerThread::Post post, EngineLauncher launch, Events events);
    ~EngineConnection();

    EngineState state() const { return state_; }
    /// What the engine said of itself; empty while none is connected.
    const std::optional<messages::Hello>& engine() const { return engine_; }

    /// Starts the engine where it is off. Errors come through `lost`.
    void start();
    /// Ends the engine without a word.
    void shutDown();

    /// Begins an adaptation from an encoded `Adapt` of that number, starting the engine where it is off. Does
    /// nothing where one runs.
    void adapt(std::vector<uint8_t> frame, int64_t requestId);
    void pause();
    void resume();
    /// Ends the adaptation; one that waits for the engine to start is forgotten.
    void stop();
    /// True while an adaptation waits for the engine to start.
    bool hasWaitingAdaptation() const { return !waitingAdaptation_.empty(); }
    /// Sends an encoded message; does nothing where no engine has said hello.
    void send(std::vector<uint8_t> frame);

  private:
    void setState(EngineState state);
    void onBytes(std::span<const uint8_t> bytes);
    void onEnded(const std::string& reason);
    void onHello(const messages::FromEngine& first);
    void onMessage(const messages::FromEngine& message);
    bool endsAdaptation(const messages::FromEngine& message) const;
    void lose(const Error& error);
    void dropTransport();

    OwnerThread owner_;
    EngineLauncher launch_;
    Events events_;
    EngineState state_ = EngineState::Off;
    std::unique_ptr<EngineTransport> transport_;
    uint64_t generation_ = 0;  ///< tells callbacks of an engine that is gone
    messages::FrameReader reader_;
    std::optional<messages::Hello> engine_;
    std::vector<uint8_t> waitingAdaptation_;  ///< to be sent after the hello
    int64_t adaptationId_ = 0;                ///< of the adaptation that runs or waits, or of the last one
};

}  // namespace finebrush
