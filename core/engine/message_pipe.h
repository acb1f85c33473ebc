#pragma once

#include "core/base/result.h"
#include "core/messages/codec.h"
#include "core/messages/messages.h"

#include <optional>

namespace finebrush {

/// The engine's end of the two pipes to the window. Used by one thread.
class MessagePipe {
  public:
    /// Reads frames from one descriptor and writes them to the other; owns neither.
    MessagePipe(int input, int output) : input_(input), output_(output) {}

    /// The next message, if one has arrived; never waits.
    Result<std::optional<messages::ToEngine>> poll();
    /// Waits for a message; empty when the window has closed its end.
    Result<std::optional<messages::ToEngine>> wait();
    /// True once the window has closed its end.
    bool isClosed() const { return closed_; }

    /// Blocks until the frame is written. A window that is gone closes the pipe.
    void send(const messages::FromEngine& message);

  private:
    /// Reads what has arrived; waits for the first byte if told so.
    void fill(bool wait);
    Result<std::optional<messages::ToEngine>> next();

    int input_;
    int output_;
    bool closed_ = false;
    messages::FrameReader frames_;
};

}  // namespace finebrush
