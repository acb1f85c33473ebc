#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace finebrush {

/// Bytes to and from an engine process. The window's one runs a QProcess; tests use one without a process.
class EngineTransport {
  public:
    struct Events {
        std::function<void(std::span<const uint8_t>)> received;  ///< bytes of the engine's standard output
        /// The engine has ended; `reason` is for people ("exit status 1", "killed by signal 9").
        std::function<void(const std::string& reason)> ended;
    };

    virtual ~EngineTransport() = default;
    /// Queues bytes for the engine's standard input; never blocks. Owner's thread.
    virtual void send(std::vector<uint8_t> bytes) = 0;
    /// Ends the process at once; `ended` is not called any more.
    virtual void kill() = 0;
};

/// Starts an engine. Events are called on the owner's thread and never before this returns. Errors:
/// EngineNotStarted (or later, through `ended`).
using EngineLauncher = std::function<Result<std::unique_ptr<EngineTransport>>(EngineTransport::Events)>;

}  // namespace finebrush
