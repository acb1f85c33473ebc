#pragma once

#include "core/base/result.h"
#include "core/training/checkpoint/request_fingerprint.h"
#include "core/training/checkpoint/training_state.h"

#include <chrono>
#include <filesystem>
#include <optional>

namespace finebrush {

/// The checkpoint of one adaptation on the disk: written every few seconds while it trains, so that a process
/// that is killed costs no more than these.
class TrainingSaver {
  public:
    using Clock = std::chrono::steady_clock;
    static constexpr Clock::duration kInterval = std::chrono::seconds(10);

    /// `path` need not be there yet, nor its folder.
    TrainingSaver(std::filesystem::path path, training::RequestFingerprint request,
                  Clock::duration interval = kInterval);

    const std::filesystem::path& path() const { return path_; }

    /// What an interrupted adaptation with the same request left there; empty where there is no file.
    /// Errors: those of `readFile` and `decodeCheckpoint`.
    Result<std::optional<training::TrainingState>> load() const;

    /// Whether it is time to save: after the interval, or later where saving is so slow that it would cost
    /// more than a small part of the time.
    bool isDue() const { return Clock::now() >= next_; }

    /// Replaces the file in one step. Blocks until it is on the disk. Errors: TrainingNotSaved.
    Result<void> save(const training::TrainingState& state);

  private:
    std::filesystem::path path_;
    training::RequestFingerprint request_;
    Clock::duration interval_;
    Clock::time_point next_;
};

/// Deletes a checkpoint that is not needed any more.
void removeCheckpoint(const std::filesystem::path& path);

}  // namespace finebrush
