#pragma once

namespace finebrush {

/// While it lives, Ctrl+C (and SIGTERM) does not end the process but asks it to stop, so that it can clear
/// away what it has begun; a second time it ends it. One at a time.
class Interruption {
  public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    static bool isWanted();
    /// Ends the process as the signal would have, once nothing is left to clear away.
    static void end();

  private:
    using Handler = void (*)(int);
    Handler formerInterrupt_;
    Handler formerTerminate_;
};

}  // namespace finebrush
