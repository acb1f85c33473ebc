#include "core/engine/command_line/progress_line.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace finebrush {

namespace {

constexpr int kBarWidth = 30;

std::string clockText(double seconds) {
    const int whole = static_cast<int>(seconds + 0.5);
    return formatted("%d:%02d", whole / 60, whole % 60);
}

}  // namespace

ProgressLine::ProgressLine() : isTerminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
    finish();
}

void ProgressLine::show(const std::string& what, double fraction) {
    if (!isTerminal_) return;
    const int filled = std::clamp(static_cast<int>(fraction * kBarWidth), 0, kBarWidth);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    const std::string left = fraction > 0.02 ? clockText(seconds * (1 - fraction) / fraction) + " left" : "";
    std::fprintf(stderr, "\r[%s%s] %3.0f%% %-18s %-12s", std::string(filled, '#').c_str(),
                 std::string(kBarWidth - filled, ' ').c_str(), 100 * fraction, what.c_str(), left.c_str());
    std::fflush(stderr);
    shown_ = true;
}

void ProgressLine::finish() {
    if (shown_) std::fputc('\n', stderr);
    shown_ = false;
}

}  // namespace finebrush
