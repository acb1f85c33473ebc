#include "core/engine/command_line/interruption.h"

#include <csignal>

namespace finebrush {

namespace {

volatile std::sig_atomic_t received = 0;

/// A second signal ends the process at once.
void receive(int signal) {
    received = signal;
    std::signal(signal, SIG_DFL);
}

}  // namespace

Interruption::Interruption() {
    received = 0;
    formerInterrupt_ = std::signal(SIGINT, receive);
    formerTerminate_ = std::signal(SIGTERM, receive);
}

Interruption::~Interruption() {
    std::signal(SIGINT, formerInterrupt_);
    std::signal(SIGTERM, formerTerminate_);
}

bool Interruption::isWanted() {
    return received != 0;
}

void Interruption::end() {
    const int signal = received;
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

}  // namespace finebrush
