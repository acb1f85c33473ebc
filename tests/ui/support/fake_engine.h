#pragma once

#include "core/messages/codec.h"
#include "core/session/engine/engine_transport.h"

#include <vector>

namespace finebrush::testing {

/// An engine without a process: keeps what it is told, and says what the test makes it say.
class FakeEngine {
  public:
    /// What a session starts this engine with. The engine must outlive the session.
    EngineLauncher launcher();

    void say(const messages::FromEngine& message);
    /// Ends as a process does that crashes.
    void die(const std::string& reason);

    bool isRunning() const { return events_.received != nullptr; }
    /// How often it was started.
    int starts() const { return starts_; }

    /// The newest message of a type, or null.
    template <typename Message>
    const Message* heard() const {
        for (auto message = heard_.rbegin(); message != heard_.rend(); ++message) {
            if (const auto* found = std::get_if<Message>(&*message)) return found;
        }
        return nullptr;
    }

  private:
    class Transport;

    void hear(std::vector<uint8_t> bytes);

    EngineTransport::Events events_;
    messages::FrameReader frames_;
    std::vector<messages::ToEngine> heard_;
    int starts_ = 0;
};

}  // namespace finebrush::testing
