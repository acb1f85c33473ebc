#pragma once

#include <chrono>
#include <string>

namespace finebrush {

/// A progress bar with the time left, on standard error and only where that is a terminal.
class ProgressLine {
  public:
    ProgressLine();
    ~ProgressLine();

    /// `fraction` in 0..1; `what` is a word or two.
    void show(const std::string& what, double fraction);
    /// Ends the line, so that other text may follow.
    void finish();

  private:
    bool isTerminal_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace finebrush
