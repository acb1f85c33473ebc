#pragma once

#include <string>

namespace finebrush {

// spdlog stays behind this page: LibTorch ships headers of another fmt, which its own headers would meet.

/// Sends the log to standard error (standard output carries the engine's frames). Call once, at the start of
/// a process. The level is `info`, or what FINEBRUSH_LOG names ("debug", "warn" ...).
void startLog(const char* processName);

// Any thread.
void logDebug(const std::string& text);
void logInfo(const std::string& text);
void logWarning(const std::string& text);

}  // namespace finebrush
